"""Several meanings become one short question."""

from collections.abc import Iterable
from datetime import UTC

from agent import saying
from agent.when.pieces import Frame
from agent.when.values import Ambiguous, When, before
from integrations.errors import Invalid


def asked(meanings: Iterable[When], frame: Frame) -> When | Ambiguous:
    """One meaning is an answer, several are a question."""
    different = sorted(dict.fromkeys(meanings), key=lambda when: when.starts.astimezone(UTC))
    if len(different) == 1:
        return different[0]
    if not different:
        raise Invalid("There is no such time.")
    return Ambiguous(asking(different, frame), tuple(different))


def asking(choices: list[When], frame: Frame) -> str:
    """One short question between times."""
    said = [
        saying.say_when(each, now=frame.now, zone=frame.zone, full=True).removeprefix("all day ") for each in choices
    ]
    first = said[0][:1].upper() + said[0][1:]
    return f"{', '.join([first, *said[1:-1]])}, or {said[-1]}?"


def ahead(found: list[When], frame: Frame) -> list[When]:
    """Of several readings those that are over go, unless the words look back or nothing else is left."""
    coming = [when for when in found if not before(when.ends or when.starts, frame.now)]
    return coming if coming and not frame.back else found
