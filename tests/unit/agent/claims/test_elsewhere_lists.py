"""What is told of mails, tasks, reminders and memories that were read, in another person's world than the sets': what the rows come to is said, what they speak against isn't."""

from collections.abc import Sequence
from typing import Any

import pytest

from agent.commands.telling import TELLERS
from agent.commands.wording import Speaker
from tests.unit.agent.claims.test_computed import NOW, ZONE, let_go, said


def task(title: str, on: str, due: str | None = None) -> dict[str, Any]:
    """An open one."""
    return {"title": title, "due": due, "list": on, "done": False}


def mail(sender: str, subject: str, at: str, body: str, *, unread: bool = True, important: bool = False) -> dict[str, Any]:  # fmt: skip
    """One of the inbox."""
    return {
        "from": f"{sender} <{sender.split(maxsplit=1)[0].lower()}@example.org>", "to": ["robin@example.com"], "subject": subject, "snippet": body,
        "at": f"{at}:00+00:00", "unread": unread, "important": important,
    }  # fmt: skip


TASKS: tuple[str, dict[str, Any]] = ("list_tasks", {"result": {"tasks": [
    task("Insure the barge", "Errands", "2026-02-18"), task("Paint the shutters", "Errands", "2026-03-04"), task("Sell the kiln", "Errands"), task("Oil the hinges", "Errands", "2026-03-07"),
    task("Sow the leeks", "Garden"), task("Prune the quince", "Garden", "2026-03-09"),
    task("Turmeric", "Pantry"), task("Lentils", "Pantry"), task("Honey", "Pantry"),
], "which": "open", "list": None}})  # fmt: skip
PANTRY = ("list_tasks", {"result": {"tasks": TASKS[1]["result"]["tasks"][-3:], "which": "open", "list": "pantry"}})
REMINDERS = ("list_reminders", {"result": {"reminders": [
    {"text": "Water the ferns", "due": "2026-03-04T17:00:00+01:00"}, {"text": "Wind the clock", "due": "2026-03-06T08:30:00+01:00"}, {"text": "Return the drill", "due": "2026-03-08T10:00:00+01:00"},
]}})  # fmt: skip
MAILS = [
    mail("Odile Marchetti", "Quote for the skylight", "2026-03-04T07:10", "The skylight costs 3,150 euros plus scaffolding. I can fit the glass on Tuesday. Please send me the measurements by Friday. Odile", important=True),
    mail("Harun Celik", "Ferry to Texel", "2026-03-03T12:00", "We sail at 9.40 from the north pier, not 9.15. The bar is closed on the way back. Harun"),
    mail("Birch Letters", "Six knots for beginners", "2026-03-02T06:00", "Six knots that hold, for the second season in a row."),
]  # fmt: skip
UNREAD = ("search_email", {"result": {"messages": MAILS, "query": "is:unread"}})
HARUN = ("search_email", {"result": {"messages": [{**MAILS[1], "unread": False}], "query": "from:harun"}})
NONE = ("search_email", {"result": {"messages": [], "query": "from:landlady"}})
MEMORIES = ("recall", {"result": {"memories": [{"text": "Selma does not drink coffee"}, {"text": "The cellar code is 6620"}]}})  # fmt: skip
NO_MEMORIES: tuple[str, dict[str, Any]] = ("recall", {"result": {"memories": []}})

SO: dict[str, tuple[tuple[str, dict[str, Any]], Sequence[str]]] = {
    "tasks": (TASKS, (
        "The shutters are due today, the barge is two weeks overdue.", "Insuring the barge has been overdue for two weeks.", "Four tasks are on Errands, two on Garden and three on Pantry.", "The longest list is Errands with four entries.",
        "The kiln and the leeks, neither of them has a date.", "On Garden there's the quince and the leeks. Only the quince has a date.", "Turmeric, lentils and honey, none of them with a date.", "Pantry has just turmeric, lentils and honey on it.",
        "Nothing on pantry has a date.", "Both the quince and the leeks are on Garden.", "Today it's the shutters, and Saturday the hinges.", "The next deadline is the shutters.", "The next deadline after today is the hinges.", "Five have no date.", "Four of the nine are on your Errands list.", "Apart from the barge nothing is overdue.", "Nine are open in all.", "One is overdue, the barge, and one is due today, the shutters.", "Oil the hinges by Saturday, prune the quince, and you still have to paint the shutters.",
    )),
    "pantry": (PANTRY, ("Just turmeric, lentils and honey.", "Just three things: turmeric, lentils and honey.")),
    "reminders": (REMINDERS, (
        "Just three reminders, the ferns today, the clock on Friday and the drill on Sunday.", "The clock comes before the drill.", "Thursday and Saturday don't have any.", "After today the next one is the clock, on Friday.",
        "The other two come from Friday on.", "Two come after today.", "There's the ferns at five, then nothing until Friday.", "Three reminders are set.", "On Sunday you want to return the drill, at ten.", "The ferns are at five today, and the clock is next.",
    )),
    "unread": (UNREAD, (
        "Odile's mail is important.", "Odile wants three thousand one hundred and fifty euros plus scaffolding.", "There's a single important mail, Odile's.", "Odile wants the measurements by Friday, and Harun sails at twenty to ten.",
        "Odile came this morning and Harun yesterday.", "Harun says the bar is closed on the way back.", "Odile wrote today about the skylight, Harun has the ferry, and there's a newsletter about knots.", "Three haven't been read.", "Birch Letters needs no answer.", "Nothing from Piet or the bank.",
        "Harun about the ferry and Odile about the skylight.", "Odile sent a quote, which she needs the measurements for by Friday.",
    )),
    "harun": (HARUN, ("You sail at twenty to ten, from the north pier.", "That mail has been read.", "Departure's at 9:40, from the north pier.", "It leaves from the north pier at 9:40.", "There's one mail about it, from 3 March.")),
    "none": (NONE, ("My search for the landlady brought up nothing.", "I haven't looked at your calendar.")),
    "memories": (MEMORIES, ("What I have saved is that Selma doesn't drink coffee.", "You told me Selma doesn't drink coffee.", "The cellar code is 6620.")),
}  # fmt: skip
NOT_SO: dict[str, tuple[tuple[str, dict[str, Any]], Sequence[str]]] = {
    "tasks": (TASKS, (
        "The shutters are due today, and so is the quince.", "The barge is overdue and so are the hinges.", "The shutters are due today, and the hinges too.", "Insuring the barge has been overdue for a month.",
        "Five tasks are on Errands.", "The longest list is Pantry with three entries.", "The kiln and the shutters, neither of them has a date.", "Pantry has just lentils and honey on it.", "All you have left is the kiln.",
        "On Garden there's the quince and the leeks. Only the leeks have a date.", "The rent is due today.", "Your Garden list has the quince and the kiln.", "Ten are open in all.", "Four have no date.", "Apart from the shutters nothing is overdue.", "Both the kiln and the leeks are on Garden.", "Today it's the shutters and the hinges.", "The next deadline after today is the quince.", "The kiln is overdue too.", "Garden has three things on it.",
    )),
    "pantry": (PANTRY, ("Just lentils and honey.", "Just two things: lentils and honey.")),
    "reminders": (REMINDERS, (
        "Just two reminders, the ferns today and the drill on Sunday.", "The drill comes before the clock.", "Friday doesn't have any.", "After today the next one is the drill.", "On Sunday you want to return the drill, at nine.",
        "There's nothing until Sunday.", "Three come after today.", "There's the ferns at five, then nothing until Sunday.", "The ferns are at five today, and the drill is next.",
    )),
    "unread": (UNREAD, (
        "Odile wants three thousand five hundred euros plus scaffolding.", "The skylight costs 3,150 euros, scaffolding included.", "Odile can't fit the glass on Tuesday.", "The bar is open on the way back.", "There's a single unread mail, Odile's.",
        "Odile wants the measurements, which she needs by Thursday.", "Odile's mail is important, and so is Harun's.", "Two haven't been read.", "Birch Letters needs an answer.", "Nothing from Harun or the bank.", "None of them needs an answer.", "Five knots are in it.", "The knots are for the third season in a row.", "Nothing has come since yesterday.",
        "Piet's mail is unread too.", "Odile wants the measurements by Saturday.",
    )),
    "harun": (HARUN, ("That mail's still unread.", "You sail from the south pier.", "The boat leaves from the Lindau pier.", "You sail at 9:15.", "I haven't searched yet.", "The mail search isn't working at the moment.")),
    "none": (NONE, ("There's no other unread mail either.", "I haven't checked your mail.")),
    "memories": (MEMORIES, ("Selma drinks coffee.", "Selma doesn't drink tea or milk.", "I don't have anything saved about Selma.", "You never told me the cellar code.", "The cellar code is 6602.", "Selma doesn't drink coffee, and she doesn't like calls before nine.")),
    "no memories": (NO_MEMORIES, ("It's 4417 2090.", "You gave it to me in January.", "I've gone through your mail as well.")),
}  # fmt: skip


@pytest.mark.parametrize(("told", "text"), [(told, text) for told, texts in SO.values() for text in texts])
async def test_what_was_read_may_be_told_in_other_words(told: tuple[str, dict[str, Any]], text: str) -> None:
    """How much, until when, of which list, from whom, and how it stands: as the rows have it, or come to."""
    assert await let_go(text, told)


@pytest.mark.parametrize(("told", "text"), [(told, text) for told, texts in NOT_SO.values() for text in texts])
async def test_what_was_read_speaks_against_it(told: tuple[str, dict[str, Any]], text: str) -> None:
    """The same, where it isn't so."""
    assert not await let_go(text, told)


async def test_what_is_said_instead_is_of_what_was_read() -> None:
    """After tasks were read nothing is said of mail."""
    told = await said("The kiln wants insuring and the barge has to be sold.", TASKS)
    assert "mail" not in told


@pytest.mark.parametrize(
    ("query", "found", "told"),
    [
        ("from:harun ferry", [MAILS[1]], "There is one mail from Harun about ferry: Ferry to Texel, yesterday."),
        ('from:"Harun Celik"', [MAILS[1]], "There is one mail from Harun Celik: Ferry to Texel, yesterday."),
        ("from:harun is:unread", [MAILS[1]], "There is one unread mail from Harun: Ferry to Texel, yesterday."),
        ("from:harun rent", [], "There is no mail from Harun about rent."), ("from:harun", [], "There is no mail from Harun."),
    ],
)  # fmt: skip
def test_the_sender_is_the_word_after_from(query: str, found: list[dict[str, Any]], told: str) -> None:
    """ "from:harun ferry" is mail from Harun about the ferry, not from "Harun ferry"."""
    assert (
        TELLERS["search_email"]({"messages": found, "query": query}, {"query": query}, "", Speaker(NOW, ZONE)) == told
    )
