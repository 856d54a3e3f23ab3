"""A line that stays open holds nothing of ours longer than its reader reads."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from starlette.types import Message

from agent.news import BEHIND, Follower, Piece
from voice.stream import EventStream, event


async def test_a_reader_who_doesnt_read_is_let_go() -> None:
    """One event that isn't taken in time ends the line, and what made the events is closed."""
    closed = False

    async def events() -> AsyncIterator[str]:
        nonlocal closed
        try:
            while True:
                yield event("changed", {"what": "tasks"})
        finally:
            closed = True

    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)
        if len(sent) > 3:
            await asyncio.Event().wait()  # the pipe is full

    made = events()
    await EventStream(made, slowest=0.05).stream_response(send)
    assert len(sent) == 4
    await made.aclose()  # type: ignore[attr-defined]  # it is a generator
    assert closed


async def test_a_follower_too_far_behind_is_let_go() -> None:
    """Nobody waits for it, and it doesn't keep more than so many pieces of news."""
    follower = Follower()
    for number in range(BEHIND + 50):
        follower.give(Piece("changed", {"number": number}))
    assert follower.over
    heard = [piece async for piece in _all(follower)]
    assert [piece.data["number"] for piece in heard] == list(range(BEHIND))


async def _all(follower: Follower) -> AsyncIterator[Piece]:
    while (piece := await follower.next(0.1)) is not None:
        yield piece


@pytest.mark.parametrize(("id", "first"), [("7", "id: 7\n"), (None, "event: told\n")])
def test_an_event_is_one_block(id: str | None, first: str) -> None:
    """Its data stands on one line, whatever is in it."""
    written = event("told", {"say": "two\nlines"}, id=id)
    assert written.startswith(first)
    assert written.endswith('data: {"say":"two\\nlines"}\n\n')
    assert written.count("\n\n") == 1
