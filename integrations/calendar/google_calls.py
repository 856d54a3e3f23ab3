"""The few requests that our calendar makes of Google's, each by its name."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from functools import partial
from typing import Any

from integrations.calendar.google_events import GONE, Home, Raw, content, gone, says
from integrations.calendar.google_plans import Step
from integrations.errors import ChronusError, Conflict, NotFound, Unavailable
from integrations.google.client import GoogleApi
from integrations.google.refusals import AlreadyThere, Unsure

PAGE = 2500
"""The most that Google gives at once."""


class Calls:
    """Google Calendar v3, one request a method."""

    def __init__(self, api: GoogleApi) -> None:
        self._api = api

    async def calendars(self) -> list[Raw]:
        """Every calendar that the person has in their list, hidden ones too."""
        found: list[Raw] = []
        page: str | None = None
        while True:
            query = {"pageToken": page, "showHidden": True, "maxResults": 250}
            answer = await self._api.call(partial(_calendar_list, query))
            found += answer.get("items", [])
            if not (page := answer.get("nextPageToken")):
                return found

    async def page(self, calendar: str, **query: Any) -> Raw:
        """One page of events."""
        return await self._api.call(lambda api: api.events().list(calendarId=calendar, **query))

    async def events(self, calendar: str, **query: Any) -> AsyncIterator[Raw]:
        """All pages of them."""
        page: str | None = None
        while True:
            answer = await self.page(calendar, maxResults=PAGE, pageToken=page, **query)
            for raw in answer.get("items", []):
                yield raw
            if not (page := answer.get("nextPageToken")):
                return

    async def get(self, calendar: str, id: str) -> Raw:
        """One event, which may be gone (cancelled). Raises `NotFound`."""
        return await self._api.call(lambda api: api.events().get(calendarId=calendar, eventId=id))

    async def exceptions(self, calendar: str, master: Raw) -> list[Raw]:
        """Those of a series, cancelled ones too: all that share its iCalUID."""
        query = {"iCalUID": master["iCalUID"], "showDeleted": True, "singleEvents": False}
        return [raw async for raw in self.events(calendar, **query) if raw.get("recurringEventId") == master["id"]]

    async def insert(self, calendar: str, body: Raw, *, notify: bool) -> Raw:
        """Raises `AlreadyThere` and `Unsure`."""
        return await self._api.call(lambda api: api.events().insert(calendarId=calendar, body=body, conferenceDataVersion=1, sendUpdates=told(notify)))  # fmt: skip

    async def patch(self, calendar: str, id: str, body: Raw, *, etag: str | None, notify: bool) -> Raw:
        """Raises `Conflict` for an etag that is no longer so, and `Unsure`."""
        return await self._api.call(
            lambda api: api.events().patch(calendarId=calendar, eventId=id, body=body, conferenceDataVersion=1, sendUpdates=told(notify)),
            headers={"If-Match": etag} if etag else None,
        )  # fmt: skip

    async def delete(self, calendar: str, id: str, *, etag: str | None, notify: bool) -> None:
        """Raises like `patch`."""
        await self._api.call(
            lambda api: api.events().delete(calendarId=calendar, eventId=id, sendUpdates=told(notify)),
            headers={"If-Match": etag} if etag else None,
        )

    async def free_busy(self, ids: list[str], start: datetime, end: datetime) -> dict[str, Raw]:
        """When each of up to fifty calendars is busy, or why that isn't known."""
        body = {"timeMin": rfc3339(start), "timeMax": rfc3339(end), "items": [{"id": one} for one in ids]}
        answer = await self._api.call(lambda api: api.freebusy().query(body=body), safe=True)
        return dict(answer["calendars"])

    async def watch(self, calendar: str, body: Raw) -> Raw:
        """Ask to be told of changes."""
        return await self._api.call(lambda api: api.events().watch(calendarId=calendar, body=body))

    async def stop(self, id: str, resource: str) -> None:
        """And no longer. Raises `NotFound`."""
        await self._api.call(lambda api: api.channels().stop(body={"id": id, "resourceId": resource}), safe=True)


def _calendar_list(query: dict[str, Any], api: Any) -> Any:
    return api.calendarList().list(**query)


class Runner:
    """Runs a step so that it happens once, however often it is run and whatever became of an answer."""

    def __init__(self, calls: Calls, home: Home) -> None:
        self._calls, self._home = calls, home

    async def run(self, step: Step) -> Raw | None:
        """What is there now: the event as Google has it, or nothing. Raises `Conflict`, `Unsure`, …"""
        match step.do:
            case "insert":
                return await self._insert(step)
            case "patch":
                return await self._patch(step, step.etag)
            case _:
                await self._delete(step, step.etag)
                return None

    async def _insert(self, step: Step) -> Raw:
        try:
            made = await self._calls.insert(step.calendar, step.body, notify=step.notify)
        except AlreadyThere:
            return await self._ours(step)
        except Unsure as error:
            made = await self._look(step, error) or await self._again(step)
        return await self._with_link(step, made)

    async def _again(self, step: Step) -> Raw:
        try:
            return await self._calls.insert(step.calendar, step.body, notify=step.notify)
        except AlreadyThere:
            return await self._ours(step)

    async def _ours(self, step: Step) -> Raw:
        """What has this id: the one we made before, or something that takes another id to get around."""
        there = await self._calls.get(step.calendar, step.id)
        if gone(there) or intent(there) != intent(step.body):
            raise IdTaken
        return there

    async def _look(self, step: Step, after: ChronusError) -> Raw | None:
        """What is there after a refusal or a lost answer. Raises `Unsure` when that can't be found out either."""
        try:
            return await self._calls.get(step.calendar, step.id)
        except NotFound:
            return None
        except Unavailable as error:
            raise after if isinstance(after, Unsure) else error from error

    async def _with_link(self, step: Step, made: Raw) -> Raw:
        """The place to meet is made a moment after the event."""
        asked = made.get("conferenceData", {}).get("createRequest", {}).get("status", {})
        return await self._calls.get(step.calendar, made["id"]) if asked.get("statusCode") == "pending" else made

    async def _patch(self, step: Step, etag: str | None, *, tries: int = 2) -> Raw:
        try:
            return await self._calls.patch(step.calendar, step.id, step.body, etag=etag, notify=step.notify)
        except (Conflict, Unsure) as error:
            there = await self._look(step, error)
            if there is None:
                raise NotFound from error
            if says(there, step.body, self._home.zone):
                return there
            if tries == 1 or not self._unchanged(there, step):
                raise
        return await self._patch(step, there["etag"] if etag else None, tries=tries - 1)

    async def _delete(self, step: Step, etag: str | None, *, tries: int = 2) -> None:
        try:
            await self._calls.delete(step.calendar, step.id, etag=etag, notify=step.notify)
            return
        except NotFound:
            return  # it is off the calendar
        except (Conflict, Unsure) as error:
            there = await self._look(step, error)
            if there is None or gone(there):
                return
            if tries == 1 or not self._unchanged(there, step):
                raise
        await self._delete(step, there["etag"] if etag else None, tries=tries - 1)

    def _unchanged(self, there: Raw, step: Step) -> bool:
        """Only what a person doesn't see, such as a guest's answer, is different."""
        return step.was is None or content(there, self._home.zone) == step.was or (step.was == GONE and gone(there))


class IdTaken(Conflict):
    """Something else has, or had, the id that we would give."""


def intent(raw: Raw) -> str | None:
    """Our mark on an event."""
    found: str | None = raw.get("extendedProperties", {}).get("private", {}).get("intentId")
    return found


def told(notify: bool) -> str:
    """Whether guests get a mail."""
    return "all" if notify else "none"


def rfc3339(at: datetime) -> str:
    """With its offset."""
    return at.astimezone(UTC).isoformat(timespec="seconds")
