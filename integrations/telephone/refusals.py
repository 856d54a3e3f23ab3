"""What providers answer and refuse, in our words."""

from collections.abc import Mapping
from typing import Any

import httpx

from integrations.errors import ChronusError, Invalid, NotConnected, RateLimited, Unavailable

PATIENCE = 8.0
"""Seconds for an answer: shorter than a job's lease, so that nobody asks while another still waits."""
RINGS_FOR = 30
"""Seconds for which we let it ring."""


def refusal(provider: str, status: int, *, retry_after: str | None = None) -> ChronusError:
    """What an answer with this status means to us."""
    if status in (401, 403):
        return NotConnected(f"{provider} doesn't let me call: the key or the account in my settings is wrong.")
    if status == 429:
        wait = float(retry_after) if retry_after and retry_after.isdigit() else 30.0
        return RateLimited(f"{provider} asks me to wait before I call.", retry_after=wait)
    if status >= 500:
        return Unavailable(f"{provider} can't call right now.")
    return Invalid(f"{provider} won't ring that number.")


def unreachable(provider: str) -> Unavailable:
    """No answer."""
    return Unavailable(f"I can't reach {provider} right now.")


async def asked(client: httpx.AsyncClient, provider: str, method: str, path: str, **more: object) -> httpx.Response:
    """Ask a provider; its answer, also when it knows of no such thing. Raises what `refusal` says."""
    try:
        answer = await client.request(method, path, **more)  # type: ignore[arg-type]  # httpx's own keywords
    except (httpx.TransportError, httpx.InvalidURL) as error:
        raise unreachable(provider) from error
    if answer.is_success or answer.status_code == 404:
        return answer
    raise refusal(provider, answer.status_code, retry_after=answer.headers.get("retry-after"))


def body(provider: str, answer: httpx.Response) -> Mapping[str, Any]:
    """What it told, where that is an object. Raises `Unavailable` for what isn't JSON."""
    try:
        told = answer.json()
    except ValueError as error:
        raise Unavailable(f"{provider} answered nothing I understand.") from error
    return told if isinstance(told, dict) else {}
