"""Whether a clause may be said, by the mood in which it is said: asked, offered, supposed, hoped, quoted, made up, in another language."""

import pytest

from tests.unit.agent.claims.judged import Told
from tests.unit.agent.claims.streams import calendar, event, said

DAY = calendar(event("Swim squad", "07:00", "08:15"), event("Eye test", "11:20", "11:50", place="Mariahilfer Straße 9"), event("Call with Noor", "16:45", "17:15"))  # fmt: skip
MOVED: Told = ("change_event", {"receipt": {"id": "p", "title": "Eye test", "starts": "2026-05-15T09:00:00+02:00", "ends": "2026-05-15T09:30:00+02:00"}, "say": "Eye test is now on Friday the 15th at 9 am."})  # fmt: skip
BOOKS: Told = ("add_task", {"receipt": {"id": "t", "title": "Return the library books", "due": None, "list": "Errands", "done": False}, "say": "Return the library books is on your errands list."})  # fmt: skip
CHANGES: Told = ("list_changes", {"result": {"changes": [{"id": "1", "tool": "add_task", "arguments": {}, "say": BOOKS[1]["say"], "receipt": BOOKS[1]["receipt"], "undone_at": None}], "span": None}})  # fmt: skip
NO_CHOIR: Told = ("cancel_event", {"error": "not_found", "say": "I found no event called “choir”."})
MAIL: Told = ("search_email", {"result": {"messages": [{"from": "Noor Haddad <noor@example.com>", "subject": "Thursday", "at": "2026-05-12T09:00:00+02:00", "snippet": "Half past four suits me.", "unread": True, "important": False}]}})  # fmt: skip

OF_THE_DAY = (
    ("Is the eye test at noon?", True), ("At noon?", True), ("At noon.", False), ("Shall I put the eye test at noon, and the call at six?", True), ("Do you want the eye test at noon, or the call at six?", True),
    ("Shall I move the eye test, since I've told Noor?", False), ("Shall I move the eye test, now that I've cancelled the call?", False), ("Is it all right that I've told Noor?", True),
    ("Swim squad is at seven, which leaves you an hour.", False), ("The eye test is at noon, shall I move it?", False), ("The eye test is at 11:20, shall I move it?", True), ("Is it late, the eye test is at noon, shall I move it?", True),
    ("I hope the eye test goes well.", True), ("Hopefully the eye test is over soon.", True), ("I hope your eye test at noon goes well, it is at noon.", False),
    ("People usually have an eye test at noon.", True), ("You usually have an eye test at noon.", False), ("People often eat at noon, at noon that is.", True),
    ("Before I move the eye test to noon, tell me which day.", True), ("So before we move the eye test to noon, one question.", True), ("Before I moved the eye test to noon, it was at ten.", False),
    ("Luckily, the eye test is at 11:20.", True), ("Luckily, the eye test is at noon.", False), ("I think the eye test is at noon.", False), ("The eye test is at 11:20, I'm afraid.", True), ("The eye test is at noon, I'm afraid.", False),
    ("“Eye test” is at 11:20.", True), ("“Eye test” is at noon.", False), ("“Ear test” is at 11:20.", False), ("Your calendar says “Mariahilfer Straße 9”.", True), ("Your calendar says “Mariahilfer Straße 12”.", False), ("“Call with Noor” is at six.", False),
    ("If the eye test is at noon, you'd better leave at eleven.", True), ("Unless the eye test is at noon, there's time for lunch.", True), ("And if the call is at six, I'd move it.", True),
    ("Let me check the eye test at noon.", True), ("Let me tell you that the eye test is at noon.", False), ("Let me remind you that the eye test is at noon.", False), ("Let me just see whether the eye test is at noon.", True),
    ("I can move the eye test to noon.", True), ("I could move the eye test to noon, and the call is at six.", False), ("I could move the eye test to noon, so the afternoon is free.", False), ("I could move the eye test, and your call starts at six.", False), ("I could move the eye test to noon, or to one.", True),
    ("I can't see an eye test at noon.", False), ("I can't say when the eye test is.", True), ("I can't move the eye test at noon.", True), ("I couldn't find the eye test.", False),
    ("Enjoy the eye test!", True), ("Enjoy the eye test at noon!", False), ("Good luck with Dr. Brown!", True), ("Have a good one, take care!", True), ("Enjoy your free afternoon!", True),
    ("Votre rendez-vous est demain à 11:20.", True), ("Votre rendez-vous est demain à 12:40.", False), ("Il tuo esame è domani alle 16:45, e poi alle 17:15.", True), ("Il tuo esame è domani alle 12:40.", False),
    ("Here's a haiku: eyes in morning light, letters swim like little fish, nobody can read.", True), ("A poem: roses are red, the clock strikes nine, your test is at noon.", False), ("A poem: roses are red, violets are on Friday.", False), ("If the call were at seven, it would overlap with swim squad.", True), ("Enjoy being free all morning with Noor!", False),
    ("You have, as you know, the eye test at noon.", False), ("…", True), ("12:45?", True),
)  # fmt: skip


@pytest.mark.parametrize(("text", "so"), OF_THE_DAY)
async def test_how_it_is_said_decides_whether_it_is_a_claim(text: str, *, so: bool) -> None:
    """A question, an offer, a condition, a wish, a rule of the world, a poem claim nothing; what is told beside them does."""
    assert (await said(text, DAY) == text) is so


@pytest.mark.parametrize(
    ("text", "told", "so"),
    [
        ("I haven't changed anything.", (), True), ("Nothing was changed.", (), True), ("I haven't changed anything.", (MOVED,), False), ("Nothing has been changed.", (MOVED,), False),
        ("I haven't changed anything.", (CHANGES,), False), ("I haven't changed anything apart from the books.", (CHANGES,), True), ("I haven't touched anything except the books.", (CHANGES,), True),
        ("I haven't changed anything.", (DAY,), True), ("I haven't changed anything.", (NO_CHOIR,), True),
        ("The eye test is on Friday at nine.", (MOVED,), True), ("The eye test is on Saturday.", (MOVED,), False), ("It was at ten before.", (MOVED,), False), ("The eye test is at nine instead of noon.", (MOVED,), False), ("So Friday at nine it is.", (MOVED,), True),
        ("Noor knows.", (MOVED,), False), ("Noor knows about it now.", (MOVED,), False), ("If Noor knows, all is well.", (MOVED,), True), ("I'll ring Noor for you.", (MOVED,), False), ("I'll let you know when Noor answers.", (MOVED,), False),
        ("The choir is at six.", (NO_CHOIR,), False), ("I found no choir.", (NO_CHOIR,), True), ("I couldn't read your mail.", (MAIL,), False), ("I couldn't read your calendar.", (MAIL,), False),
        ("That's all for tomorrow.", (DAY,), True), ("Tomorrow you have swim squad. That's all.", (DAY,), False), ("Noor writes that half past four suits her.", (MAIL,), True), ("Noor writes that half past five suits her.", (MAIL,), False),
        ("Noor's draft to you says five.", (MAIL,), False),
    ],
)  # fmt: skip
async def test_it_is_judged_by_the_calls_of_the_turn(text: str, told: tuple[Told, ...], *, so: bool) -> None:
    """What was done, refused, read."""
    assert (await said(text, *told) == text) is so


PLAY = calendar(event("Three Sisters", "18:00", "20:00"), event("Eye test", "11:20", "11:50"))
KEYS: Told = ("search_email", {"result": {"messages": [{"from": "Noor Haddad <noor@example.com>", "subject": "Two keys left", "at": "2026-05-12T09:00:00+02:00", "snippet": "They are with Tom.", "unread": True, "important": False}]}})  # fmt: skip


@pytest.mark.parametrize(
    ("text", "told", "so"),
    [
        ("“Three Sisters” is at six.", PLAY, True), ("You have “THREE SISTERS,” at six.", PLAY, True), ("You have “Three Sisters” at seven.", PLAY, False), ("You have “Three Brothers” at six.", PLAY, False),
        ("There's one mail, “two keys left.”", KEYS, True), ("Noor wrote about “Two keys left”.", KEYS, True), ("Noor wrote about “Three keys left”.", KEYS, False), ("Noor writes “They are with Tom.”", KEYS, True), ("Noor writes “They are with Tim.”", KEYS, False),
    ],
)  # fmt: skip
async def test_what_is_quoted_stands_there(text: str, told: Told, *, so: bool) -> None:
    """Word for word, in capitals or not; a number in a title counts nothing."""
    assert (await said(text, told) == text) is so


@pytest.mark.parametrize(
    ("text", "asked", "so"),
    [
        ("I'd have to check Saturday first.", "am I free on Saturday?", True), ("I would say the eye test is at noon.", "when is my eye test?", True), ("The eye test is at noon.", "when is my eye test?", False),
        ("Bees can count to four.", "tell me something", True), ("A group of owls is a parliament.", "tell me something", True), ("Your owls are a parliament.", "tell me something about my day", False),
        ("Tom, then.", "I mean Tom", True), ("Tom knows now.", "I mean Tom", False), ("You have mail from Tom.", "any mail?", False), ("Cancelled the choir.", "I'd like the choir cancelled", False), ("The choir's cancelled.", "I'd like the choir cancelled", False), ("It's all quiet.", "how is it?", True),
    ],
)  # fmt: skip
async def test_without_a_call_nothing_of_theirs_is_known(text: str, asked: str, *, so: bool) -> None:
    """What we would do, the world, and their own words again are no claims."""
    assert (await said(text, asked=asked) == text) is so


async def test_where_nothing_is_known_it_is_told_of_what() -> None:
    """Asked about mail it isn't the calendar that we don't have it from."""
    assert (
        await said("You have three of them.", asked="is there any mail from Tom?")
        == "I don't have that from your mail, so I won't say it."
    )
    assert (
        await said("You have three of them.", asked="what's on tomorrow?")
        == "I don't have that from your calendar, so I won't say it."
    )
