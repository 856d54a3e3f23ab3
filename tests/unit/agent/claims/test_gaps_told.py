"""Free time that was looked for, told in all ways: one hour, a stretch, from then on, only then; and what is left apart from something."""

import pytest

from tests.unit.agent.claims.listening import Turn, event, free, read, span

GUITAR = event("Guitar lesson", 13, "10:00", "11:00", "Rua das Flores")
TAX = event("Tax adviser", 13, "14:30", "15:30")
POTLUCK = event("Potluck at Ines'", 13, "19:00", "22:00")
GAPS = Turn("when could I see the flat tomorrow?", [free("13T09:00", "13T18:00", span("13T09:00", "13T10:00"), span("13T11:00", "13T14:30"), span("13T15:30", "13T18:00"), busy=[GUITAR, TAX])])  # fmt: skip
TWO = Turn("when am I free tomorrow morning?", [free("13T09:00", "13T12:00", span("13T09:00", "13T10:00"), span("13T11:00", "13T12:00"), busy=[GUITAR])])  # fmt: skip
AT_TEN = Turn("could I do ten tomorrow?", [free("13T10:00", "13T11:00", busy=[GUITAR])])
FULL = Turn("any time on tuesday between ten and half past three?", [free("13T10:00", "13T15:30", busy=[GUITAR, TAX])])
NIGHT = Turn("when am I free tonight?", [free("12T20:00", "13T02:00", span("12T22:00", "13T01:00"), busy=[event("Concert", 12, "20:00", "22:00")])])  # fmt: skip
HOURS = (
    ("At three.", False), ("From eleven until three, or from half past three.", False), ("From eleven until half past two, or from half past three.", True), ("At three; at noon.", False), ("At noon; at four.", True), ("Only until half past two.", False), ("Only until six.", True), ("Three o'clock.", False), ("At noon.", True), ("It depends: at noon, yes; at quarter past three, no, because of the tax adviser.", True), ("From eleven until half past two and from half past three.", True), ("From eleven until three and from half past three.", False),
    ("Before ten, or any time after half past three.", True), ("Before ten, or any time after three.", False), ("Until ten and again from eleven.", True), ("Until ten and again from ten.", False),
    ("Not before eleven.", True), ("Not before three.", False), ("Only until eleven.", False), ("Only until ten.", False), ("Not until eleven.", True), ("Not until noon.", False), ("Only at eleven.", True),
    ("At eleven at the earliest.", True), ("At three at the earliest.", False), ("As of half past three.", True), ("From half past three onwards.", True), ("From three onwards.", False), ("Any time from ten.", False), ("Any time from eleven.", False),
    ("You could come between nine and ten.", True), ("You could come between nine and eleven.", False), ("You'd be free from eleven.", True), ("You'd be free from ten.", False), ("You'd have time at noon.", True), ("You'd have time at ten.", False),
    ("You could do it at three.", False), ("You could do it at noon.", True), ("It might be at ten.", False), ("You could meet at eleven or at three.", False), ("You could meet at eleven or at noon.", True), ("You could meet at noon but not at three.", True),
    ("After the guitar lesson there's from eleven to half past two.", True), ("After the guitar lesson there's from ten to half past two.", False), ("A gap, from eleven until the tax adviser at half two.", True), ("A gap, from eleven until the tax adviser at three.", False),
    ("An hour from eleven would work.", True), ("Four hours from eleven would work.", False), ("An hour from two would work.", False), ("Once the guitar lesson's over at eleven.", True), ("Once the guitar lesson's over at ten.", False),
    ("You could come after eleven.", True), ("From eleven to half past two for the flat.", True), ("You're busy all day tomorrow.", False), ("You're busy all morning.", False),
    ("The guitar lesson's first, at ten.", True), ("The only gaps are from nine to ten and from eleven to half past two.", False),
)  # fmt: skip


@pytest.mark.parametrize(("text", "so"), HOURS)
async def test_what_is_told_of_gaps_lies_in_them(text: str, *, so: bool) -> None:
    """All of it, and only then where it says "only"."""
    assert await GAPS.lets_go(text) is so


OTHERS = (
    (TWO, "Your only free times are from nine to ten and from eleven to twelve.", True), (TWO, "Your only free time is from nine to ten.", False),
    (NIGHT, "You're free at half past twelve at night.", True), (NIGHT, "You're free from eleven until half past twelve at night.", True), (NIGHT, "You're free at half past one at night.", False),
    (AT_TEN, "You could come at ten.", False), (AT_TEN, "You could come at eleven.", True), (AT_TEN, "No, ten is taken.", True), (AT_TEN, "Yes, ten is free.", False),
    (FULL, "You could come at ten.", False), (FULL, "You could come at noon.", True), (FULL, "You could come from eleven to noon.", True), (FULL, "You could come from two to three.", False), (FULL, "You could come at quarter past three.", False),
)  # fmt: skip


@pytest.mark.parametrize(("turn", "text", "so"), OTHERS)
async def test_where_there_is_no_gap_nothing_is_offered(turn: Turn, text: str, *, so: bool) -> None:
    """What nothing takes may be."""
    assert await turn.lets_go(text) is so


DAY = Turn("what's on tomorrow?", [read("13T00:00", "14T00:00", GUITAR, TAX, POTLUCK)])
AFTERNOON = Turn("what's on tomorrow afternoon?", [read("13T12:00", "13T18:00", TAX)])
CLASH = Turn("does anything clash on wednesday?", [read("14T00:00", "15T00:00", event("Board meeting", 14, "10:00", "11:30"), event("Eye test", 14, "11:00", "11:45"))])  # fmt: skip
APART = (
    (DAY, "There's a gap from eleven to half past two.", True), (DAY, "On Wednesday there's a break from half past three to seven.", False), (DAY, "Between the guitar lesson and the tax adviser there's a gap from eleven to half past two.", True), (DAY, "There's a gap from eleven until the tax adviser at half past two.", True), (DAY, "There's a gap from eleven to three.", False), (DAY, "There's a break from half past three to seven.", True), (DAY, "There's a break from half past three to eight.", False),
    (DAY, "You could come from four to five.", True), (DAY, "You could come from four to eight.", False), (DAY, "Wednesday has a gap from eleven to half past two.", False),
    (CLASH, "There's an overlap, from eleven to half past eleven.", True), (CLASH, "There's an overlap, from ten to half past eleven.", False),
    (AFTERNOON, "You're free apart from the tax adviser.", True), (AFTERNOON, "Apart from the tax adviser tomorrow is free.", False), (AFTERNOON, "Either side of the tax adviser you're free.", True),
    (AFTERNOON, "Apart from an hour you're free all afternoon.", True), (AFTERNOON, "Apart from two hours you're free all afternoon.", False), (AFTERNOON, "There's the tax adviser. Apart from that you're free.", True),
    (DAY, "Apart from three hours in the evening you're free tomorrow.", False), (DAY, "Apart from five hours you're free tomorrow.", True),
    (DAY, "Apart from the guitar lesson, the tax adviser and the potluck, tomorrow is free.", True), (DAY, "Apart from the guitar lesson, the tax adviser and lunch, tomorrow is free.", False),
    (DAY, "Apart from the guitar lesson you're free until seven.", False),
    (DAY, "Apart from Rua das Flores your morning is free.", True), (DAY, "Apart from Rua das Flores your afternoon is free.", False),
    (DAY, "There's a guitar lesson. Apart from that the morning is free.", True), (DAY, "There's a guitar lesson. Apart from that the afternoon is free.", False), (DAY, "There's a guitar lesson and nothing else.", False),
    (DAY, "Guitar at ten, tax adviser at half two, potluck at seven, nothing else.", True), (DAY, "Guitar at ten, potluck at seven, nothing else.", False), (DAY, "Nothing left after the potluck.", True), (DAY, "Nothing more after the tax adviser.", False),
    (DAY, "Your morning is free except for the guitar lesson.", True), (DAY, "Your evening is free except for the guitar lesson.", False), (DAY, "First there's the guitar lesson, at ten.", True),
)  # fmt: skip


@pytest.mark.parametrize(("turn", "text", "so"), APART)
async def test_what_is_left_apart_from_something(turn: Turn, text: str, *, so: bool) -> None:
    """Nothing but what is named; of no part of the day that nobody has looked at."""
    assert await turn.lets_go(text) is so
