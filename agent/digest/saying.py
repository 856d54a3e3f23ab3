"""The digest in two or three sentences fit to be spoken."""

from collections.abc import Sequence
from datetime import date

from agent.digest.titles import LONGEST, shortened
from agent.saying import say_day

NAMED = 3
_NUMBERS = "no one two three four five six seven eight nine ten eleven twelve".split()


def say_digest(
    unread: int,
    mails: Sequence[tuple[str, str]],
    items: Sequence[tuple[str, date | None]],
    *,
    today: date,
    added: Sequence[tuple[str, date | None]] = (),
    instead: bool = False,
) -> str:
    """`mails` are sender and subject of those that matter, `items` the things to do, each with its day.

    `added` are those that are on the list already, `instead` that rules judged where a model should have.
    """
    sentences = [_counted(unread, mails)]
    if added:
        sentences.append(f"I put {things(len(added))} on your list: {listed(added, today)}.")
    if items:
        sentences.append(f"I found {things(len(items))} to do: {listed(items, today)}.")
    if instead:
        sentences.append("My mind didn't answer, so I went by simple rules.")
    return " ".join(sentences)


def listed(items: Sequence[tuple[str, date | None]], today: date) -> str:
    """The first few, each with its day."""
    told = [f"{text.rstrip('.?!')}{f', due {say_day(due, today=today)}' if due else ''}" for text, due in items[:NAMED]]
    more = f"; and {number(len(items) - NAMED)} more" if len(items) > NAMED else ""
    return f"{'; '.join(told)}{more}"


def things(count: int) -> str:
    """ "one thing", "three things"."""
    return "one thing" if count == 1 else f"{number(count)} things"


def number(count: int) -> str:
    """In words as far as one would say it so."""
    return _NUMBERS[count] if count < len(_NUMBERS) else str(count)


def _counted(unread: int, mails: Sequence[tuple[str, str]]) -> str:
    if not unread and not mails:
        return "There is no unread mail."
    lead = f"{number(unread).capitalize()} unread {'mail' if unread == 1 else 'mails'}"
    if not mails:
        return f"{lead}; {'it does not seem' if unread == 1 else 'none of them seems'} to matter."
    named = [f"{sender} about {_about(subject)}" for sender, subject in mails[:NAMED]]
    if len(mails) > NAMED:
        named.append(f"{number(len(mails) - NAMED)} more")
    told = named[0] if len(named) == 1 else f"{', '.join(named[:-1])} and {named[-1]}"
    return f"{lead}; {number(len(mails))} {'matters' if len(mails) == 1 else 'matter'}: {told}."


def _about(subject: str) -> str:
    short = shortened(subject[: LONGEST - 30]) if subject else "nothing in particular"
    return f"“{short}”" if subject else short
