"""Saying why: the witness of what is known about the person."""

from typing import Annotated

from pydantic import Field

from agent.alike import coverage
from agent.context import Context
from agent.effects import Effect
from agent.in_mind import SHORT
from agent.recalling import IN_PASSING
from agent.shelf import Known
from agent.tools.base import WordForWord, tool
from agent.tools.shapes import memory_json
from agent.witness import say_witness
from integrations.errors import NotFound
from integrations.store.conversations import Turn
from integrations.store.memories import Memory

About = Annotated[str, Field(min_length=1, max_length=300, description="The memory's id, or what it is about.")]
SPOKEN_OF = 0.5
"""The part of a memory's telling words that an answer must have for the memory to stand behind it."""


@tool(Effect.READ)
async def explain(ctx: Context, about: About | None = None) -> WordForWord:
    """Tell whence something about the person is known: their own words and the day. For "why do you think that?", "how do you know?", "when did I say that?". Leave `about` out for what you said last."""
    memory = await (_behind_the_last(ctx) if about is None else _named(ctx, about))
    if memory is None:
        raise NotFound("I don't have that from anything you told me.")
    return WordForWord(say=say_witness(memory, now=ctx.now, zone=ctx.zone), result=memory_json(memory))


async def _named(ctx: Context, about: str) -> Memory | Known | None:
    plain = about.strip(" [](){}“”\"'?.!")
    for memory in await ctx.memory.all():
        if memory.id.startswith(plain.lower()) and len(plain) >= SHORT:
            return memory
    found = (await ctx.memory.recall(plain, 1)).memories
    return found[0].row if found else None


async def _behind_the_last(ctx: Context) -> Memory | Known | None:
    """What the last answer rested on: a memory that was looked up for it, or that had come to mind and stands in it."""
    if ctx.where is None:
        return None
    turns = await ctx.conversations.turns(ctx.where.conversation_id, last=2)
    turn = next((one for one in reversed(turns) if one.id != ctx.where.turn_id), None)
    if turn is None:
        return None
    known = {memory.id: memory for memory in await ctx.memory.all()}
    looked_up = [known[one] for one in _looked_up(turn) if one in known]
    if looked_up:
        return max(looked_up, key=lambda one: coverage(one.text, turn.reply))
    near = [one.row for one in (await ctx.memory.recall(turn.said, 5, IN_PASSING)).memories]
    likely = max(near, key=lambda one: coverage(one.text, turn.reply), default=None)
    if likely is not None and coverage(likely.text, turn.reply) >= SPOKEN_OF:
        return likely
    return known.get(await _suggested(ctx, turn))


def _looked_up(turn: Turn) -> list[str]:
    """The ids of the memories that tools gave in this turn."""
    results = [line["content"].get("result") for line in turn.lines if "content" in line]
    found = [memory for result in results if isinstance(result, dict) for memory in result.get("memories", [result])]
    return [str(memory["id"]) for memory in found if isinstance(memory, dict) and "id" in memory]


async def _suggested(ctx: Context, turn: Turn) -> str:
    """The memory behind a suggestion that was told in this turn."""
    told = any(line.get("tool") == "get_suggestions" for line in turn.lines)
    suggestion = await ctx.suggestions.last_heard(turn.at) if told else None
    return suggestion.memory_id or "" if suggestion else ""
