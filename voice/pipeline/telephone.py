"""A telephone as both ends of the line: 8 kHz from the caller's ear to ours, and nothing resampled on the way."""

import asyncio
from contextlib import suppress
from typing import Any, cast

from fastapi import WebSocket, WebSocketDisconnect
from pipecat.frames.frames import Frame, InputAudioRawFrame, InterruptionFrame, OutputAudioRawFrame
from pipecat.serializers.base_serializer import FrameSerializer
from pipecat.transports.websocket.fastapi import (
    FastAPIWebsocketOutputTransport,
    FastAPIWebsocketParams,
    FastAPIWebsocketTransport,
)

from integrations.errors import Invalid
from integrations.speech.sound import from_mulaw, to_mulaw
from integrations.telephone import RATE, Event, HungUp, Played, Pressed, Sound, Telephone
from voice.pipeline.marks import MarkedPlayout
from voice.pipeline.wire import LARGEST, NOT_A_FRAME, NOT_BINARY, TOO_BIG, Line

NOT_TEXT = NOT_BINARY  # 1003 either way: the kind of message that isn't understood here
STARVED = 10.0
"""Seconds without a message, and one comes every 20 ms, after which nobody is there: the line is half open."""
KEYS = 20
"""Keys that wait to be looked at; what is pressed beyond that is nothing anybody means."""
_SILENCE = b"\xff"
"""A sample of silence, as mu-law."""
_LONGEST_GAP = 400
"""Milliseconds of sound that may be missing between two messages; more is a pause of the provider's."""


class TelephoneLine(Line):
    """A provider's media socket. Until the conversation begins its messages are read here one by one."""

    def __init__(self, websocket: WebSocket, telephone: Telephone) -> None:
        super().__init__(websocket)
        self._telephone = telephone
        self._stream_id = ""
        self._over = False
        self.keys: asyncio.Queue[str] = asyncio.Queue(KEYS)
        """What is pressed while they talk, for whoever has asked a question."""
        self.steady = True  # sound comes every 20 ms, silence too

    def begin(self, stream_id: str) -> None:
        """The stream that is spoken on."""
        self._stream_id = stream_id

    async def receive(self) -> dict[str, Any]:
        """A message of text, as short as theirs are; once the call is over, always that."""
        if self._over:
            return {"type": "websocket.disconnect", "code": self.code}
        try:
            async with asyncio.timeout(STARVED):
                message = dict(await self._websocket.receive())
        except TimeoutError:
            self.end(1000, "Nothing came any more.")
            message = {"type": "websocket.disconnect", "code": self.code}
        if message["type"] != "websocket.receive":
            self._over = True
            return message
        self.alive_at = asyncio.get_running_loop().time()
        text = message.get("text")
        if text is None:
            self.end(NOT_TEXT, "Only the provider's text messages are understood here.")
        elif len(text) > LARGEST:
            self.end(TOO_BIG, f"A message may have {LARGEST // 1024} KiB at most.")
        elif not self._ends(text):
            return message
        self._over = True
        return {"type": "websocket.disconnect", "code": self.code}

    async def send_text(self, data: str) -> None:
        """Nothing, where nobody is there any more: whoever listens finds out."""
        if not self._over:
            with suppress(RuntimeError, WebSocketDisconnect):
                await super().send_text(data)

    async def close(self) -> None:
        """The caller may have been quicker, between the last message and the socket's end."""
        with suppress(RuntimeError, WebSocketDisconnect):
            await super().close()

    async def event(self) -> Event:
        """The next thing that matters; `HungUp` also when the socket has closed. Raises `Invalid`."""
        while True:
            message = await self.receive()
            if message["type"] != "websocket.receive":
                return HungUp()
            if event := self.read(message["text"]):
                return event

    def read(self, message: str) -> Event | None:
        """What a message says. Raises `Invalid`."""
        return self._telephone.read(message)

    def sounding(self, pcm: bytes) -> str:
        """The message with this sound, 16-bit at 8 kHz."""
        return self._telephone.sound(self._stream_id, to_mulaw(pcm))

    def cleared(self) -> str:
        """The message that takes back what wasn't played yet."""
        return self._telephone.clear(self._stream_id)

    def marked(self, name: str) -> str:
        """The message that asks to be told when everything before it was played."""
        return self._telephone.mark(self._stream_id, name)

    def _ends(self, text: str) -> bool:
        """Whether it says that the call is over; only messages that might are read twice."""
        if '"stop"' not in text[:200]:
            return False
        try:
            return isinstance(self.read(text), HungUp)
        except Invalid:
            return False


class _Wire(FrameSerializer):
    """The provider's messages as pipecat's frames. Keys go no further than the line: one of them may belong to a PIN."""

    def __init__(self, line: TelephoneLine, playout: MarkedPlayout) -> None:
        super().__init__()
        self._line, self._playout = line, playout
        self._at: int | None = None

    async def serialize(self, frame: Frame) -> str | bytes | None:
        match frame:
            case InterruptionFrame():
                return self._line.cleared()
            case OutputAudioRawFrame():
                return self._line.sounding(frame.audio)
            case _:
                return None

    async def deserialize(self, data: str | bytes) -> Frame | None:
        try:
            event = self._line.read(str(data))
        except Invalid as error:
            self._line.end(NOT_A_FRAME, "That is no message of the provider's.")
            raise ValueError(self._line.reason) from error
        match event:
            case Sound() if event.mulaw:
                return InputAudioRawFrame(audio=self._whole(event), sample_rate=RATE, num_channels=1)
            case Pressed() if not self._line.keys.full():
                self._line.keys.put_nowait(event.key)
            case Played():
                self._playout.returned(event.mark, asyncio.get_running_loop().time())
        return None

    def _whole(self, sound: Sound) -> bytes:
        """The sound behind as much silence as got lost before it: what is missing must not shorten a pause."""
        mulaw, expected = sound.mulaw, self._at
        if sound.at is not None:
            missing = sound.at - expected if expected is not None else 0
            if 0 < missing <= _LONGEST_GAP:
                mulaw = _SILENCE * (missing * RATE // 1000) + mulaw
            self._at = sound.at + len(sound.mulaw) * 1000 // RATE
        return from_mulaw(mulaw)


class TelephoneTransport(FastAPIWebsocketTransport):
    """The media socket of a call that is under way."""

    def __init__(self, line: TelephoneLine, playout: MarkedPlayout) -> None:
        super().__init__(
            cast(WebSocket, line),  # as much of one as the transport uses
            FastAPIWebsocketParams(
                audio_in_enabled=True,
                audio_out_enabled=True,
                audio_in_sample_rate=RATE,
                audio_out_sample_rate=RATE,
                audio_out_10ms_chunks=2,
                audio_out_end_silence_secs=0,
                serializer=_Wire(line, playout),
                allowed_origins=[],  # a provider names none, and its ticket was looked at
            ),
        )
        self._output = _Marking(self, self._client, self._params, name=self._output_name)
        self._output.follow(line, playout)


class _Marking(FastAPIWebsocketOutputTransport):
    """Sends sound as it comes, with marks behind it. The mouth keeps the pace."""

    def follow(self, line: TelephoneLine, playout: MarkedPlayout) -> None:
        """Put marks on this line as the playout wants them."""
        self._line, self._playout = line, playout

    async def write_audio_frame(self, frame: OutputAudioRawFrame) -> bool:
        sent = await super().write_audio_frame(frame)
        if sent and (mark := self._playout.written(len(frame.audio), asyncio.get_running_loop().time())):
            await self._client.send(self._line.marked(mark))
        return sent

    async def _write_audio_sleep(self) -> None:
        pass
