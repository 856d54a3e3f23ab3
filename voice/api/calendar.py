"""/v1/calendar"""

from dataclasses import asdict
from datetime import date, datetime, time, timedelta
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Header, Query
from pydantic import AwareDatetime, Field

from agent.context import Context
from agent.effects import Effect
from agent.tools.base import Done, record
from agent.tools.calendar import honestly
from agent.tools.free import gaps
from agent.tools.references import event_name
from agent.tools.shapes import event_json
from agent.tools.times import Span
from integrations.calendar import EventChange, EventWritten, NewEvent, Scope
from integrations.errors import Invalid
from voice.api import shapes
from voice.api.paging import Pages, page
from voice.api.times import Asked, known_zone, moment, span
from voice.deps import Reading, TheServices, Writing

router = APIRouter(prefix="/calendar", tags=["calendar"])

Title = Annotated[str, Field(min_length=1, max_length=300)]
Text = Annotated[str, Field(max_length=5000)]
Guests = Annotated[list[shapes.Address], Field(max_length=50)]
Rule = Annotated[str, Field(max_length=500, description="An RRULE, e.g. FREQ=WEEKLY;BYDAY=MO.")]
Etag = Annotated[str | None, Header(alias="If-Match", description="The etag as it was read; else 409.")]
LONGEST = timedelta(days=5 * 366)
HALF_AN_HOUR = timedelta(minutes=30)


class AddEvent(shapes.Body):
    """An all-day event is given by days, its end exclusive; without an end a timed one lasts half an hour."""

    title: Title
    starts: AwareDatetime | date
    ends: AwareDatetime | date | None = None
    all_day: bool = False
    zone: str | None = None
    place: Text = ""
    notes: Text = ""
    guests: Guests = Field(default_factory=list)
    recurrence: Rule | None = None
    meet: bool = False


class ChangeEvent(shapes.Body):
    """What is left out stays as it is; a new start alone keeps the length."""

    title: Title | None = None
    starts: AwareDatetime | date | None = None
    ends: AwareDatetime | date | None = None
    all_day: bool | None = None
    zone: str | None = None
    place: Text | None = None
    notes: Text | None = None
    guests: Guests | None = None
    recurrence: Rule | None = None


class ShowCalendar(shapes.Body):
    """Whether it counts."""

    shown: bool


@router.get("/events", response_model=shapes.Page[shapes.Event])
async def list_events(
    ctx: Reading, pages: Pages, start: Annotated[Asked, Query(alias="from")] = None, to: Asked = None
) -> Any:
    """What is on in a stretch of time, earliest first; without `from` from today on, without `to` for a week."""
    starts, ends = span(ctx, start, to, LONGEST)
    events, following = pages.cut(await ctx.calendar.between(starts, ends))
    return page([event_json(event) for event in events], following)


@router.get("/calendars", response_model=shapes.Page[shapes.CalendarInfo])
async def list_calendars(ctx: Reading, pages: Pages) -> Any:
    """Every calendar the person has, the primary one first; those that are `shown` count."""
    found, following = pages.cut(await ctx.calendar.calendars())
    return page([asdict(one) for one in found], following)


@router.patch("/calendars/{calendar_id:path}", response_model=shapes.CalendarInfo)
async def show_calendar(ctx: Writing, services: TheServices, calendar_id: str, body: ShowCalendar) -> Any:
    """Let a calendar count from now on, or no longer; one that begins to count is read at once."""
    shown = asdict(await ctx.calendar.show(calendar_id, body.shown))
    await services.syncing.soon(ctx.person.id, ["calendar"])
    return shown


@router.get("/free", response_model=shapes.Page[shapes.Free])
async def find_free_time(
    ctx: Reading,
    pages: Pages,
    start: Annotated[Asked, Query(alias="from")] = None,
    to: Asked = None,
    minutes: Annotated[int, Query(gt=0, le=24 * 60)] = 30,
) -> Any:
    """The free stretches of at least so many minutes."""
    starts, ends = span(ctx, start, to, timedelta(days=92))
    busy = [event for event in await ctx.calendar.between(starts, ends) if event.busy and not event.all_day]
    free = gaps(Span(starts=starts, ends=ends, words=""), busy, starts, ends, after=starts)
    long_enough = [(a, b) for a, b in free if b - a >= timedelta(minutes=minutes)]
    found, following = pages.cut(long_enough)
    return page([{"starts": a.isoformat(), "ends": b.isoformat()} for a, b in found], following)


@router.get("/events/{event_id}", response_model=shapes.Event)
async def get_event(ctx: Reading, event_id: str) -> Any:
    """One event, or one occurrence of a repeating one."""
    return event_json(await ctx.calendar.get(event_id))


@router.post("/events", status_code=201, response_model=shapes.Event)
async def add_event(ctx: Writing, body: AddEvent, notify: shapes.Notify = None) -> Any:
    """Put an event on the calendar; whoever is among the guests is invited, by mail too unless `notify=false`."""
    written = await ctx.calendar.add(new_event(body, ctx.zone), tell=notify is not False)
    say = f"{event_name(ctx, written.event)} is on your calendar."
    return await _noted(ctx, "add_event", body.model_dump(mode="json", exclude_unset=True), written, say)


@router.patch("/events/{event_id}", response_model=shapes.Event)
async def change_event(
    ctx: Writing,
    event_id: str,
    body: ChangeEvent,
    scope: Scope = "one",
    etag: Etag = None,
    notify: shapes.Notify = None,
) -> Any:
    """Change one occurrence, it and those after it, or the whole series.

    Guests are mailed where the body invites somebody new, or with `notify=true`.
    """
    given = body.model_dump(mode="json", exclude_unset=True)
    if not given:
        raise Invalid("What should I change about it?")
    old = await ctx.calendar.get(event_id)
    zone = known_zone(body.zone or old.zone) or ctx.zone
    starts = moment(body.starts, zone) if body.starts is not None else None
    ends = moment(body.ends, zone) if body.ends is not None else None
    change = EventChange(
        title=body.title, starts=starts, ends=ends, all_day=body.all_day, zone=body.zone, place=_emptied(given, "place"),
        notes=_emptied(given, "notes"), recurrence=_rule(_emptied(given, "recurrence")),
        guests=tuple(body.guests or ()) if "guests" in given else None,
    )  # fmt: skip
    tell = bool(set(body.guests or ()) - set(old.guests)) if notify is None else notify
    written = await ctx.calendar.change(event_id, change, scope=scope, etag=unquoted(etag), tell=tell)
    say = f"I've changed {event_name(ctx, written.event)}."
    invited = {"guests": list(old.guests)} if old.guests else {}
    return await _noted(ctx, "change_event", {"event": event_id, "scope": scope, **invited, **given}, written, say)


@router.delete("/events/{event_id}", status_code=204)
async def cancel_event(
    ctx: Writing, event_id: str, scope: Scope = "one", etag: Etag = None, notify: shapes.Notify = None
) -> None:
    """Take it off the calendar. Guests are mailed with `notify=true` only."""
    written = await ctx.calendar.cancel(event_id, scope=scope, etag=unquoted(etag), tell=bool(notify))
    say = f"{event_name(ctx, written.event)} is off your calendar."
    await _noted(ctx, "cancel_event", {"event": event_id, "scope": scope}, written, say, Effect.DESTRUCTIVE)


def new_event(body: AddEvent, here: ZoneInfo) -> NewEvent:
    """As the keepers take it, in the zone it was given in or else the person's."""
    zone = known_zone(body.zone) or here
    all_day = body.all_day or not isinstance(body.starts, datetime)
    starts = moment(body.starts, zone)
    usual = timedelta(days=1) if all_day else HALF_AN_HOUR
    ends = moment(body.ends, zone) if body.ends is not None else starts + usual
    if all_day:
        starts, ends = _midnight(starts), _midnight(ends)
    return NewEvent(
        title=body.title, starts=starts, ends=ends, all_day=all_day, zone=zone.key, place=body.place, notes=body.notes,
        guests=tuple(body.guests), recurrence=_rule(body.recurrence), meet=body.meet,
    )  # fmt: skip


async def _noted(
    ctx: Context, tool: str, arguments: dict[str, Any], written: EventWritten, say: str, effect: Effect = Effect.PRIVATE
) -> dict[str, Any]:
    """What the API does stands in the ledger like everything else, and can be undone there."""
    if written.event.guests or arguments.get("guests"):
        effect = Effect.OUTBOUND
    receipt = event_json(written.event)
    done = Done(receipt=receipt, say=honestly(written, say), keeper="calendar", inverse=written.inverse)
    await record(ctx, tool, arguments, effect, done)
    return receipt


def _midnight(at: datetime) -> datetime:
    return datetime.combine(at.date(), time(), at.tzinfo)


def _emptied(given: dict[str, Any], field: str) -> str | None:
    """null empties a field, leaving it out leaves it alone."""
    return (given[field] or "") if field in given else None


def _rule(rule: str | None) -> str | None:
    return rule.removeprefix("RRULE:") if rule is not None else None


def unquoted(etag: str | None) -> str | None:
    """The value of If-Match as the keepers know it."""
    return etag.removeprefix("W/").strip('"') if etag and etag != "*" else None
