"""Which mail matters, by rules: marked, from someone known, in a conversation of theirs, or asking for something."""

import re
from collections.abc import Sequence

from agent.digest.dues import names_a_day
from agent.digest.kinds import by_machine, deceives, for_many, gives_orders, sells
from agent.digest.titles import first_name
from agent.digest.values import Action, Known, Letter

ENOUGH = 2
_PRESSES = re.compile(r"\b(urgent(ly)?|asap|as soon as possible|important|deadline|today|right away|immediately|final (notice|reminder)|overdue|last (chance|day) to|time[- ]sensitive)\b", re.IGNORECASE)  # fmt: skip
_CHANGES_PLANS = re.compile(
    r"((flight|train|appointment|booking|reservation|meeting|delivery|class|lesson|order)\b.{0,60}\b(cancel+ed|delayed|moved|rescheduled|postponed|changed)|gate (has )?changed|"
    r"payment (was |has )?(failed|declined|unsuccessful|returned)|could not (be )?(charge|deliver|process)|overdue|final (notice|reminder)|"
    r"(appointment|flight|train|booking|reservation)\b.{0,20}\b(today|tomorrow)|(expires?|expiring|renewal|due) (today|tomorrow|soon|in \d))",
    re.IGNORECASE,
)
_MANY = 5
FEW = 8
"""Words below which a mail has little to say."""


def why_it_matters(letter: Letter, known: Known, actions: Sequence[Action]) -> str | None:
    """In a few words; None where it doesn't. Whoever gives orders to an assistant, or deceives, never matters."""
    mail = letter.mail
    if gives_orders(letter, known=known.knows(mail)) or known.has_answered(mail):
        return None
    if mail.important:
        return _asks(actions) or "marked important"
    if for_many(letter):
        return None
    if by_machine(letter):
        return _from_machine(letter, actions)
    if not known.knows(mail) and (deceives(letter) or sells(letter)):
        return None
    reasons = [
        ("someone who matters to you", 2, known.holds_dear(mail)),
        (_asks(actions), 2, bool(actions)),
        (f"answers you on {letter.subject or 'what you wrote'}", 2, mail.thread in known.answered),
        (f"you and {first_name(letter.sender)} write to each other", 1, known.knows(mail)),
        (
            "names a day for you",
            1,
            not known.knows(mail) and names_a_day(letter.sentences, at=mail.at, zone=known.zone),
        ),
        ("it is pressing", 1, bool(_PRESSES.search(f"{mail.subject}\n{letter.text}"))),
        ("written to you alone", 1, known.is_meant(mail) and len(mail.to) == 1 and not mail.cc),
        ("says little", -1, len(letter.text.split()) < FEW),
        ("one of many", -2, len(mail.to) + len(mail.cc) > _MANY),
        ("only copied", -1, not known.is_meant(mail)),
    ]
    if sum(weight for _, weight, holds in reasons if holds) < ENOUGH:
        return None
    return next(reason for reason, weight, holds in reasons if holds and weight > 0)


def _from_machine(letter: Letter, actions: Sequence[Action]) -> str | None:
    """A machine matters when it asks for money, or upsets a plan."""
    if deceives(letter):
        return None
    if actions:
        return _asks(actions)
    told = f"{letter.mail.subject}. {' '.join(letter.sentences[:3])}"
    return "it changes a plan" if _CHANGES_PLANS.search(told) else None


def _asks(actions: Sequence[Action]) -> str:
    if not actions:
        return ""
    due = min((action.due for action in actions if action.due), default=None)
    return f"asks for something by {due:%A, %-d %B}" if due else "asks you for something"
