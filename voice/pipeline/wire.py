"""The socket as the pipeline sees it: what doesn't belong on it never gets further."""

import asyncio
from collections.abc import Mapping
from typing import Any, cast

from fastapi import WebSocket
from google.protobuf.message import DecodeError
from pipecat.frames.frames import Frame, InputAudioRawFrame, InputTransportMessageFrame, OutputAudioRawFrame
from pipecat.serializers.protobuf import ProtobufFrameSerializer
from pipecat.transports.websocket.fastapi import (
    FastAPIWebsocketOutputTransport,
    FastAPIWebsocketParams,
    FastAPIWebsocketTransport,
)
from starlette.websockets import WebSocketState

from voice.pipeline.playout import Playout

LARGEST = 64 * 1024
"""Bytes of a frame; 20 ms of sound are 676, the longest spoken sentence far below."""
TOO_BIG, NOT_BINARY, NOT_A_FRAME = 1009, 1003, 1007


class Line:
    """A WebSocket with limits and a reason for its end; as much of one as pipecat's transport uses."""

    def __init__(self, websocket: WebSocket) -> None:
        self._websocket = websocket
        self.code, self.reason = 1000, ""
        self.alive_at = 0.0
        """When the other side last sent anything, on the loop's clock."""
        self.steady = False
        """Whether it sends something all the time, so that its silence says that it is gone."""
        self._closed = False

    @property
    def headers(self) -> Any:
        return self._websocket.headers

    @property
    def client_state(self) -> WebSocketState:
        return self._websocket.client_state

    @property
    def application_state(self) -> WebSocketState:
        return self._websocket.application_state

    def pulse(self) -> float | None:
        """When it was last there, where that can be told."""
        return self.alive_at if self.steady else None

    def end(self, code: int, reason: str) -> None:
        """How the line will be closed; the first reason counts."""
        if not self.reason:
            self.code, self.reason = code, reason

    async def receive(self) -> dict[str, Any]:
        message = dict(await self._websocket.receive())
        if message["type"] != "websocket.receive":
            return message
        self.alive_at = asyncio.get_running_loop().time()
        data = message.get("bytes")
        if data is None:
            text = message.get("text") or ""
            self.end(
                TOO_BIG if len(text) > LARGEST else NOT_BINARY, "Only pipecat's binary frames are understood here."
            )
        elif len(data) > LARGEST:
            self.end(TOO_BIG, f"A frame may have {LARGEST // 1024} KiB at most.")
        else:
            return message
        return {"type": "websocket.disconnect", "code": self.code}

    async def send_bytes(self, data: bytes) -> None:
        await self._websocket.send_bytes(data)

    async def send_text(self, data: str) -> None:
        await self._websocket.send_text(data)

    async def close(self) -> None:
        if not self._closed and self._websocket.application_state is not WebSocketState.DISCONNECTED:
            self._closed = True
            await self._websocket.close(self.code, self.reason)


class Wire(ProtobufFrameSerializer):
    """Pipecat's protobuf frames; from a client only sound and RTVI messages are taken."""

    def __init__(self, line: Line) -> None:
        super().__init__()
        self._line = line

    async def deserialize(self, data: str | bytes) -> Frame | None:
        try:
            frame = await super().deserialize(data)
        except (DecodeError, ArithmeticError) as error:
            self._line.end(NOT_A_FRAME, "That is no pipecat frame.")
            raise ValueError(self._line.reason) from error
        match frame:
            case InputAudioRawFrame():
                sound = len(frame.audio) % (2 * frame.num_channels) == 0 and 8000 <= frame.sample_rate <= 48000
                return frame if sound and frame.num_channels <= 2 else None
            case InputTransportMessageFrame(message=dict() as message):
                self._line.steady |= _here(message)
                return frame
            case _:
                return None


class Browser(FastAPIWebsocketTransport):
    """The browser's socket as both ends of the line."""

    def __init__(self, line: Line, playout: Playout, *, rate: int) -> None:
        super().__init__(
            cast(WebSocket, line),  # as much of one as the transport uses
            FastAPIWebsocketParams(
                audio_in_enabled=True,
                audio_out_enabled=True,
                audio_out_sample_rate=rate,
                audio_out_10ms_chunks=2,
                audio_out_end_silence_secs=0,
                serializer=Wire(line),
                allowed_origins=[],  # empty lets all in: who may connect was settled before the socket was accepted
            ),
        )
        self._output = _Unpaced(self, self._client, self._params, name=self._output_name)
        self._output.follow(playout)


class _Unpaced(FastAPIWebsocketOutputTransport):
    """Sends sound as it comes. The mouth keeps the pace, and stays a little ahead; pipecat's own pace has no slack."""

    def follow(self, playout: Playout) -> None:
        """Tell it what was sent, and when."""
        self._playout = playout

    async def write_audio_frame(self, frame: OutputAudioRawFrame) -> bool:
        sent = await super().write_audio_frame(frame)
        if sent:
            self._playout.written(len(frame.audio), asyncio.get_running_loop().time())
        return sent

    async def _write_audio_sleep(self) -> None:
        pass


def _here(message: Mapping[str, Any]) -> bool:
    """Whether a client says that it is there, which it then does every second."""
    data = message.get("data")
    return message.get("type") == "client-message" and isinstance(data, dict) and data.get("t") == "here"
