"""Free and taken hours, what is left of a day, what is at the same time, and what belongs to which row."""

import pytest

from tests.unit.agent.claims.listening import Turn, event, free, read, span, whole_days

GUITAR = event("Guitar lesson", 13, "10:00", "11:00", "Rua das Flores")
TAX = event("Tax adviser", 13, "14:30", "15:30")
POTLUCK = event("Potluck at Ines'", 13, "19:00", "22:00")
DAY = Turn("what's on tomorrow?", [read("13T00:00", "14T00:00", GUITAR, TAX, POTLUCK)])
GAPS = Turn("when could I see the flat tomorrow?", [free("13T09:00", "13T18:00", span("13T09:00", "13T10:00"), span("13T11:00", "13T14:30"), span("13T15:30", "13T18:00"), busy=[GUITAR, TAX])])  # fmt: skip
BOARD, EYES, SWIMMING = event("Board meeting", 14, "10:00", "11:30", "Town hall"), event("Eye test", 14, "11:00", "11:45"), event("Swimming", 14, "17:00", "18:00")  # fmt: skip
TWO = Turn("does anything clash on wednesday?", [read("14T00:00", "15T00:00", BOARD, EYES, SWIMMING, conflicts=[["Board meeting", "Eye test"]])])  # fmt: skip
NONE = Turn("what's on thursday?", [read("15T00:00", "16T00:00")])
FACTS = "Next on their calendar: Mon 11:00–12:00 “Vet with Pixel”; Mon 16:30–17:15 “Parents' evening”; Tue 10:00–11:00 “Guitar lesson”."
WEEK = Turn("what's on this week?", [read("12T00:00", "17T00:00", event("Guitar lesson", 13, "09:00", "11:00"), event("Board meeting", 14, "08:00", "09:30"), event("Choir", 16, "08:00", "12:00"))])  # fmt: skip
BOUNDS = Turn("what's on tomorrow?", [read("13T00:00", "14T00:00", event("Lunch with Tom", 13, "12:00", "13:00"), event("Choir", 13, "18:00", "19:00"))])  # fmt: skip
FAIR = Turn("what's on on wednesday?", [read("14T00:00", "15T00:00", whole_days("Book fair in Porto", 14, 17))])
UNREAD = Turn("am I free at half past four today?", facts=FACTS)
LEFT = (
    (DAY, "You're free between eleven and half past two.", True), (DAY, "You're free between eleven and three.", False),
    (DAY, "Apart from the tax adviser your afternoon is free.", True), (DAY, "Apart from the guitar lesson your afternoon is free.", False), (DAY, "Apart from the tax adviser the day is free.", False),
    (DAY, "Nothing before ten.", True), (DAY, "Nothing before eleven.", False), (DAY, "You're free in the evening.", False), (DAY, "You're busy all afternoon.", False), (DAY, "The evening's taken.", True),
    (DAY, "There's nothing at three.", False), (DAY, "There's nothing at noon.", True), (DAY, "You're done by ten at night.", True), (DAY, "You're done by eight.", False), (DAY, "You have a dentist at three.", False),
    (DAY, "There's a guitar lesson at ten. That's all.", False), (DAY, "There's a guitar lesson at ten, the tax adviser at half two and the potluck at seven. That's all.", True),
    (DAY, "At three you're busy twice.", True), (DAY, "At three you're busy with the boiler.", False), (DAY, "Lunch at noon is free.", False), (DAY, "You're free except from noon to one.", False), (DAY, "You're free except from ten to eleven.", True),
    (DAY, "At ten. Nothing else.", False), (DAY, "At ten, at half past two and at seven. Nothing else.", True), (DAY, "There's nothing tomorrow besides the guitar lesson at ten.", False),
    (DAY, "There's nothing tomorrow besides the guitar lesson at ten, the tax adviser at half past two and the potluck at seven.", True),
    (WEEK, "Thursday is free. So is Friday.", False), (WEEK, "Thursday is free. So is today.", True), (WEEK, "Thursday has nothing on it, and the same goes for Wednesday.", False), (WEEK, "On Tuesday there's guitar. Nothing else on Tuesday.", True), (WEEK, "On Tuesday there's guitar. There's nothing else on Wednesday.", True),
    (WEEK, "Thursday is free except from nine to eleven.", False), (WEEK, "Tuesday is free except from nine to eleven.", True), (WEEK, "On Friday the choir's at eight, and then there's nothing.", True), (WEEK, "On Wednesday the board meets at eight, and then there's nothing.", True),
    (WEEK, "You're busy all morning on Tuesday.", False), (WEEK, "You're busy all morning on Friday.", True), (WEEK, "The guitar's at nine on Tuesday, and then Wednesday is free.", False),
    (BOUNDS, "You're free until the afternoon.", True), (BOUNDS, "You're free in the morning.", True), (BOUNDS, "You're free in the afternoon.", False), (BOUNDS, "Your afternoon is free after one.", True),
    (FAIR, "The book fair ends in the afternoon.", False), (FAIR, "The book fair lasts three days.", True), (FAIR, "The book fair lasts two days.", False), (FAIR, "The book fair doesn't last four days.", True),
    (NONE, "Nothing at all.", True), (NONE, "You're free all day.", True), (NONE, "You're free on Friday.", False), (NONE, "Lunch is with Tom.", False), (NONE, "The weekend is empty.", False), (NONE, "You have a meeting at two.", False),
    (NONE, "The choir meets on Thursday.", False), (NONE, "Only a walk.", False), (NONE, "Lunch with Carla on Thursday.", False),
    (UNREAD, "No, you have parents' evening then.", False), (UNREAD, "Yes, you're free then.", False), (UNREAD, "You're free until eleven.", True), (UNREAD, "You're free until one.", False), (UNREAD, "Nothing tonight.", False),
)  # fmt: skip


@pytest.mark.parametrize(("turn", "text", "so"), LEFT)
async def test_what_is_left_of_a_day(turn: Turn, text: str, *, so: bool) -> None:
    """Between what was read, before and after it, and apart from it; of no day that nobody has looked at."""
    assert await turn.lets_go(text) is so


FREE = (
    ("Only after eleven.", True), ("Only after three.", False), ("At twelve, yes; at three, no.", True), ("At three, yes, at five, no.", False), ("At ten, yes.", False), ("At ten, no.", True), ("Not at ten.", True),
    ("All of it except from ten to eleven.", True), ("All of it except from noon to one.", False), ("At ten you're free, until half past two.", False), ("At eleven you're free, until half past two.", True),
    ("You could fit it in from eleven to half past two.", True), ("You could fit it in from ten to noon.", False), ("There are three free slots.", True), ("There are two free slots.", False),
    ("Your only free time is from nine to ten.", False), ("You're free until ten.", True), ("You're free until eleven.", False), ("From half past three on.", True), ("From three on.", False),
    ("Ten would work.", False), ("Twelve would work.", True), ("At half past three, yes.", True), ("At half past three, no.", False), ("At quarter past three, no.", True), ("At quarter past three, yes.", False), ("At twelve, yes; at three, yes.", False),
)  # fmt: skip


@pytest.mark.parametrize(("text", "so"), FREE)
async def test_what_lies_in_a_gap(text: str, *, so: bool) -> None:
    """Hour by hour, from when to when, and how many there are."""
    assert await GAPS.lets_go(text) is so


AT_ONCE = (
    ("The board meeting and the eye test overlap.", True), ("The eye test and swimming overlap.", False), ("There are no clashes.", False), ("They overlap from eleven to half past eleven.", True), ("They overlap from ten to eleven.", False),
    ("The first two overlap.", True), ("The last two overlap.", False), ("The trouble is at eleven.", True), ("The trouble is at five.", False),
    ("Swimming clashes with something at five.", False), ("The eye test clashes with something at eleven.", True), ("Something clashes at quarter past eleven.", True),
)  # fmt: skip


@pytest.mark.parametrize(("text", "so"), AT_ONCE)
async def test_what_is_at_the_same_time(text: str, *, so: bool) -> None:
    """Two that are named, the first or last two, or something at an hour."""
    assert await TWO.lets_go(text) is so


APART = event("Eye test", 14, "12:00", "12:45", "Optika")
WEDNESDAY = Turn("what's on on wednesday?", [read("14T00:00", "15T00:00", BOARD, APART, SWIMMING)], FACTS)
CHOICES = Turn("cancel the review", [("cancel_event", {"error": "ambiguous", "say": "Which one: Review, tomorrow at 3 pm or Review, Friday the 16th at 11 am?", "choices": ["Review, tomorrow at 3 pm", "Review, Friday the 16th at 11 am"]})])  # fmt: skip
PAIRS = (
    (WEDNESDAY, "The board meeting is at ten.", True), (WEDNESDAY, "The board meeting is at twelve.", False), (WEDNESDAY, "At ten you have the eye test.", False), (WEDNESDAY, "At ten there's the board meeting, and at twelve the eye test.", True),
    (WEDNESDAY, "The eye test takes three quarters of an hour.", True), (WEDNESDAY, "The eye test takes an hour.", False), (WEDNESDAY, "You have the board meeting, it takes an hour and a half.", True), (WEDNESDAY, "You have the board meeting, it takes an hour.", False),
    (WEDNESDAY, "The eye test is on Wednesday.", True), (WEDNESDAY, "The eye test is on Thursday.", False), (WEDNESDAY, "Just lunch on Wednesday.", False), (WEDNESDAY, "Just yoga in the evening.", False), (WEDNESDAY, "Swimming, and choir practice in the evening.", False),
    (WEDNESDAY, "It's on Wednesday.", True), (WEDNESDAY, "It's on Thursday.", False), (WEDNESDAY, "At eleven you're still in the board meeting.", True), (WEDNESDAY, "At noon you're still in the board meeting.", False),
    (WEDNESDAY, "You're busy from ten to half past eleven, that's the board meeting.", True), (WEDNESDAY, "You're busy from ten to half past eleven, that's the eye test.", False), (WEDNESDAY, "Not at five, because of swimming.", True), (WEDNESDAY, "Not at five because of the eye test.", False),
    (WEDNESDAY, "The board meeting's chair is at ten.", True), (WEDNESDAY, "After the board meeting there's the eye test at twelve.", True), (WEDNESDAY, "After swimming there's the eye test at noon.", False),
    (WEDNESDAY, "The eye test ends at quarter to one.", True), (WEDNESDAY, "The eye test ends at one.", False), (WEDNESDAY, "Your board meeting is with Carla.", False), (WEDNESDAY, "Room 12 at ten.", False), (WEDNESDAY, "There's a guitar lesson.", False),
    (WEDNESDAY, "You have a guitar lesson at ten.", False), (WEDNESDAY, "You have the vet at eleven on Wednesday.", False), (WEDNESDAY, "You have a dentist on Wednesday.", False),
    (CHOICES, "There's one tomorrow at three and one on Friday at eleven.", True), (CHOICES, "There's one tomorrow at eleven and one on Friday at three.", False), (CHOICES, "The review tomorrow is at eleven.", False),
    (UNREAD, "At eleven there's the vet with Pixel.", True), (UNREAD, "At noon there's the vet with Pixel.", False), (UNREAD, "The guitar lesson is today.", False), (UNREAD, "The guitar lesson is tomorrow at ten.", True),
)  # fmt: skip


@pytest.mark.parametrize(("turn", "text", "so"), PAIRS)
async def test_what_is_told_together_belongs_together(turn: Turn, text: str, *, so: bool) -> None:
    """An hour, a day, a length and a name are of one row."""
    assert await turn.lets_go(text) is so
