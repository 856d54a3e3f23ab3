"""`chronus call`: a question by telephone, and what came of it."""

import asyncio
import wave
from collections.abc import Sequence
from pathlib import Path
from secrets import token_hex

from integrations.errors import Denied, Invalid, Unavailable
from integrations.settings import Settings
from integrations.telephone import RATE
from integrations.telephone.numbers import plain_number
from voice.caller import Hearing, Packet, read_sound
from voice.client import Client
from voice.phone_account import Account, ring
from voice.phone_caller import Rough, as_telephoned, on_the_line


async def telephone(
    settings: Settings,
    server: str,
    question: Path,
    *,
    pin: str,
    caller: str | None = None,
    out: Path | None = None,
    rough: Rough | None = None,
    timeout: float = 90.0,
    provider: str | None = None,
    key: str | None = None,
) -> Hearing:
    """Call as the owner, show the PIN, ask, hear the answer out and hang up. Raises `ChronusError` for what went wrong."""
    account, client, call_id = Account.of(settings, provider, key), Client(server), f"CA{token_hex(16)}"
    number = plain_number(caller) if caller else await client.phone()
    if number is None:
        raise Invalid("Nobody calls from anywhere yet; say `chronus phone number +15551234567 --pin 123456` first.")
    sound = as_telephoned(await asyncio.to_thread(read_sound, question))
    before = await client.telephoned()
    answered = await ring(server, account, call_id, number)
    if answered.stream is None:
        raise Unavailable(f"The answer was: {answered.said}")
    try:
        async with (
            asyncio.timeout(timeout),
            on_the_line(server, answered, call_id, account=account, rough=rough) as call,
        ):
            await call.listen()
            await call.press(f"{pin}#")
            await call.listen()
            if call.closed is not None:
                raise Denied("Chronus hung up: that was not the PIN.")
            await call.say(sound)
            await call.answer()
            await call.hang_up()
    except TimeoutError as error:
        raise Unavailable("The server didn't answer in time.") from error
    turn = await _kept(client, before["id"] if before else None)
    if turn is None and call.reply:
        raise Denied("Chronus spoke, but answered no question: that was not the PIN.")
    saved = await asyncio.to_thread(_save, out, call.reply) if out and call.reply else None
    return Hearing(turn["said"] if turn else "", turn["reply"] if turn else "", call.v2v_ms, saved)


async def _kept(client: Client, before: str | None) -> dict[str, str] | None:
    """The turn as it stands in the thread, once it stands there."""
    for _ in range(20):
        turn = await client.telephoned()
        if turn and turn["id"] != before and turn["reply"]:
            return turn
        await asyncio.sleep(0.1)
    return None


def _save(path: Path, packets: Sequence[Packet]) -> Path:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(b"".join(packet.pcm for packet in packets))
    return path
