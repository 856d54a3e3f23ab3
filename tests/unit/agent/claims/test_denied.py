"""What is said not to be there, not to have worked or not to have been done: receipts, rows and refusals speak against it, or bear it out."""

from collections.abc import Sequence

import pytest

from tests.unit.agent.claims.test_elsewhere_deeds import Told, event, receipt, refused, said, task

PLUMS = receipt("change_event", event("Plum harvest", 17, "13:00", "16:00"), "Plum harvest is now Thursday the 17th at 1 pm.", event="plum harvest", when="13:00")  # fmt: skip
TWINE = receipt("add_task", {**task("Twine"), "list": "Hardware"}, "Twine is on your hardware list.", title="Twine")
FENCE = receipt("complete_task", task("Mend the fence", done=True), "Mend the fence is done.", task="fence")
LESSON = receipt("cancel_event", event("Cello lesson", 16, "17:00", "18:00"), "Cello lesson is off your calendar.", event="cello")  # fmt: skip
ALARM = receipt("set_reminder", {"text": "check the kiln", "due": "2026-09-15T19:00:00-03:00"}, "I'll remind you today at 7 pm: check the kiln.", due="19:00")  # fmt: skip
LUNCH = receipt("add_event", {**event("Lunch", 16, "12:00", "13:00"), "guests": ["dara.singh@example.org"]}, "Lunch is on your calendar, Wednesday the 16th at noon, with Dara Singh.", title="Lunch")  # fmt: skip
WALK = receipt("add_event", event("Coast walk", 18, "09:00", "11:00"), "Coast walk is on your calendar, Friday the 18th at 9 am.", title="Coast walk", when="friday at 9")  # fmt: skip
POSTED = receipt("send_email", {"to": ["dara.singh@example.org"], "subject": "Jars", "body": "Dara, the jars are here."}, "I've sent it to Dara Singh.", to="dara")  # fmt: skip
KEPT = receipt("remember", {"text": "Dara has a tortoise called Biscuit"}, "I'll remember that Dara has a tortoise called Biscuit.")  # fmt: skip
NO_OPERA = refused("cancel_event", "not_found", "I found no event called “opera night”.", event="opera night")
NO_HONEY = refused("change_task", "not_found", "I found no task called “honey”.", task="honey")
DENTISTS: Told = ("cancel_event", {"error": "ambiguous", "say": "Which one do you mean?", "choices": ["Dentist, Thursday the 17th at 9 am", "Dentist, Friday the 25th at 9 am"]}, {})  # fmt: skip
WEEK: Told = ("list_events", {"result": {"events": [{**event("Plum harvest", 17, "10:00", "12:00"), "id": "1", "place": "", "guests": ["dara.singh@example.org"], "notes": ""}, {**event("No hot water", 18, "08:00", "10:00"), "id": "2", "place": "Home", "guests": [], "notes": ""}], "span": {"starts": "2026-09-15T00:00:00-03:00", "ends": "2026-09-22T00:00:00-03:00"}, "conflicts": []}}, {})  # fmt: skip
LIST: Told = ("list_tasks", {"result": {"tasks": [task("Order lime", "2026-09-16"), task("Rake the path")], "which": "open", "list": None}}, {})  # fmt: skip
MAILS: Told = ("search_email", {"result": {"messages": [{"from": "Petra Lund <petra@example.org>", "to": ["mika@example.org"], "subject": "Grain silo", "snippet": "The silo is full.", "at": "2026-09-14T09:00:00-03:00", "unread": False, "important": False}], "query": "silo"}}, {})  # fmt: skip
MEMORIES: Told = ("recall", {"result": {"memories": [{"text": "The sauna is booked by Petra on Mondays"}]}}, {})

SAYINGS: Sequence[tuple[Sequence[Told], str, bool]] = (
    ([PLUMS], "I haven't moved the plum harvest.", False), ([PLUMS], "I haven't moved it yet.", False), ([PLUMS], "I couldn't find the plum harvest.", False), ([PLUMS], "I can't see it.", False), ([PLUMS], "I couldn't locate it.", False), ([PLUMS], "I haven't moved the violin lesson.", True),
    ([PLUMS], "I didn't cancel it.", True), ([PLUMS], "I couldn't change the time.", False), ([PLUMS], "I didn't change the place.", True), ([PLUMS], "I haven't told Dara about the plum harvest.", True), ([LESSON], "There was nothing to cancel.", False), ([PLUMS], "There was nothing to cancel.", True),
    ([LESSON], "There was nothing I could delete.", False), ([FENCE], "I left the fence open.", False), ([FENCE], "I left the path open.", True), ([PLUMS], "I left the plum harvest where it was.", False), ([PLUMS], "I still need your yes before I move it.", False), ([PLUMS], "I need your okay before I cancel it.", True),
    ([PLUMS], "You'll have to approve it first.", False), ([TWINE], "I couldn't find the hardware list.", False), ([LESSON], "I couldn't find the cello lesson.", False), ([FENCE], "I couldn't find the fence.", False), ([TWINE], "I haven't added the twine.", False),
    ([LUNCH], "I haven't invited anyone.", False), ([WALK], "I haven't invited anyone.", True), ([POSTED], "I haven't told Dara.", False), ([POSTED], "I haven't sent the mail to Dara.", False), ([LUNCH], "I haven't notified Dara.", False), ([WALK], "I didn't set a reminder.", True), ([ALARM], "I didn't set a reminder.", False),
    ([ALARM], "I haven't created an appointment.", True), ([WALK], "I haven't created an appointment.", False), ([TWINE], "I didn't make a new task.", False), ([FENCE], "I haven't ticked it off.", False), ([FENCE], "I haven't ticked anything off.", False),
    ([PLUMS, TWINE], "Neither worked.", False), ([PLUMS, TWINE], "Nothing was done.", False), ([PLUMS, TWINE], "I couldn't do either.", False), ([PLUMS, TWINE], "The twine worked but the plum harvest didn't.", False), ([PLUMS, TWINE], "The twine worked and the cello didn't.", True), ([PLUMS, TWINE], "Only the twine worked.", False),
    ([TWINE], "Only the twine worked.", True), ([TWINE, NO_OPERA], "Only the twine worked.", True), ([TWINE, NO_OPERA], "The opera night didn't work, but the twine is on your list.", True), ([PLUMS, TWINE], "The plum harvest failed.", False), ([TWINE, NO_OPERA], "The opera night failed.", True), ([PLUMS, TWINE], "Everything else worked, only the twine didn't.", False),
    ([LESSON], "There was no cello lesson.", False), ([LESSON], "No more cello lesson.", True), ([LESSON, PLUMS], "No more plum harvest.", False), ([PLUMS], "No more plum harvest.", False), ([POSTED], "The mail says that the jars are here.", True), ([POSTED], "The mail says that the jars are broken.", False), ([LESSON], "There was no opera night.", True), ([TWINE], "The twine isn't on your list.", False), ([ALARM], "It's not on your list.", False), ([WALK], "It isn't in your calendar.", False), ([PLUMS], "It isn't in your calendar.", False), ([LESSON], "It isn't in your calendar.", True), ([LESSON], "The cello lesson is still on your calendar.", False), ([LESSON], "It's still there.", False), ([WALK], "It's still there.", True),
    ([FENCE], "The fence is still open.", False), ([FENCE], "It's not done yet.", False), ([FENCE], "The path is still open.", True), ([FENCE], "There's nothing else to tick off.", True),
    ([WEEK], "There's no plum harvest in your calendar.", False), ([WEEK], "There's no plum harvest at ten on Thursday.", False), ([WEEK, MAILS], "There's no plum harvest on Friday.", True),
    ([WEEK], "There's no plum harvest on Friday.", True), ([WEEK], "There's no plum harvest on Thursday.", False), ([WEEK], "There's no sheep shearing in your calendar.", True), ([WEEK], "I couldn't find the plum harvest.", False), ([WEEK], "I found no sheep shearing.", True), ([WEEK], "There's no hot water on Friday.", True),
    ([WEEK], "The plum harvest has no place.", True), ([WEEK], "The hot water thing has no place.", False), ([WEEK], "The plum harvest has no guests.", False), ([WEEK], "The plum harvest has no notes.", True), ([WEEK], "There's the plum harvest on Thursday, without an address.", True), ([WEEK], "On Thursday it's the plum harvest, and there are no guests.", False),
    ([LIST], "You have no lime on your list.", False), ([LIST], "There's no salt on your list.", True), ([LIST], "You don't have any lime left.", False), ([LIST], "The path isn't on your list.", False), ([LIST], "The gate isn't on your list.", True), ([LIST], "There's no lime due tomorrow.", False),
    ([MAILS], "There's no mail about the silo.", False), ([MEMORIES], "There's no sauna in your calendar.", True), ([KEPT], "There's no tortoise in your calendar.", True), ([DENTISTS], "I found no dentist.", False), ([DENTISTS], "There's no dentist on Monday.", True), ([DENTISTS], "I found no barber.", True),
    ([NO_OPERA], "There's no opera night in your calendar.", True), ([NO_OPERA], "I couldn't find an opera night.", True), ([LESSON], "There's no cello lesson in your calendar any more.", True), ([], "There's no opera night in your calendar.", False), ([], "I couldn't find an opera night.", False),
    ([NO_OPERA], "I found the opera night.", False), ([NO_OPERA], "I also found it.", True), ([NO_OPERA], "The opera night turned up after all.", False), ([NO_OPERA], "I found no opera night, and I see no other.", True), ([NO_OPERA, NO_HONEY], "I found the honey, though.", False),
    ([WEEK], "I couldn't open your calendar.", False), ([WEEK], "Your calendar isn't working right now.", False), ([WEEK], "The calendar search timed out.", False), ([LIST], "I have no access to your tasks.", False), ([MAILS], "I couldn't get into your mailbox.", False), ([], "I tried to open your calendar.", False), ([], "I ran into an error.", False), ([WEEK], "I couldn't reach Dara.", True),
    ([NO_OPERA], "I couldn't check your calendar.", True), ([TWINE], "I couldn't open your calendar.", True), ([WEEK, NO_OPERA], "I couldn't get at your calendar.", True),
)  # fmt: skip


@pytest.mark.parametrize(("told", "text", "so"), SAYINGS)
async def test_what_is_denied_is_as_much_a_claim_as_its_opposite(told: Sequence[Told], text: str, *, so: bool) -> None:
    """Not done, not there, didn't work, couldn't be read: judged by what was done, is there, worked and was read."""
    assert (await said(text, *told) == text) is so


@pytest.mark.parametrize(
    ("told", "text", "instead"),
    [
        ([PLUMS, TWINE], "I couldn't add the twine.", "Twine is on your hardware list."), ([POSTED, TWINE], "Tom knows about it now.", "I've sent it to Dara Singh."), ([ALARM, TWINE], "I'll remind you every morning.", "I'll remind you today at 7 pm: check the kiln."), ([PLUMS, TWINE], "I haven't moved it.", "Plum harvest is now Thursday the 17th at 1 pm."),
        ([PLUMS, TWINE], "Neither worked.", "Plum harvest is now Thursday the 17th at 1 pm. Twine is on your hardware list."), ([LESSON, TWINE], "There was no cello lesson.", "Cello lesson is off your calendar."),
    ],
)  # fmt: skip
async def test_what_was_done_is_said_instead(told: Sequence[Told], text: str, instead: str) -> None:
    """The receipts of what was denied, and of nothing else."""
    assert await said(text, *told) == instead
