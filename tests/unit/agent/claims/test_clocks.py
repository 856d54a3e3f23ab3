"""Hours, as they are read out of a clause: what each can mean, where it stands, and whether something ends then."""

import pytest

from agent.claims.clocks import clocks, without_clocks


def told(text: str) -> list[str]:
    """The hours of a text; "/" stands between two that one can mean."""
    return ["/".join(f"{one // 60}:{one % 60:02}" for one in sorted(clock.minutes)) for clock in clocks(text)]


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("at noon", ["12:00"]), ("Midnight it is", ["0:00"]), ("at twelve", ["0:00/12:00"]), ("at 12:30", ["0:30/12:30"]), ("at 07:15", ["7:15"]), ("at 7:15", ["7:15/19:15"]),
        ("at 00:05", ["0:05"]), ("at 13:10", ["13:10"]), ("at 24:00", ["0:00"]), ("at 25:00", []), ("at 9:60", []), ("at 9:59", ["9:59/21:59"]), ("at 18h30", ["18:30"]),
        ("at 8.45 sharp", ["8:45/20:45"]), ("at 6.05pm", ["18:05"]), ("at 12 am", ["0:00"]), ("at 12 P.M.", ["12:00"]), ("at 4:20 p.m.", ["16:20"]), ("from 4 a.m. on", ["4:00"]), ("seven am", ["7:00"]),
        ("ten o'clock", ["10:00/22:00"]), ("ten o'clock in the evening", ["22:00"]), ("two o'clock afternoon", ["14:00"]), ("14 Uhr", ["14:00"]), ("9 heures", ["9:00/21:00"]), ("12 Uhr", ["0:00/12:00"]), ("13 uhr", ["13:00"]),
        ("twenty-five past six", ["6:25/18:25"]), ("twenty five to six", ["5:35/17:35"]), ("A Quarter Past eleven", ["11:15/23:15"]), ("quarter before one", ["0:45/12:45"]), ("ten minutes after two", ["2:10/14:10"]), ("5 minutes to one", ["0:55/12:55"]),
        ("half past twelve in the afternoon", ["12:30"]), ("half six", ["6:30/18:30"]), ("Half Nine in the evening", ["21:30"]), ("at six forty-five", ["6:45/18:45"]), ("at six forty five", ["6:45/18:45"]), ("at six oh five", ["6:05/18:05"]),
        ("at six twenty", ["6:20/18:20"]), ("Eight Fifteen", ["8:15/20:15"]), ("at seven in the morning", ["7:00"]), ("at seven this evening", ["19:00"]), ("at eight tomorrow morning", ["8:00"]), ("tomorrow evening at eight", ["20:00"]),
        ("this Morning around nine", ["9:00"]), ("at eleven at night", ["23:00"]), ("at two at night", ["2:00"]), ("at twelve at night", ["0:00"]), ("at six at night", ["18:00"]), ("at 15:30 in the afternoon", ["15:30"]),
        ("nine would clash", ["9:00/21:00"]), ("Three works", ["3:00/15:00"]), ("four is taken", ["4:00/16:00"]), ("it's eight in the evening", ["20:00"]), ("five sharp", ["5:00/17:00"]),
        ("at three percent", []), ("for two hours", []), ("at 4 Market Street meeting", ["4:00/16:00"]), ("in Room 3 until 4 pm", ["16:00"]), ("from 3 until 4 pm", ["15:00", "16:00"]), ("in studio two until four", ["4:00/16:00"]),
        ("on May 5", []), ("nobody", []), ("the one at the gate", []),
    ],
)  # fmt: skip
def test_an_hour_means_one_or_two(text: str, hours: list[str]) -> None:
    """With "am", a part of the day, or twenty-four hours it is one; numbers of other things are none."""
    assert told(text) == hours


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("from 9 to 9:30 am", ["9:00", "9:30"]), ("from nine to 1 pm", ["9:00", "13:00"]), ("9:59 to 10 am", ["9:59", "10:00"]), ("from nine to 9 am", ["9:00/21:00", "9:00"]), ("from nine to 9 pm", ["9:00/21:00", "21:00"]),
        ("from eleven to 1 am", ["11:00/23:00", "1:00"]), ("at 9, and at 5 pm", ["9:00/21:00", "17:00"]), ("from five to seven", ["5:00/17:00", "7:00/19:00"]), ("at ten, from one to 3 pm", ["10:00/22:00", "13:00", "15:00"]), ("between two and 16:00", ["14:00", "16:00"]), ("between one and four", ["1:00/13:00", "4:00/16:00"]),
        ("from five to half past", ["5:00/17:00", "5:30/17:30"]), ("from 5 pm to a quarter past", ["17:00", "17:15"]), ("between 3 pm and half past, then at six", ["15:00", "15:30", "6:00/18:00"]), ("to half past", []), ("at half past six", ["6:30/18:30"]), ("from 16:40 until half past", ["16:40", "16:30"]),
    ],
)  # fmt: skip
def test_two_hours_tell_of_each_other(text: str, hours: list[str]) -> None:
    """What a range ends at tells in which half of the day it begins; "half past" is of the hour before."""
    assert told(text) == hours


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("from two to four", [False, True]), ("It's over by ten.", [True]), ("It finishes at ten", [True]), ("Lunch isn't until one.", [False]), ("It doesn't start until one", [False]), ("At four it's over", [True]), ("at four", [False]),
        ("from five to half past", [False, True]), ("Between five and half past", [False, False]), ("It starts at five, and again at half past", [False, False]), ("It starts at five AND half past", [False, False]), ("it starts at five and is over at half past", [False, True]), ("starts at five and ends by quarter past", [False, True]),
    ],
)  # fmt: skip
def test_what_ends_then_is_told_apart(text: str, ends: list[bool]) -> None:
    """An hour may be that at which something begins, or at which it is over."""
    assert [clock.ends for clock in clocks(text)] == ends


@pytest.mark.parametrize(
    ("text", "moved"),
    [
        ("moved from ten to three", [True, False]), ("Moved From Ten to three", [True, False]), ("from about ten to three pm", [True, False]), ("instead of ten it's moved to three", [False]), ("it goes from 10:30 to noon", [True, False]), ("from half six to eight", [True, False]), ("at ten, to be over by three", [False, False]), ("from ten", [False]),
    ],
)  # fmt: skip
def test_what_it_was_moved_from_is_told_apart(text: str, moved: list[bool]) -> None:
    """It is what isn't so any more."""
    assert [clock.before_to for clock in clocks(text)] == moved


@pytest.mark.parametrize(
    ("text", "from_", "to"),
    [
        ("just after five", 0, 20), ("a little past five", 0, 20), ("shortly before five", -20, 0), ("almost five", -20, 0), ("around five", -15, 15), ("at roughly 5 pm", -15, 15), ("at five", 0, 0),
    ],
)  # fmt: skip
def test_an_hour_may_be_off_by_some_minutes(text: str, from_: int, to: int) -> None:
    """ "Just after" is not before, "around" is both."""
    [clock] = clocks(text)
    five = max(clock.minutes)
    assert [clock.means(five + off) for off in (from_ - 1, from_, to, to + 1)] == [False, True, True, False]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Dentist at ten, lunch at half past one", "Dentist at , lunch at"), ("9:15 stand-up", "stand-up"), ("from five to half past, and a talk", "from to , and a talk"), ("half nine then", "then"),
        ("ten to six, Ann", ", Ann"), ("lunch", "lunch"), ("lunch at noon with Ann", "lunch at with Ann"), ("two o'clock in the afternoon with Ann", "with Ann"),
    ],
)  # fmt: skip
def test_hours_can_be_left_out(text: str, left: str) -> None:
    """What remains tells of things."""
    assert " ".join(without_clocks(text).split()) == left
