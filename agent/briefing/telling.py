"""Moving about in a briefing while it is told: on, skip, back, again, more, what changed.

It gives the words to say, and notes which of them are the briefing's own: how many of those are heard moves its cursor.
"""

import re
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Literal

from agent.briefing.details import more, origin
from agent.briefing.script import Script
from agent.briefing.writing import kept, refreshed, script_of, since, today
from agent.context import Context
from agent.conversation import ALOUD
from integrations.store.briefings import Briefing

Move = Literal["continue", "next", "back", "repeat", "restart", "changes", "more", "source", "current"]
_POLITE = re.compile(r"\b(good (morning|afternoon|evening|day)|morning|hello|hi|hey)\b", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Told:
    """What to say, and which item it is about."""

    say: str
    data: dict[str, Any] = field(default_factory=dict)


async def tell(ctx: Context, move: Move) -> Told:
    """Say what the move asks for. What is heard later (aloud) or at once (in writing) is heard."""
    if move in ("more", "source", "current"):
        return await _about(ctx, move)
    briefing = await ctx.briefings.opened(today(ctx))
    placed, glanced = script_of(briefing).placed, bool(briefing.telling and briefing.telling["glance"])
    briefing.telling = None  # whoever told it before has stopped
    await ctx.briefings.keep()
    if not briefing.items or move in ("continue", "restart", "changes"):
        briefing = await refreshed(ctx)
    script = replace(script_of(briefing), placed=placed)
    if glanced and move in ("continue", "changes"):
        script = script.at(script.reached)
    hello = f"{greeting(ctx.now)} " if script.reached == 0 or _greeted(ctx) else ""
    words, starts, ends = _span(move, briefing, script, ctx)
    said = " ".join(script.words[starts:ends])
    await _note(ctx, move, briefing, script.at(starts), ends)
    return Told(say=f"{hello}{words}{said}".strip())


def greeting(now: datetime) -> str:
    """How one begins at this hour."""
    return "Good morning." if now.hour < 12 else "Good afternoon." if now.hour < 18 else "Good evening."


def _greeted(ctx: Context) -> bool:
    return ctx.where is not None and _POLITE.match(ctx.where.words.strip()) is not None


def _span(move: Move, briefing: Briefing, script: Script, ctx: Context) -> tuple[str, int, int]:
    """What to say before, and from which word to which the briefing is told.

    Aloud it goes on from where one moved to, until it is interrupted; in writing one item at a time is enough.
    """
    everything, here = len(script.words), script.current or 0
    if move == "changes" and script.reached:
        return _news(briefing, script, ctx)
    if move == "restart":
        return "", 0, everything
    if move in ("continue", "changes"):
        if not script.finished:
            return "", script.resume(), everything
        return f"Nothing new since {since(briefing, ctx)}. Say “from the beginning” to hear it again. ", everything, everything  # fmt: skip
    if not script.cursor:
        return "", 0, everything
    there = here + {"next": 1, "back": -1, "repeat": 0}[move]
    if there >= len(script.lines):
        return "That was the last of it. ", everything, everything
    begins = script.begins(max(there, 0))
    return "", begins, everything if ctx.channel in ALOUD else script.ends(max(there, 0))


def _news(briefing: Briefing, script: Script, ctx: Context) -> tuple[str, int, int]:
    """What came or changed since they began to listen, and nothing else."""
    ahead = [i for i, line in enumerate(script.lines) if line.fresh and script.starts[i] >= script.reached]
    if not ahead:
        return f"Nothing has changed since {since(briefing, ctx)}. ", script.cursor, script.cursor
    begins = script.resume() if script.cursor == script.reached else script.reached
    return "", begins, script.ends(ahead[-1])


async def _note(ctx: Context, move: Move, briefing: Briefing, script: Script, ends: int) -> None:
    """Aloud, it counts as heard when it was; written, at once, and looking back at an item is only a glance."""
    telling = {"turn": "", "starts": script.cursor, "ends": ends, "at": ctx.now.isoformat(), "glance": False}
    if ctx.channel in ALOUD:
        kept(briefing, script, ctx.now)
        briefing.telling = telling | {"turn": ctx.where.turn_id if ctx.where else ""}
    else:
        kept(briefing, script.at(ends), ctx.now)
        briefing.telling = telling | {"glance": True} if move in ("back", "repeat") else None
    await ctx.briefings.keep()


async def _about(ctx: Context, move: Move) -> Told:
    """The item that was heard last: more of it, where it comes from, what it offers."""
    briefing = await ctx.briefings.on(today(ctx))
    script = script_of(briefing) if briefing else Script()
    here = script.current
    if here is None or not script.reached:
        return Told(say="I haven't told you anything yet today.")
    item = script.lines[here].item
    data = {"id": script.lines[here].id, "kind": item.kind, "text": item.text, "source": item.source}
    say = await more(ctx, item) if move == "more" else origin(item) if move == "source" else item.text
    about = item.name or item.text.rstrip(".")
    return Told(say=say, data={"current": {**data, "name": about, "offer": item.offer}})
