"""One thing worth hearing in a day."""

from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Item:
    """What is said of a thing, where it stands, and what could be done about it.

    Of one `kind` and `thing` there is one item a day, however often the day is looked at: that names it.
    """

    kind: str
    """event, conflict, task, mail, action, suggestion or trouble."""
    text: str
    """One or more sentences."""
    name: str = ""
    """What it is called, for a reminder of it."""
    source: str | None = None
    """The id of the event, task or mail."""
    thing: str = ""
    """What tells it apart from others of its kind; the source where that is enough."""
    fact: str = ""
    """What has to become different for it to count as changed; the text where that is left out."""
    offer: Json | None = field(default=None)
    """`{tool, arguments}` that "do that" stands for."""

    @property
    def key(self) -> str:
        """Its name through the day; nothing of what it is about can be read from it."""
        return sha256(f"{self.kind}:{self.thing or self.source or ''}".encode()).hexdigest()[:16]

    @property
    def telling(self) -> str:
        """The fact that is compared."""
        return self.fact or self.text


def one_line(words: str) -> str:
    """What others wrote may have any shape; what is told has one."""
    return " ".join(words.split())
