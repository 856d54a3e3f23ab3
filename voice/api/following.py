"""One open page's line: what is new, what it missed, and a sign of life in between."""

from collections.abc import AsyncIterator, Iterable
from datetime import UTC, datetime, timedelta

from agent.services import Services
from agent.tools.shapes import notification_json
from integrations.store.notifications import Notification, Notifications
from voice.deps import SignedIn
from voice.lifetime import Lifetime
from voice.security.signing import standing
from voice.stream import event

HEARTBEAT = 15.0
"""Seconds of silence after which a page sees that the line still stands, and we see whether it may have it."""
RETRY = 3000
"""Milliseconds after which a browser opens a broken line anew."""
OVERLAP = timedelta(seconds=5)
"""What was kept by several processes in the same moment may show itself out of order: so far is looked back."""
REMEMBERED = 500
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


async def followed(services: Services, asking: SignedIn, lifetime: Lifetime, last: str) -> AsyncIterator[str]:
    """Everything that comes, until the page goes, the sign-in ends, or we leave; nothing is held open meanwhile but the line."""
    page = _Page(services, asking, last)
    async with services.news.follow(asking.person.id) as news:
        with lifetime.when_leaving(news.end):
            yield f"retry: {RETRY}\n: here\n\n"
            for written in await page.missed():
                yield written
            while not news.over:
                piece = await news.next(HEARTBEAT)
                if piece is None:
                    if news.over or not await standing(services, asking.family):
                        return
                    yield ": still here\n\n"
                if piece is None or piece.kind == "notification":
                    for written in await page.news(piece.data["ids"] if piece else ()):
                        yield written
                if piece is not None and piece.kind in ("changed", "notification"):
                    for what in piece.data["what"]:
                        yield event("changed", {"what": what})


class _Page:
    """What one page has been shown."""

    def __init__(self, services: Services, asking: SignedIn, last: str) -> None:
        self._services, self._person = services, asking.person
        self._until = _moment(last) or services.clock()
        self._shown: dict[str, None] = {}

    async def missed(self) -> list[str]:
        """What it hasn't been shown yet."""
        async with self._services.database.look() as session:
            sent = await Notifications(session, self._person.id).sent_since(self._until - OVERLAP)
        return [self._written(one) for one in self._new(sent)]

    async def news(self, ids: Iterable[str]) -> list[str]:
        """What is new, and of these what has become of it."""
        known = [id for id in ids if id in self._shown]  # noqa: A001
        written = await self.missed()
        if known:
            async with self._services.database.look() as session:
                again = await Notifications(session, self._person.id).some(known)
            written += [event("notification", self._json(one)) for one in again]
        return written

    def _new(self, sent: Iterable[Notification]) -> Iterable[Notification]:
        for one in sent:
            if one.id not in self._shown:
                self._shown[one.id] = None
                self._until = max(self._until, one.sent_at or self._until)
                if len(self._shown) > REMEMBERED:
                    del self._shown[next(iter(self._shown))]
                yield one

    def _written(self, one: Notification) -> str:
        assert one.sent_at is not None
        return event("notification", self._json(one), id=str((one.sent_at - _EPOCH) // timedelta(microseconds=1)))

    def _json(self, one: Notification) -> dict[str, object]:
        return notification_json(one, self._services.zone_of(self._person))


def _moment(last: str) -> datetime | None:
    """Where a page was when its line broke; None for one that says nothing we know."""
    if not last.isdecimal() or not last.isascii() or len(last) > 17:
        return None
    return _EPOCH + timedelta(microseconds=int(last))
