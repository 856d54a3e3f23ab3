"""From what was said to when it is: every reading that is left, as one answer or one short question."""

from dataclasses import replace

from agent.when.asking import ahead, asked
from agent.when.edges import edged
from agent.when.phrases import Reading
from agent.when.pieces import Frame
from agent.when.plain import plain
from agent.when.ranges import ranged
from agent.when.series import series
from agent.when.values import Ambiguous, When, later
from integrations.errors import Invalid


def settle(reading: Reading, frame: Frame) -> When | Ambiguous:
    """The one meaning of a reading, or a question when there are more."""
    if reading.repeat is not None:
        return asked(series(reading, frame), frame)
    found = _meanings(reading, frame)
    return found if isinstance(found, Ambiguous) else asked(ahead(found, frame), frame)


def _meanings(reading: Reading, frame: Frame) -> list[When] | Ambiguous:
    if reading.count or (reading.starting and (reading.days or reading.range)):
        raise Invalid("I can't tell when that starts.")
    if reading.exact:
        return _exact(reading, frame)
    if reading.starting:
        reading = replace(reading, days=[reading.starting])
    if len({*reading.clocks}) > 1:
        raise Invalid("I heard more than one time there.")
    if reading.edges:
        return edged(reading, frame)
    if reading.range:
        return ranged(reading, reading.range, frame)
    return plain(reading, frame)


def _exact(reading: Reading, frame: Frame) -> list[When] | Ambiguous:
    exact = reading.exact
    assert exact is not None
    if reading.days or reading.clocks or reading.range or reading.part or reading.starting:
        raise Invalid("I heard more than one time there.")
    if reading.edges:
        only = reading.edges[0]
        if exact.ends or only.word not in ("until", "through", "before"):
            raise Invalid("I heard more than one time there.")
        return edged(replace(reading, exact=None), frame)
    ends = exact.ends
    if reading.length:
        ends = later(exact.starts, reading.length.time)
    return [When(exact.starts, ends)]
