"""/v1/me: how the person lives, everything kept about them, and its end."""

from datetime import datetime, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from agent.services import Services
from agent.tools.shapes import change_json, event_json, memory_json, message_json, reminder_json, task_json
from integrations.store.people import People, Person
from voice.api import shapes
from voice.api.times import known_zone
from voice.deps import Reading, ThePlace, TheServices, Who
from voice.security import cookies

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
    quiet_hours: Hours
    voice: str | None
    recognizer: str | None
    synthesizer: str | None
    mind: str
    google: dict[str, Any] | None


class ChangeMe(shapes.Body):
    """What is left out stays as it is."""

    name: Annotated[str | None, Field(max_length=100)] = None
    zone: Annotated[str | None, Field(max_length=60)] = None
    working_hours: Hours | None = None
    working_days: Annotated[list[Annotated[int, Field(ge=1, le=7)]] | None, Field(max_length=7)] = None
    briefing_time: Clock | None = None
    quiet_hours: Hours | None = None
    voice: Annotated[str | None, Field(max_length=100)] = None


@router.get("")
async def get_me(services: TheServices, asking: Who) -> Me:
    """Who I am to Chronus."""
    return _shown(services, asking.person)


@router.patch("")
async def change_me(services: TheServices, asking: Who, body: ChangeMe) -> Me:
    """Change how I live: zone, hours, briefing, quiet."""
    known_zone(body.zone)
    fields: dict[str, str | None] = {
        "name": body.name,
        "zone": body.zone,
        "briefing_at": body.briefing_time,
        "voice": body.voice,
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
    return _shown(services, person)


@router.get("/export", response_class=JSONResponse)
async def export(ctx: Reading, services: TheServices, response: Response) -> Any:
    """Everything kept about me, as one file."""
    response.headers["Content-Disposition"] = 'attachment; filename="chronus.json"'
    years = timedelta(days=1825)
    threads = await ctx.conversations.all(first=EVERYTHING)
    return {
        "me": _shown(services, ctx.person).model_dump(),
        "events": [event_json(one) for one in await ctx.calendar.between(ctx.now - years, ctx.now + years)],
        "tasks": [task_json(one) for one in await ctx.tasks.all(done=None)],
        "reminders": [reminder_json(one) for one in await ctx.reminders.all(ctx.now)],
        "messages": [message_json(one) for box in _BOXES for one in await ctx.mail.search(f"in:{box}", first=EVERYTHING)],
        "memories": [memory_json(one) for one in await ctx.memory.all()],
        "changes": [change_json(one) for one in await ctx.changes.all(first=EVERYTHING)],
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
    }  # fmt: skip


@router.delete("", status_code=204)
async def delete_me(services: TheServices, asking: Who, response: Response, place: ThePlace) -> None:
    """Delete me and everything of mine."""
    async with services.context(asking.person, channel="api", write=True) as ctx:
        await ctx.memory.forget([memory.id for memory in await ctx.memory.all()])
    async with services.database.work() as session:
        await People(session).delete(asking.person.id)
    cookies.drop(response, place)


_BOXES = ("inbox", "drafts", "outbox", "sent", "archive")


def _iso(moment: datetime) -> str:
    return moment.isoformat()


def _shown(services: Services, person: Person) -> Me:
    return Me(
        id=person.id,
        name=person.name,
        email=person.email,
        zone=person.zone,
        language=person.language,
        working_hours=Hours(start=person.work_starts, end=person.work_ends),
        working_days=[int(day) for day in person.work_days.split(",") if day],
        briefing_time=person.briefing_at,
        quiet_hours=Hours(start=person.quiet_from, end=person.quiet_to),
        voice=person.voice or None,
        recognizer=services.recognizer.name if services.recognizer else None,
        synthesizer=services.synthesizer.name if services.synthesizer else None,
        mind=services.model.name,
        google=None,
    )
