"""Turning the pages of lists."""

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, Any, TypeVar

from fastapi import Depends, Query

from integrations.errors import Invalid

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Paging:
    """Where a page begins and how long it may be."""

    limit: int
    after: str

    def cut(self, all_of_them: Sequence[T]) -> tuple[list[T], str | None]:
        """A page of a list that is had whole (or at least `reach` long)."""
        start = self._number(self.after or "0")
        page = list(all_of_them[start : start + self.limit])
        more = len(all_of_them) > start + self.limit
        return page, _sealed(str(start + self.limit)) if more else None

    @property
    def reach(self) -> int:
        """How many are needed to cut this page, and to know whether another follows."""
        return self._number(self.after or "0") + self.limit + 1

    def before(self) -> tuple[datetime | None, int]:
        """For lists that run back in time: look before this moment, and skip so many that were shown already."""
        if not self.after:
            return None, 0
        moment, _, shown = self.after.partition(" ")
        try:
            return datetime.fromisoformat(moment) + timedelta(microseconds=1), self._number(shown)
        except (ValueError, OverflowError) as error:
            raise _bad() from error

    def back_from(self, found: Sequence[T], skipped: int, moments: Sequence[datetime]) -> tuple[list[T], str | None]:
        """A page of a list that runs back in time; `moments` are those of `found`."""
        page = list(found[skipped : skipped + self.limit])
        if len(found) <= skipped + self.limit:
            return page, None
        shown = moments[: skipped + self.limit]
        last = shown[-1]  # several things may share a moment
        return page, _sealed(f"{last.isoformat()} {sum(1 for one in shown if one == last)}")

    def _number(self, text: str) -> int:
        if not text.isdigit() or len(text) > 9:
            raise _bad()
        return int(text)


def _paging(
    limit: Annotated[int, Query(ge=1, le=500, description="The longest a page may be.")] = 100,
    next: Annotated[str | None, Query(max_length=200, description="From the page before.")] = None,
) -> Paging:
    return Paging(limit=limit, after=_opened(next) if next else "")


Pages = Annotated[Paging, Depends(_paging)]


def page(items: list[Any], following: str | None) -> dict[str, Any]:
    """As it goes over the wire."""
    return {"items": items, "next": following}


def _sealed(place: str) -> str:
    return base64.urlsafe_b64encode(place.encode()).rstrip(b"=").decode()


def _opened(token: str) -> str:
    try:
        return base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True).decode("ascii")
    except (binascii.Error, ValueError) as error:
        raise _bad() from error


def _bad() -> Invalid:
    return Invalid("That is not a page I know. Start again without `next`.")
