"""What the emulated calendar lists: pages, sync tokens, expanded series, free and busy; and who watches."""

import time
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING

from tests.emulators.google import Refuse
from tests.emulators.google.calendar_times import FAR, FOREVER, Resource, moment

if TYPE_CHECKING:
    from tests.emulators.google.calendar import Book, CalendarState

FORBIDDEN = ("iCalUID", "orderBy", "privateExtendedProperty", "sharedExtendedProperty", "q", "timeMin", "timeMax", "updatedMin")  # fmt: skip
INSTANCES = 730
"""Of one series, where nothing bounds them."""
PLACE = ("pageToken", "syncToken", "maxResults")


class Lists:
    """Reading."""

    def __init__(self, state: "CalendarState") -> None:
        self.state = state
        self._pages: dict[str, tuple[dict[str, str], list[Resource], int, int]] = {}
        self._tokens: dict[str, tuple[str, dict[str, str], int]] = {}

    def calendars(self, query: Mapping[str, str]) -> Resource:
        hidden = query.get("showHidden") == "true"
        found = [book.entry for book in self.state.books.values() if hidden or not book.entry.get("hidden")]
        first, most = int(query.get("pageToken", "0")), min(int(query.get("maxResults", "100")), self.state.most)
        answer = {"kind": "calendar#calendarList", "etag": '"1"', "items": found[first : first + most]}
        return answer | ({"nextPageToken": str(first + most)} if len(found) > first + most else {})

    def events(self, book: "Book", query: Mapping[str, str]) -> Resource:
        _check(query)
        rest = {name: value for name, value in query.items() if name not in PLACE}
        if token := query.get("pageToken"):
            if token not in self._pages:
                raise Refuse(400, "invalid", "Invalid page token")
            asked, found, first, mark = self._pages[token]
        else:
            asked, found, first, mark = rest, self._found(book, query), 0, self.state.now
        if asked != rest:
            raise Refuse(400, "invalid", "The parameters differ from those of the first page")
        most = min(int(query.get("maxResults", "250")), self.state.most)
        answer = self._head(book) | {"items": found[first : first + most]}
        if len(found) > first + most:
            name = f"p{len(self._pages)}"
            self._pages[name] = (rest, found, first + most, mark)
            return answer | {"nextPageToken": name}
        if "timeMin" in query or "timeMax" in query or "q" in query or "iCalUID" in query or "orderBy" in query:
            return answer
        token = f"s{len(self._tokens)}"
        self._tokens[token] = (book.id, rest, mark)
        return answer | {"nextSyncToken": token}

    def instances(self, book: "Book", name: str, query: Mapping[str, str]) -> Resource:
        _check_bounds(query)
        master = self.state.find(book, name)
        found = self._expanded(book, master, query, query.get("showDeleted") == "true")
        return self._head(book) | {"items": found[: int(query.get("maxResults", "250"))]}

    def free_busy(self, body: Resource) -> Resource:
        start, end = (_moment(body.get(name)) for name in ("timeMin", "timeMax"))
        if end <= start:
            raise Refuse(400, "timeRangeEmpty", "The specified time range is empty.")
        if len(body.get("items", [])) > 50:
            raise Refuse(400, "tooManyCalendarsRequested")
        answer = {one["id"]: self._busy(one["id"], start, end) for one in body.get("items", [])}
        return {
            "kind": "calendar#freeBusy",
            "timeMin": body["timeMin"],
            "timeMax": body["timeMax"],
            "calendars": answer,
        }

    def watch(self, book: "Book", body: Resource) -> Resource:
        if body.get("type") not in {"web_hook", "webhook"} or not str(body.get("address", "")).startswith("https://"):
            raise Refuse(400, "push.webhookUrlNotHttps", "WebHook callback must be HTTPS")
        if not body.get("id") or len(body["id"]) > 64 or body["id"] in self.state.channels:
            raise Refuse(400, "channelIdNotUnique", "Channel id not unique")
        ends = str(int((time.time() + 7 * 86400) * 1000))
        channel = {"kind": "api#channel", "id": body["id"], "resourceId": f"r-{abs(hash(book.id))}", "resourceUri": "x"}
        channel |= {"token": body.get("token", ""), "expiration": body.get("expiration", ends)}
        self.state.channels[body["id"]] = channel | {"address": body["address"], "calendar": book.id}
        return channel

    def stop(self, body: Resource) -> None:
        channel = self.state.channels.get(body.get("id", ""))
        if channel is None or channel["resourceId"] != body.get("resourceId"):
            raise Refuse(404, "notFound", "Channel not found")
        del self.state.channels[body["id"]]

    def _head(self, book: "Book") -> Resource:
        return {
            "kind": "calendar#events", "etag": f'"{self.state.now}"', "summary": book.entry["summary"],
            "timeZone": self.state.here.key, "accessRole": book.entry["accessRole"], "defaultReminders": [],
        }  # fmt: skip

    def _found(self, book: "Book", query: Mapping[str, str]) -> list[Resource]:
        since = self._since(book, query)
        expanded = query.get("singleEvents") == "true"
        deleted = query.get("showDeleted") == "true" or since is not None
        found: list[Resource] = []
        for event in list(book.events.values()):
            if since is not None and book.seq[event["id"]] <= since:
                continue
            if not _fits(event, query):
                continue
            self.state.settled(event)
            gone = event["status"] == "cancelled"
            if expanded and event.get("recurrence") and not gone:
                found += self._expanded(book, event, query, deleted)
            elif expanded and "recurringEventId" in event:
                found += [event] if since is not None else []  # else it comes with its series
            elif (not gone or deleted or ("recurringEventId" in event and not expanded)) and self._within(event, query):
                found.append(event)
        if query.get("orderBy") == "startTime":
            found.sort(key=lambda one: moment(one["start"], self.state.here))
        return found

    def _since(self, book: "Book", query: Mapping[str, str]) -> int | None:
        token = query.get("syncToken")
        if token is None:
            return None
        for name in FORBIDDEN:
            if name in query:
                raise Refuse(400, "badRequest", f"Sync token cannot be used with {name}.")
        if query.get("showDeleted") == "false":
            raise Refuse(400, "badRequest", "Sync token cannot be used with showDeleted=False.")
        owner, asked, mark = self._tokens.get(token, ("", {}, -1))
        if owner != book.id or mark < self.state.forgotten:
            raise Refuse(410, "fullSyncRequired", "Sync token is no longer valid, a full sync is required.")
        if asked != {name: value for name, value in query.items() if name not in PLACE}:
            raise Refuse(400, "badRequest", "The parameters differ from those of the first list")
        return mark

    def _expanded(self, book: "Book", master: Resource, query: Mapping[str, str], deleted: bool) -> list[Resource]:
        own = {one["id"]: one for one in self.state.exceptions(book, master["id"])}
        until = _moment(query["timeMax"]) if "timeMax" in query else FOREVER
        regular = self.state.instances(book, master, until)
        if "timeMin" not in query and "timeMax" not in query:
            regular = islice(regular, INSTANCES)
        found = [one for one in regular if one["id"] not in own] + list(own.values())
        return [one for one in found if (deleted or one["status"] != "cancelled") and self._within(one, query)]

    def _within(self, event: Resource, query: Mapping[str, str]) -> bool:
        if "timeMin" not in query and "timeMax" not in query:
            return True
        if "start" not in event:
            return False
        start, end = moment(event["start"], self.state.here), moment(event["end"], self.state.here)
        if event.get("recurrence"):  # a series, not expanded: as long as it may last
            end = end + FAR
        early = "timeMax" not in query or start < _moment(query["timeMax"])
        return early and ("timeMin" not in query or end > _moment(query["timeMin"]))

    def _busy(self, name: str, start: datetime, end: datetime) -> Resource:
        book = self.state.books.get(name)
        if name in self.state.blind or book is None:
            return {"errors": [{"domain": "global", "reason": self.state.blind.get(name, "notFound")}], "busy": []}
        query = {
            "timeMin": start.isoformat(),
            "timeMax": end.isoformat(),
            "singleEvents": "true",
            "orderBy": "startTime",
        }
        spans: list[list[datetime]] = []
        for one in self._found(book, query):
            if one.get("transparency") == "transparent":
                continue
            span = [max(moment(one["start"], self.state.here), start), min(moment(one["end"], self.state.here), end)]
            if spans and span[0] <= spans[-1][1]:
                spans[-1][1] = max(spans[-1][1], span[1])
            else:
                spans.append(span)
        return {"busy": [{"start": _utc(a), "end": _utc(b)} for a, b in spans]}


def _check(query: Mapping[str, str]) -> None:
    _check_bounds(query)
    if query.get("orderBy") == "startTime" and query.get("singleEvents") != "true":
        raise Refuse(400, "badRequest", "The requested ordering is not available for the particular query.")


def _check_bounds(query: Mapping[str, str]) -> None:
    bounds = [_moment(query[name]) for name in ("timeMin", "timeMax") if name in query]
    if len(bounds) == 2 and bounds[1] <= bounds[0]:
        raise Refuse(400, "timeRangeEmpty", "The specified time range is empty.")


def _fits(event: Resource, query: Mapping[str, str]) -> bool:
    if "iCalUID" in query and event.get("iCalUID", f"{event.get('recurringEventId')}@google.com") != query["iCalUID"]:
        return False
    if wanted := query.get("privateExtendedProperty"):
        name, _, value = wanted.partition("=")
        return bool(event.get("extendedProperties", {}).get("private", {}).get(name) == value)
    if wanted := query.get("q"):
        return wanted.lower() in f"{event.get('summary', '')} {event.get('description', '')}".lower()
    return True


def _moment(text: str | None) -> datetime:
    try:
        at = datetime.fromisoformat(text or "")
    except ValueError as error:
        raise Refuse(400, "badRequest", "Bad Request") from error
    if at.tzinfo is None:
        raise Refuse(400, "badRequest", "Bad Request")
    return at.astimezone(UTC)


def _utc(at: datetime) -> str:
    return (at + timedelta()).strftime("%Y-%m-%dT%H:%M:%SZ")
