"""A yes that can't be misheard."""

from datetime import UTC, datetime, timedelta

import pytest

from agent.approval import digest, pending_json
from agent.consent import Consent, judge
from integrations.store.approvals import Approval

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)

DANA = Consent(verb="send to", names=("Dana",), it=False)
DENTIST = Consent(verb="cancel", names=("the dentist",))
ALL = Consent(verb="invite", names=("all five",), it=False)
FORGET = Consent(verb="forget", names=("for good",), it=False)


@pytest.mark.parametrize(
    ("words", "consent"),
    [
        ("send to Dana", DANA), ("Send to Dana.", DANA), ("Yes, send it to Dana, please.", DANA), ("Okay, send the mail to Dana", DANA),
        ("Sent to Dana.", DANA), ("send to Dayna", DANA), ("um, send to Dana", DANA), ("go ahead and send to Dana", DANA),
        ("Cancel the dentist.", DENTIST), ("cancel it", DENTIST), ("yes cancel my dentist appointment", DENTIST), ("Council the dentist", DENTIST),
        ("invite all five", ALL), ("Invite all 5, please", ALL), ("forget it for good", FORGET), ("Forget that for good.", FORGET),
    ],
)  # fmt: skip
def test_the_act_and_the_name_are_a_yes(words: str, consent: Consent) -> None:
    """What one is told to say is a yes, also with a please, an article, or as a recogniser spells it."""
    assert judge(words, consent) == "yes"


@pytest.mark.parametrize(
    "words",
    ["yes", "Yes.", "Yes, please!", "yeah", "sure", "OK", "okay, do it", "go ahead", "send it", "yes, send it", "mhm", "uh huh", "Dana",
     "that's right", "confirm", "send", "do it", "yes yes", "um, yes", "please do"],
)  # fmt: skip
def test_a_bare_yes_is_told_what_to_say(words: str) -> None:
    """It was meant for us, but it names neither the act nor the person."""
    assert judge(words, DANA) == "nearly"


@pytest.mark.parametrize(
    "words",
    ["no", "No!", "nope", "no thanks", "don't", "don't do it", "no, don't send it", "never mind", "stop", "leave it", "cancel", "cancel that",
     "not now", "wait", "no, leave it", "don't send to Dana", "do not send it to Dana", "forget it", "no, don't send that to Dana please"],
)  # fmt: skip
def test_a_plain_no_is_a_no(words: str) -> None:
    """Saying no is easy."""
    assert judge(words, DANA) == "no"


@pytest.mark.parametrize(
    "words",
    ["", "yes but at five", "yes and also call mum", "no yes", "yesterday", "what", "the yes man", "is that a yes", "send it to Donna", "send to Diana",
     "send to Dan", "send to Dana and Tom", "send to Dana tomorrow", "did you send to Dana", "say send to Dana or press one", "he said send to Dana",
     "I'd never send to Dana", "should I send to Dana", "what if I send to Dana", "who is Dana", "email Dana", "mail Dana that I am late", "send Dana's mail to Tom", "cancel the dentist"],
)  # fmt: skip
def test_anything_else_is_neither(words: str) -> None:
    """More, less or other words decide nothing."""
    assert judge(words, DANA) is None


@pytest.mark.parametrize(
    "words", ["cancel lunch", "cancel the dentist tomorrow", "delete it", "move the dentist", "cancel the tennis"]
)
def test_another_act_or_thing_is_no_yes(words: str) -> None:
    """Neither is what is said of something else."""
    assert judge(words, DENTIST) != "yes"


def test_cancel_that_is_a_no_where_something_would_be_cancelled() -> None:
    """Words that may mean both are taken for the no."""
    assert judge("cancel that", DENTIST) == "no"


def test_a_digest_is_of_the_exact_arguments() -> None:
    """One changed letter is another thing to say yes to; the order of names is not."""
    one = digest("send_email", {"to": ["a@example.org"], "body": "Hi"})

    assert one == digest("send_email", {"body": "Hi", "to": ["a@example.org"]})
    assert one != digest("send_email", {"body": "hi", "to": ["a@example.org"]})
    assert one != digest("draft_email", {"body": "Hi", "to": ["a@example.org"]})


MARY = Consent(verb="send to", names=("Maryann Poole",), it=False)
ROSE = Consent(verb="invite", names=("Anna Rose", "Tom"), it=False)
PLAN = Consent(verb="delete", names=("the all about meeting event",))


@pytest.mark.parametrize(
    ("words", "consent", "verdict"),
    [
        ("yes, go ahead and send to Dana", DANA, "yes"),
        ("okay yes go ahead and send it to Dana please thanks", DANA, "yes"),
        ("send the Dana", DANA, "yes"),
        ("send Dana", DANA, "nearly"),
        ("send to day nah of course", DANA, "nearly"),
        ("send to day nah of the course", DANA, None),
        ("send the mail Dana", DANA, "yes"),
        ("send to Dayna Kimm", Consent(verb="send to", names=("Dana Kim",), it=False), "yes"),
        ("please yes okay send to Dana", DANA, "yes"),
        ("send to Mary Ann Poole", MARY, "yes"),
        ("send to Maryannpoole", MARY, "yes"),
        ("send to Maryann Pool", MARY, "yes"),
        ("send to Poole Maryann", MARY, "nearly"),
        ("send to Maryann", MARY, "nearly"),
        ("invite Anna Rose and Tom", ROSE, "yes"),
        ("invite Tom, Annarose", ROSE, "yes"),
        ("invite Anna Rose", ROSE, None),
        ("invite Anna Rose and Tom and Kim", ROSE, None),
        ("delete the event", PLAN, "nearly"),
        ("delete that", PLAN, "yes"),
        ("delete this", PLAN, "yes"),
        ("delete them", PLAN, "yes"),
        ("don’t", DANA, "no"),
        ("and do it", Consent(verb="undo"), "yes"),
        ("on do it please", Consent(verb="undo"), "yes"),
        ("un do it", Consent(verb="undo"), "yes"),
        ("in bike Anna Rose and Tom", ROSE, "yes"),
        ("in vite Anna Rose and Tom", ROSE, "yes"),
        ("canceled entist", DENTIST, "yes"),
        ("canceldentist", DENTIST, "yes"),
        ("invitetom", Consent(verb="invite", names=("Tom",), it=False), "yes"),
        ("inviteto m", Consent(verb="invite", names=("Tom",), it=False), "yes"),
        ("cancel dentists", DENTIST, "yes"),
        ("please", DANA, "nearly"),
        ("...", DANA, "nearly"),
        ("   ", DANA, None),
        ("go ahead and", DANA, "nearly"),
    ],
)
def test_a_name_may_be_run_together_or_apart_and_must_be_whole(
    words: str, consent: Consent, verdict: str | None
) -> None:
    """A recogniser writes Mary Ann for Maryann and the other way round; of two people both are named, and nobody else."""
    assert judge(words, consent) == verdict


@pytest.mark.parametrize("consent", [DANA, DENTIST, ROSE])
def test_what_a_yes_has_to_say_is_kept_whole(consent: Consent) -> None:
    """Between the question and the answer it lies in the database; from before there was any, the plainest is asked for."""
    assert Consent.of(consent.json) == consent
    assert Consent.of(None).words == "do it"
    assert Consent(verb="send to", names=("Dana", "Kim", "Tom")).words == "send to Dana, Kim and Tom"
    assert judge("do it", Consent.of(None)) != "yes"


def test_a_card_tells_all_of_what_waits() -> None:
    """The page shows it, and knows until when."""
    asked = Approval(
        id="a", tool="send_email", effect="outbound", arguments={"to": ["a@example.org"]}, say="This mails a@example.org.",
        status="pending", asked_at=NOON, expires_at=NOON + timedelta(minutes=1), consent=DANA.json, by_click=False,
        origins={"to": "said"}, conversation_id="c", turn_id="t", channel="text",
    )  # fmt: skip
    told = pending_json(asked)
    assert {name: told[name] for name in ("id", "tool", "effect", "arguments", "say", "consent", "by_click")} == {
        "id": "a", "tool": "send_email", "effect": "outbound", "arguments": {"to": ["a@example.org"]},
        "say": "This mails a@example.org.", "consent": "send to Dana", "by_click": False,
    }  # fmt: skip
    assert told["expires_at"] == "2026-03-04T12:01:00+00:00"
