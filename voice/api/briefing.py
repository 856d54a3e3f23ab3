"""/v1/briefing: today's briefing, how far it was heard, its sound, and the private feed of it."""

from datetime import date
from pathlib import Path as File
from typing import Annotated, Literal

from fastapi import APIRouter, Path, Response
from fastapi.responses import FileResponse
from pydantic import BaseModel, Field

from agent.briefing.writing import kept, script_of, today, write
from agent.services import Services
from integrations.errors import Invalid, NotFound
from integrations.store.briefings import Briefing, Feeds
from integrations.store.people import Person
from integrations.store.tables import new_id
from voice.api import feeds, shapes
from voice.deps import Reading, TheLimits, ThePlace, TheServices, Who, Writing
from voice.security.limits import Limits

router = APIRouter(prefix="/briefing", tags=["briefing"])

MISSING = "There is no briefing for today yet."
WAIT = 3
"""Seconds after which to ask for the sound again."""


class BriefingItem(BaseModel):
    """One thing that is told. `begins`: the number of its first word in the text."""

    id: str
    kind: str
    text: str
    source: str | None
    begins: int
    starts_ms: int | None = Field(description="Where it begins in the sound, once that is ready.")


class TodaysBriefing(BaseModel):
    """What is told today. `cursor`: so many of its words were heard."""

    id: str
    date: shapes.Day
    text: str
    items: list[BriefingItem]
    cursor: int
    audio: Literal["ready", "pending", "none"]
    written_at: shapes.Moment
    fresh: list[str] = Field(description="Ids of items that came after listening had begun.")


class Heard(shapes.Body):
    """How far it was listened to."""

    cursor: Annotated[int, Field(ge=0, le=100_000)]


class Feed(BaseModel):
    """Where it may be listened to elsewhere; null: there is none."""

    url: str | None


@router.get("/today")
async def get_today(ctx: Reading, services: TheServices) -> TodaysBriefing:
    """Today's briefing as it was written last."""
    return _shown(services, ctx.person, _written(await ctx.briefings.on(today(ctx))))


@router.post("")
async def write_today(services: TheServices, asking: Who) -> TodaysBriefing:
    """Write today's briefing, or bring it up to date: what was heard stays, what is new comes after it. Its sound follows."""
    briefing = await write(services, asking.person)
    services.recordings.soon(asking.person, briefing)
    return _shown(services, asking.person, briefing)


@router.patch("/today")
async def move_cursor(ctx: Writing, services: TheServices, body: Heard) -> TodaysBriefing:
    """Say how far it was heard: any word of it, also an earlier one."""
    _written(await ctx.briefings.on(today(ctx)))
    briefing = await ctx.briefings.opened(today(ctx))
    script = script_of(briefing)
    if body.cursor > len(script.words):
        raise Invalid(f"Today's briefing has {len(script.words)} words.")
    kept(briefing, script.at(body.cursor), ctx.now)
    return _shown(services, ctx.person, briefing)


@router.get("/today/audio", response_class=FileResponse, responses={200: {"content": {"audio/mpeg": {}}}, 202: {}})
async def get_audio(ctx: Reading, services: TheServices) -> Response:
    """Its sound, with a chapter for each item; 202 while it is being made."""
    briefing = _written(await ctx.briefings.on(today(ctx)))
    file = services.recordings.file(ctx.person, briefing)
    if file is not None:
        return sound(file)
    if services.synthesizer is None:
        raise NotFound("I have no voice here; run `chronus models fetch`.")
    services.recordings.soon(ctx.person, briefing)
    return Response(status_code=202, headers={"Retry-After": str(WAIT)})


@router.get("/feed")
async def get_feed(services: TheServices, asking: Who, place: ThePlace) -> Feed:
    """The secret address, if there is one."""
    async with services.database.look() as session:
        feed = await Feeds(session).of(asking.person.id)
    secret = feeds.secret(services, feed.id) if feed else None
    if feed is None or secret is None or not feed.is_opened_by(secret):  # made with a key that was replaced
        return Feed(url=None)
    return Feed(url=f"{feeds.base(services, place)}/{secret}.xml")


@router.post("/feed")
async def open_feed(services: TheServices, asking: Who, place: ThePlace) -> Feed:
    """A new secret address for podcast apps; an earlier one stops working."""
    named = new_id()
    secret = feeds.secret(services, named)
    async with services.database.work() as session:
        await Feeds(session).open(asking.person.id, named, secret, services.clock())
    return Feed(url=f"{feeds.base(services, place)}/{secret}.xml")


@router.delete("/feed", status_code=204)
async def close_feed(services: TheServices, asking: Who) -> None:
    """The address stops working."""
    async with services.database.work() as session:
        await Feeds(session).close(asking.person.id)


Secret = Annotated[str, Path(max_length=100)]


@router.api_route("/feeds/{secret}.xml", methods=["GET", "HEAD"], include_in_schema=False)
async def read_feed(services: TheServices, limits: TheLimits, place: ThePlace, secret: Secret) -> Response:
    """The feed: whoever knows the address may listen."""
    person = await _whose(services, limits, secret)
    async with services.context(person, write=False) as ctx:
        found = await ctx.briefings.latest()
        now = today(ctx)
    told = [(one, file) for one in found if (file := services.recordings.latest_file(one)) is not None]
    newest = next((one for one in found if one.day == now.isoformat()), None)
    if newest is not None and services.recordings.file(person, newest) is None:
        services.recordings.soon(person, newest)
    base = f"{feeds.base(services, place)}/{secret}"
    return Response(feeds.rss(base, told), media_type="application/rss+xml", headers=feeds.PRIVATE)


@router.api_route("/feeds/{secret}/{day}.mp3", methods=["GET", "HEAD"], include_in_schema=False)
async def read_episode(services: TheServices, limits: TheLimits, secret: Secret, day: date) -> Response:
    """One day's sound."""
    person = await _whose(services, limits, secret)
    async with services.context(person, write=False) as ctx:
        briefing = await ctx.briefings.on(day)
    file = services.recordings.latest_file(briefing) if briefing else None
    if file is None:
        raise NotFound
    return sound(file)


async def _whose(services: Services, limits: Limits, secret: str) -> Person:
    """The person whose feed this is. Raises `NotFound` for an address that doesn't count, `RateLimited`."""
    async with services.database.look() as session:
        person_id = await Feeds(session).whose(secret)
    if person_id is None:
        raise NotFound
    await limits.spend(f"feed:{person_id}", services.settings.limits.requests_per_minute)
    return await services.person(person_id)


def sound(file: File) -> FileResponse:
    """The file, or the part of it that is asked for."""
    return FileResponse(file, media_type="audio/mpeg", headers=feeds.PRIVATE)


def _written(briefing: Briefing | None) -> Briefing:
    """Raises `NotFound` where there is none yet."""
    if briefing is None or briefing.written_at is None:
        raise NotFound(MISSING)
    return briefing


def _shown(services: Services, person: Person, briefing: Briefing) -> TodaysBriefing:
    script = script_of(briefing)
    recordings = services.recordings
    chapters = recordings.chapters(person, briefing)
    assert briefing.written_at is not None
    return TodaysBriefing(
        id=briefing.id,
        date=briefing.day,
        text=script.text,
        items=[
            BriefingItem(
                id=line.id,
                kind=line.item.kind,
                text=line.item.text,
                source=line.item.source,
                begins=script.begins(number),
                starts_ms=chapters[number] if chapters else None,
            )
            for number, line in enumerate(script.lines)
        ],
        cursor=script.cursor,
        audio=recordings.state(person, briefing),
        written_at=briefing.written_at.astimezone(services.zone_of(person)).isoformat(),
        fresh=[line.id for line in script.lines if line.fresh],
    )
