"""Taking back: each change by whoever made it, told apart by what stands in its inverse, and never half of what is kept here."""

from collections.abc import Callable
from datetime import UTC, datetime
from types import SimpleNamespace as Thing
from typing import Any, cast

import pytest

from agent.changes import ELSEWHERE, seen_by_others, undo, undo_all
from agent.context import Context
from agent.effects import Effect
from integrations.errors import ChronusError, Conflict, NotConnected, NotFound
from integrations.store.changes import Change

NOW = datetime(2026, 3, 4, 9, 20, tzinfo=UTC)
HERE = {"rows": ["as they were"]}
THERE = {"event": "as it was"}
DECIDED = {"id": "s", "state": "accepted", "decided_at": None, "quiet_until": None}
OPEN = DECIDED | {"state": "shown"}
SUGGESTED = {"before": OPEN, "left": DECIDED}


class Part:
    """Takes whatever is asked of it, and keeps it under its name; refuses where it is told to."""

    def __init__(self, name: str, asked: list[Any], refuses: dict[str, ChronusError]) -> None:
        self._name, self._asked, self._refuses = name, asked, refuses

    def __getattr__(self, what: str) -> Callable[..., Any]:
        if what == "kept":
            raise AttributeError(what)  # no guard stands before it

        async def doing(*given: Any, **named: Any) -> Any:
            self._asked.append((f"{self._name}.{what}", *given, *named.items()))
            if refusal := self._refuses.get(self._name):
                raise refusal
            return Thing(**DECIDED)

        return doing


class Google(Part):
    """The same, kept elsewhere."""


class Work:
    """As much of one piece of work as undo has to do with."""

    def __init__(self, *, connected: bool = True, marked: bool = True, **refuses: ChronusError) -> None:
        self.asked: list[Any] = []
        self.now, self.key = NOW, "act"
        self._marked, self._connected, self._refuses = marked, connected, refuses
        for name in ("memory", "digests", "ringer", "reminders", "suggestions"):
            setattr(self, name, Part(name, self.asked, refuses))
        self.here = self._keepers(Part, "here")
        self.changes = Thing(mark_undone=self._mark)

    def _keepers(self, kind: type[Part], where: str) -> Thing:
        return Thing(**{n: kind(f"{where}.{n}", self.asked, self._refuses) for n in ("calendar", "tasks", "mail")})

    async def _mark(self, id: str, now: datetime) -> bool:
        self.asked.append(("marked", id, now))
        return self._marked

    async def under(self, key: str, **about: str) -> Thing:
        self.asked.append(("under", key, about))
        return self._keepers(Google if self._connected else Part, "there")

    def changed(self, what: str) -> None:
        self.asked.append(("changed", what))


def change(keeper: str, inverse: dict[str, Any] | None, id: str = "c", **more: Any) -> Change:
    return cast(Change, Thing(id=id, keeper=keeper, inverse=inverse, undone_at=None, effect="private", **more))


def work(**given: Any) -> tuple[Context, list[Any]]:
    made = Work(**given)
    return cast(Context, made), made.asked


MARKED = ("marked", "c", NOW)
UNDER = ("under", "act:c", {"undoes": "c"})


@pytest.mark.parametrize(
    ("keeper", "inverse", "asked"),
    [
        ("memory", {"id": "m"}, [("memory.revert", {"id": "m"})]),
        ("digest", {"items": ["i"]}, [("digests.reopen", ["i"]), ("changed", "digest")]),
        ("calls", {"id": "r"}, [("ringer.call_off", "r")]),
        ("reminders", {"id": "r"}, [("reminders.put_back", {"id": "r"}, NOW)]),
        ("calendar", HERE, [("here.calendar.revert", HERE, ("tell", False))]),
        ("tasks", HERE, [("here.tasks.revert", HERE)]),
        ("mail", {"own": "d"}, [("here.mail.revert", {"own": "d"})]),
        ("calendar", THERE, [UNDER, ("there.calendar.revert", THERE, ("tell", False))]),
        ("tasks", THERE, [UNDER, ("there.tasks.revert", THERE)]),
        ("mail", THERE, [UNDER, ("there.mail.revert", THERE)]),
    ],
)
async def test_it_is_taken_back_by_whoever_made_it(keeper: str, inverse: dict[str, Any], asked: list[Any]) -> None:
    """What our database keeps is put back there; what is kept elsewhere under a name of its own; then it counts as undone."""
    ctx, done = work()
    await undo(ctx, change(keeper, inverse))
    assert done == [*asked, MARKED]


async def test_a_suggestion_that_was_accepted_is_open_again_with_its_event() -> None:
    """Unless it has been decided anew, or is gone: the event goes all the same."""
    ctx, done = work()
    await undo(ctx, change("calendar", HERE | {"suggestion": SUGGESTED}))
    assert done[1:] == [("suggestions.held", "s"), ("suggestions.keep",), ("changed", "suggestions"), MARKED]

    for refusal in (Conflict(), NotFound()):
        gone, done = work(suggestions=refusal)
        await undo(gone, change("calendar", HERE | {"suggestion": SUGGESTED}))
        assert done[-1] == MARKED


async def test_a_no_to_a_suggestion_is_taken_back_unless_it_was_decided_anew() -> None:
    """Then there is nothing to take back, and that is said."""
    ctx, done = work()
    with pytest.raises(Conflict):
        await undo(ctx, change("suggestions", {"before": OPEN, "left": OPEN}))
    assert MARKED not in done

    again, done = work()
    await undo(again, change("suggestions", SUGGESTED))
    assert done == [("suggestions.held", "s"), ("suggestions.keep",), ("changed", "suggestions"), MARKED]


async def test_guests_hear_of_it_where_the_person_agreed_to_that() -> None:
    """It is passed on to the calendar."""
    ctx, done = work()
    await undo(ctx, change("calendar", HERE), tell=True)
    assert done[0] == ("here.calendar.revert", HERE, ("tell", True))


@pytest.mark.parametrize("keeper", ["calendar", "tasks", "mail"])
async def test_what_google_keeps_waits_until_it_is_connected(keeper: str) -> None:
    """The keeper that is there now is another one, and knows nothing of it."""
    ctx, done = work(connected=False)
    with pytest.raises(NotConnected, match=ELSEWHERE):
        await undo(ctx, change(keeper, THERE))
    assert done == [UNDER]


async def test_what_cannot_be_taken_back_is_said_before_anything_is_touched() -> None:
    """What has no inverse, and what was undone already; and where somebody else was quicker, that."""
    ctx, done = work()
    with pytest.raises(Conflict, match=r"^That can't be taken back\.$"):
        await undo(ctx, change("tasks", None))
    undone = change("tasks", HERE)
    undone.undone_at = NOW
    with pytest.raises(Conflict, match=r"^That has been undone already\.$"):
        await undo(ctx, undone)
    assert done == []

    late, _ = work(marked=False)
    with pytest.raises(Conflict, match=r"^That has been undone already\.$"):
        await undo(late, change("tasks", HERE))


@pytest.mark.parametrize(
    ("keeper", "effect", "inverse", "seen"),
    [
        ("calendar", Effect.OUTBOUND, THERE, True),
        ("calendar", Effect.OUTBOUND, None, True),
        ("calendar", Effect.OUTBOUND, HERE, False),
        ("calendar", Effect.OUTBOUND, {"own": 1}, False),
        ("calendar", Effect.PRIVATE, THERE, False),
        ("tasks", Effect.OUTBOUND, THERE, False),
        ("calls", Effect.OUTBOUND, THERE, False),
    ],
)
def test_others_see_what_google_told_them_of(
    keeper: str, effect: Effect, inverse: dict[str, Any] | None, seen: bool
) -> None:
    """Guests of an event at Google were told, and would be told again; what is kept here tells nobody."""
    one = change(keeper, inverse)
    one.effect = effect
    assert seen_by_others(one) is seen


def refusing(*refused: str, **given: Any) -> tuple[Context, list[Any]]:
    """A piece of work in which changes of these names can't be taken back."""
    made = Work(**given)
    mark = made.changes.mark_undone

    async def marking(id: str, now: datetime) -> bool:
        return id not in refused and await mark(id, now)

    made.changes.mark_undone = marking
    return cast(Context, made), made.asked


async def test_several_are_taken_back_in_their_order() -> None:
    """What an earlier try has taken back already counts, and isn't touched."""
    ctx, done = refusing()
    before = change("tasks", HERE, "before")
    before.undone_at = NOW
    all_of_it = [change("calendar", HERE, "one"), before, change("mail", THERE, "two")]

    undone, stopped = await undo_all(ctx, all_of_it, tell=True)

    assert (undone, stopped) == (all_of_it, None)
    assert [one[0] for one in done] == ["here.calendar.revert", "marked", "under", "there.mail.revert", "marked"]
    assert done[0][-1] == ("tell", True)


@pytest.mark.parametrize(
    ("inverses", "halfway"),
    [
        ([HERE, HERE, HERE], False),
        ([THERE, HERE, HERE], True),
        ([HERE, THERE, HERE], True),
        ([HERE, HERE, THERE], True),
    ],
)
async def test_a_refusal_takes_back_nothing_unless_some_is_done_elsewhere(
    inverses: list[dict[str, Any]], halfway: bool
) -> None:
    """What is kept here is put back with the transaction; what Google has done stays done, and is told."""
    ctx, done = refusing("2")
    changes = [change("tasks", inverse, str(at)) for at, inverse in enumerate(inverses)]

    if halfway:
        undone, stopped = await undo_all(ctx, changes, tell=False)
        assert undone == changes[:2]
        assert isinstance(stopped, Conflict)
    else:
        with pytest.raises(Conflict):
            await undo_all(ctx, changes, tell=False)
    assert [one[1] for one in done if one[0] == "marked"] == ["0", "1"]


async def test_the_first_refusal_stops_everything() -> None:
    """Nothing was done yet, so there is nothing to tell but the refusal."""
    ctx, _ = refusing("0")
    with pytest.raises(Conflict):
        await undo_all(ctx, [change("tasks", THERE, "0"), change("tasks", THERE, "1")], tell=False)
