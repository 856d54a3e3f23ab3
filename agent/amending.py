"""“No, at three”: what puts the last change right belongs to it, so that undo never gives back what was called wrong."""

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from agent.alike import coverage
from agent.context import Context
from integrations.errors import Conflict

JUST_NOW = timedelta(minutes=10)
"""How long after a change words like "no, at three" are about it."""
ALIKE = 0.5
"""The part of a title's telling words that the thing made just now has too."""
_BEGINS = r"oh|ah|um+|uh+|er+|hm+|well|but|please|hang on|hold on|oops|whoops|chronus"
_WRONG = (
    r"no|nope|not|i (?:meant|mean|said)|i did not (?:mean|say)|i didn't (?:mean|say)|actually|rather|wrong|that(?:'s| is| was) wrong|"
    r"correction|scratch that|sorry|wait|make that|i should have said"
)
_CORRECTS = re.compile(rf"(?:(?:{_BEGINS}) )*(?:{_WRONG})(?! (?:problem|worries|rush|thanks|thank you|need|hurry))\b")


def corrects(words: str) -> bool:
    """Whether someone who speaks so calls the last outcome wrong; "make it an hour" only goes on from it."""
    plain = " ".join(re.sub(r"[^a-z' ]+", " ", words.lower().replace("’", "'")).split())
    return _CORRECTS.match(plain) is not None


async def not_twice(ctx: Context, tool: str, title: str) -> None:
    """A correction never makes a second thing: raises `Conflict` where this was made just now and the person puts it right."""
    if ctx.where is None or not corrects(ctx.where.words):
        return
    last = await ctx.changes.last_in(ctx.where.conversation_id)
    if last is None or last.undone_at is not None or last.tool != tool or last.turn_id == ctx.where.turn_id:
        return
    made = str((last.receipt or {}).get("title", ""))
    if ctx.now - last.at <= JUST_NOW and coverage(title, made) >= ALIKE:
        raise Conflict(f"{made} is on your calendar already, from just now. Tell me what should be different about it.")


async def corrected(ctx: Context, keeper: str, receipt: Mapping[str, Any]) -> str | None:
    """The change that a new one to the same thing puts right: the last of this thread, made just now and called wrong."""
    if ctx.where is None or not corrects(ctx.where.words):
        return None
    last = await ctx.changes.last_in(ctx.where.conversation_id)
    if last is None or last.undone_at is not None or last.turn_id == ctx.where.turn_id or last.keeper != keeper:
        return None
    same = "id" in receipt and (last.receipt or {}).get("id") == receipt["id"]
    return last.act if same and ctx.now - last.at <= JUST_NOW else None
