"""How much of a briefing reached the person, told by what they heard of a reply."""

from collections.abc import Sequence

from agent.briefing.writing import kept, script_of
from agent.context import Context

_SURE = 3
"""So many words in a row are no coincidence."""


async def heard(ctx: Context, turn_id: str, text: str, *, whole: bool, dropped: bool = False) -> None:
    """The reply of this turn was heard so far; if it told the briefing, listening goes on from there.

    `dropped`: the line broke, and the same turn may be told to its end.
    """
    briefing = await ctx.briefings.told_in(turn_id)
    if briefing is None or briefing.telling is None:
        return
    script = script_of(briefing)
    starts, ends = briefing.telling["starts"], briefing.telling["ends"]
    told = script.words[starts:ends]
    cursor = starts + (len(told) if whole else reached(text.split(), told))
    kept(briefing, script.at(cursor), ctx.now)
    if dropped:
        await ctx.briefings.keep()
        return
    # nobody tells it any more; where nothing was heard from the place one moved to, that place is still meant
    briefing.telling = {**briefing.telling, "turn": "", "ends": starts} if cursor == starts else None
    await ctx.briefings.keep()


def reached(heard: Sequence[str], told: Sequence[str]) -> int:
    """How many of the words that were told stand in what was heard. Before them there may have been other words."""
    most = 0
    for start in range(len(heard)):
        if start and heard[start - 1][-1] not in ".!?…":
            continue  # what is told begins a sentence of ours
        same = _in_common(heard[start:], told)
        if same > most and (same >= _SURE or start + same == len(heard)):
            most = same
    return most


def _in_common(one: Sequence[str], other: Sequence[str]) -> int:
    pairs = zip(one, other, strict=False)
    return next((i for i, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))
