"""Google Calendar v3 as far as we use it.

Guessed, where Google's pages are silent: an exception is a whole copy that later changes of its series don't reach; one
whose original start its series no longer has is gone; UNTIL must be a date for all-day events and UTC for others; what was
deleted can be brought back by `status: confirmed` (`revives`), without its exceptions.
"""

import re
import secrets
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from fastapi import FastAPI, Request, Response

from tests.emulators.google import Google, Refuse
from tests.emulators.google.calendar_lists import Lists
from tests.emulators.google.calendar_times import FOREVER, Resource, checked, moment, occurrences, zone

INSTANCE = re.compile(r"(.+)_(\d{8}(?:T\d{6}Z)?)")
ID = re.compile(r"[a-v0-9]{5,1024}")
ADDRESS = re.compile(r"[^@\s<>,]+@[^@\s<>,]+\.[a-z]+")
ME = "me@example.com"
FIXED = ("kind", "id", "etag", "created", "updated", "iCalUID", "creator", "organizer", "recurringEventId", "originalStartTime", "htmlLink", "hangoutLink")  # fmt: skip


@dataclass
class Book:
    """One calendar."""

    id: str
    entry: Resource
    events: dict[str, Resource] = field(default_factory=dict)
    seq: dict[str, int] = field(default_factory=dict)
    """When each was last written: what a sync token compares."""

    @property
    def writable(self) -> bool:
        return self.entry["accessRole"] in {"owner", "writer"}


class CalendarState:
    """What one account has."""

    def __init__(self, here: str = "Europe/Berlin") -> None:
        self.here = zone(here)
        self.books: dict[str, Book] = {}
        self.now = 0
        self.most = 2500
        """Of a page, whatever was asked for."""
        self.revives = True
        self.mails: list[tuple[str, str, tuple[str, ...]]] = []
        """Invitations and the like that went out: what was done, to what, to whom."""
        self.meets: dict[str, str] = {}
        self.forgotten = 0
        """Sync tokens from before this are no longer known."""
        self.channels: dict[str, Resource] = {}
        self.blind: dict[str, str] = {}
        """Calendars of which free/busy knows nothing, and why."""
        self.add(ME, primary=True, summary="Me")

    def add(self, name: str, **entry: Any) -> Book:
        """One more calendar."""
        usual: Resource = {
            "kind": "calendar#calendarListEntry",
            "etag": '"1"',
            "id": name,
            "summary": name,
            "timeZone": self.here.key,
        }
        usual |= {"accessRole": "owner", "selected": True, "backgroundColor": "#9fe1e7"}
        self.books[name] = Book(name, usual | entry)
        return self.books[name]

    def book(self, name: str) -> Book:
        """Raises `Refuse`."""
        found = self.books.get(ME if name == "primary" else name)
        if found is None or found.entry["accessRole"] == "none":
            raise Refuse(404, "notFound")
        return found

    def live(self, name: str = ME) -> list[Resource]:
        """What there is in a calendar and isn't cancelled."""
        return [one for one in self.book(name).events.values() if one["status"] != "cancelled"]

    def put(self, name: str = ME, **event: Any) -> Resource:
        """As if somebody else had written it: their own client, an import."""
        book = self.book(name)
        resource = self.fresh(book, event.pop("id", secrets.token_hex(8)), event)
        return self.keep(book, checked(resource, self.here) if "start" in resource else resource)

    def fresh(self, book: Book, name: str, body: Resource) -> Resource:
        me: Resource = {"email": book.id, "self": True}
        return {
            "kind": "calendar#event", "id": name, "status": "confirmed", "created": "2026-01-01T00:00:00.000Z",
            "iCalUID": f"{name}@google.com", "creator": me, "organizer": me, "sequence": 0, "reminders": {"useDefault": True},
            "eventType": "default", "htmlLink": f"https://www.google.com/calendar/event?eid={name}",
        } | deepcopy(body)  # fmt: skip

    def keep(self, book: Book, resource: Resource) -> Resource:
        """Write it down: a new etag, a place in the order of changes."""
        self.now += 1
        resource["etag"] = f'"{self.now:016}"'
        resource["updated"] = (datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=self.now)).isoformat().replace("+00:00", ".000Z")  # fmt: skip
        book.events[resource["id"]] = resource
        book.seq[resource["id"]] = self.now
        return resource

    def find(self, book: Book, name: str) -> Resource:
        """The event, the exception, or an occurrence that nobody has touched. Raises `Refuse`."""
        if name in book.events:
            return self.settled(book.events[name])
        if found := INSTANCE.fullmatch(name):
            master = book.events.get(found[1])
            if master and master.get("recurrence") and master["status"] != "cancelled":
                for one in self.instances(book, master, _stamp(found[2]) + timedelta(days=2)):
                    if one["id"] == name:
                        return one
        raise Refuse(404, "notFound")

    def instances(self, book: Book, master: Resource, until: datetime = FOREVER) -> Iterator[Resource]:
        """The regular ones."""
        for name, times in occurrences(master, self.here, until):
            kept = {key: value for key, value in master.items() if key != "recurrence"}
            yield kept | times | {"id": f"{master['id']}_{name}", "recurringEventId": master["id"]}

    def exceptions(self, book: Book, master: str) -> list[Resource]:
        return [one for one in book.events.values() if one.get("recurringEventId") == master]

    def settled(self, event: Resource) -> Resource:
        """A conference that was asked for is there at the next look."""
        conference = event.get("conferenceData", {})
        if conference.get("createRequest", {}).get("status", {}).get("statusCode") == "pending":
            link = f"https://meet.google.com/{conference['createRequest']['requestId'][:10]}"
            conference["createRequest"]["status"] = {"statusCode": "success"}
            conference["entryPoints"] = [
                {"entryPointType": "video", "uri": link, "label": link.removeprefix("https://")}
            ]
            conference |= {"conferenceId": link[-10:], "conferenceSolution": {"key": {"type": "hangoutsMeet"}, "name": "Google Meet"}}  # fmt: skip
            event["hangoutLink"] = link
        return event


class Writing:
    """Insert, patch, delete."""

    def __init__(self, state: CalendarState) -> None:
        self.state = state

    def insert(self, book: Book, body: Resource, query: Any) -> Resource:
        _may_write(book)
        name = body.get("id") or secrets.token_hex(13)
        if not ID.fullmatch(name):
            raise Refuse(400, "invalid", "Invalid resource id value.")
        if name in book.events:
            raise Refuse(409, "duplicate", "The requested identifier already exists.")
        resource = self.state.fresh(book, name, {key: value for key, value in body.items() if key not in FIXED})
        _attendees(resource)
        self._conference(resource, body, query)
        kept = self.state.keep(book, checked(resource, self.state.here))
        self._mail("invite", kept, query)
        return kept

    def patch(self, book: Book, name: str, body: Resource, query: Any, match: str | None) -> Resource:
        _may_write(book)
        old = self.state.find(book, name)
        _matches(old, match)
        if old["status"] == "cancelled" and (body.get("status") != "confirmed" or not self.state.revives):
            raise Refuse(403, "forbidden", "Forbidden")
        whole = self._regular(book, old) if "start" not in old else old
        if body.get("recurrence") and "recurringEventId" in old:
            raise Refuse(400, "invalid", "Recurring event instances can't have a recurrence.")
        new = _merged(whole, {key: value for key, value in body.items() if key not in FIXED})
        _attendees(new)
        self._conference(new, body, query)
        if new.get("recurrence") == []:
            del new["recurrence"]
        new["sequence"] = old.get("sequence", 0) + 1
        kept = self.state.keep(book, checked(new, self.state.here))
        if kept.get("recurrence") or old.get("recurrence"):
            self._drop_orphans(book, kept)
        self._mail("change", kept, query)
        return kept

    def delete(self, book: Book, name: str, query: Any, match: str | None) -> None:
        _may_write(book)
        old = self.state.find(book, name)
        _matches(old, match)
        if old["status"] == "cancelled":
            raise Refuse(410, "deleted", "Resource has been deleted")
        self._mail("cancel", old, query)
        if "recurringEventId" in old:
            names = ("kind", "id", "recurringEventId", "originalStartTime")
            self.state.keep(book, {key: old[key] for key in names} | {"status": "cancelled"})
            return
        self.state.keep(book, old | {"status": "cancelled"})
        for one in self.state.exceptions(book, name):
            del book.events[one["id"]], book.seq[one["id"]]

    def _regular(self, book: Book, skeleton: Resource) -> Resource:
        master = book.events[skeleton["recurringEventId"]]
        until = moment(skeleton["originalStartTime"], self.state.here) + timedelta(days=1)
        for one in self.state.instances(book, master, until):
            if one["id"] == skeleton["id"]:
                return one
        raise Refuse(404, "notFound")

    def _drop_orphans(self, book: Book, master: Resource) -> None:
        """Exceptions of occurrences that there are no longer."""
        kept = self.state.exceptions(book, master["id"])
        if not kept:
            return
        last = max(moment(one["originalStartTime"], self.state.here) for one in kept) + timedelta(days=2)
        there = {one["id"] for one in self.state.instances(book, master, last)} if master.get("recurrence") else set()
        for one in kept:
            if one["id"] not in there:
                if one["status"] != "cancelled":  # a client that follows by token has to learn of it
                    names = ("kind", "id", "recurringEventId", "originalStartTime")
                    self.state.keep(book, {key: one[key] for key in names} | {"status": "cancelled"})
                else:
                    del book.events[one["id"]], book.seq[one["id"]]

    def _conference(self, new: Resource, body: Resource, query: Any) -> None:
        if query.get("conferenceDataVersion") != "1":
            if "conferenceData" in body:
                new.pop("conferenceData", None)
            return
        asked = (new.get("conferenceData") or {}).get("createRequest")
        if asked and "status" not in asked:
            asked["status"] = {"statusCode": "pending"}

    def _mail(self, what: str, event: Resource, query: Any) -> None:
        guests = tuple(one["email"] for one in event.get("attendees", []) if not one.get("self"))
        if guests and query.get("sendUpdates") == "all":
            self.state.mails.append((what, event["id"], guests))


def calendar_app(google: Google, state: CalendarState) -> FastAPI:
    """The API; put it `behind_door(app, google, "calendar", "v3")`."""
    app, writing, lists = FastAPI(openapi_url=None), Writing(state), Lists(state)
    base = "/calendar/v3"

    @app.get(f"{base}/users/me/calendarList")
    async def calendars(request: Request) -> Any:
        return lists.calendars(request.query_params)

    @app.get(f"{base}/calendars/{{name}}/events")
    async def events(name: str, request: Request) -> Any:
        return lists.events(state.book(name), request.query_params)

    @app.post(f"{base}/calendars/{{name}}/events")
    async def insert(name: str, request: Request) -> Any:
        return writing.insert(state.book(name), await request.json(), request.query_params)

    @app.post(f"{base}/calendars/{{name}}/events/watch")
    async def watch(name: str, request: Request) -> Any:
        return lists.watch(state.book(name), await request.json())

    @app.get(f"{base}/calendars/{{name}}/events/{{event}}")
    async def get(name: str, event: str) -> Any:
        return state.find(state.book(name), event)

    @app.patch(f"{base}/calendars/{{name}}/events/{{event}}")
    async def patch(name: str, event: str, request: Request) -> Any:
        match = request.headers.get("if-match")
        return writing.patch(state.book(name), event, await request.json(), request.query_params, match)

    @app.delete(f"{base}/calendars/{{name}}/events/{{event}}")
    async def delete(name: str, event: str, request: Request) -> Response:
        writing.delete(state.book(name), event, request.query_params, request.headers.get("if-match"))
        return Response(status_code=204)

    @app.get(f"{base}/calendars/{{name}}/events/{{event}}/instances")
    async def instances(name: str, event: str, request: Request) -> Any:
        return lists.instances(state.book(name), event, request.query_params)

    @app.post(f"{base}/freeBusy")
    async def free_busy(request: Request) -> Any:
        return lists.free_busy(await request.json())

    @app.post(f"{base}/channels/stop")
    async def stop(request: Request) -> Response:
        lists.stop(await request.json())
        return Response(status_code=204)

    return app


def _may_write(book: Book) -> None:
    if not book.writable:
        raise Refuse(403, "requiredAccessLevel", "You need to have writer access to this calendar.")


def _matches(old: Resource, match: str | None) -> None:
    if match not in {None, "*", old["etag"]}:
        raise Refuse(412, "conditionNotMet", "Precondition Failed")


def _merged(old: Resource, new: Resource) -> Resource:
    """PATCH: objects field by field, arrays as a whole, null takes away."""
    merged = deepcopy(old)
    for name, value in new.items():
        if value is None:
            merged.pop(name, None)
        elif isinstance(value, dict):
            merged[name] = _merged(merged.get(name) or {}, value)
        else:
            merged[name] = value
    return merged


def _attendees(event: Resource) -> None:
    for one in event.get("attendees") or []:
        if not ADDRESS.fullmatch(one.get("email", "")):
            raise Refuse(400, "invalid", "Invalid attendee email.")
        one.setdefault("responseStatus", "needsAction")


def _stamp(text: str) -> datetime:
    try:
        return datetime.strptime(text.rstrip("Z"), "%Y%m%dT%H%M%S" if "T" in text else "%Y%m%d").replace(tzinfo=UTC)
    except ValueError as error:
        raise Refuse(404, "notFound") from error
