"""Google's events as rows of the copy, and back."""

import logging
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from integrations.calendar.google_events import (
    Home,
    Raw,
    details_of,
    gone,
    instance_of,
    original,
    stamp_in,
)
from integrations.calendar.google_series import Foreign, rule_of
from integrations.calendar.series import Series
from integrations.calendar.spans import LATEST
from integrations.errors import Invalid
from integrations.store.calendar_copies import Copies

log = logging.getLogger(__name__)
NEVER = datetime(1970, 1, 1, tzinfo=UTC)


def row_of(raw: Raw, home: Home, *, round: int = 0, pending: str | None = None) -> dict[str, Any]:
    """An event as it is kept; a cancelled exception has no times."""
    row = {
        "calendar": home.id, "event": raw["id"], "series": raw.get("recurringEventId"), "gone": gone(raw), "rule": None,
        "stamp": original(raw, home.zone) if "recurringEventId" in raw else None, "raw": raw, "round": round,
        "starts": NEVER, "ends": NEVER, "all_day": False, "zone": "UTC", "first": NEVER, "last": NEVER, "pending": pending,
    }  # fmt: skip
    if gone(raw) or "start" not in raw:
        return row
    base = details_of(raw, home.zone)
    rule, _ = rule_of(raw, base)
    row |= {name: getattr(base, name) for name in ("starts", "ends", "all_day", "zone")}
    if rule is None:
        return row | {"first": base.starts, "last": base.ends}
    first, last = Series(raw["id"], base, rule).bounds()
    return row | {"rule": "" if isinstance(rule, Foreign) else rule.text, "first": first, "last": last or LATEST}


async def absorb(copies: Copies, home: Home, raws: Sequence[Raw], round: int, since: int = 0) -> None:
    """What Google told us, into the copy, except over what we have written after it was asked: the writes beyond `since`."""
    news = await _newest(copies, home, {raw["id"]: raw for raw in raws}, round, since)
    ended = [name for name, raw in news.items() if _over(raw)]
    if ended:
        await copies.drop(home.id, ended)
    rows = (_readable(raw, home, round) for raw in news.values() if not _over(raw))
    await copies.keep([row for row in rows if row is not None])


async def _newest(copies: Copies, home: Home, raws: Mapping[str, Raw], round: int, since: int) -> dict[str, Raw]:
    """Without those that are older than what is here; exceptions of a series that we have taken off are, too."""
    masters = {raw["recurringEventId"] for raw in raws.values() if "recurringEventId" in raw}
    here = await copies.versions(home.id, sorted(raws.keys() | masters))
    off = {name for name, (_, by) in here.items() if by is not None and by > since}
    older = {name for name, raw in raws.items() if name in off and not gone(raw)}
    older |= {name for name, raw in raws.items() if name not in off and name in here and _older(raw, here[name][0])}
    if older:
        await copies.seen(home.id, sorted(older), round)
    return {name: raw for name, raw in raws.items() if name not in older and raw.get("recurringEventId") not in off}


def _older(raw: Raw, updated: str | None) -> bool:
    """Than what is here, by Google's own clock."""
    both = updated is not None and "updated" in raw
    return both and datetime.fromisoformat(raw["updated"]) < datetime.fromisoformat(str(updated))


def _over(raw: Raw) -> bool:
    """Gone, and not as a single occurrence, which stays as a mark."""
    return gone(raw) and "recurringEventId" not in raw


async def moved(copies: Copies, home: Home, after: str, first: int) -> str | None:
    """So many rows made anew for a person who lives in another zone now; the name of the last, None where none is left."""
    rows = await copies.some(home.id, after, first)
    raws = [(row, row.raw | ({"status": "cancelled"} if row.gone else {})) for row in rows]
    made = [_readable(raw, home, row.round, row.pending) for row, raw in raws]
    await copies.keep([row for row in made if row is not None], settles=True)
    return rows[-1].event if rows else None


def _readable(raw: Raw, home: Home, round: int, pending: str | None = None) -> dict[str, Any] | None:
    """One event that nobody can make sense of keeps nothing else from being read: it is shown once, or not at all."""
    once = {name: value for name, value in raw.items() if name != "recurrence"}
    for attempt in (raw, once):
        try:
            return row_of(attempt, home, round=round, pending=pending)
        except (ValueError, KeyError, TypeError, OverflowError, Invalid) as error:
            log.warning("an event of Google's can't be read whole: %s", type(error).__name__)
    return None


async def settle(
    copies: Copies, home: Home, touched: Sequence[tuple[str, str, Raw | None]], key: str, round: int
) -> None:
    """What came of a write of ours, into the copy; it waits no longer. What somebody did after it has been read by now, perhaps."""
    turn = await copies.wrote(home.id)
    here = await copies.versions(home.id, [name for _, name, raw in touched if raw is not None])
    for _, name, raw in touched:
        if raw is not None and name in here and _older(raw, here[name][0]):
            continue
        if name.endswith("_*"):  # all exceptions of a series, which come next
            await copies.drop_exceptions(home.id, name.removesuffix("_*"))
        elif raw is not None and (not gone(raw) or "recurringEventId" in raw):
            await copies.keep([row_of(raw, home, round=round)], settles=True)
        elif (mark := await _mark(copies, home, name)) is not None:
            await copies.keep([row_of(mark | {"off": turn}, home, round=round)], settles=True)
        else:
            await copies.drop(home.id, [name], settles=True)
            over = {"id": name, "status": "cancelled", "off": turn}  # no page from before may bring it back
            await copies.keep([row_of(over, home, round=round)], settles=True)
    said = {name for _, name, _ in touched}
    other = [row.event for row in await copies.pending(key) if row.event not in said]
    await copies.drop(home.id, other, settles=True)  # foreseen under an id that Google didn't give
    await copies.settle(key)


async def foresee(copies: Copies, home: Home, now: Mapping[str, Raw | None], key: str, round: int) -> None:
    """What will come of a write that waits. What it takes away stays as a mark, as it may have to come back."""
    for name, raw in now.items():
        if raw is not None and not gone(raw):
            await copies.keep([row_of(raw, home, round=round, pending=key)], settles=True)
            continue
        mark = await _mark(copies, home, name)
        row = await copies.event(home.id, name)
        marks = (
            [mark] if mark else [row.raw, *(one.raw for one in await copies.exceptions(home.id, name))] if row else []
        )
        rows = [row_of(one | {"status": "cancelled"}, home, round=round, pending=key) for one in marks]
        await copies.keep(rows, settles=True)


async def restore(
    copies: Copies, home: Home, names: Sequence[str], before: Mapping[str, Raw | None], round: int
) -> None:
    """As it was before a write that is not to be."""
    for name in names:
        if (raw := before.get(name)) is not None:
            await copies.keep([row_of(raw, home, round=round)], settles=True)
        else:
            await copies.drop(home.id, [name], settles=True)


async def _mark(copies: Copies, home: Home, name: str) -> Raw | None:
    """What stands for an occurrence that is cancelled; None when it isn't one."""
    master, stamp = stamp_in(name, home.zone)
    if stamp is None or (row := await copies.event(home.id, master)) is None or row.gone:
        return None
    one = instance_of(row.raw, stamp, home.zone)
    return {key: one[key] for key in ("id", "recurringEventId", "originalStartTime")} | {"status": "cancelled"}
