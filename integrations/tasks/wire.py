"""Google Tasks as it is on the wire: lists, entries and the requests about them."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from integrations.errors import NotFound
from integrations.google.client import GoogleApi
from integrations.google.refusals import SwitchedOff

Json = dict[str, Any]
PAGE = 100  # tasks; Google gives no more at once
LISTS = 1000  # the same for lists
EVERYTHING: Json = {"showDeleted": True, "showHidden": True, "showCompleted": True, "showAssigned": True}
STANDING: Json = {"showCompleted": True, "showHidden": False, "showAssigned": True}
NO_TASKS = "Google Tasks isn't switched on for your account."
SURFACES = {"DOCUMENT": "Google Docs", "SPACE": "Google Chat"}


@dataclass(frozen=True, kw_only=True)
class ListEntry:
    """One list of the account."""

    id: str
    title: str
    updated: str = ""
    default: bool = False


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One task. `position` orders the children of one `parent`; `updated` is the moment Google last wrote it, as text.

    `hidden`: done and put away. `origin`: where somebody assigned it to the person, empty for their own.
    """

    id: str
    list_id: str
    title: str
    notes: str = ""
    due: date | None = None
    done: bool = False
    hidden: bool = False
    deleted: bool = False
    parent: str | None = None
    position: str = ""
    origin: str = ""
    etag: str = ""
    updated: str = ""


class TasksWire:
    """What can be asked of one account. Raises what `integrations.google.refusals` names."""

    def __init__(self, api: GoogleApi) -> None:
        self._api = api

    async def lists(self) -> list[ListEntry]:
        """All of them, the default one first. Raises `SwitchedOff` for an account that has no Tasks at all."""
        try:
            default, all_lists = await asyncio.gather(self.default_list(), self._all_lists())
        except NotFound as error:  # every account that has Tasks has a default list
            raise SwitchedOff(NO_TASKS) from error
        others = [one for one in all_lists if one.id != default.id]
        return [default, *others]

    async def default_list(self) -> ListEntry:
        """The one that every account has."""
        return _list_entry(await self._api.call(lambda api: api.tasklists().get(tasklist="@default")), default=True)

    async def add_list(self, title: str) -> ListEntry:
        """A new one. Not safe to repeat."""
        return _list_entry(await self._api.call(lambda api: api.tasklists().insert(body={"title": title})))

    async def page(self, list_id: str, page: str | None = None, **which: Any) -> tuple[list[Entry], str | None]:
        """Up to a hundred entries, and the token of the next page. Raises `NotFound` for a list that is gone."""
        answer = await self._api.call(
            lambda api: api.tasks().list(tasklist=list_id, maxResults=PAGE, pageToken=page, **which)
        )
        return [entry(one, list_id) for one in answer.get("items", [])], answer.get("nextPageToken")

    async def pages(self, list_id: str, **which: Any) -> AsyncIterator[list[Entry]]:
        """Page by page."""
        token: str | None = None
        while True:
            found, token = await self.page(list_id, token, **which)
            yield found
            if token is None:
                return

    async def all(self, list_id: str, **which: Any) -> list[Entry]:
        """Everything in a list that `which` lets through."""
        return [one async for found in self.pages(list_id, **which) for one in found]

    async def get(self, list_id: str, task_id: str) -> Entry:
        """One, perhaps a deleted one. Raises `NotFound`."""
        answer = await self._api.call(lambda api: api.tasks().get(tasklist=list_id, task=task_id))
        return entry(answer, list_id)

    async def insert(
        self, list_id: str, body: Json, *, previous: str | None = None, parent: str | None = None
    ) -> Entry:
        """A new one behind `previous`, or in the first place. Not safe to repeat: Google takes no id of ours."""
        answer = await self._api.call(
            lambda api: api.tasks().insert(tasklist=list_id, body=body, previous=previous, parent=parent)
        )
        return entry(answer, list_id)

    async def patch(self, list_id: str, task_id: str, body: Json, *, etag: str | None = None) -> Entry:
        """Only what stands in `body` becomes different; doing it twice is doing it once."""
        headers = {"If-Match": etag} if etag else {}
        answer = await self._api.call(
            lambda api: api.tasks().patch(tasklist=list_id, task=task_id, body=body), safe=not etag, headers=headers
        )
        return entry(answer, list_id)

    async def move(
        self, list_id: str, task_id: str, *, to: str, previous: str | None = None, parent: str | None = None
    ) -> Entry:
        """Behind `previous` (None: first) in the list `to`. Twice within a list is once."""
        elsewhere = None if to == list_id else to
        answer = await self._api.call(
            lambda api: api.tasks().move(
                tasklist=list_id, task=task_id, previous=previous, parent=parent, destinationTasklist=elsewhere
            ),
            safe=elsewhere is None,
        )
        return entry(answer, to)

    async def delete(self, list_id: str, task_id: str) -> None:
        """Raises `NotFound`, which is as good. Of an assigned one, the original goes too."""
        await self._api.call(lambda api: api.tasks().delete(tasklist=list_id, task=task_id), safe=True)

    async def _all_lists(self) -> list[ListEntry]:
        found: list[ListEntry] = []
        token: str | None = None
        while True:
            here = token
            answer = await self._api.call(lambda api, here=here: api.tasklists().list(maxResults=LISTS, pageToken=here))  # type: ignore[misc]  # mypy sees no default in a lambda
            found += [_list_entry(one) for one in answer.get("items", [])]
            token = answer.get("nextPageToken")
            if token is None:
                return found


def entry(answer: Json, list_id: str) -> Entry:
    """Google's JSON as an entry. A due date is its first ten characters: it never had an hour, nor a zone."""
    due = str(answer.get("due", ""))[:10]
    surface = answer.get("assignmentInfo", {}).get("surfaceType", "")
    return Entry(
        id=answer["id"],
        list_id=list_id,
        title=answer.get("title", ""),
        notes=answer.get("notes", ""),
        due=date.fromisoformat(due) if due else None,
        done=answer.get("status") == "completed",
        hidden=answer.get("hidden", False),
        deleted=answer.get("deleted", False),
        parent=answer.get("parent"),
        position=answer.get("position", ""),
        origin=SURFACES.get(surface, "Google") if "assignmentInfo" in answer else "",
        etag=answer.get("etag", ""),
        updated=answer.get("updated", ""),
    )


def due_text(due: date | None) -> str | None:
    """A day as Google writes it; None takes it away."""
    return f"{due.isoformat()}T00:00:00.000Z" if due else None


def _list_entry(answer: Json, *, default: bool = False) -> ListEntry:
    return ListEntry(id=answer["id"], title=answer.get("title", ""), updated=answer.get("updated", ""), default=default)
