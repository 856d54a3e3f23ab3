"""/v1/chat: one turn in text, whole or as it comes, on the same thread as the voice."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Header
from fastapi.responses import StreamingResponse
from pydantic import Field

from agent.conversation import Turn
from agent.events import ApprovalAsked, Event, Finished, Said, ToolAnswered
from integrations.errors import ChronusError
from integrations.store.conversations import Turn as StoredTurn
from voice.api import shapes
from voice.api.paging import Pages, page
from voice.deps import Once, Reading, TheFigures, TheLifetime, TheLimits, TheServices, Who
from voice.lifetime import Lifetime
from voice.problems import refusal

router = APIRouter(prefix="/chat", tags=["chat"])

STREAM = "text/event-stream"
STILL_HERE = 10.0
"""Seconds of silence after which a streamed answer shows that the line still stands."""
TURNS = 200
"""Turns of a thread that are shown."""


class Say(shapes.Body):
    """Without `conversation_id` the current thread goes on; "new" starts one."""

    text: Annotated[str, Field(min_length=1, max_length=4000)]
    conversation_id: Annotated[str, Field(max_length=100)] | None = None
    channel: Literal["text"] = "text"


@router.post(
    "",
    response_model=shapes.Answer,
    responses={200: {"content": {STREAM: {"schema": {"type": "string"}}}, "description": "The answer, whole or as it comes."}},
)  # fmt: skip
async def chat(
    services: TheServices,
    asking: Who,
    limits: TheLimits,
    lifetime: TheLifetime,
    figures: TheFigures,
    body: Say,
    accept: Annotated[str, Header()] = "",
    idempotency_key: Once = None,
) -> Any:
    """Say something and be answered; said again under the same `Idempotency-Key` it is the same turn, and nothing is done twice."""
    await limits.spend(f"turns:{asking.person.id}", services.settings.limits.turns_per_minute)
    turn = Turn(
        person=asking.person, text=body.text, channel=body.channel, conversation_id=body.conversation_id,
        key=idempotency_key,
    )  # fmt: skip
    events = _answering(lifetime, services.assistant.reply(turn))
    await anext(events)  # the turn stands in its thread; what can't begin is refused here
    figures.turns.labels(turn.channel).inc()
    if STREAM in accept:
        return StreamingResponse(_streamed(events), media_type=STREAM, headers={"X-Accel-Buffering": "no"})
    answer: dict[str, Any] = {}
    async for event in events:
        if isinstance(event, Finished):
            answer = dict(event.answer)
    return answer


@router.get("", response_model=shapes.Page[shapes.ConversationLine])
async def list_conversations(ctx: Reading, pages: Pages) -> Any:
    """All threads, the latest first."""
    before, skipped = pages.before()
    found = await ctx.conversations.all(first=skipped + pages.limit + 1, before=before)
    shown, following = pages.back_from(found, skipped, [one.last_at for one in found])
    lines = [
        {"id": one.id, "started": one.started_at.isoformat(), "last": one.last_at.isoformat(), "title": one.title}
        for one in shown
    ]
    return page(lines, following)


@router.get("/{conversation_id}", response_model=shapes.Conversation)
async def get_conversation(ctx: Reading, conversation_id: str) -> Any:
    """One thread with its last turns, oldest first."""
    turns = await ctx.conversations.turns(conversation_id, last=TURNS)
    return {"conversation_id": conversation_id, "turns": [_turn(turn) for turn in turns]}


def _turn(turn: StoredTurn) -> dict[str, Any]:
    return {
        "id": turn.id,
        "at": turn.at.isoformat(),
        "channel": turn.channel,
        "said": turn.said,
        "reply": turn.reply,
        "heard": turn.heard,
        "actions": turn.actions,
    }


async def _answering(lifetime: Lifetime, reply: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """The same events, answered to their end even when nobody listens any more."""
    line: asyncio.Queue[Event | ChronusError | None] = asyncio.Queue()

    async def answer() -> None:
        try:
            async for event in reply:
                line.put_nowait(event)
        except ChronusError as error:
            line.put_nowait(error)
        finally:
            line.put_nowait(None)

    task = lifetime.begin(answer())
    while (event := await line.get()) is not None:
        if isinstance(event, ChronusError):
            raise event
        yield event
    await task  # what nobody foresaw comes to light here


async def _streamed(events: AsyncIterator[Event]) -> AsyncIterator[str]:
    coming: asyncio.Task[Event] | None = None
    try:
        while True:
            coming = coming or asyncio.ensure_future(anext(events))
            done, _ = await asyncio.wait({coming}, timeout=STILL_HERE)
            if not done:
                yield ": still here\n\n"
                continue
            event, coming = coming.result(), None
            if written := _written(event):
                yield written
    except StopAsyncIteration:
        return
    except ChronusError as error:
        yield _event("error", json.loads(bytes(refusal(error).body)))
    finally:
        if coming:
            coming.cancel()


def _written(event: Event) -> str | None:
    match event:
        case Said():
            return _event("said", {"text": event.text})
        case ToolAnswered():
            return _event("tool", event.action)
        case ApprovalAsked():
            return _event("approval", event.pending)
        case Finished():
            return _event("finished", event.answer)
        case _:
            return None


def _event(name: str, data: Any) -> str:
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False, separators=(',', ':'))}\n\n"
