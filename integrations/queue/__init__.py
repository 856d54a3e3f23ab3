"""Asking for background work by name."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol


class Queue(Protocol):
    """Where work is asked for; it is done once for each job, person and slot, here or on another machine."""

    async def ask(
        self,
        job: str,
        person_id: str,
        *,
        slot: str,
        due: datetime | None = None,
        arguments: Mapping[str, Any] | None = None,
    ) -> bool:
        """Owe this work from `due` on (default: now). Whether it was new: the same slot is owed once."""
        ...

    async def ask_again(
        self, job: str, person_id: str, *, slot: str, arguments: Mapping[str, Any] | None = None
    ) -> bool:
        """Owe now what may have been done before. Whether it wasn't waiting or under way already."""
        ...
