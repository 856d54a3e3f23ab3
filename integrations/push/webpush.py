"""Web Push: each browser's own push service, asked over https."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import httpx

from integrations.clock import Clock
from integrations.errors import Denied, RateLimited, Unavailable
from integrations.push import Gone, Subscription, Urgency
from integrations.push.guard import Guard
from integrations.push.sealing import Vapid, sealed
from integrations.trust import trusted

PATIENCE = 10.0
"""Seconds for a push service to take a message."""
AT_ONCE = 20
"""Connections, to all push services together."""


class WebPush:
    """Sends to where a name leads at that moment, and follows nobody elsewhere."""

    def __init__(
        self,
        client: httpx.AsyncClient,
        guard: Guard,
        vapid: Callable[[], Awaitable[Vapid]],
        contact: str,
        clock: Clock,
    ) -> None:
        self._client, self._guard = client, guard
        self._vapid, self._contact, self._clock = vapid, contact, clock

    async def key(self) -> str:
        """What a browser has to know of us before it subscribes."""
        return (await self._vapid()).public

    def check(self, endpoint: str) -> None:
        """Raises `Denied` for an address that we would never send anything to."""
        self._guard.check(endpoint)

    async def send(
        self, to: Subscription, payload: bytes, *, topic: str, urgency: Urgency = "normal", seconds: int
    ) -> None:
        """Tell one browser. Raises `Gone`, `Denied` and `Unavailable`."""
        self._guard.check(to.endpoint)
        url = httpx.URL(to.endpoint)
        port = url.port or (443 if url.scheme == "https" else 80)
        address = await self._guard.address(url.host, port)
        origin = f"{url.scheme}://{url.netloc.decode()}"
        headers = {
            "Host": url.netloc.decode(),
            "Authorization": (await self._vapid()).header(origin, self._contact, self._clock()),
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "TTL": str(seconds),
            "Topic": topic,
            "Urgency": urgency,
        }
        try:
            # connects to the address that was looked at, not to where the name may lead by now; the certificate is the name's
            answer = await self._client.post(
                url.copy_with(host=address),
                content=sealed(payload, to),
                headers=headers,
                extensions={"sni_hostname": url.host},
            )
        except (httpx.TransportError, httpx.InvalidURL) as error:
            raise Unavailable("The push service isn't answering right now.") from error
        _refuse(answer)


def _refuse(answer: httpx.Response) -> None:
    status = answer.status_code
    if status in (404, 410):
        raise Gone
    if status == 429 or status >= 500:
        told = answer.headers.get("retry-after", "")
        wait = float(told) if told.isdigit() and len(told) < 6 else None
        kind = RateLimited if status == 429 else Unavailable
        raise kind("The push service has too much to do right now.", retry_after=wait)
    if not answer.is_success:
        raise Denied(f"The push service says no ({status}).")


@asynccontextmanager
async def open_webpush(
    vapid: Callable[[], Awaitable[Vapid]], *, contact: str, guard: Guard, clock: Clock
) -> AsyncIterator[WebPush]:
    """With a pool of connections of its own; a proxy of the environment is left aside, as it would look up names itself."""
    limits = httpx.Limits(max_connections=AT_ONCE, max_keepalive_connections=4)
    async with httpx.AsyncClient(
        verify=trusted(), timeout=PATIENCE, limits=limits, follow_redirects=False, trust_env=False
    ) as client:
        yield WebPush(client, guard, vapid, contact, clock)
