"""How well the digest's rules find what matters and what is asked for, against what was written down as true."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from agent.digest.judging import by_rules
from agent.digest.text import alike
from agent.digest.values import Judgement, Known
from agent.digest.values import Letter as Read
from integrations.email import Message
from integrations.email.headers import parted
from integrations.email.mime import plain
from tests.morning import ME, Letter

ZONE = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 3, 4, 8, 0, tzinfo=ZONE)
"""A Wednesday morning."""


@dataclass
class Count:
    """What was rightly found, wrongly found, and missed."""

    right: int = 0
    wrong: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """Of what was found, how much was right."""
        return self.right / max(1, self.right + len(self.wrong))

    @property
    def recall(self) -> float:
        """Of what there was, how much was found."""
        return self.right / max(1, self.right + len(self.missed))

    def __str__(self) -> str:
        return f"precision {self.precision:.2f}, recall {self.recall:.2f} (n {self.right + len(self.missed)})"


@dataclass
class Figures:
    """How it went."""

    matters: Count = field(default_factory=Count)
    asks: Count = field(default_factory=Count)
    dues: Count = field(default_factory=Count)


def message(letter: Letter, now: datetime = NOW) -> Message:
    """As a mailbox gives it."""
    name, address = parted(letter.sender)
    return Message(
        id=letter.subject, thread=letter.thread or letter.subject, box="inbox", from_name=name, from_address=address, to=tuple(letter.to),
        cc=tuple(letter.cc), subject=letter.subject, body=plain(letter.body), at=now - timedelta(hours=letter.hours), unread=True,
        important=letter.important,
    )  # fmt: skip


def known(written: Sequence[Letter], now: datetime = NOW) -> Known:
    """The person who wrote these."""
    return Known(
        zone=ZONE,
        own=frozenset({ME}),
        written_to=frozenset(to for one in written for to in one.to),
        answered={one.thread: now - timedelta(hours=one.hours) for one in written if one.thread},
    )


def judged(letters: Sequence[Letter], written: Sequence[Letter]) -> Figures:
    """The rules, measured."""
    judgement = by_rules([Read(message(letter)) for letter in letters], known(written))
    return measured(judgement, letters)


def measured(judgement: Judgement, letters: Sequence[Letter]) -> Figures:
    """A judgement, held against the truth."""
    figures, mattering = Figures(), {one.mail.id: one.why for one in judgement.mails}
    for letter in letters:
        if letter.matters and letter.subject in mattering:
            figures.matters.right += 1
        elif letter.matters:
            figures.matters.missed.append(letter.subject)
        elif letter.subject in mattering:
            figures.matters.wrong.append(f"{letter.subject} ({mattering[letter.subject]})")
        found = {one.quote: one.due for one in judgement.actions if one.mail.id == letter.subject}
        for fragments, days in letter.asks:
            hits = [quote for quote in found if any(alike(part) in alike(quote) for part in fragments.split("|"))]
            if not hits:
                figures.asks.missed.append(f"{letter.subject}: {fragments}")
                continue
            figures.asks.right += 1
            due = min((found[quote] for quote in hits if found[quote]), default=None, key=lambda day: day or date.max)
            if due == (None if days is None else NOW.date() + timedelta(days=days)):
                figures.dues.right += 1
            else:
                figures.dues.wrong.append(f"{hits[0]}: {due}")
            for quote in hits:
                del found[quote]
        figures.asks.wrong += [f"{letter.subject}: {quote}" for quote in found]
    return figures
