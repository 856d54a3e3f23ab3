"""What the servers of a benchmark answer: the same to both, and never twice the same, so that no cache helps."""

from collections.abc import Iterator
from itertools import count

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def replies() -> Iterator[str]:
    """One sentence after the other, 12 to 14 words each."""
    for number in count():
        day, hour = _DAYS[number % 7], number % 11 + 1
        yield f"You have {number % 80 + 11} things on {day}, the dentist at {hour} and lunch with Sarah at noon."
