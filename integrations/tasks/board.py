"""All of someone's tasks as they stand on their lists, and what one write makes of them; for keepers of Google's tasks."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any

from integrations.errors import Conflict, Invalid, NotFound
from integrations.store.snapshots import fingerprint
from integrations.tasks import DEFAULT_LIST, NewTask, Task, TaskChange
from integrations.tasks.wire import Entry, ListEntry

MISSING = "I couldn't find that task."
CHANGED = "That task has changed in the meantime."
TITLE, NOTES = 1024, 8192  # characters Google keeps
NEIGHBOURS = 3
"""How many of those before a task are noted, so that its place is found again when one of them is gone."""


@dataclass(frozen=True, kw_only=True)
class Content:
    """What a person sees of a task."""

    title: str
    notes: str = ""
    due: date | None = None
    done: bool = False
    list: str = DEFAULT_LIST

    @property
    def json(self) -> dict[str, Any]:
        """As it is kept."""
        return {**asdict(self), "due": self.due.isoformat() if self.due else None}

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> "Content":
        """From what was kept."""
        return cls(**{**kept, "due": date.fromisoformat(kept["due"]) if kept["due"] else None})


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a task stands: under `parent`, directly behind the first of `behind` that still exists; with none, first."""

    parent: str | None = None
    behind: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Step:
    """One write: what a task is before and what it is to be after it; None: it doesn't exist. A place is only given where it counts."""

    task: str
    before: Content | None
    after: Content | None
    place_before: Place | None = None
    place_after: Place | None = None

    @property
    def back(self) -> "Step":
        """What undoes it."""
        return Step(
            task=self.task, before=self.after, after=self.before,
            place_before=self.place_after, place_after=self.place_before,
        )  # fmt: skip

    @property
    def json(self) -> dict[str, Any]:
        """As it is kept."""
        return {
            "task": self.task,
            "before": self.before and self.before.json,
            "after": self.after and self.after.json,
            "place_before": _place_json(self.place_before),
            "place_after": _place_json(self.place_after),
        }

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> "Step":
        """From what was kept."""
        return cls(
            task=kept["task"],
            before=Content.of(kept["before"]) if kept["before"] else None,
            after=Content.of(kept["after"]) if kept["after"] else None,
            place_before=_place(kept["place_before"]),
            place_after=_place(kept["place_after"]),
        )


@dataclass
class Board:
    """Lists by their id (the default one first) and entries in the order a person sees them.

    `pending` are the ids of those of which Google doesn't know everything yet.
    """

    lists: dict[str, str]
    entries: list[Entry]
    pending: frozenset[str] = field(default=frozenset())

    @classmethod
    def made(cls, lists: Iterable[ListEntry], entries: Iterable[Entry], pending: Iterable[str] = ()) -> "Board":
        """From what was read, in whatever order."""
        named = names(lists)
        return cls(named, ordered(entries, named), frozenset(pending))

    def tasks(self) -> list[Task]:
        """As the rest of the house sees them."""
        return [self.task(one) for one in self.entries]

    def find(self, task_id: str) -> Entry:
        """Raises `NotFound`."""
        found = next((one for one in self.entries if one.id == task_id), None)
        if found is None:
            raise NotFound(MISSING)
        return found

    def current(self, task_id: str, etag: str | None) -> Entry:
        """Raises `NotFound`, and `Conflict` when it isn't as it was read."""
        found = self.find(task_id)
        if etag is not None and self.task(found).etag != etag:
            raise Conflict(CHANGED)
        return found

    def task(self, one: Entry) -> Task:
        """One entry; its etag is another one whenever what a person sees of it is."""
        content = self.content(one)
        return Task(
            id=one.id, title=content.title, due=content.due, notes=content.notes, list=content.list, done=content.done,
            etag=fingerprint([one.id, content.json]), pending=one.id in self.pending, origin=one.origin,
        )  # fmt: skip

    def content(self, one: Entry) -> Content:
        """What a person sees of it."""
        return Content(
            title=one.title, notes=one.notes, due=one.due, done=one.done, list=self.lists.get(one.list_id, DEFAULT_LIST)
        )

    def list_name(self, said: str) -> str:
        """The list they mean: one that exists, else a new one with this name."""
        name = " ".join(said.split()) or DEFAULT_LIST
        return next((known for known in self.lists.values() if same(known, name)), name)

    def list_id(self, name: str) -> str | None:
        """None for one that doesn't exist yet."""
        return next((one for one, known in self.lists.items() if known == name), None)

    # what a write makes of it

    def adding(self, task_id: str, new: NewTask) -> Step:
        """At the end of its list."""
        name = self.list_name(new.list)
        after = Content(title=_title(new.title), notes=_notes(new.notes), due=new.due, list=name)
        return Step(task=task_id, before=None, after=after, place_after=self._end(name))

    def changing(self, task_id: str, change: TaskChange, etag: str | None) -> Step:
        """Raises `NotFound`, `Invalid`, `Conflict`."""
        one = self.current(task_id, etag)
        if change.due is not None and change.no_due:
            raise Invalid("It can't be due and not be due.")
        before = self.content(one)
        name = before.list if change.list is None else self.list_name(change.list)
        after = Content(
            title=before.title if change.title is None else _title(change.title),
            notes=before.notes if change.notes is None else _notes(change.notes),
            due=change.due if change.due is not None or change.no_due else before.due,
            done=before.done if change.done is None else change.done,
            list=name,
        )
        place: Place | None = None
        if name != before.list:
            place = self._end(name)
        if change.before is not None and change.before != one.id:
            place = self._before(change.before, one, name)
        return Step(
            task=one.id, before=before, after=after, place_after=place, place_before=self._place(one) if place else None
        )

    def deleting(self, task_id: str, etag: str | None) -> Step:
        """Raises `NotFound`, `Conflict`."""
        one = self.current(task_id, etag)
        return Step(task=one.id, before=self.content(one), after=None, place_before=self._place(one))

    def as_left(self, step: Step) -> None:
        """Raises `Conflict` unless the task is as `step` takes it to be."""
        found = next((self.content(one) for one in self.entries if one.id == step.task), None)
        if found != step.before:
            raise Conflict(CHANGED)

    def _end(self, name: str) -> Place:
        tops = [one.id for one in self.entries if self._stands_in(one, name) and one.parent is None]
        return Place(behind=_nearest(tops))

    def _place(self, one: Entry) -> Place:
        siblings = self._siblings(one)
        return Place(parent=one.parent, behind=_nearest(siblings[: siblings.index(one.id)]))

    def _before(self, next_id: str, moving: Entry, name: str) -> Place:
        other = next((one for one in self.entries if one.id == next_id and self.lists.get(one.list_id) == name), None)
        if other is None:
            raise Invalid("The two tasks don't stand in the same list.")
        siblings = [one for one in self._siblings(other) if one != moving.id]
        return Place(parent=other.parent, behind=_nearest(siblings[: siblings.index(other.id)]))

    def _siblings(self, one: Entry) -> list[str]:
        return [
            other.id for other in self.entries
            if other.id == one.id
            or (other.list_id == one.list_id and other.parent == one.parent and not other.hidden)
        ]  # fmt: skip

    def _stands_in(self, one: Entry, name: str) -> bool:
        return self.lists.get(one.list_id) == name and not one.hidden


def names(lists: Iterable[ListEntry]) -> dict[str, str]:
    """What each list is called here: the default one always `Tasks`, and no two the same."""
    found: dict[str, str] = {}
    for one in sorted(lists, key=lambda one: (not one.default, one.title.casefold(), one.id)):
        title = DEFAULT_LIST if one.default else " ".join(one.title.split())
        number, name = 1, title
        while any(same(name, other) for other in found.values()):
            number += 1
            name = f"{title} ({number})"
        found[one.id] = name
    return found


def ordered(entries: Iterable[Entry], lists: Mapping[str, str]) -> list[Entry]:
    """List after list, each by its positions, what stands under a task directly behind it; without what is deleted."""
    under: dict[tuple[str, str | None], list[Entry]] = defaultdict(list)
    standing = [one for one in entries if not one.deleted and one.list_id in lists]
    known = {one.id for one in standing}
    for one in standing:
        parent = one.parent if one.parent in known else None
        under[one.list_id, parent].append(replace(one, parent=parent))
    found: list[Entry] = []

    def put(list_id: str, parent: str | None) -> None:
        for one in sorted(under[list_id, parent], key=_order):
            found.append(one)
            put(list_id, one.id)

    for list_id in lists:
        put(list_id, None)
    return found


def _order(one: Entry) -> tuple[bool, str, str]:
    """What is put away comes last, by when that was: nobody reads its positions again when others move."""
    return one.hidden, one.updated if one.hidden else one.position, one.id


def same(one: str, other: str) -> bool:
    """Whether a person would say it is the same name."""
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


def _nearest(ids: list[str]) -> tuple[str, ...]:
    return tuple(reversed(ids[-NEIGHBOURS:]))


def _title(said: str) -> str:
    title = said.strip()
    if not title:
        raise Invalid("A task needs a title.")
    if len(title) > TITLE:
        raise Invalid(f"That title is too long for Google: {TITLE:,} characters are the most.")
    return title


def _notes(said: str) -> str:
    if len(said) > NOTES:
        raise Invalid(f"Those notes are too long for Google: {NOTES:,} characters are the most.")
    return said


def _place_json(place: Place | None) -> dict[str, Any] | None:
    return {"parent": place.parent, "behind": list(place.behind)} if place else None


def _place(kept: Mapping[str, Any] | None) -> Place | None:
    return Place(parent=kept["parent"], behind=tuple(kept["behind"])) if kept else None
