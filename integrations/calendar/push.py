"""Being told by Google that a calendar has changed. It is a hint to look, never an answer: polling goes on beside it."""

import hashlib
import hmac
import logging
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from integrations.calendar.google import GoogleCalendar
from integrations.clock import Clock
from integrations.errors import ChronusError, NotFound
from integrations.store.channels import Channel, Channels, channel
from integrations.store.database import Database
from integrations.store.mirrors import Mirrors

log = logging.getLogger(__name__)
PATH = "/v1/google/calendar/push"
LASTS = timedelta(days=7)
RENEWED = timedelta(days=1)
"""Before it ends a channel gets a successor; for that while both may speak."""


async def watch(database: Database, person_id: str, google: GoogleCalendar, clock: Clock, public_url: str) -> None:
    """A channel for every calendar that is copied, renewed in time. Raises the first refusal."""
    async with database.look() as session:
        copied = {one.part for one in await Mirrors(session, person_id).all("calendar") if one.synced_at}
        there = list(await Channels(session, person_id).all())
    now = clock()
    good = {one.calendar for one in there if one.resource and one.expires > now + RENEWED}
    for calendar in sorted(copied - good):
        await _open(database, person_id, google, clock, calendar, public_url)
    for one in there:
        if one.calendar not in copied or (one.calendar not in good) or one.expires <= now:
            await _close(database, person_id, google, one)


async def unwatch(database: Database, person_id: str, google: GoogleCalendar) -> None:
    """No channel any more; what Google no longer lets us stop ends by itself."""
    async with database.look() as session:
        there = list(await Channels(session, person_id).all())
    for one in there:
        await _close(database, person_id, google, one)


async def heard(database: Database, headers: Mapping[str, str]) -> str | None:
    """Whose copy to look after now; None for a greeting or what was said before. Raises `NotFound` for a stranger.

    Nothing in the message is believed but what we gave Google to know it by.
    """
    name, number = headers.get("x-goog-channel-id", ""), headers.get("x-goog-message-number", "")
    async with database.look() as session:  # a stranger never keeps a writer waiting
        if await channel(session, name) is None:
            raise NotFound("I don't know that channel.")
    async with database.work() as session:
        found = await channel(session, name, held=True)
        expected = found.token_hash if found else hash_of("")
        same = hmac.compare_digest(hash_of(headers.get("x-goog-channel-token", "")), expected)
        if found is None or not same or found.resource not in {None, headers.get("x-goog-resource-id")}:
            raise NotFound("I don't know that channel.")
        count = int(number) if number.isdecimal() and len(number) < 16 else 0
        if count <= found.heard:
            return None
        found.heard = count
        return None if headers.get("x-goog-resource-state") == "sync" else found.person_id


async def _open(
    database: Database, person_id: str, google: GoogleCalendar, clock: Clock, calendar: str, public_url: str
) -> None:
    name, token, ends = str(uuid4()), secrets.token_urlsafe(32), clock() + LASTS
    async with database.work() as session:  # before Google knows of it: its greeting may come first
        new = Channel(id=name, calendar=calendar, resource=None, token_hash=hash_of(token), expires=ends)
        await Channels(session, person_id).keep(new)
    body = {"id": name, "type": "web_hook", "address": public_url.rstrip("/") + PATH, "token": token}
    try:
        answer = await google.calls.watch(calendar, body | {"expiration": str(int(ends.timestamp() * 1000))})
    except ChronusError:
        async with database.work() as session:
            await Channels(session, person_id).drop(name)
        raise
    async with database.work() as session:
        until = datetime.fromtimestamp(int(answer.get("expiration", ends.timestamp() * 1000)) / 1000, UTC)
        await Channels(session, person_id).granted(name, answer["resourceId"], until)


async def _close(database: Database, person_id: str, google: GoogleCalendar, one: Channel) -> None:
    if one.resource:
        try:
            await google.calls.stop(one.id, one.resource)
        except ChronusError as error:
            log.info("a channel couldn't be stopped, it ends by itself: %s", error.say)
    async with database.work() as session:
        await Channels(session, person_id).drop(one.id)


def hash_of(token: str) -> str:
    """What is kept of a channel's secret."""
    return hashlib.sha256(token.encode()).hexdigest()
