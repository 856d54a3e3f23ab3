"""What others are said to have heard, read, agreed to, or to be about to do: a receipt, a mail, a row or the person must show it."""

from collections.abc import Sequence

import pytest

from tests.unit.agent.claims.mailboxes import INBOX, found, mail
from tests.unit.agent.claims.test_elsewhere_deeds import DRAFTED, MOVED, Told, event, receipt, said, task

SENT = receipt("send_email", {"subject": "Jars", "to": ["noor@example.org"], "body": "Hi Noor, the jars are here. Mika"}, "Your mail to Noor is sent.", to=["noor@example.org"])  # fmt: skip
WAITS: Told = ("send_email", {"error": "needs_approval", "say": "Shall I send Noor “Hi Noor, the jars are here”?"}, {"to": ["noor@example.org"], "subject": "Jars", "body": "Hi Noor, the jars are here. Mika"})  # fmt: skip
IVO = found(mail("Ivo Barr", "Wax", "14T09:00", "I can't make it on Sunday, but I'll call you and I've agreed to the price. The bakery has put the wax aside. Ivo"))  # fmt: skip
RUNG = receipt("complete_task", task("Ring Ivo", done=True), "Ring Ivo is done.", task="ivo")
RECALLED: Told = (
    "recall",
    {"result": {"memories": [{"text": "Noor asked for the honey jars", "said": "2026-08-01"}], "query": "noor"}},
    {},
)
TICKED: Told = (
    "list_tasks",
    {
        "result": {
            "tasks": [task("Ring Ivo", done=True), task("Pay the smith"), task("Pay the glazier", done=True)],
            "which": "all",
            "list": None,
        }
    },
    {},
)
TASTING = {"guests": ["noor@example.org"]}
TODAY: Told = ("list_events", {"result": {"events": [event("Call with Desmond", 15, "15:00", "15:30"), event("Honey tasting", 15, "18:00", "19:00") | TASTING],
    "span": {"starts": "2026-09-15T00:00:00-03:00", "ends": "2026-09-16T00:00:00-03:00"}, "conflicts": []}}, {})  # fmt: skip
INVITED = receipt("add_event", event("Honey tasting", 17, "14:00", "15:00") | TASTING, "Honey tasting is on your calendar, Thursday the 17th from 2 to 3 pm, with noor@example.org.", title="Honey tasting")  # fmt: skip

REACHED: Sequence[tuple[Told, str, Sequence[str], Sequence[str]]] = (
    (WAITS, "has it gone out?", ("It hasn't.",), ("It has.", "I have.", "Yes, it has.", "It did!")),
    (SENT, "has it gone out?", ("It has.", "The mail is with Noor.", "Noor knows about the jars.", "Noor has been told.", "Noor got your mail."), ("Noor has agreed.", "Noor has read it.", "Noor's looking forward to it.")),
    (DRAFTED, "go on", ("The draft is with you.", "Noor hasn't been told.", "Make sure Noor knows."), ("The draft is with Noor.", "Your jars are safe, the mail is with Noor.", "Noor knows about the jars.", "Noor will call you back.", "Noor can't make it.", "Noor won't be surprised.", "Noor has a message from you.")),
    (MOVED, "go on", ("I haven't told the beekeeper.", "The beekeeper has moved."), (
        "The farrier can't make it.", "The beekeeper knows.", "The beekeeper has been told.", "Everybody knows now.", "The bakery has put the bread aside.", "The beekeeper has confirmed.", "The co-op has waited for you.",
    )),
    (MOVED, "the bakery has put my bread aside, move the beekeeper to half past four", ("The bakery has put it aside.",), ("The bakery has sold it.",)),
    (MOVED, "has noor agreed to sunday? move the beekeeper", (), ("Noor has agreed.",)),
    (IVO, "what does ivo write?", ("Ivo can't make it.", "Ivo will call you.", "Ivo has agreed to the price.", "The bakery has put the wax aside."), ("Noor will call you.", "Noor can't make it.", "Noor has agreed to the price.")),
    (INBOX, "what's new?", ("Greta asked for the pitch of the roof.", "Greta asked you for the pitch of the roof."), ("Greta has been asked for the pitch of the roof.", "Greta's been asked for the pitch of the roof.")),
    (RECALLED, "what about noor?", ("Noor asked for the honey jars.", "Noor has asked for the honey jars."), ("Ivo asked for the honey jars.", "Noor has refused the honey jars.", "Noor has agreed to the jars.")),
    (TICKED, "what have i done?", ("You've rung Ivo.", "You've paid the glazier."), ("You've paid the smith.", "You've already paid Ivo.", "You've finished everything.")),
    (RUNG, "tick off ivo", ("Ivo has been rung.", "Ivo has been called."), ("Noor has been rung.",)),
    (TODAY, "what's on?", ("Desmond calls you at three.", "Noor is invited to the honey tasting.", "Noor has been invited."), ("Noor calls you at three.", "Ivo is invited to the honey tasting.", "Desmond has been invited.")),
    (MOVED, "go on", ("The note is with you.", "The invitation is with you at half past four."), ("The invitation is now with Noor.", "The reply is in the hands of Ivo.")),
    (INVITED, "add it", ("Noor has been invited.", "The invitation is with Noor.", "Noor has your invitation."), ("Noor has accepted.",)),
)  # fmt: skip


@pytest.mark.parametrize(("told", "asked", "text"), [(told, asked, text) for told, asked, so, _ in REACHED for text in so])  # fmt: skip
async def test_whom_something_shows_to_be_reached_is_told_of(told: Told, asked: str, text: str) -> None:
    """By a mail that went out, an invitation, what they wrote themselves, or the person's own words."""
    assert await said(text, told, asked=asked) == text


@pytest.mark.parametrize(("told", "asked", "text"), [(told, asked, text) for told, asked, _, lies in REACHED for text in lies])  # fmt: skip
async def test_nobody_is_reached_by_a_change_alone(told: Told, asked: str, text: str) -> None:
    """Nor has anybody answered who hasn't."""
    assert await said(text, told, asked=asked) != text
