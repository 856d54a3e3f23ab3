"""Stretches of a day that a clause speaks of, and whether nothing (else) lies in them."""

from typing import Any

import pytest

from integrations.model import Prompt, Said
from tests.unit.agent.claims.calendar_tables import NOW, ZONE, event, span
from tests.unit.agent.claims.judged import called, spoken

WEDNESDAY = ("list_events", {"result": {"events": [
    event("Swimming", 16, "07:10", "08:00", "Lido"), event("Choir rehearsal", 16, "10:30", "12:15", "Chapel"), event("Choir lunch", 16, "13:00", "13:50", "Refectory"),
    event("Cello lesson", 16, "16:20", "17:05"), event("Harvest supper", 16, "19:00", "21:40", "Barn")], "span": span("16T00:00", "17T00:00"), "conflicts": []}})  # fmt: skip
"""Tomorrow."""
WEEK = ("list_events", {"result": {"events": [event("Swimming", 21, "07:10", "08:00"), event("Cello lesson", 22, "16:20", "17:05"), event("Potluck", 24, "18:30", "21:00")], "span": span("21T00:00", "26T00:00"), "conflicts": []}})  # fmt: skip
NEXT = "Next on their calendar: Tue 15:00–16:30 “Wedding fitting”; Wed 10:30 “Choir rehearsal”."
"""The rehearsal's end isn't known."""


async def let_go(text: str, *told: tuple[str, dict[str, Any]], asked: str = "and?", facts: str = "") -> bool:
    """Whether it is said as it stands after these tools."""
    lines = [Said(text=asked), *called(*told)]
    prompt = Prompt(system="", facts=facts, lines=lines, tools=[], now=NOW, zone=ZONE)
    return await spoken(text, prompt) == text


@pytest.mark.parametrize(
    ("text", "so"),
    [
        ("Nothing before ten past seven.", True), ("Nothing before half past seven.", False), ("There's nothing between eight and half past ten.", True), ("There's nothing between eight and eleven.", False),
        ("There's nothing between one and four.", False), ("There's nothing between two and four.", True), ("There's nothing between five past five and seven.", True), ("There's nothing from two until four.", True), ("There's nothing from two until five.", False),
        ("After the cello lesson there's nothing until seven.", True), ("After the cello lesson there's nothing until eight.", False), ("After the choir rehearsal there's nothing until the cello lesson.", False), ("After the choir lunch there's nothing until the cello lesson.", True),
        ("There's nothing between the choir lunch and the cello lesson.", True), ("There's nothing between the choir rehearsal and the cello lesson.", False), ("There's nothing between swimming and the choir lunch.", False),
        ("Nothing after the harvest supper.", True), ("Nothing after the cello lesson.", False), ("Nothing before swimming.", True), ("Nothing before the choir rehearsal.", False), ("Nothing after twenty to ten.", True), ("Nothing after nine.", False),
        ("Nothing before swimming and the choir rehearsal.", True), ("After the cello lesson and the harvest supper there's nothing.", True),
        ("You've nothing in the afternoon until one.", False), ("You've nothing in the afternoon after five past five.", True), ("You've nothing in the afternoon after four.", False),
        ("Nothing before breakfast.", False), ("Nothing after dinner.", False), ("Nothing before lunch.", False), ("Nothing before work.", False), ("Nothing after breakfast.", False),
        ("Once the choir lunch is over, there's nothing until twenty past four.", True), ("Once the choir lunch is over, there's nothing more.", False), ("Once the harvest supper is over, there's nothing more.", True),
        ("The choir lunch is at one, and after that there's nothing until the cello lesson.", True), ("Swimming's at ten past seven, and after that there's nothing until the cello lesson.", False), ("The cello lesson is at twenty past four, and before that there's nothing after the choir lunch.", True),
        ("The harvest supper is at seven, and that's it after that.", True), ("The cello lesson is at twenty past four, and there's nothing after that.", False), ("Swimming's at ten past seven, then nothing until half past ten.", True), ("Swimming's at ten past seven, then nothing until eleven.", False), ("Swimming's at ten past seven, then nothing until the choir lunch.", False),
        ("The cello lesson's at twenty past four, and the rest of the afternoon is free.", True), ("The choir lunch is at one, and the rest of the afternoon is free.", False), ("Apart from swimming there's nothing until noon.", False),
        ("After twelve there's nothing until the cello lesson.", False), ("After eight you're free until half past ten.", True), ("From eight on you're free until half past ten.", True), ("At nine your day is done.", False), ("By twenty to ten you're through.", True), ("By five you're through.", False),
    ],
)  # fmt: skip
async def test_nothing_lies_in_a_stretch(text: str, *, so: bool) -> None:
    """Its bounds are hours, things, meals, parts of the day, and what was told just before."""
    assert await let_go(text, WEDNESDAY, asked="what's on tomorrow?") is so


@pytest.mark.parametrize(
    ("text", "so"),
    [
        ("Nothing after eight on Monday.", True), ("Nothing before eight on Monday.", False), ("Nothing after four next Tuesday.", False), ("Nothing after quarter past five next Tuesday.", True), ("Nothing before half past six next Thursday.", True), ("Nothing after half past six next Thursday.", False),
        ("Next Friday there's nothing after noon.", True), ("Next Saturday there's nothing after noon.", False), ("Nothing after four next week.", False),
        ("After the potluck there's nothing.", True), ("Nothing before the potluck.", True), ("After swimming there's nothing until noon.", True),
    ],
)  # fmt: skip
async def test_it_lies_on_the_day_that_is_named(text: str, *, so: bool) -> None:
    """Or on each of several; where nobody has looked, nothing can be said."""
    assert await let_go(text, WEEK, asked="what's on next week?") is so


@pytest.mark.parametrize(
    ("text", "so"),
    [
        ("Nothing before three today.", True), ("Nothing after three today.", False), ("Nothing after half past four today.", True), ("Nothing before ten tomorrow.", True),
        ("Nothing before eleven on Thursday.", False),
    ],
)  # fmt: skip
async def test_the_next_events_are_looked_at_too(text: str, *, so: bool) -> None:
    """Those of today and tomorrow, without a tool; one whose end isn't known takes half an hour."""
    assert await let_go(text, asked="am I busy?", facts=NEXT) is so
