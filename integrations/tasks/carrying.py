"""Making Google's tasks as one step says, once, whatever gets lost on the way."""

from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from integrations.errors import Conflict, Invalid, NotFound, Unavailable
from integrations.google.refusals import Unsure
from integrations.tasks.board import CHANGED, MISSING, Content, Place, Step, names
from integrations.tasks.wire import Entry, TasksWire, due_text

TRIES = 3
LIST_GONE = "That list isn't there any more."
Look = Callable[[str], Awaitable[list[Entry]]]
"""The entries of a list that weren't there before the step."""


@dataclass(frozen=True, kw_only=True)
class Carrying:
    """What is known here of the things a step is about.

    `at`: where the task is at Google, None if it never was there · `list_id`: of the list it is to stand in, None if that has
    to be looked for or made · `ids`: from ids of the step to Google's, where they differ; what it lacks isn't there · `again`: it was begun before, and
    nobody knows how far that came · `undoing`: what somebody else made of the task meanwhile is told, even where nothing of it would be lost.
    """

    wire: TasksWire
    step: Step
    new_ones: Look
    at: Entry | None = None
    list_id: str | None = None
    ids: Mapping[str, str] | None = None
    again: bool = False
    undoing: bool = False

    async def out(self) -> Entry | None:
        """The task as Google has it now, None if it is gone.

        Raises refusals, `Unavailable` when it was surely not done (or not all of it), `Unsure` when that can't be known.
        """
        before, after = self.step.before, self.step.after
        if after is None:
            await self._delete(before)
            return None
        if before is None:
            return await self._put_back(after) if self.at else await self._insert(after)
        return await self._change(before, after)

    async def _delete(self, before: Content | None) -> None:
        """What is gone already is gone; what has become another thing meanwhile is not what was meant."""
        if self.at is None:
            return
        try:
            now = await self._located(self.at, before)
            if before is not None and not fits(now, before):
                raise Conflict(CHANGED)
            await self.wire.delete(now.list_id, now.id)
        except NotFound:
            return

    async def _insert(self, after: Content) -> Entry:
        list_id = await self._list(after)
        if self.again and (found := await self._look(list_id, after)):
            return found
        for _ in range(TRIES - 1):
            try:
                return await self._insert_once(list_id, after)
            except Unsure:
                if found := await self._look(list_id, after):
                    return found
        raise Unavailable

    async def _insert_once(self, list_id: str, after: Content) -> Entry:
        body = {**_body(after), "status": _status(after)}
        *places, last = self._places()
        for parent, previous in places:
            try:
                return await self.wire.insert(list_id, body, previous=previous, parent=parent)
            except (NotFound, Invalid):  # that neighbour is gone: the next one, then
                continue
        return await self.wire.insert(list_id, body, previous=last[1], parent=last[0])

    async def _look(self, list_id: str, after: Content) -> Entry | None:
        """Ours, if it got there. Raises `Unsure` where one can't look."""
        try:
            found = await self.new_ones(list_id)
        except Unavailable as error:
            raise Unsure from error
        return next((one for one in found if fits(one, after) and not one.deleted), None)

    async def _put_back(self, after: Content) -> Entry:
        """Google keeps what was deleted for a while; where it doesn't give it back, it is written anew."""
        assert self.at is not None
        try:
            body = {**_body(after), "status": _status(after), "deleted": False}
            await self.wire.patch(self.at.list_id, self.at.id, body)
            now = await self.wire.get(self.at.list_id, self.at.id)
        except (NotFound, Invalid):
            return await self._insert(after)
        if now.deleted or not fits(now, after):
            return await self._insert(after)
        return await self._moved(now, after)

    async def _change(self, before: Content, after: Content) -> Entry:
        if self.at is None:
            raise NotFound(MISSING)
        body = {name: value for name, value in _body(after).items() if value != _body(before)[name]}
        if before.done != after.done:
            body["status"] = _status(after)
        looks = self.undoing and not body  # nothing but a move, for which Google asks no etag
        now = await self._located(self.at, after) if self.again or looks else self.at
        if looks and not fits(now, before):
            raise Conflict(CHANGED)
        if self.again and body and not fits(now, before):
            if not fits(now, after):
                raise Conflict(CHANGED)
            body = {}
        if body:
            now = await self._patched(now, body, before, after)
        return await self._moved(now, after)

    async def _patched(self, now: Entry, body: dict[str, Any], before: Content, after: Content) -> Entry:
        """Nothing is written over what the person hasn't seen; another etag alone is nothing they could see."""
        for _ in range(TRIES):
            lost = False
            try:
                return await self.wire.patch(now.list_id, now.id, body, etag=now.etag)
            except Unsure:
                lost = True
            except Conflict:
                pass
            now = await self._read(now, lost=lost)
            if now.deleted:
                raise NotFound(MISSING)
            if fits(now, after):
                return now
            if not fits(now, before):
                raise Conflict(CHANGED)
        raise Unavailable

    async def _moved(self, now: Entry, after: Content) -> Entry:
        if self.step.place_after is None:
            return now
        to = await self._list(after)
        *places, last = self._places()
        for parent, previous in places:
            try:
                return await self._move_once(now, to, parent, previous)
            except (NotFound, Invalid):
                continue
        return await self._move_once(now, to, *last)

    async def _move_once(self, now: Entry, to: str, parent: str | None, previous: str | None) -> Entry:
        for _ in range(TRIES - 1):
            try:
                return await self.wire.move(now.list_id, now.id, to=to, parent=parent, previous=previous)
            except Unsure:
                now = await self._either(now, to)
                if now.list_id == to:
                    return now
        raise Unavailable

    async def _either(self, now: Entry, to: str) -> Entry:
        """Which of two lists it stands in."""
        try:
            try:
                found = await self.wire.get(to, now.id)
            except NotFound:
                return now
            return now if found.deleted else found
        except Unavailable as error:
            raise Unsure from error

    async def _read(self, one: Entry, *, lost: bool) -> Entry:
        try:
            return await self.wire.get(one.list_id, one.id)
        except Unavailable as error:
            raise (Unsure() if lost else error) from error

    async def _located(self, one: Entry, content: Content | None) -> Entry:
        """Where it is now: an earlier try may have moved it. Raises `NotFound`."""
        try:
            found = await self.wire.get(one.list_id, one.id)
            if not found.deleted:
                return found
        except NotFound:
            pass
        if content is None or (to := self.list_id) is None or to == one.list_id:
            raise NotFound(MISSING)
        found = await self.wire.get(to, one.id)
        if found.deleted:
            raise NotFound(MISSING)
        return found

    async def _list(self, content: Content) -> str:
        """The list it is to stand in, which is made if it doesn't exist."""
        if self.list_id is not None:
            return self.list_id
        for _ in range(TRIES):
            named = names(await self.wire.lists())
            if found := next((one for one, name in named.items() if name == content.list), None):
                return found
            try:
                return (await self.wire.add_list(content.list)).id
            except Unsure:
                continue
        raise Unavailable

    def _places(self) -> list[tuple[str | None, str | None]]:
        """(parent, previous) as Google calls them, the best one first, and last one that is always possible."""
        place = self.step.place_after or Place()
        return list(self._possible(place))

    def _possible(self, place: Place) -> Iterator[tuple[str | None, str | None]]:
        parent = self._id(place.parent) if place.parent else None
        for one in filter(None, map(self._id, place.behind)):
            yield parent, one
        if parent is not None:
            yield parent, None
        yield None, None

    def _id(self, ours: str) -> str | None:
        return ours if self.ids is None else self.ids.get(ours)


def fits(one: Entry, content: Content) -> bool:
    """Whether it says the same, wherever it stands. Google may trim what it is given."""
    return (one.title.strip(), one.notes.strip(), one.due, one.done) == (
        content.title.strip(), content.notes.strip(), content.due, content.done
    )  # fmt: skip


def _body(content: Content) -> dict[str, Any]:
    return {"title": content.title, "notes": content.notes, "due": due_text(content.due)}


def _status(content: Content) -> str:
    return "completed" if content.done else "needsAction"
