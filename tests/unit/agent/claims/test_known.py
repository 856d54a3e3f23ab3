"""What is known in a turn: the next events of the prompt, what was written and taken back, what waits for a yes."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from agent.claims.known import Known
from integrations.model import Answer, Call, Line, Prompt, Replied, Said
from tests.unit.agent.claims.judged import Told
from tests.unit.agent.claims.streams import event, prompt, said

NEXT = "You can hear them. Next on their calendar: Wed 09:00–10:15 “Tile fair”; Wed 22:40 “Night train to Graz”; Thu 07:30–07:45 “Nurse”; Thu all day “Ines’ birthday”."
SUNDAY = ZoneInfo("Europe/Vienna")


def coming(facts: str, now: datetime) -> list[tuple[str, ...]]:
    """The next events: title, beginning and end on the person's clock."""
    told = Prompt(system="", facts=facts, lines=[Said(text="and?")], tools=[], now=now, zone=SUNDAY)
    rows = Known(told).spans
    return [(row.text, *(f"{moment:%d %H:%M %z}" for moment in row.moments)) for row in rows]


def test_the_next_events_stand_in_the_prompt() -> None:
    """Each on its day from its hour to its end; what goes on over midnight has none there."""
    assert coming(NEXT, datetime(2026, 5, 13, 8, 30, tzinfo=SUNDAY)) == [
        ("Tile fair", "13 09:00 +0200", "13 10:15 +0200"), ("Night train to Graz", "13 22:40 +0200"),
        ("Nurse", "14 07:30 +0200", "14 07:45 +0200"), ("Ines’ birthday", "14 00:00 +0200", "15 00:00 +0200"),
    ]  # fmt: skip


def test_a_day_on_which_the_clocks_change_is_a_whole_one() -> None:
    """From midnight to midnight, and each hour as it is then."""
    told = "Sat 20:00–21:00 “Choir”; Sun all day “Open day”; Sun 09:00–10:00 “Brunch”"
    assert coming(told, datetime(2026, 3, 28, 12, 0, tzinfo=SUNDAY)) == [
        ("Choir", "28 20:00 +0100", "28 21:00 +0100"), ("Open day", "29 00:00 +0100", "30 00:00 +0200"), ("Brunch", "29 09:00 +0200", "29 10:00 +0200"),
    ]  # fmt: skip


def test_what_began_on_a_day_before_is_not_still_to_come() -> None:
    """A night shift that goes on into the morning, a holiday in its midst: of the day on which they began."""
    told = "Tue 22:00 “Night shift”; Sun all day “Holiday”; Fri all day “Fair”; Thu 11:00–12:00 “Ferry”"
    assert coming(told, datetime(2026, 5, 13, 5, 0, tzinfo=SUNDAY)) == [
        ("Night shift", "12 22:00 +0200"), ("Holiday", "10 00:00 +0200", "14 00:00 +0200"), ("Fair", "08 00:00 +0200", "14 00:00 +0200"), ("Ferry", "14 11:00 +0200", "14 12:00 +0200"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "so"),
    [
        ("The tile fair is at nine.", True), ("The tile fair is at ten.", False), ("The tile fair goes on until a quarter past ten.", True), ("The tile fair goes on until eleven.", False),
        ("The nurse comes tomorrow at half past seven.", True), ("The nurse comes today at half past seven.", False), ("The nurse comes tomorrow at half past eight.", False),
        ("Ines' birthday is tomorrow.", True), ("Ines' birthday is today.", False), ("The night train leaves at 22:40.", True), ("The night train leaves at 23:40.", False),
        ("Next is the tile fair, at nine.", True), ("Next is the nurse.", False), ("You have two things today.", True), ("You have three things today.", False),
        ("The tile fair takes an hour and a quarter.", True), ("The tile fair takes two hours.", False), ("There's a dentist appointment at nine.", False),
    ],
)  # fmt: skip
async def test_what_the_prompt_tells_may_be_told_without_a_look(text: str, *, so: bool) -> None:
    """As it stands there, and no other way."""
    assert (await said(text, asked="what's next on my calendar?", facts=NEXT) == text) is so


async def test_a_night_shift_of_yesterday_is_not_one_of_tonight() -> None:
    """It stands among the next events for it isn't over."""
    facts = "Next on their calendar: Tue 22:00 “Night shift”; Wed 11:00–12:00 “Ferry”."
    assert await said("Your night shift is tonight at ten.", asked="what's next?", facts=facts) != "Your night shift is tonight at ten."  # fmt: skip
    assert await said("Next is the ferry, at eleven.", asked="what's next?", facts=facts) == "Next is the ferry, at eleven."  # fmt: skip


def written(tool: str, title: str, say: str, of: str = "1", **more: Any) -> Told:
    """A receipt."""
    return tool, {"receipt": {"id": of, "title": title, **more}, "say": say, "result": {"id": of, "title": title}}


SEEDS = written("add_task", "Sow the chard", "Sow the chard is on your garden list.", "s", due=None, list="Garden", done=False)  # fmt: skip
BULBS = written("add_task", "Order bulbs", "Order bulbs is on your garden list.", "b", due=None, list="Garden", done=False)  # fmt: skip


def thread(*turns: tuple[str, list[Told], str]) -> list[Line]:
    """Turns before this one: what was said, the tools, what was answered."""
    lines: list[Line] = []
    for at, (asked, told, reply) in enumerate(turns):
        lines.append(Said(text=asked))
        for place, (tool, content) in enumerate(told):
            name = f"{at}.{place}"
            lines += [Call(id=name, tool=tool, arguments={"about": f"call {name}"}), Answer(id=name, tool=tool, content=content)]  # fmt: skip
        lines.append(Replied(text=reply, mind="model"))
    return lines


def test_what_was_called_before_and_now_is_told_apart() -> None:
    """Each answer with what was asked of it; it is of this turn when it comes after the person's last words."""
    known = Known(prompt(BULBS, before=thread(("sow chard", [SEEDS], "Okay."))))
    assert [(one.say, one.now, dict(one.arguments)) for one in known.answers] == [
        ("Sow the chard is on your garden list.", False, {"about": "call 0.0"}), ("Order bulbs is on your garden list.", True, {}),
    ]  # fmt: skip
    assert [one.say for one in known.receipts] == ["Order bulbs is on your garden list."]
    assert [one.say for one in known.earlier] == ["Sow the chard is on your garden list."]
    assert {row.kind for one in known.answers for row in one.rows} == {"add_task", "receipt"}


def test_without_the_persons_words_all_is_of_this_turn() -> None:
    """A turn that nobody began: what a tool gives was asked for by it."""
    lines: list[Line] = [Answer(id="c", tool=SEEDS[0], content=SEEDS[1])]
    known = Known(Prompt(system="", facts="", lines=lines, tools=[], now=datetime(2026, 5, 13, 8, 30, tzinfo=SUNDAY), zone=SUNDAY))  # fmt: skip
    assert [(one.now, dict(one.arguments)) for one in known.answers] == [(True, {})]
    assert known.asked == ""


UNDONE = ("undo", {"receipt": {"undone": [{"id": "7", "tool": "add_task", "say": SEEDS[1]["say"], "receipt": SEEDS[1]["receipt"]}]}, "say": "Undone. Sow the chard is gone."})  # fmt: skip


def changes(*made: Told, undone: Told | None = None) -> Told:
    """The list of changes, newest first."""
    found = [
        {"id": str(at), "tool": tool, "say": content["say"], "arguments": {"title": content["say"]}, "receipt": content["receipt"], "undone_at": "2026-05-13T08:00:00+02:00" if (tool, content) == undone else None}
        for at, (tool, content) in enumerate(made)
    ]  # fmt: skip
    return "list_changes", {"result": {"changes": found, "span": None}}


def test_what_was_written_stands_until_it_is_taken_back() -> None:
    """By an undo of the thread, or as the list of changes has it; each thing once, the oldest first."""
    before = thread(("sow chard, order bulbs", [SEEDS, BULBS], "Okay."))
    assert [one.say for one in Known(prompt(before=before)).stood] == [SEEDS[1]["say"], BULBS[1]["say"]]
    undone = [*before, *thread(("undo the chard", [UNDONE], "Okay."))]
    assert [one.say for one in Known(prompt(before=undone)).stood] == [BULBS[1]["say"]]
    listed = Known(prompt(changes(BULBS, SEEDS, undone=SEEDS), before=before)).stood
    assert [(one.tool, one.say, one.now, dict(one.arguments)) for one in listed] == [("add_task", BULBS[1]["say"], False, {"title": BULBS[1]["say"]})]  # fmt: skip
    assert [{row.kind for row in one.rows} for one in listed] == [{"add_task", "receipt"}]
    twice = written("add_task", "Order bulbs", BULBS[1]["say"], "b2", due=None, list="Garden", done=False)
    both = [*before, *thread(("again", [twice], "Okay."))]
    assert len(Known(prompt(changes(BULBS), before=both)).stood) == 3
    assert len(Known(prompt(changes(twice, BULBS, SEEDS), before=both)).stood) == 3
    four, five = (written("change_event", "Kiln", f"Kiln is now Friday at {hour} pm.", "k") for hour in (4, 5))
    moved = thread(("kiln at four", [four], "Okay."), ("no, five", [five], "Okay."))
    assert [one.say for one in Known(prompt(changes(five, undone=five), before=moved)).stood] == [four[1]["say"]]


ASKED: Told = ("send_email", {"error": "needs_approval", "say": "This mails Kofi about the kiln: it is free on Monday. Shall I send it?", "pending": {"id": "p", "tool": "send_email", "say": "…", "arguments": {"to": ["kofi@example.com"], "body": "It is free on Monday."}}})  # fmt: skip


@pytest.mark.parametrize(
    ("text", "so"),
    [("The kiln is free on Monday.", False), ("I haven't sent it yet.", True), ("I've mailed Kofi.", False), ("It goes to Kofi once you say yes.", True)],
)  # fmt: skip
async def test_what_waits_for_a_yes_is_not_so_yet(text: str, *, so: bool) -> None:
    """Neither in the turn that asks, nor by what was said then."""
    assert (await said(text, ASKED) == text) is so
    before = thread(("tell Kofi the kiln is free", [ASKED], f"{ASKED[1]['say']} All right."))
    assert (await said(text, before=before) == text) is so


def test_the_question_of_what_waits_was_not_told() -> None:
    """Neither of a turn before nor of this one; what was said beside it was."""
    reply = f"{ASKED[1]['say']} All right. Anything else?"
    known = Known(
        prompt(before=thread(("tell Kofi the kiln is free", [ASKED], reply), ("thanks", [], "The kiln is hot.")))
    )
    assert [row.text for row in known.thread] == ["All right.", "The kiln is hot."]
    now = prompt(ASKED)
    known = Known(Prompt(system="", facts="", lines=[*now.lines, Replied(text=reply)], tools=[], now=now.now, zone=now.zone))  # fmt: skip
    assert [row.text for row in known.here if row.kind == "said"] == ["All right."]


def test_the_next_events_are_events() -> None:
    """Busy ones, some all day long."""
    spans = Known(prompt(facts=NEXT)).spans
    assert {row.kind for row in spans} == {"events"}
    assert [row.whole_days for row in spans] == [False, False, False, True]
    assert all(row.data["busy"] for row in spans)
    assert {(row.today, row.zone) for row in spans} == {(date(2026, 5, 13), SUNDAY)}


@pytest.mark.parametrize(("mind", "so"), [("", True), ("model", False)])
async def test_what_code_has_said_in_this_turn_is_known(mind: str, *, so: bool) -> None:
    """A mind's own words of this turn bear nothing out."""
    told = prompt(asked="and the kiln?")
    lines = [*told.lines, Replied(text="The kiln is booked on Monday.", mind=mind)]
    known = Known(Prompt(system="", facts="", lines=lines, tools=[], now=told.now, zone=told.zone))
    assert any(row.kind == "said" and "kiln" in row.words for row in known.here) is so


def test_rows_are_kept_by_their_family() -> None:
    """What is busy is an event, what matters a mail, what a mail asks for a task."""
    free = ("find_free_time", {"result": {"is_free": False, "busy": [event("Kiln", "09:00", "10:00")], "free": []}})
    inbox = ("summarize_inbox", {"result": {"unread": 1, "important": [{"from": "Kofi", "subject": "Kiln", "at": "2026-05-12T09:00:00+02:00"}], "actions": [{"text": "Bring clay", "due": None}]}})  # fmt: skip
    mail = ("read_email", {"result": {"message": {"from": "Kofi", "subject": "Glaze", "at": "2026-05-12T09:00:00+02:00", "body": "Blue."}}})  # fmt: skip
    known = Known(prompt(free, inbox, mail))
    assert [row.data["title"] for row in known.rows_of("events")] == ["Kiln"]
    assert [row.data["subject"] for row in known.rows_of("messages")] == ["Kiln", "Glaze"]
    assert [row.data["text"] for row in known.rows_of("tasks")] == ["Bring clay"]
    assert known.rows_of("reminders") == []


@pytest.mark.parametrize(
    ("text", "so"), [("It's half past eight.", True), ("It's 8:30.", True), ("It's half past nine.", False), ("It's half past eight in the evening.", False), ("It's twenty past eight.", False)],
)  # fmt: skip
async def test_the_present_hour_is_known(text: str, *, so: bool) -> None:
    """Wednesday, half past eight in the morning."""
    assert (await said(text, asked="what time is it?") == text) is so
    assert Known(prompt()).now.date() == date(2026, 5, 13)
