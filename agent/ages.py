"""How old what we know is, and what still waits: told by code, whichever mind answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from agent.context import Context
from integrations.calendar import Calendar
from integrations.email import Mail
from integrations.store.intents import Intent
from integrations.store.mirrors import KINDS, Kind, Mirror
from integrations.tasks import Tasks

STALE = timedelta(minutes=15)
"""From here on an answer says how old it is."""
USES: dict[str, tuple[Kind, ...]] = {
    "list_events": ("calendar",),
    "find_free_time": ("calendar",),
    "list_tasks": ("tasks",),
    "search_email": ("mail",),
    "read_email": ("mail",),
    "summarize_inbox": ("mail",),
    "get_briefing": KINDS,
    "get_suggestions": ("calendar", "tasks"),
}
"""Which copies an answer of a reading tool comes from."""

State = Literal["fresh", "reading", "stale", "failed", "reconnect"]


@dataclass(frozen=True, kw_only=True)
class Age:
    """How one copy stands. `synced_at` is that of its oldest part; None: it was never read to the end."""

    kind: Kind
    state: State
    synced_at: datetime | None
    say: str
    waiting: int


def ages(mirrors: Sequence[Mirror], intents: Sequence[Intent], now: datetime, *, reconnect: bool) -> list[Age]:
    """One for each kind that is copied."""
    found = []
    for kind in KINDS:
        parts = [one for one in mirrors if one.kind == kind]
        if parts:
            waiting = sum(intent.keeper == kind for intent in intents)
            found.append(_age(kind, parts, now, reconnect, waiting))
    return found


async def how_old(ctx: Context, tool: str) -> str | None:
    """The sentence that goes before an answer from copies that are not fresh; None when they are."""
    keepers: dict[Kind, Calendar | Tasks | Mail] = {"calendar": ctx.calendar, "tasks": ctx.tasks, "mail": ctx.mail}
    times = {kind: await keepers[kind].as_of() for kind in USES.get(tool, ())}
    old = {kind: at for kind, at in times.items() if at is not None and ctx.now - at > STALE}
    if not old:
        return None
    at = min(old.values()).astimezone(ctx.zone)
    when = f"at {at:%H:%M}" if at.date() == ctx.now.date() else f"on {at:%A} at {at:%H:%M}"
    return f"I last reached Google {when}, so this is your {' and '.join(old)} as of then."


def _age(kind: Kind, parts: Sequence[Mirror], now: datetime, reconnect: bool, waiting: int) -> Age:
    times = [one.synced_at for one in parts]
    oldest = None if None in times else min(at for at in times if at is not None)
    say = next((one.say for one in parts if one.say), "")
    state: State
    if reconnect:
        state = "reconnect"
    elif oldest is None:
        state = "failed" if say else "reading"
    elif now - oldest > STALE:
        state = "stale"
    else:
        state = "failed" if say else "fresh"
    return Age(kind=kind, state=state, synced_at=oldest, say=say, waiting=waiting)
