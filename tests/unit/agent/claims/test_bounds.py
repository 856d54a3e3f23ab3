"""From when to when a clause speaks of, minute by minute, and which things it names."""

from datetime import date, datetime
from typing import Any

import pytest

from agent.claims.known import Known
from agent.claims.plain import stems
from agent.claims.rows import Row
from agent.claims.saying import Saying, Sentence
from agent.claims.stretches import Stretch, covered, named_in_order, placed, stretches, untold
from integrations.model import Answer, Call, Prompt, Said
from tests.unit.agent.claims.calendar_tables import NOW, TRIP, ZONE, event, span

DAY = [
    event("Swimming", 16, "07:10", "08:00", "Lido"), event("Choir rehearsal", 16, "10:30", "12:15", "Chapel"), event("Brass band", 16, "13:05", "13:50", "Bandstand"),
    event("Cello lesson", 16, "16:20", "17:05"), event("Harvest supper", 16, "19:00", "21:40", "Barn"),
]  # fmt: skip
"""Tomorrow's; today is Tuesday the 15th, twenty to ten."""


def known(facts: str = "", **result: Any) -> Known:
    """What is known after a look at the calendar, or from the prompt alone."""
    lines: list[Any] = [Said(text="and?")]
    if result:
        lines += [Call(id="1", tool="list_events", arguments={}), Answer(id="1", tool="list_events", content={"result": result})]  # fmt: skip
    return Known(Prompt(system="", facts=facts, lines=lines, tools=[], now=NOW, zone=ZONE))


def tasks(facts: str) -> Known:
    """The same from the prompt, after a look at the tasks."""
    told: list[Any] = [Call(id="1", tool="list_tasks", arguments={}), Answer(id="1", tool="list_tasks", content={"result": {"tasks": []}})]  # fmt: skip
    return Known(Prompt(system="", facts=facts, lines=[Said(text="and?"), *told], tools=[], now=NOW, zone=ZONE))


TOMORROW = known(events=DAY, span=span("16T00:00", "17T00:00"))
NIGHT = tasks("Next on their calendar: Tue 20:00–21:15 “Cello lesson”; Wed 22:30 “Sleeper to Halifax”.")


def found(clause: str, there: Known = TOMORROW, *, over: bool = False, **before: Any) -> list[str]:
    """Day and hours of each stretch that is set."""
    saying, said = Saying(clause, NOW.date()), Sentence(**before)
    return [f"{one.starts:%-d %H:%M}-{one.ends:%H:%M}" for one in stretches(saying, there, saying.days, said, over=over)]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("Nothing before ten.", "16 00:00-10:00"), ("Nothing after four.", "16 16:00-00:00"), ("Nothing after six.", "16 06:00-00:00"), ("Nothing after five.", "16 17:00-00:00"), ("Nothing after seven in the morning.", "16 07:00-12:00"), ("Nothing after twenty to ten.", "16 21:40-00:00"), ("Nothing after five past five.", "16 17:05-00:00"),
        ("From 9 until 4 you're free.", "16 09:00-16:00"), ("From two until four nothing.", "16 14:00-16:00"), ("Nothing until four, from two on.", "16 14:00-16:00"), ("Between five past five and seven nothing.", "16 17:05-19:00"), ("There's nothing between eight and half past ten.", "16 08:00-10:30"), ("Between nine and noon nothing.", "16 09:00-12:00"),
        ("Nothing after the choir rehearsal until three.", "16 12:15-15:00"), ("Nothing from the choir rehearsal until one.", "16 12:15-13:00"), ("Nothing after the choir rehearsal until quarter past twelve at night.", ""), ("Nothing between the brass band and the cello lesson.", "16 13:50-16:20"), ("Nothing before the cello lesson.", "16 00:00-16:20"),
        ("Nothing after the brass band and the cello lesson.", "16 17:05-00:00"), ("Nothing before the brass band, or after the cello lesson.", ""), ("Nothing before swimming or the brass band.", "16 00:00-07:10"), ("Nothing in the afternoon until two.", "16 12:00-14:00"), ("Nothing in the afternoon after two.", "16 14:00-18:00"),
        ("Nothing for the rest of the afternoon.", "16 12:00-18:00"), ("Nothing else for the rest of the day.", "16 00:00-00:00"), ("Nothing in the afternoon.", ""), ("You have nothing.", ""), ("Nothing before breakfast.", "16 00:00-07:30"), ("Nothing after lunch.", "16 14:00-00:00"), ("Nothing after work.", "16 18:00-00:00"), ("Nothing until dinner.", "16 00:00-18:00"),
        ("Before three, after one, from two, nothing.", ""), ("Nothing before the roof repair.", ""), ("Nothing between the brass band, the cello lesson and the harvest supper.", ""), ("Nothing today after noon.", "15 12:00-00:00"), ("Nothing today before noon.", "15 09:40-12:00"), ("Nothing until nine today.", ""), ("Nothing after eight on Friday.", "18 08:00-00:00"), ("Nothing until noon this weekend.", "19 00:00-12:00, 20 00:00-12:00"), ("Nothing after eleven on the 30th.", ""),
    ],
)  # fmt: skip
def test_a_clause_sets_bounds(text: str, hours: str) -> None:
    """Hours, things, meals and parts of the day; the day is the one that was looked at, unless one is named."""
    assert ", ".join(found(text)) == hours


@pytest.mark.parametrize(
    ("text", "before", "hours"),
    [
        ("and after that nothing.", {"about": stems("brass band")}, "16 13:50-00:00"), ("and before that nothing.", {"about": stems("brass band")}, "16 00:00-13:05"), ("after that nothing.", {"minutes": frozenset({980})}, "16 17:05-00:00"), ("after that nothing.", {"minutes": frozenset({990})}, "16 16:30-00:00"), ("after that nothing.", {}, ""),
        ("after that nothing.", {"about": stems("swimming cello"), "minutes": frozenset({430})}, "16 17:05-00:00"), ("there's nothing more.", {"text": "Once the cello lesson is over"}, "16 17:05-00:00"), ("there's nothing more.", {"text": "Once it's five", "minutes": frozenset({1020})}, "16 17:00-00:00"), ("there's nothing more.", {"text": "Once it's midnight", "minutes": frozenset({0})}, "16 00:00-00:00"), ("there's nothing more.", {"text": "Once she calls"}, "16 00:00-00:00"), ("there's nothing more.", {"text": "The cello lesson is over", "minutes": frozenset({1020})}, "16 00:00-00:00"),
        ("nothing for the rest of the afternoon.", {"minutes": frozenset({980})}, "16 16:20-18:00"), ("nothing more in the afternoon.", {"minutes": frozenset({980})}, "16 12:00-18:00"), ("then nothing until three.", {"told": stems("swimming brass band harvest")}, "16 13:50-15:00"), ("then nothing until one.", {"told": stems("swimming brass band harvest")}, "16 08:00-13:00"), ("then nothing until ten to two.", {"told": stems("swimming brass band")}, ""), ("nothing before the cello lesson.", {"told": stems("swimming brass band harvest")}, "16 13:50-16:20"), ("nothing until six in the morning.", {"told": stems("swimming")}, "16 05:00-06:00"),
        ("and the cello lesson there's nothing.", {"text": "Between the brass band, which is short,"}, "16 13:50-16:20"), ("and the cello lesson there's nothing.", {"text": "The brass band is short,"}, ""), ("the cello lesson there's nothing.", {"text": "Between the brass band, which is short,"}, ""), ("and the cello lesson and the supper there's nothing.", {"text": "Between the brass band, which is short,"}, ""),
    ],
)  # fmt: skip
def test_what_was_said_before_sets_bounds_too(text: str, before: dict[str, Any], hours: str) -> None:
    """ "After that", "once it's over", "then nothing until three"."""
    assert ", ".join(found(text, **before)) == hours


def test_when_a_day_is_done_an_hour_alone_is_its_end() -> None:
    """ "At five you're through" speaks of all that comes after five."""
    assert found("At five you're through.", over=True) == ["16 17:00-00:00"]
    assert found("By five you're through.", over=True) == ["16 17:00-00:00"]
    assert found("At five or at six you're through.", over=True) == []
    assert found("At five you're there.") == []


def test_the_prompt_sets_bounds_too() -> None:
    """What has no end in it takes half an hour."""
    assert found("After the sleeper nothing.", NIGHT) == ["16 23:00-00:00"]
    assert found("Before the sleeper nothing.", NIGHT) == ["16 00:00-22:30"]
    assert found("After the cello lesson nothing.", NIGHT) == ["15 21:15-00:00"]


def row(title: str, starts: str, ends: str = "", **more: Any) -> Row:
    """One of the 16th."""
    told = {"title": title, "starts": f"2026-09-16T{starts}:00-04:00", **more}
    return Row(title, NOW.date(), ZONE, told | ({"ends": f"2026-09-16T{ends}:00-04:00"} if ends else {}))


def test_something_lies_in_a_stretch() -> None:
    """If any minute of it does; what has no hours lies nowhere."""
    stretch = Stretch(datetime(2026, 9, 16, 12, 0, tzinfo=ZONE), datetime(2026, 9, 16, 14, 0, tzinfo=ZONE))
    hours = [("11:00", "12:00"), ("11:00", "12:05"), ("13:55", "15:00"), ("14:00", "15:00"), ("11:45", ""), ("11:30", ""), ("13:59", "")]  # fmt: skip
    assert [stretch.holds(row("Tea", *one)) for one in hours] == [False, True, True, False, True, False, True]
    assert not stretch.holds(Row("Tea", NOW.date(), ZONE, {"title": "Tea"}))
    assert not stretch.holds(Row("Trip", NOW.date(), ZONE, {**TRIP, "starts": "2026-09-16T00:00:00-04:00"}))


def test_a_stretch_was_looked_at() -> None:
    """By a tool, if its days touch it; by the prompt only today and tomorrow."""
    hours = [(15, 9, 12), (16, 9, 12), (17, 0, 9)]
    days = [Stretch(*(datetime(2026, 9, day, at, tzinfo=ZONE) for at in (first, last))) for day, first, last in hours]
    assert [covered(one, TOMORROW) for one in days] == [False, True, False]
    assert [covered(one, known(events=[])) for one in days] == [True, True, True]
    assert [covered(one, NIGHT) for one in days] == [True, True, False]
    assert [covered(one, tasks("")) for one in days] == [False, False, False]


def test_what_was_told_is_left_out() -> None:
    """By its name or its hour; an hour without a name beside it is only a bound."""
    rows = [row("Swimming", "07:10", "08:00"), row("Brass band", "13:05", "13:50"), row("Cello lesson", "16:20")]

    def left(text: str, **before: Any) -> list[str]:
        return [one.text for one in untold(rows, Sentence(**before), Saying(text, NOW.date()))]

    assert left("nothing else") == ["Swimming", "Brass band", "Cello lesson"]
    assert left("nothing else", told=stems("cello"), minutes=frozenset({430})) == ["Brass band"]
    assert left("the brass is at 7:10") == ["Cello lesson"]
    assert left("nothing else after 7:10 or 13:50") == ["Swimming", "Brass band", "Cello lesson"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("the cello, then swimming", ["Cello lesson", "Swimming"]), ("SWIMMING!", ["Swimming"]), ("my lesson", ["Violin lesson"]), ("the cello", ["Cello lesson"]), ("lesson with the band", ["Violin lesson", "Brass band"]), ("an hour with you", []), ("a band lesson", ["Brass band", "Violin lesson"]),
        ("tea for Jo", ["Tea"]), ("the office hours", ["Office hour"]), ("inside that hour", []), ("the vet", ["Vet"]), ("the garden party", ["Party in the garden"]), ("the garden", ["Garden club"]), ("by the club and the garden", ["Garden club", "Party in the garden"]), ("ox", []),
    ],
)  # fmt: skip
def test_things_are_named_in_their_order(text: str, names: list[str]) -> None:
    """By a word of their title; of two things with that word it is the one of which it is more, or which begins with it."""
    titles = ["Swimming", "Cello lesson with Ada and Bo", "Violin lesson", "Brass band", "Tea", "Office hour", "Vet", "Party in the garden", "Garden club", "Ox roast"]  # fmt: skip
    rows = [row(one, "09:00") for one in titles]
    assert [one.text.removesuffix(" with Ada and Bo") for one in named_in_order(text, rows)] == names


def test_a_sentence_is_named_by_its_words() -> None:
    """It has no title; little words name nothing."""
    said = [Row("You have the dentist at ten.", date(2026, 9, 16), ZONE, kind="said")]
    assert named_in_order("the dentist", said) == said
    assert named_in_order("you have that", said) == []


def test_things_are_found_by_their_place() -> None:
    """Also what has none is no matter."""
    rows = [row("Tea", "09:00", place="Corner Café"), row("Choir", "09:00"), row("None", "10:00", place="The Barn")]
    assert [one.text for one in placed("half an hour at the corner", rows)] == ["Tea"]
    assert placed("XXXX at the", rows) == []
