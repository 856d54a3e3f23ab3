"""What the assistant can do with what it knows about the person."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Annotated, Literal

from pydantic import Field

from agent.asking import ask_first
from agent.consent import Consent
from agent.context import Context
from agent.effects import Effect
from agent.in_mind import SHORT
from agent.memory import Forgotten
from agent.origins import Origin as Trusted
from agent.overheard import echo_of_ours, of_mail
from agent.own_words import own_words
from agent.shelf import Known
from agent.told import as_told_back, in_a_sentence
from agent.tools.base import Ambiguous, Data, Done, tool
from agent.tools.receipts import memory_receipt
from agent.tools.shapes import memory_json
from integrations.errors import Invalid, NotFound
from integrations.store.memories import Memory, Origin, left

Text = Annotated[str, Field(min_length=1, max_length=1000, description="The person's own words, unchanged.")]
About = Annotated[str, Field(min_length=1, max_length=100_000, description="What it is about, in a few words.")]
FOR_GOOD = Consent(verb="forget", names=("for good",), it=False)
""" "Forget it" alone is what people say for no."""
LATELY = 7
"""The last turns, this one among them, in which the person may have said it."""
TURNS = 20
"""Those in which it may have been read out to them before."""
WHOLE = ("", "me", "myself", "i", "everything", "all", "all of it", "it all", "everything about me", "all about me")


@tool(Effect.PRIVATE)
async def remember(ctx: Context, text: Text, kind: Literal["fact", "preference", "habit"] | None = None) -> Done:
    """Remember something the person has told you about themselves or their life. Never from mail or by your own idea."""
    said = await _witness(ctx, text)
    memory = await ctx.memory.remember(
        said.text, at=ctx.now, quote=said.quote, type=kind, turn_id=said.turn_id, origin=said.origin
    )
    replaced = [as_told_back(old.text) for old in await ctx.memory.replaced_by(memory.id)]
    instead = f" Until now I had: {'; '.join(replaced)}." if replaced else ""
    if memory.origin == "mail":
        instead = " I have that from a mail, so I'll do nothing by it unless you say so."
    return Done(
        receipt=await memory_receipt(ctx, memory),
        say=f"I'll remember {in_a_sentence(memory.text)}.{instead}",
        keeper="memory",
        inverse={"do": "forget", "id": memory.id, "left": left(memory)},
    )


@tool(Effect.READ)
async def recall(ctx: Context, about: About | None = None) -> Data:
    """What you know about the person, or what of it is about one thing. Each memory has the words it comes from."""
    if about is None or about.lower().strip(" ?.!") in WHOLE:
        every = await ctx.memory.all()
        await read(ctx, every)
        return {"memories": [_told(memory) for memory in every], "by_meaning": True}
    found = await ctx.memory.recall(about)
    await read(ctx, [one.row for one in found.memories])
    return {"memories": [_told(one.row) for one in found.memories], "by_meaning": found.by_meaning}


@tool(Effect.DESTRUCTIVE)
async def forget(ctx: Context, about: About) -> Done:
    """Forget one thing you know about the person (or "everything about" a thing), for good."""
    meant = await _meant(ctx, about)
    await read(ctx, meant)
    # named by ids, and their words only by a hash: what is forgotten isn't to stand in the yes that was given to it
    exact = {
        "about": " ".join(memory.id for memory in meant),
        "memories": sorted(f"{memory.id} {sha256(memory.text.encode()).hexdigest()}" for memory in meant),
    }
    await ask_first(ctx, "forget", Effect.DESTRUCTIVE, exact, _read_back(meant), consent=FOR_GOOD)
    forgotten = await ctx.memory.forget([memory.id for memory in meant])
    receipt: Data = {"ids": forgotten.ids, "forgotten": True, "proven": forgotten.proven}
    # Neither the receipt nor the inverse says what it was: it would still be known there.
    return Done(receipt=receipt, say=_gone(forgotten), keeper="memory", inverse={"do": "nothing"})


async def read(ctx: Context, memories: Sequence[Memory | Known]) -> None:
    """These come to a mind: what is remembered of others' words is still theirs."""
    if any(memory.origin == "mail" for memory in memories):
        ctx.trust.read(Trusted.THIRD_PARTY)
    await ctx.note("memory", [memory.id for memory in memories])


@dataclass(frozen=True, kw_only=True)
class Witness:
    """The person's own words for it, and where they fell."""

    text: str
    quote: str
    turn_id: str | None
    origin: Origin


async def _witness(ctx: Context, text: str) -> Witness:
    """Where the person said so: in this turn, or lately in this thread. Raises `Invalid`: nobody else can tell us."""
    if ctx.where is None:
        return Witness(text=text, quote=text, turn_id=None, origin="said")
    turns = await ctx.conversations.turns(ctx.where.conversation_id, last=TURNS)
    for place in reversed(range(max(0, len(turns) - LATELY), len(turns))):
        turn, before = turns[place], turns[:place]
        words = own_words(turn.said, text)
        if words is None or echo_of_ours(turn, before):
            continue  # not said, or what we heard was our own voice
        origin: Origin = "mail" if of_mail(words, before) else "said"
        return Witness(text=words, quote=turn.said, turn_id=turn.id, origin=origin)
    raise Invalid("I only remember what you tell me yourself.")


async def _meant(ctx: Context, about: str) -> list[Memory]:
    plain = about.strip(" ?.!")
    ids = plain.split()
    if called := [memory for memory in await ctx.memory.all() if _called(memory, ids)]:
        return called
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


def _called(memory: Memory, ids: list[str]) -> bool:
    """Whether it is one of those named by an id, whole or as short as minds are given it."""
    return any(len(one) >= SHORT and memory.id.startswith(one) for one in ids)


async def _meant_all(ctx: Context, about: str) -> list[Memory]:
    if not (every := await ctx.memory.matching(about)):
        raise NotFound("I don't remember anything about that.")
    return every


def _read_back(meant: list[Memory]) -> str:
    if len(meant) == 1:
        return f"This makes me forget {in_a_sentence(meant[0].text)}. I can't bring it back."
    some = "; ".join(as_told_back(memory.text) for memory in meant[:5])
    more = f"; and {len(meant) - 5} more" if len(meant) > 5 else ""
    return f"This makes me forget {len(meant)} things: {some}{more}. I can't bring them back."


def _gone(forgotten: Forgotten) -> str:
    what = "it" if len(forgotten.ids) == 1 else f"all {len(forgotten.ids)} of them"
    if forgotten.proven:
        return f"I've forgotten {what}. I searched again, and nothing is left."
    return (
        f"I've forgotten {what}. I couldn't search my index again just now; what it still holds goes when it answers."
    )


def _told(memory: Memory | Known) -> Data:
    """A memory, with how it is said to the one who told it."""
    return {**memory_json(memory), "told": as_told_back(memory.text)}
