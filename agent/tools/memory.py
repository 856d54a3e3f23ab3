"""What the assistant can do with what it knows about the person."""

from typing import Annotated, Literal

from pydantic import Field

from agent.alike import coverage
from agent.context import Context
from agent.effects import Effect
from agent.memory import Forgotten
from agent.told import as_told_back, in_a_sentence
from agent.tools.base import Ambiguous, Data, Done, ask_first, tool
from agent.tools.shapes import memory_json
from integrations.errors import Invalid, NotFound
from integrations.store.memories import Memory

Text = Annotated[str, Field(min_length=1, max_length=1000, description="The person's own words, unchanged.")]
About = Annotated[str, Field(min_length=1, max_length=300, description="What it is about, in a few words.")]
WITNESSED = 0.5
"""The part of a memory's telling words that the person must have said themselves."""
WHOLE = ("", "me", "myself", "i", "everything", "all", "all of it", "it all", "everything about me", "all about me")


@tool(Effect.PRIVATE)
async def remember(ctx: Context, text: Text, kind: Literal["fact", "preference", "habit"] | None = None) -> Done:
    """Remember something the person has told you about themselves or their life. Never from mail or by your own idea."""
    quote, turn_id = await _witness(ctx, text)
    memory = await ctx.memory.remember(text, at=ctx.now, quote=quote, type=kind, turn_id=turn_id)
    return Done(
        receipt=memory_json(memory),
        say=f"I'll remember {in_a_sentence(memory.text)}.",
        keeper="memory",
        inverse={"do": "forget", "id": memory.id},
    )


@tool(Effect.READ)
async def recall(ctx: Context, about: About | None = None) -> Data:
    """What you know about the person, or what of it is about one thing. Each memory has the words it comes from."""
    if about is None or about.lower().strip(" ?.!") in WHOLE:
        return {"memories": [_told(memory) for memory in await ctx.memory.all()], "by_meaning": True}
    found = await ctx.memory.recall(about)
    return {"memories": [_told(one.row) for one in found.memories], "by_meaning": found.by_meaning}


@tool(Effect.DESTRUCTIVE)
async def forget(ctx: Context, about: About) -> Done:
    """Forget one thing you know about the person (or "everything about" a thing), for good."""
    meant = await _meant(ctx, about)
    exact = {"about": about, "memories": sorted(f"{memory.id} {memory.text}" for memory in meant)}
    ask_first(ctx, "forget", Effect.DESTRUCTIVE, exact, _read_back(meant))
    forgotten = await ctx.memory.forget([memory.id for memory in meant])
    receipt: Data = {"ids": forgotten.ids, "forgotten": True, "proven": forgotten.proven}
    # Neither the receipt nor the inverse says what it was: it would still be known there.
    return Done(receipt=receipt, say=_gone(forgotten), keeper="memory", inverse={"do": "nothing"})


async def _witness(ctx: Context, text: str) -> tuple[str, str | None]:
    """Where the person said so: in this turn, or lately in this thread. Raises `Invalid`: nobody else can tell us."""
    if ctx.where is None:
        return text, None
    if coverage(text, ctx.where.words) >= WITNESSED:
        return ctx.where.words, ctx.where.turn_id
    for turn in reversed(await ctx.conversations.turns(ctx.where.conversation_id, last=6)):
        if coverage(text, turn.said) >= WITNESSED:
            return turn.said, turn.id
    raise Invalid("I only remember what you tell me yourself.")


async def _meant(ctx: Context, about: str) -> list[Memory]:
    plain = about.strip(" ?.!")
    if plain.lower() in WHOLE:
        every = list(await ctx.memory.all())
    elif plain.lower().startswith(("everything about ", "all about ", "everything you know about ")):
        return await _meant_all(ctx, plain.lower().split(" about ", 1)[1])
    else:
        every = await ctx.memory.matching(plain)
        if len(every) > 1:
            choices = [as_told_back(memory.text) for memory in every[:5]]
            raise Ambiguous(f"Which one should I forget: {'; or '.join(choices)}?", choices)
    if not every:
        raise NotFound("I don't remember anything like that.")
    return every


async def _meant_all(ctx: Context, about: str) -> list[Memory]:
    if not (every := await ctx.memory.matching(about)):
        raise NotFound("I don't remember anything about that.")
    return every


def _read_back(meant: list[Memory]) -> str:
    if len(meant) == 1:
        return f"This makes me forget {in_a_sentence(meant[0].text)}. I can't bring it back. Shall I?"
    some = "; ".join(as_told_back(memory.text) for memory in meant[:5])
    more = f"; and {len(meant) - 5} more" if len(meant) > 5 else ""
    return f"This makes me forget {len(meant)} things: {some}{more}. I can't bring them back. Shall I?"


def _gone(forgotten: Forgotten) -> str:
    what = "it" if len(forgotten.ids) == 1 else f"all {len(forgotten.ids)} of them"
    if forgotten.proven:
        return f"I've forgotten {what}. I searched again, and nothing is left."
    return (
        f"I've forgotten {what}. I couldn't search my index again just now; what it still holds goes when it answers."
    )


def _told(memory: Memory) -> Data:
    """A memory, with how it is said to the one who told it."""
    return {**memory_json(memory), "told": as_told_back(memory.text)}
