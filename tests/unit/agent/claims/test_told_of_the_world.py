"""What is of the world and not of the person needs no row; what comes every week, what is told in another language, and the whole of a list do."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.unit.agent.claims.judged import Told
from tests.unit.agent.claims.turns import Turn, before

DENVER = ZoneInfo("America/Denver")
NOW = datetime(2026, 6, 9, 13, 30, tzinfo=DENVER)
"""A Tuesday."""
NEXT = "Next on their calendar: Tue 15:00–16:00 “Parents' evening”; Wed 18:00–19:30 “Fencing”."
TURN = Turn(NOW, DENVER, NEXT)


@pytest.mark.parametrize(
    ("asked", "text", "so"),
    [
        ("tell me something nice", "A group of owls is called a parliament.", True), ("tell me something nice", "Bees dance to tell each other where the flowers are.", True),
        ("tell me something nice", "The Finns have a word for how far a reindeer walks before it rests.", True), ("tell me something nice", "In Iceland there are no mosquitoes.", True),
        ("tell me something nice", "The sun is about to come out at three.", False), ("tell me something nice", "Every meeting is cancelled.", False),
        ("tell me something nice", "Every mail from your boss was read.", False), ("tell me something nice", "Somebody once wrote a whole novel without the letter e.", True),
        ("tell me something nice", "The first bicycle was built in 1817.", True), ("tell me something nice", "Fencing was first held here in 1896.", False),
        ("tell me something nice", "You know a word for it.", True),
        ("I'm tired", "Cats sleep sixteen hours a day.", True), ("I'm tired", "She has an hour until then.", False), ("I'm tired", "He's fine again.", True),
        ("how long have I got?", "Half an hour is long.", False), ("I'm bored", "Half an hour is long.", True), ("I'm bored", "It begins in half an hour.", False), ("I'm bored", "Noon is a good hour.", False),
        ("what's on today?", "Some owls are there now.", False),
    ],
)  # fmt: skip
async def test_of_the_world_anything_may_be_told(asked: str, text: str, *, so: bool) -> None:
    """Of any of its kind, of a word, of long ago; not of what is theirs, nor when they asked for something."""
    assert await TURN.lets_go(text, asked=asked) is so


SERIES: dict[str, Any] = {"title": "Fencing", "starts": "2026-06-10T18:00:00-06:00", "ends": "2026-06-10T19:30:00-06:00", "all_day": False, "busy": True, "place": "", "guests": [], "recurrence": "RRULE:FREQ=WEEKLY"}  # fmt: skip
ONCE = SERIES | {
    "title": "Haircut",
    "starts": "2026-06-10T09:00:00-06:00",
    "ends": "2026-06-10T09:30:00-06:00",
    "recurrence": None,
}
WEDNESDAY = ("list_events", {"result": {"events": [ONCE, SERIES], "conflicts": [], "span": {"starts": "2026-06-10T00:00:00-06:00", "ends": "2026-06-11T00:00:00-06:00"}}})  # fmt: skip
PILLS = ("list_reminders", {"result": {"reminders": [{"text": "Take the pills every day", "due": "2026-06-10T08:00:00-06:00"}, {"text": "Ring the bank", "due": "2026-06-10T10:00:00-06:00"}]}})  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "text", "told", "so"),
    [
        ("what's on tomorrow?", "Fencing is every Wednesday at six.", WEDNESDAY, True), ("what's on tomorrow?", "The haircut is every Wednesday at nine.", WEDNESDAY, False),
        ("what's on tomorrow?", "The haircut is at nine, every week.", WEDNESDAY, False), ("what's on tomorrow?", "Fencing's at six, every week.", WEDNESDAY, True),
        ("what's on tomorrow?", "Fencing is at six. It's weekly.", WEDNESDAY, True), ("what's on tomorrow?", "The haircut's at nine. It's weekly.", WEDNESDAY, False),
        ("what's on tomorrow?", "The haircut isn't every week.", WEDNESDAY, True), ("I have a haircut every week, when is it?", "Your weekly haircut is at nine.", WEDNESDAY, True),
        ("which reminders are there?", "You take the pills daily at eight.", PILLS, True), ("which reminders are there?", "You ring the bank weekly at ten.", PILLS, False),
    ],
)  # fmt: skip
async def test_only_what_repeats_comes_every_week(asked: str, text: str, told: Told, *, so: bool) -> None:
    """By its rule, or by its words, or the person's own."""
    assert await TURN.lets_go(text, told, asked=asked) is so


async def test_with_nothing_called_only_the_next_events_can_repeat() -> None:
    """They tell of no rule; of anything else nothing is said against it."""
    assert not await TURN.lets_go("Fencing is every Wednesday.", asked="I like sports")
    assert await TURN.lets_go("Football every Saturday, so that's fun.", asked="I have football every Saturday")


SOUP = ("recall", {"result": {"memories": [{"text": "Likes soup", "said": "2026-05-01"}]}})


@pytest.mark.parametrize(
    ("text", "told", "so"),
    [
        ("Le coiffeur est à 9h, et puis tu as l'escrime à 18:00.", [WEDNESDAY], True), ("Le coiffeur est à 10h15, et tu as l'escrime à 18:00.", [WEDNESDAY], False),
        ("Le coiffeur est à 11h, et tu as un cours après.", [WEDNESDAY], False), ("De kapper is om 9 uur, en je hebt om 18:00 les.", [WEDNESDAY], True), ("De kapper is om 24 uur.", [WEDNESDAY], False),
        ("Le coiffeur est à 13h, comme tu dis.", [WEDNESDAY], True), ("La soupe est à 11h.", [], True), ("L'escrime est jusqu'à 19h30, et puis c'est la fin.", [WEDNESDAY], True), ("Le coiffeur est pour demain.", [WEDNESDAY], True),
    ],
)  # fmt: skip
async def test_in_another_language_hours_are_those_of_the_rows(text: str, told: list[Told], *, so: bool) -> None:
    """Or those that the person named."""
    assert await TURN.lets_go(text, *told, asked="et demain? à 13:00?") is so


async def test_in_another_language_what_was_read_before_is_not_asked_again() -> None:
    """Only what is told of a look in this turn is compared."""
    turn = Turn(NOW, DENVER, NEXT, before("demain?", WEDNESDAY, replied="Le coiffeur."))
    assert await turn.lets_go("Le train est à 11h.", asked="et le train?")


MILK: Told = (
    "add_task",
    {
        "receipt": {"title": "Milk", "due": None, "list": "Shopping", "done": False},
        "say": "Milk is on your shopping list.",
    },
)
TWO_LITRES: Told = ("add_task", {"receipt": {"title": "Two litres of milk", "due": None, "list": "Shopping", "done": False}, "say": "Two litres of milk is on your shopping list."})  # fmt: skip
NOTED: Told = (
    "remember",
    {"receipt": {"text": "Takes coffee with oat milk"}, "say": "I'll remember that: takes coffee with oat milk."},
)
GONE: Told = ("cancel_event", {"receipt": {"title": "Vet", "starts": "2026-06-11T10:00:00-06:00", "ends": "2026-06-11T10:30:00-06:00"}, "say": "Vet is cancelled."})  # fmt: skip
UNDONE: Told = ("undo", {"receipt": {"undone": [{"tool": "add_event", "title": "Vet", "starts": "2026-06-11T10:00:00-06:00", "ends": "2026-06-11T10:30:00-06:00"}]}, "say": "Vet is off your calendar again."})  # fmt: skip
RESTORED: Told = ("undo", {"receipt": {"undone": [{"tool": "cancel_event", "title": "Vet", "starts": "2026-06-11T10:00:00-06:00", "ends": "2026-06-11T10:30:00-06:00"}]}, "say": "Vet is on your calendar again."})  # fmt: skip
VEGETARIAN: Told = ("remember", {"receipt": {"text": "Is vegetarian"}, "say": "I'll remember that: you're vegetarian."})
FAILED_LOOK: Told = ("list_tasks", {"error": "unreachable", "say": "I couldn't reach your tasks."})
NO_EGGS: Told = ("add_task", {"error": "invalid", "say": "Which list do you mean?"})


@pytest.mark.parametrize(
    ("asked", "text", "told", "so"),
    [
        ("put milk on my shopping list", "Milk's on it, and that makes four.", [MILK], False), ("put milk on my shopping list", "Milk is the only thing on it.", [MILK], False),
        ("put milk on my shopping list", "Milk's on your shopping list.", [MILK], True), ("put milk on my shopping list", "Two litres of milk are on the list.", [MILK], False),
        ("put two litres of milk on my shopping list", "Two litres of milk are on the list.", [TWO_LITRES], True), ("put milk on my shopping list", "That's one thing more, milk.", [MILK], True),
        ("put milk and eggs on my list", "The milk is one of two.", [MILK, NO_EGGS], True), ("put milk and eggs on my list", "The milk is one of three.", [MILK, NO_EGGS], False),
        ("I take my coffee with oat milk", "Got it, coffee with oat milk.", [NOTED], True), ("I take my coffee with oat milk", "Got it, coffee with oat milk and sugar.", [NOTED], False),
        ("I take my coffee with oat milk", "It's noted.", [NOTED], True),
        ("put milk on my shopping list", "The milk is list item one.", [MILK], True), ("I take my coffee with oat milk", "Coffee: black.", [NOTED], False), ("remember that I'm vegetarian", "Got it, vegetarian, no meat.", [VEGETARIAN], True), ("remember that I'm vegetarian", "Got it, vegetarian, no nuts.", [VEGETARIAN], False),
        ("put milk on my shopping list", "Everything else is on it, too, the milk as well.", [MILK, FAILED_LOOK], False),
        ("put milk on my shopping list", "It's on the shopping list.", [MILK], True), ("put milk on my shopping list", "It's on the list for the party.", [MILK], False),
        ("put milk on my shopping list", "Milk and honey are on your shopping list.", [MILK], False),
        ("cancel the vet", "The vet is back on Thursday.", [GONE], False), ("cancel the vet", "The vet on Thursday is cancelled.", [GONE], True),
        ("undo that", "The vet's on Thursday again.", [UNDONE], False), ("undo that", "The vet's back on your calendar.", [RESTORED], True),
        ("put milk on my shopping list", "Nothing else is on it.", [MILK], False), ("put milk on my shopping list", "Nothing else was changed.", [MILK], True),
    ],
)  # fmt: skip
async def test_a_receipt_tells_of_its_own_thing_alone(asked: str, text: str, told: list[Told], *, so: bool) -> None:
    """Not how many there are now, not what it is for, not what it was."""
    assert await TURN.lets_go(text, *told, asked=asked) is so
