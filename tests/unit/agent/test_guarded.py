"""Guarded keepers stand between a tool and what is kept: they pass on exactly what they are given, note whose words come back, and refuse."""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace as Thing
from typing import Any

import pytest

from agent.effects import Effect
from agent.guarded import kind
from agent.guarded.calendar import GuardedCalendar
from agent.guarded.mail import GuardedMail
from agent.guarded.tasks import GuardedTasks
from agent.origins import Origin
from agent.trust import Hand, Trust
from integrations.errors import Denied

FROM = datetime(2026, 3, 4, 9, tzinfo=UTC)
TO = FROM + timedelta(hours=1)
MADE = {GuardedCalendar: "calendar", GuardedTasks: "tasks", GuardedMail: "mail"}

CALENDARS = [
    Thing(id="main", name="Mine", primary=True),
    Thing(id="team", name="Team", primary=False),
]


class Keeper:
    """Answers each question with what it was told to, and keeps the questions."""

    def __init__(self, **answers: Any) -> None:
        self.asked: list[tuple[str, tuple[Any, ...], dict[str, Any]]] = []
        self._answers = {"calendars": CALENDARS} | answers

    def __getattr__(self, name: str) -> Callable[..., Any]:
        async def answering(*given: Any, **named: Any) -> Any:
            self.asked.append((name, given, named))
            return self._answers.get(name)

        return answering


class Marked:
    """Things that hold others' words."""

    def __init__(self, *things: str) -> None:
        self.things = set(things)

    async def among(self, keeper: str, things: Collection[str]) -> set[str]:
        return {f"{keeper} {one}" for one in things} & self.things

    async def mark(self, keeper: str, things: Iterable[str]) -> None:
        self.things |= {f"{keeper} {one}" for one in things}


def event(id: str = "e", **more: Any) -> Thing:
    return Thing(**{"id": id, "series": None, "invited": False, "guests": (), "calendar": "main"} | more)


def task(id: str = "t", **more: Any) -> Thing:
    return Thing(**{"id": id, "origin": None} | more)


def mail(id: str = "m", box: str = "inbox") -> Thing:
    return Thing(id=id, box=box)


def guarding(
    guard: type, answers: Mapping[str, Any], hand: Hand = Hand.OWN, marked: Marked | None = None
) -> tuple[Any, Keeper, Trust]:
    """A keeper that gives these answers, behind its guard."""
    kept, trust = Keeper(**answers), Trust(hand=hand)
    return guard(kept, trust, marked or Marked()), kept, trust


WRITTEN = Thing(event=event())
PASSED: list[tuple[type, str, tuple[Any, ...], dict[str, Any], Any]] = [
    (GuardedCalendar, "calendars", (), {}, ["all"]),
    (GuardedCalendar, "show", ("work", False), {}, "info"),
    (GuardedCalendar, "as_of", (), {}, FROM),
    (GuardedCalendar, "between", (FROM, TO), {}, [event()]),
    (GuardedCalendar, "get", ("e",), {}, event()),
    (GuardedCalendar, "busy", (["a@b.example"], FROM, TO), {}, {"a@b.example": None}),
    (GuardedCalendar, "add", (Thing(guests=()),), {"tell": False}, WRITTEN),
    (GuardedCalendar, "cancel", ("e",), {"scope": "all", "etag": "1", "tell": False}, WRITTEN),
    (GuardedCalendar, "revert", ({"rows": []},), {"tell": False}, event()),
    (GuardedMail, "search", ("from:anna",), {"first": 3}, [mail()]),
    (GuardedMail, "get", ("m",), {}, mail()),
    (GuardedMail, "mark_read", ("m",), {}, Thing(message=mail())),
    (GuardedMail, "draft", (Thing(subject="Hi"),), {}, "written"),
    (GuardedMail, "send", ("d",), {"etag": "7"}, "written"),
    (GuardedMail, "as_of", (), {}, FROM),
    (GuardedMail, "contacts", (), {}, ["Anna"]),
    (GuardedMail, "revert", ({"own": 1},), {}, "message"),
    (GuardedTasks, "lists", (), {}, ["Groceries"]),
    (GuardedTasks, "all", (), {"list": "Groceries", "done": None}, [task()]),
    (GuardedTasks, "get", ("t",), {}, task()),
    (GuardedTasks, "add", (Thing(title="Milk"),), {}, "written"),
    (GuardedTasks, "change", ("t", Thing(title="Oats")), {"etag": "2"}, "written"),
    (GuardedTasks, "delete", ("t",), {"etag": "3"}, "written"),
    (GuardedTasks, "revert", ({"rows": []},), {}, task()),
    (GuardedTasks, "as_of", (), {}, TO),
]  # fmt: skip


@pytest.mark.parametrize(("guard", "name", "given", "named", "answer"), PASSED)
async def test_what_is_asked_and_answered_is_passed_on_unchanged(
    guard: type, name: str, given: tuple[Any, ...], named: dict[str, Any], answer: Any
) -> None:
    """Where it may be done, it is done with all that was given, and what comes back is what was answered."""
    keeper, kept, _ = guarding(guard, {name: answer})

    got = await getattr(keeper, name)(*given, **named)

    assert got == answer
    assert (name, given, named) in kept.asked


async def test_a_change_of_an_event_is_passed_on_unchanged() -> None:
    """It is looked at first, and then changed as it was asked for."""
    keeper, kept, _ = guarding(GuardedCalendar, {"get": event(), "change": WRITTEN})
    change = Thing(guests=None, title="Dentist")

    assert await keeper.change("e", change, scope="following", etag="4", tell=False) is WRITTEN

    assert kept.asked[-1] == ("change", ("e", change), {"scope": "following", "etag": "4", "tell": False})


@pytest.mark.parametrize(
    ("name", "given", "usual"),
    [
        ("add", (Thing(guests=()),), {"tell": True}),
        ("change", ("e", Thing(guests=None)), {"scope": "one", "etag": None, "tell": True}),
        ("cancel", ("e",), {"scope": "one", "etag": None, "tell": True}),
        ("revert", ({},), {"tell": True}),
    ],
)
async def test_what_is_not_said_is_as_usual(name: str, given: tuple[Any, ...], usual: dict[str, Any]) -> None:
    """One occurrence, whatever its mark, and its guests hear of it: as with the keeper itself."""
    keeper, kept, _ = guarding(GuardedCalendar, {"get": event(), name: None if name == "revert" else WRITTEN})

    await getattr(keeper, name)(*given)

    assert kept.asked[-1] == (name, given, usual)


async def test_tasks_that_are_done_are_left_out_as_usual() -> None:
    """Unless they are asked for."""
    keeper, kept, _ = guarding(GuardedTasks, {"all": []})
    await keeper.all()
    assert kept.asked == [("all", (), {"list": None, "done": False})]


async def test_mail_is_looked_for_in_the_inbox_as_usual() -> None:
    """The newest fifty, unless something else is asked for."""
    keeper, kept, _ = guarding(GuardedMail, {"search": []})
    await keeper.search()
    assert kept.asked == [("search", ("in:inbox",), {"first": 50})]


@pytest.mark.parametrize(
    ("guard", "name", "given"), [(GuardedTasks, "change", ("t", Thing())), (GuardedCalendar, "cancel", ("t",))]
)
async def test_what_is_looked_at_first_is_the_thing_itself(guard: type, name: str, given: tuple[Any, ...]) -> None:
    """Whether others see it is asked of the very thing that is changed."""
    keeper, kept, trust = guarding(guard, {"get": task() if guard is GuardedTasks else event()}, Hand.MIND)
    trust.open(Effect.DESTRUCTIVE)

    await getattr(keeper, name)(*given)

    assert kept.asked[0] == ("get", ("t",), {})


@pytest.mark.parametrize(("scope", "seen"), [("one", False), ("following", True), ("all", True)])
async def test_guests_of_any_occurrence_see_that_a_series_goes(scope: str, seen: bool) -> None:
    """One occurrence without guests is the person's own; all of the series is not."""
    own = event(series="s", starts=FROM)
    others = [own, event("later", series="s", starts=TO, guests=("a@b.example",))]
    keeper, _, trust = guarding(GuardedCalendar, {"get": own, "between": others, "cancel": WRITTEN}, Hand.MIND)
    trust.open(Effect.OUTBOUND if not seen else Effect.DESTRUCTIVE)

    with pytest.raises(Denied):
        await keeper.cancel("e", scope=scope)


@pytest.mark.parametrize(
    ("guard", "name", "answer"),
    [
        (GuardedCalendar, "between", [event(), event("x", invited=True)]),
        (GuardedCalendar, "get", event(invited=True)),
        (GuardedCalendar, "revert", event(invited=True)),
        (GuardedCalendar, "get", event("marked")),
        (GuardedCalendar, "get", event(series="marked")),
        (GuardedMail, "search", [mail(box="drafts"), mail()]),
        (GuardedMail, "get", mail(box="sent")),
        (GuardedMail, "mark_read", Thing(message=mail())),
        (GuardedMail, "get", mail("marked", "outbox")),
        (GuardedTasks, "all", [task(), task("x", origin="mail")]),
        (GuardedTasks, "get", task("marked")),
        (GuardedTasks, "revert", task(origin="mail")),
    ],
)
async def test_others_words_are_noted(guard: type, name: str, answer: Any) -> None:
    """Whatever way they come; a thing made of them holds them for ever."""
    marked = Marked(f"{MADE[guard]} marked")
    keeper, _, trust = guarding(guard, {name: answer}, marked=marked)
    given: dict[str, tuple[Any, ...]] = {"between": (FROM, TO), "all": (), "search": (), "revert": ({},)}

    await getattr(keeper, name)(*given.get(name, ("x",)))

    assert trust.origin is Origin.THIRD_PARTY


@pytest.mark.parametrize(
    ("guard", "name", "answer", "origin"),
    [
        (GuardedCalendar, "between", [event()], Origin.OWN),
        (GuardedMail, "search", [mail(box="drafts"), mail("o", "outbox")], Origin.OWN),
        (GuardedTasks, "all", [task()], Origin.OWN),
        (GuardedCalendar, "between", [], Origin.SAID),
        (GuardedMail, "search", [], Origin.SAID),
        (GuardedTasks, "all", [], Origin.SAID),
        (GuardedCalendar, "revert", None, Origin.SAID),
        (GuardedTasks, "revert", None, Origin.SAID),
    ],
)
async def test_their_own_words_are_their_own(guard: type, name: str, answer: Any, origin: Origin) -> None:
    """What the person made themselves is theirs, and nothing at all says nothing."""
    keeper, _, trust = guarding(guard, {name: answer})
    given: dict[str, tuple[Any, ...]] = {"between": (FROM, TO), "revert": ({},)}

    assert await getattr(keeper, name)(*given.get(name, ())) == answer

    assert trust.origin is origin


async def test_what_is_tainted_stays_so() -> None:
    """Reading one's own afterwards makes nothing better."""
    keeper, _, trust = guarding(GuardedTasks, {"all": [task()]})
    trust.read(Origin.THIRD_PARTY)

    await keeper.all()

    assert trust.origin is Origin.THIRD_PARTY


REFUSED: list[tuple[type, str, tuple[Any, ...], dict[str, Any], Effect]] = [
    (GuardedCalendar, "add", (Thing(guests=("a@b.example",)),), {}, Effect.OUTBOUND),
    (GuardedCalendar, "change", ("e", Thing(guests=("a@b.example",))), {"get": event()}, Effect.OUTBOUND),
    (GuardedCalendar, "change", ("e", Thing(guests=None)), {"get": event(guests=("a@b.example",))}, Effect.OUTBOUND),
    (GuardedCalendar, "change", ("e", Thing(guests=None)), {"get": event(calendar="team")}, Effect.OUTBOUND),
    (GuardedCalendar, "cancel", ("e",), {"get": event(calendar="team")}, Effect.OUTBOUND),
    (GuardedCalendar, "cancel", ("e",), {"get": event(guests=("a@b.example",))}, Effect.OUTBOUND),
    (GuardedCalendar, "cancel", ("e",), {"get": event()}, Effect.DESTRUCTIVE),
    (GuardedMail, "send", ("d",), {}, Effect.OUTBOUND),
    (GuardedTasks, "change", ("t", Thing()), {"get": task(origin="docs")}, Effect.OUTBOUND),
    (GuardedTasks, "delete", ("t",), {}, Effect.DESTRUCTIVE),
]  # fmt: skip


@pytest.mark.parametrize("hand", [Hand.MIND, Hand.NOBODY])
@pytest.mark.parametrize(("guard", "name", "given", "answers", "effect"), REFUSED)
async def test_without_leave_nothing_is_done(
    guard: type, name: str, given: tuple[Any, ...], answers: dict[str, Any], effect: Effect, hand: Hand
) -> None:
    """The leave of another kind is none; with its own it is done."""
    keeper, kept, trust = guarding(guard, {name: WRITTEN, **answers}, hand)
    trust.open(Effect.DESTRUCTIVE if effect is Effect.OUTBOUND else Effect.OUTBOUND)

    with pytest.raises(Denied):
        await getattr(keeper, name)(*given)
    assert name not in [asked for asked, *_ in kept.asked]

    trust.open(effect)
    assert await getattr(keeper, name)(*given) is WRITTEN


@pytest.mark.parametrize("name", ["add", "change"])
async def test_what_nobody_else_sees_needs_no_leave(name: str) -> None:
    """An event without guests is the person's own, whosever hand it is."""
    keeper, _, _ = guarding(GuardedCalendar, {"get": event(), name: WRITTEN}, Hand.NOBODY)
    given: tuple[Any, ...] = (Thing(guests=()),) if name == "add" else ("e", Thing(guests=None))

    assert await getattr(keeper, name)(*given) is WRITTEN


async def test_what_holds_others_words_holds_them_under_a_new_name() -> None:
    """An occurrence that is split from its series is another thing with the same words; one's own is not marked."""
    marked = Marked("calendar old")
    written = Thing(event=event("new", series="new series"))
    keeper, *_ = guarding(GuardedCalendar, {"get": event("old"), "change": written}, marked=marked)
    await keeper.change("old", Thing(guests=None))
    assert marked.things == {"calendar old", "calendar new", "calendar new series"}

    own, *_ = guarding(GuardedCalendar, {"get": event("mine"), "change": WRITTEN}, marked=marked)
    await own.change("mine", Thing(guests=None))
    assert marked.things == {"calendar old", "calendar new", "calendar new series"}


def test_who_really_keeps_it_is_behind_the_guard() -> None:
    """A guard is no keeper of its own."""
    keeper, *_ = guarding(GuardedMail, {})
    assert kind(keeper) is Keeper
    assert kind(Marked()) is Marked
