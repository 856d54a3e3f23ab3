"""On a telephone what was asked is answered with a key, once it was heard to its end."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from secrets import token_hex
from typing import Any

import pytest

from tests.callers import Script, question
from tests.dropping import ACCOUNT, MEDIA, identified
from tests.exchange import Exchange, exchange
from tests.spelling import Spelling
from voice.phone_caller import as_telephoned, on_the_line

ASKED = "email dana@example.org saying that I am late"


@pytest.fixture
async def place(tmp_path: Path) -> AsyncIterator[Exchange]:
    async with exchange(tmp_path / "x", Script([ASKED]), Spelling()) as opened:
        yield opened


async def waiting(place: Exchange) -> str:
    """How the question stands: not asked or answered, being read back, or heard."""
    async with place.services.context(place.world.person, write=False) as ctx:
        thread = await ctx.conversations.latest(ctx.now)
    asked = await place.services.assistant.pending_for(place.world.person, thread.id) if thread else None
    return "none" if asked is None else "heard" if asked.heard_at else "asked"


async def turns(place: Exchange) -> list[Any]:
    async with place.services.context(place.world.person, write=False) as ctx:
        thread = await ctx.conversations.current(ctx.now)
        return [(turn.said, turn.reply) for turn in await ctx.conversations.turns(thread.id)]


async def until(place: Exchange, how: str) -> None:
    async with asyncio.timeout(60):
        while await waiting(place) != how:  # noqa: ASYNC110, nothing tells
            await asyncio.sleep(0.1)


@pytest.mark.parametrize(("key", "said"), [("1", "Yes, by key."), ("2", "No, by key.")])
async def test_a_key_answers_what_was_heard_out(place: Exchange, key: str, said: str) -> None:
    """Before that it does nothing; then exactly that one thing is done or left, aloud, and stands in the thread without the key."""
    async with on_the_line(place.telephone, MEDIA, f"CA{token_hex(8)}", account=ACCOUNT) as call:
        await identified(call)
        await call.say(as_telephoned(question()))
        await until(place, "asked")
        await call.press(key)  # too early: it is still being read back
        await until(place, "heard")
        await call.press("5")
        heard = len(call.played)
        await call.press(key)
        await until(place, "none")
        async with asyncio.timeout(60):
            while not (await turns(place))[-1][1]:  # noqa: ASYNC110, nothing tells
                await asyncio.sleep(0.1)
        await call.until(lambda: any(packet.audible for packet in call.played[heard:]), timeout=60)
        await call.hang_up()
    (asked, answered) = await turns(place)
    assert asked[0] == ASKED
    assert "press 1" in asked[1]
    assert answered[0] == said
