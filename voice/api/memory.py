"""/v1/memory: what Chronus knows about the person and whence, to see, correct, restore and delete."""

from collections.abc import Sequence
from typing import Annotated, Any, Literal

from fastapi import APIRouter
from pydantic import Field

from agent.context import Context
from agent.effects import Effect
from agent.tools.base import Done, record
from agent.tools.shapes import memory_json
from agent.witness import say_witness
from integrations.store.memories import Memory, Origin, Type, left
from voice.api import shapes
from voice.api.paging import Pages, page
from voice.deps import Reading, Writing

router = APIRouter(prefix="/memory", tags=["memory"])
State = Literal["holds", "replaced", "all"]


class Remember(shapes.Body):
    text: Annotated[str, Field(min_length=1, max_length=1000)]


@router.get("", response_model=shapes.Page[shapes.Memory])
async def list_memories(
    ctx: Reading,
    pages: Pages,
    state: State = "holds",
    type: Type | None = None,
    origin: Origin | None = None,
    category: str | None = None,
) -> Any:
    """Everything known, newest first; `state` also shows what something newer took the place of."""
    holding = await ctx.memory.all() if state != "replaced" else ()
    replaced = await ctx.memory.replaced() if state != "holds" else ()
    every = sorted([*holding, *replaced], key=lambda one: (one.at, one.made), reverse=True)
    wanted = {"type": type, "origin": origin, "category": category}
    kept = [one for one in every if all(value is None or getattr(one, name) == value for name, value in wanted.items())]
    found, following = pages.cut(kept)
    return page(await _seen(ctx, found), following)


@router.get("/{memory_id}", response_model=shapes.Memory)
async def get_memory(ctx: Reading, memory_id: str) -> Any:
    """One, with its witness."""
    [seen] = await _seen(ctx, [await ctx.memory.get(memory_id)])
    return seen


@router.get("/{memory_id}/history", response_model=shapes.Page[shapes.Memory])
async def get_history(ctx: Reading, pages: Pages, memory_id: str) -> Any:
    """What it took the place of, newest first."""
    found, following = pages.cut(await ctx.memory.history(memory_id))
    return page(await _seen(ctx, found), following)


@router.post("", status_code=201, response_model=shapes.Memory)
async def remember(ctx: Writing, body: Remember) -> Any:
    """Tell something to remember; the words are their own witness."""
    memory = await ctx.memory.remember(body.text, at=ctx.now)
    [seen] = await _seen(ctx, [memory])
    done = _done(seen, "I'll remember that.", {"do": "forget", "id": memory.id, "left": left(memory)})
    await record(ctx, "remember", body.model_dump(), Effect.PRIVATE, done)
    return seen


@router.patch("/{memory_id}", response_model=shapes.Memory)
async def correct(ctx: Writing, memory_id: str, body: Remember) -> Any:
    """Put it right in your own words."""
    old = await ctx.memory.get(memory_id)
    before = {"text": old.text, "quote": old.quote, "type": old.type, "category": old.category}
    memory = await ctx.memory.change(memory_id, body.text)
    inverse = {"do": "change", "id": memory_id, "before": before, "left": left(memory)}
    [seen] = await _seen(ctx, [memory])
    done = _done(seen, "I've put that right.", inverse)
    await record(ctx, "remember", {"memory": memory_id, **body.model_dump()}, Effect.PRIVATE, done)
    return seen


@router.post("/{memory_id}/restore", response_model=shapes.Memory)
async def restore(ctx: Writing, memory_id: str) -> Any:
    """What was replaced holds again; what had replaced it no longer does."""
    newer = await ctx.memory.restore(memory_id)
    memory = await ctx.memory.get(memory_id)
    [seen] = await _seen(ctx, [memory])
    done = _done(seen, "That holds again.", {"do": "restore", "id": newer.id})
    await record(ctx, "remember", {"memory": memory_id, "restore": True}, Effect.PRIVATE, done)
    return seen


@router.delete("/{memory_id}", status_code=204)
async def forget(ctx: Writing, memory_id: str) -> None:
    """Forget it for good, everywhere; the ledger says that something was forgotten, never what."""
    forgotten = await ctx.memory.forget([memory_id])
    receipt = {"ids": forgotten.ids, "forgotten": True, "proven": forgotten.proven}
    done = Done(receipt=receipt, say="I've forgotten it.", keeper="memory", inverse={"do": "nothing"})
    await record(ctx, "forget", {"memory": memory_id}, Effect.DESTRUCTIVE, done)


def _done(seen: dict[str, Any], say: str, inverse: dict[str, Any]) -> Done:
    """Its receipt is what is answered, also when it is asked for again."""
    return Done(receipt=seen, say=say, keeper="memory", inverse=inverse)


async def _seen(ctx: Context, memories: Sequence[Memory]) -> list[dict[str, Any]]:
    """Each with its witness as a sentence and the way to the turn in which it was said."""
    threads = await ctx.conversations.threads_of([one.turn_id for one in memories if one.turn_id])
    return [
        {
            **memory_json(one),
            "turn_id": one.turn_id,
            "conversation_id": threads.get(one.turn_id or ""),
            "replaced_by": one.superseded_by,
            "witness": say_witness(one, now=ctx.now, zone=ctx.zone),
        }
        for one in memories
    ]
