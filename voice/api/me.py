"""/v1/me: how the person lives, everything kept about them, and its end."""

from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Annotated, Any, Literal, cast

from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from agent.digest.today import digests_of
from agent.services import Services
from agent.tools.shapes import (
    change_json,
    event_json,
    memory_json,
    message_json,
    notification_json,
    reminder_json,
    suggestion_json,
    task_json,
)
from integrations.errors import Invalid
from integrations.store.everything import everything_of
from integrations.store.people import People, Person
from integrations.store.phones import Phones
from voice.api import shapes
from voice.api.google import shown
from voice.api.times import known_zone
from voice.deps import Reading, ThePlace, TheServices, TheSessions, Who
from voice.security import cookies
from voice.thread import manner_of

router = APIRouter(prefix="/me", tags=["me"])

Clock = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$", description="Local time of day, HH:MM.")]
EVERYTHING = 100_000


class Hours(shapes.Body):
    """A span within a day, or over midnight."""

    start: Clock
    end: Clock


class Me(BaseModel):
    """The person, and what this Chronus runs on."""

    id: str
    name: str
    email: str | None
    zone: str
    language: str
    working_hours: Hours
    working_days: list[int]
    briefing_time: str
    digest_time: str
    add_actions: bool
    """Whether what mails from people I know ask for becomes a task unasked."""
    quiet_hours: Hours
    suggestions_a_day: int
    ask_before: Literal["always", "others"]
    """ "others": of one's own things only before what can't be undone."""
    push_private: bool
    """Whether a push may say what it is about, on a locked screen too."""
    phone_messages: bool
    """Whether callers whom nobody knows may leave a message."""
    briefing_call: bool
    """Whether I am rung up when my briefing is ready, at its time."""
    reminder_calls: bool
    """Whether a reminder that I neither hear nor read within five minutes rings me up."""
    voice: str | None
    speed: float
    recognizer: str | None
    synthesizer: str | None
    mind: str
    """Who answers now: a Gemini model, or "built-in"."""
    mind_away: bool
    """Whether the built-in mind stands in for Gemini, which doesn't answer."""
    google: dict[str, Any] | None


class ChangeMe(shapes.Body):
    """What is left out stays as it is."""

    name: Annotated[str | None, Field(max_length=100)] = None
    zone: Annotated[str | None, Field(max_length=60)] = None
    working_hours: Hours | None = None
    working_days: Annotated[list[Annotated[int, Field(ge=1, le=7)]] | None, Field(max_length=7)] = None
    briefing_time: Clock | None = None
    digest_time: Clock | None = None
    add_actions: bool | None = None
    quiet_hours: Hours | None = None
    suggestions_a_day: Annotated[int | None, Field(ge=0, le=10, description="0: none.")] = None
    push_private: bool | None = None
    phone_messages: bool | None = None
    ask_before: Literal["always", "others"] | None = None
    briefing_call: bool | None = None
    reminder_calls: bool | None = None
    voice: Annotated[str | None, Field(max_length=100, description="Of /v1/voice/voices; empty: the usual one.")] = None
    speed: Annotated[float | None, Field(ge=0.5, le=2.0, allow_inf_nan=False)] = None


@router.get("")
async def get_me(services: TheServices, asking: Who) -> Me:
    """Who I am to Chronus."""
    return await _told(services, asking.person)


@router.patch("")
async def change_me(services: TheServices, sessions: TheSessions, asking: Who, body: ChangeMe) -> Me:
    """Change how I live: zone, hours, briefing, quiet; and how I am spoken to, from the next sentence on."""
    known_zone(body.zone)
    await _known_voice(services, body.voice)
    fields: dict[str, str | float | bool | None] = {
        "name": body.name,
        "zone": body.zone,
        "briefing_at": body.briefing_time,
        "digest_at": body.digest_time,
        "add_actions": body.add_actions,
        "voice": body.voice,
        "speed": body.speed,
        "suggestions_a_day": body.suggestions_a_day,
        "push_private": body.push_private,
        "phone_messages": body.phone_messages,
        "ask_before": body.ask_before,
        "briefing_call": body.briefing_call,
        "reminder_calls": body.reminder_calls,
        "work_days": ",".join(str(day) for day in sorted(set(body.working_days))) if body.working_days is not None else None,
    }  # fmt: skip
    for hours, start, end in (
        (body.working_hours, "work_starts", "work_ends"),
        (body.quiet_hours, "quiet_from", "quiet_to"),
    ):
        if hours:
            fields |= {start: hours.start, end: hours.end}
    told = {name: value for name, value in fields.items() if value is not None}
    async with services.database.work() as session:
        person = await People(session).change(asking.person.id, **told)
    if person.zone != asking.person.zone:  # their days begin at another moment, in what was copied too
        await services.syncing.soon(person.id, ["calendar"])
    if sessions is not None:
        sessions.speak_like(person.id, manner_of(person))
    return await _told(services, person)


async def _known_voice(services: Services, voice: str | None) -> None:
    """Raises `Invalid` for a voice that isn't here."""
    if not voice:
        return
    known = await services.synthesizer.voices() if services.synthesizer else []
    if voice not in {one.id for one in known}:
        raise Invalid("I don't have that voice.")


@router.get("/export", response_class=JSONResponse)
async def export(ctx: Reading, services: TheServices, response: Response) -> Any:
    """Everything kept about me, as one file: told as elsewhere, and every row of it as it is kept."""
    response.headers["Content-Disposition"] = 'attachment; filename="chronus.json"'
    years = timedelta(days=1825)
    async with services.database.look() as session:
        rows = await everything_of(session, ctx.person.id)
    threads = await ctx.conversations.all(first=EVERYTHING)
    me, account = await _told(services, ctx.person), await services.google.account(ctx.person.id)
    return {
        "me": me.model_dump(),
        "google": asdict(account) if account else None,
        "telephone": await _number(services, ctx.person.id),
        "calls": [
            {"at": _iso(call.at), "direction": call.direction, "number": call.number, "about": call.about, "state": call.state, "seconds": call.seconds}
            for call in await ctx.ringer.calls.newest(EVERYTHING)
        ],
        "events": [event_json(one) for one in await ctx.calendar.between(ctx.now - years, ctx.now + years)],
        "tasks": [task_json(one) for one in await ctx.tasks.all(done=None)],
        "notifications": [notification_json(one, ctx.zone) for one in await ctx.notifications.all(first=EVERYTHING)],
        "reminders": [reminder_json(one) for one in await ctx.reminders.all(ctx.now)],
        "messages": [message_json(one) for box in _BOXES for one in await ctx.mail.search(f"in:{box}", first=EVERYTHING)],
        "digests": [one.json for one in await digests_of(ctx)],
        "memories": [memory_json(one) for one in await ctx.memory.all()],
        "replaced_memories": [memory_json(one) for one in await ctx.memory.replaced()],
        "suggestions": [suggestion_json(one, ctx.zone) for one in await ctx.suggestions.all(first=EVERYTHING)],
        "changes": [change_json(one) for one in await ctx.changes.all(first=EVERYTHING)],
        "briefings": [
            {"date": one.day, "text": one.text, "heard": one.reached, "written_at": one.written_at and _iso(one.written_at)}
            for one in await ctx.briefings.latest(first=EVERYTHING)
        ],
        "conversations": [
            {
                "id": thread.id,
                "turns": [
                    {"at": _iso(turn.at), "channel": turn.channel, "said": turn.said, "reply": turn.reply}
                    for turn in await ctx.conversations.turns(thread.id, last=EVERYTHING)
                ],
            }
            for thread in threads
        ],
        "rows": rows,
    }  # fmt: skip


@router.delete("", status_code=204)
async def delete_me(services: TheServices, asking: Who, response: Response, place: ThePlace) -> None:
    """Delete me and everything of mine; Google is told to take its permission back."""
    await services.leaving.leave(asking.person.id)
    cookies.drop(response, place)


async def _number(services: Services, person_id: str) -> str | None:
    async with services.database.look() as session:
        phone = await Phones(session, person_id).mine()
    return phone.number if phone else None


_BOXES = ("inbox", "drafts", "outbox", "sent", "archive")


def _iso(moment: datetime) -> str:
    return moment.isoformat()


async def _told(services: Services, person: Person) -> Me:
    account = await services.google.account(person.id)
    google = shown(account, available=services.google.available).model_dump() if account else None
    return _shown(services, person, google)


def _shown(services: Services, person: Person, google: dict[str, Any] | None) -> Me:
    return Me(
        id=person.id,
        name=person.name,
        email=person.email,
        zone=person.zone,
        language=person.language,
        working_hours=Hours(start=person.work_starts, end=person.work_ends),
        working_days=[int(day) for day in person.work_days.split(",") if day],
        briefing_time=person.briefing_at,
        digest_time=person.digest_at,
        add_actions=person.add_actions,
        quiet_hours=Hours(start=person.quiet_from, end=person.quiet_to),
        suggestions_a_day=person.suggestions_a_day,
        push_private=person.push_private,
        phone_messages=person.phone_messages,
        ask_before=cast(Literal["always", "others"], person.ask_before),
        briefing_call=person.briefing_call,
        reminder_calls=person.reminder_calls,
        voice=person.voice or None,
        speed=person.speed,
        recognizer=services.recognizer.name if services.recognizer else None,
        synthesizer=services.synthesizer.name if services.synthesizer else None,
        mind=services.model.name,
        mind_away=services.mind_away,
        google=google,
    )
