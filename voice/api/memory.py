"""/v1/memory: what Chronus knows about the person, to see, correct and delete."""

from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import Field

from agent.effects import Effect
from agent.tools.base import Done, record
from agent.tools.shapes import memory_json
from voice.api import shapes
from voice.api.paging import Pages, page
from voice.deps import Reading, Writing

router = APIRouter(prefix="/memory", tags=["memory"])


class Remember(shapes.Body):
    text: Annotated[str, Field(min_length=1, max_length=1000)]


@router.get("", response_model=shapes.Page[shapes.Memory])
async def list_memories(ctx: Reading, pages: Pages) -> Any:
    """Everything known, newest first."""
    found, following = pages.cut(await ctx.memory.all())
    return page([memory_json(memory) for memory in found], following)


@router.post("", status_code=201, response_model=shapes.Memory)
async def remember(ctx: Writing, body: Remember) -> Any:
    """Tell something to remember; the words are their own witness."""
    receipt = memory_json(await ctx.memory.remember(body.text, at=ctx.now))
    inverse = {"do": "forget", "id": receipt["id"]}
    done = Done(receipt=receipt, say="I'll remember that.", keeper="memory", inverse=inverse)
    await record(ctx, "remember", body.model_dump(), Effect.PRIVATE, done)
    return receipt


@router.patch("/{memory_id}", response_model=shapes.Memory)
async def correct(ctx: Writing, memory_id: str, body: Remember) -> Any:
    """Put it right in your own words."""
    before = (await ctx.memory.get(memory_id)).text
    receipt = memory_json(await ctx.memory.change(memory_id, body.text))
    inverse = {"do": "change", "id": memory_id, "text": before}
    done = Done(receipt=receipt, say="I've put that right.", keeper="memory", inverse=inverse)
    await record(ctx, "remember", {"memory": memory_id, **body.model_dump()}, Effect.PRIVATE, done)
    return receipt


@router.delete("/{memory_id}", status_code=204)
async def forget(ctx: Writing, memory_id: str) -> None:
    """Forget it for good; the ledger says that something was forgotten, never what."""
    forgotten = await ctx.memory.forget([memory_id])
    receipt = {"ids": forgotten.ids, "forgotten": True, "proven": forgotten.proven}
    done = Done(receipt=receipt, say="I've forgotten it.", keeper="memory", inverse={"do": "nothing"})
    await record(ctx, "forget", {"memory": memory_id}, Effect.DESTRUCTIVE, done)
