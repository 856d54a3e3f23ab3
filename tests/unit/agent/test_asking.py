"""What has to be asked, how it is asked, and how much of it there may be."""

from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace as Thing
from typing import Any, cast

import pytest

from agent.approval import AskFirst, digest
from agent.asking import BY_CLICK, ask_first
from agent.caps import DAY, DELETIONS, HOUR, INVITATIONS, MAILS, caps, spend
from agent.consent import Consent
from agent.context import Context
from agent.effects import Effect
from agent.origins import Origin
from agent.trust import Hand, Trust
from integrations.errors import RateLimited

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
BOTH = frozenset({Effect.OUTBOUND, Effect.DESTRUCTIVE})


class Counted:
    """So many of each were agreed to within an hour and a day, and so many were done without a question."""

    def __init__(self, hour: int = 0, day: int = 0, unasked: int = 0) -> None:
        self._done = {NOW - HOUR: hour, NOW - DAY: day}
        self._unasked = unasked
        self.asked: list[Any] = []

    async def spent(self, tools: Collection[str], effects: Collection[str], since: datetime) -> int:
        self.asked.append((frozenset(tools), frozenset(effects), since))
        return self._done[since]

    async def unasked(self, effect: str, since: datetime) -> int:
        assert (effect, since) == ("destructive", NOW - DAY)
        return self._unasked


def work(
    approvals: Counted | None = None, *, mails: int = 5, invitations: int = 20, deletions: int = 20, **more: Any
) -> Context:
    limits = Thing(mails_per_hour=mails, invitations_per_hour=invitations, deletions_per_day=deletions)
    usual = {"trust": Trust(hand=Hand.MIND), "approved": None, "channel": "text"}
    return cast(Context, Thing(limits=limits, now=NOW, approvals=approvals or Counted(), **usual | more))


@pytest.mark.parametrize(
    ("tool", "effect", "counted"),
    [
        ("send_email", Effect.OUTBOUND, [(MAILS, HOUR)]),
        ("add_event", Effect.OUTBOUND, [(INVITATIONS, HOUR)]),
        ("undo", Effect.OUTBOUND, [(INVITATIONS, HOUR)]),
        ("cancel_event", Effect.OUTBOUND, [(INVITATIONS, HOUR), (DELETIONS, DAY)]),
        ("cancel_event", Effect.DESTRUCTIVE, [(DELETIONS, DAY)]),
        ("delete_task", Effect.DESTRUCTIVE, [(DELETIONS, DAY)]),
        ("forget", Effect.DESTRUCTIVE, [(DELETIONS, DAY)]),
        ("undo", Effect.DESTRUCTIVE, []),
        ("add_event", Effect.PRIVATE, []),
        ("send_email", Effect.PRIVATE, []),
        ("change_task", Effect.OUTBOUND, []),
    ],
)
def test_what_counts_for_which_limit(
    tool: str, effect: Effect, counted: list[tuple[frozenset[str], timedelta]]
) -> None:
    """By what it is and by what it does: nobody is told of a private event."""
    assert [(cap.tools, cap.within) for cap in caps(work(), tool, effect)] == counted


@pytest.mark.parametrize(
    ("tool", "effect", "done", "say", "again"),
    [
        ("send_email", Effect.OUTBOUND, Counted(hour=5), "5 mails have gone out by your word within the hour, and that is as many as I send.", 600),
        ("add_event", Effect.OUTBOUND, Counted(hour=20), "Guests have heard from me 20 times within the hour, and that is as often as I let them.", 600),
        ("forget", Effect.DESTRUCTIVE, Counted(day=15, unasked=5), "I've taken away 20 things since this time yesterday, and that is as much as I take away in a day.", 14_400),
    ],
)  # fmt: skip
async def test_one_more_than_the_limit_is_refused_and_says_when_to_ask_again(
    tool: str, effect: Effect, done: Counted, say: str, again: float
) -> None:
    """A sixth of the while later some of it has gone by; the page's own buttons go on working."""
    with pytest.raises(RateLimited) as refused:
        await spend(work(done), tool, effect)
    assert refused.value.say == f"{say} You can still do it yourself on the page."
    assert refused.value.retry_after == again


async def test_below_the_limit_nothing_is_refused() -> None:
    """The last one of them is still done; what was done without a question counts among deletions alone."""
    await spend(work(Counted(hour=4)), "send_email", Effect.OUTBOUND)
    await spend(work(Counted(hour=4, unasked=50)), "send_email", Effect.OUTBOUND)
    await spend(work(Counted(day=14, unasked=5)), "forget", Effect.DESTRUCTIVE)
    done = Counted()
    await spend(work(done), "cancel_event", Effect.OUTBOUND)
    assert done.asked == [
        (INVITATIONS, frozenset({"outbound"}), NOW - HOUR),
        (DELETIONS, frozenset(str(one) for one in BOTH), NOW - DAY),
    ]


async def test_no_limit_of_one_kind_lifts_no_other() -> None:
    """0 means as many as they like, of that alone."""
    with pytest.raises(RateLimited):
        await spend(work(Counted(hour=99, day=20), invitations=0), "cancel_event", Effect.OUTBOUND)
    await spend(work(Counted(hour=99, day=99), invitations=0, deletions=0), "cancel_event", Effect.OUTBOUND)


async def test_what_is_counted_already_counts_once() -> None:
    """A yes is counted when it is given: the very act that it was given for isn't one more."""
    await spend(work(Counted(hour=5)), "send_email", Effect.OUTBOUND, already=1)
    with pytest.raises(RateLimited):
        await spend(work(Counted(hour=6)), "send_email", Effect.OUTBOUND, already=1)


EXACT: dict[str, Any] = {"title": "Lunch", "guests": [], "place": "", "notes": None, "length": 0}
"""What is empty is not part of what is agreed to."""


async def test_the_question_is_about_exactly_what_was_given() -> None:
    """Without what is empty; how to say yes is told in the tool's own verb where no other was given."""
    with pytest.raises(AskFirst) as asked:
        await ask_first(work(), "cancel_event", Effect.DESTRUCTIVE, EXACT, "This cancels Lunch.")
    question = asked.value
    assert question.exact == {"title": "Lunch", "length": 0}
    assert (question.effect, question.by_click, question.consent) == (Effect.DESTRUCTIVE, False, Consent(verb="cancel"))
    assert question.say == "This cancels Lunch. Say “cancel it”."


async def test_what_was_agreed_to_is_done_and_nothing_else_is() -> None:
    """The yes opens that one effect for this one piece of work."""
    agreed = work(Counted(day=99), approved=digest("cancel_event", {"title": "Lunch", "length": 0}))
    await ask_first(agreed, "cancel_event", Effect.DESTRUCTIVE, EXACT, "This cancels Lunch.")
    agreed.trust.check(Effect.DESTRUCTIVE)
    with pytest.raises(Exception, match="I need your yes"):
        agreed.trust.check(Effect.OUTBOUND)

    other = work(approved=digest("cancel_event", {"title": "Dinner"}))
    with pytest.raises(AskFirst):
        await ask_first(other, "cancel_event", Effect.DESTRUCTIVE, EXACT, "This cancels Lunch.")


@pytest.mark.parametrize(
    ("reversible", "asks"), [({}, True), ({"reversible": False}, True), ({"reversible": True}, False)]
)
async def test_only_what_can_be_undone_goes_without_a_question(reversible: dict[str, Any], asks: bool) -> None:
    """Where the person wants it so; whoever doesn't say that it can be undone is asked."""
    free = work(trust=Trust(hand=Hand.MIND, ask_before="others"))
    asking = ask_first(free, "delete_task", Effect.DESTRUCTIVE, EXACT, "This deletes Milk.", **reversible)
    if asks:
        with pytest.raises(AskFirst):
            await asking
    else:
        await asking
        free.trust.check(Effect.DESTRUCTIVE)


@pytest.mark.parametrize(
    ("origin", "more", "by_click"),
    [
        (Origin.THIRD_PARTY, {}, False),
        (Origin.THIRD_PARTY, {"strangers": ["eve@evil.example"]}, True),
        (Origin.THIRD_PARTY, {"unheard": True}, True),
        (Origin.OWN, {"strangers": ["eve@evil.example"], "unheard": True}, False),
    ],
)
async def test_after_others_words_strangers_and_what_is_unheard_take_a_click(
    origin: Origin, more: dict[str, Any], by_click: bool
) -> None:
    """Words would be enough for what the person knows and has heard whole."""
    read = work(trust=Trust(hand=Hand.MIND, origin=origin))
    with pytest.raises(AskFirst) as asked:
        await ask_first(
            read, "send_email", Effect.OUTBOUND, EXACT, "This mails.", consent=Consent(verb="send to"), **more
        )
    assert asked.value.by_click is by_click
    assert asked.value.say.endswith(BY_CLICK) is by_click
