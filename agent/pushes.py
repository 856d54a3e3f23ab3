"""The browsers a person has told us to tell: each by its own push service, and only what may be read on a locked screen."""

import asyncio
import json
import logging

from integrations.clock import Clock
from integrations.errors import ChronusError, Unavailable
from integrations.push import Gone, Push, Subscription, Urgency
from integrations.store.database import Database
from integrations.store.notifications import Notification
from integrations.store.people import Person
from integrations.store.push import PushSubscriptions
from integrations.store.ring import Ring

log = logging.getLogger(__name__)

KEPT = 12 * 3600
"""Seconds for which a push service keeps it for a browser that isn't there."""
REFUSALS = 5
"""In a row, after which a browser isn't told any more."""
PRIVATE = "Chronus has something for you."
REMINDER = "A reminder is due."


class Pushes:
    """Everybody's browsers."""

    def __init__(self, database: Database, ring: Ring, push: Push, clock: Clock) -> None:
        self._database, self._ring, self._push, self._clock = database, ring, push, clock

    async def key(self) -> str:
        """What a browser has to know of us before it subscribes."""
        return await self._push.key()

    async def subscribe(self, person_id: str, endpoint: str, p256dh: str, auth: str, browser: str) -> None:
        """Tell this browser from now on. Raises `Invalid` and `Denied`."""
        self._push.check(endpoint)
        Subscription.of(endpoint, p256dh, auth)
        async with self._database.work() as session:
            browsers = PushSubscriptions(session, person_id, self._ring)
            await browsers.keep(endpoint, p256dh, auth, browser=browser, now=self._clock())

    async def unsubscribe(self, person_id: str, endpoint: str) -> None:
        """Tell it no more; one that isn't known is no news."""
        async with self._database.work() as session:
            await PushSubscriptions(session, person_id, self._ring).drop(endpoint)

    async def count(self, person_id: str) -> int:
        """How many browsers are told."""
        async with self._database.look() as session:
            return await PushSubscriptions(session, person_id, self._ring).count()

    async def send(self, person: Person, notification: Notification) -> None:
        """Tell all their browsers. Raises `Unavailable` when one of them has to be told later."""
        async with self._database.work() as session:
            browsers = await PushSubscriptions(session, person.id, self._ring).all()
        if not browsers:
            return
        payload = _payload(person, notification)
        became = await asyncio.gather(
            *(self._one(Subscription.of(*keys), payload, notification) for _, *keys in browsers)
        )
        await self._note(person.id, {browser: refusal for (browser, *_), refusal in zip(browsers, became, strict=True)})
        if again := [one for one in became if isinstance(one, Unavailable)]:
            raise max(again, key=lambda one: one.retry_after or 0)

    async def _one(self, to: Subscription, payload: bytes, told: Notification) -> ChronusError | None:
        urgency: Urgency = "high" if told.urgent else "normal"
        try:
            await self._push.send(to, payload, topic=told.id, urgency=urgency, seconds=KEPT)
        except ChronusError as error:
            log.info("a browser could not be told: %s", error.say)
            return error
        return None

    async def _note(self, person_id: str, became: dict[str, ChronusError | None]) -> None:
        async with self._database.work() as session:
            browsers = PushSubscriptions(session, person_id, self._ring)
            for browser, refusal in became.items():
                if isinstance(refusal, Gone):
                    await browsers.gone(browser)
                elif refusal is None:
                    await browsers.worked(browser)
                elif not isinstance(refusal, Unavailable):
                    await browsers.failed(browser, REFUSALS)


def _payload(person: Person, told: Notification) -> bytes:
    """Its tag lets a second telling take the place of the first."""
    closed = REMINDER if told.about == "reminder" else PRIVATE
    body = told.say[:400] if person.push_private else closed
    link = told.link if told.link.startswith("/") else "/"
    shown = {"id": told.id, "title": "Chronus", "body": body, "link": link, "tag": f"chronus-{told.id}"}
    return json.dumps(shown, ensure_ascii=False).encode()
