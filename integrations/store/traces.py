"""What was said, shown and noted about a memory elsewhere than in memory: gone through row by row, wiped, and gone through again.

What the person keeps themselves (events, tasks, reminders, mail) is not about a memory, whatever words it has.
"""

from collections.abc import AsyncIterator, Iterable, Sequence
from typing import Any, Protocol

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from integrations.store.approvals import Approval
from integrations.store.briefings import Briefing
from integrations.store.changes import Change
from integrations.store.conversations import TITLE, Conversation, Turn
from integrations.store.notices import Notice
from integrations.store.notifications import Notification
from integrations.store.owed import Debt
from integrations.store.suggestions import Suggestion
from integrations.store.tables import Owned


class Cleaning(Protocol):
    """Knows what is to be forgotten."""

    def clean(self, value: Any) -> Any:
        """A text, or JSON, without it; the very same object where nothing had to go."""
        ...

    def asked(self, about: Iterable[str]) -> "Cleaning":
        """The same for a turn in which it was asked to be forgotten in these words."""
        ...


PAGE = 200  # rows at once
_TOLD: tuple[tuple[type[Owned], tuple[str, ...]], ...] = (
    (
        Turn,
        ("said", "reply", "heard", "lines", "understood", "actions"),
    ),  # last what tells in which words it was asked to be forgotten
    (Conversation, ("title",)),
    (Change, ("say", "words")),
    (Approval, ("say", "arguments", "result")),
    (Suggestion, ("title", "text", "why")),
    (Notification, ("say", "aloud")),
    (Notice, ("say",)),
    (Briefing, ("text", "items")),
    (Debt, ("say",)),
)
_OF_MEMORY = ("arguments", "receipt", "inverse")
"""What a change of memory holds besides; of other changes these are needed to take them back."""


class Traces:
    """One person's."""

    def __init__(self, session: AsyncSession, person_id: str) -> None:
        self._session = session
        self._person_id = person_id

    async def wipe(self, cleaning: Cleaning) -> list[str]:
        """Take it out everywhere; the ids of the briefings that said it, whose sound has to go too."""
        briefings = []
        titles: dict[tuple[str, str], str] = {}
        async for row, name, value in self._values():
            cleaned = _for(row, cleaning).clean(value)
            if isinstance(row, Conversation):
                cleaned = titles.get(
                    (row.id, value), cleaned
                )  # a title may have too little of it to be known by itself
            if cleaned is not value:
                if isinstance(row, Turn) and name == "said":
                    titles[row.conversation_id, value[:TITLE]] = cleaned[:TITLE]
                setattr(row, name, cleaned)
                briefings += [row.id] if isinstance(row, Briefing) else []
        await self._session.flush()
        return list(dict.fromkeys(briefings))

    async def left(self, cleaning: Cleaning) -> int:
        """How many values still hold it."""
        found = 0
        async for row, _, value in self._values():
            found += _for(row, cleaning).clean(value) is not value
        return found

    async def _values(self) -> AsyncIterator[tuple[Owned, str, Any]]:
        for kind, columns in _TOLD:
            async for row in self._rows(kind):
                for name in _columns(row, columns):
                    if value := getattr(row, name):
                        yield row, name, value

    async def _rows(self, kind: type[Owned]) -> AsyncIterator[Owned]:
        """All of them, a page at a time, by their ids."""
        last = ""
        while True:
            page = select(kind).where(kind.person_id == self._person_id, kind.id > last).order_by(kind.id).limit(PAGE)
            rows: Sequence[Owned] = (await self._session.scalars(page)).all()
            for row in rows:
                yield row
            if len(rows) < PAGE:
                return
            last = rows[-1].id


def _columns(row: Owned, usual: tuple[str, ...]) -> tuple[str, ...]:
    if isinstance(row, Change) and row.keeper == "memory":
        return (*usual, *_OF_MEMORY)
    if isinstance(row, Approval) and row.status == "pending":
        # what waits for a yes stays exactly what was read back; a yes to forgetting is given to ids
        return ("say",) if row.tool == "forget" else ()
    return usual


def _for(row: Owned, cleaning: Cleaning) -> Cleaning:
    if not isinstance(row, Turn):
        return cleaning
    asked = [action["arguments"].get("about") for action in row.actions if action.get("tool") == "forget"]
    return cleaning.asked([str(one) for one in asked if one]) if asked else cleaning
