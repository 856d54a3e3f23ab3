"""A caller on this machine: signs in as the owner and speaks the HTTP contract."""

from typing import Any

import httpx

from integrations.errors import Denied, Unavailable


class Client:
    """Talks to a running Chronus at `server`, an address such as http://127.0.0.1:8000."""

    def __init__(self, server: str) -> None:
        self._server = server.rstrip("/")

    async def say(self, text: str) -> dict[str, Any]:
        """One text turn on the owner's current thread; the chat answer. Raises `Unavailable` and `Denied`."""
        return await self._post("/v1/chat", {"text": text})

    async def connect_voice(self) -> str:
        """The address of a websocket with a ticket in it, good for half a minute."""
        return str((await self._post("/v1/voice/connect", {}))["ws_url"])

    async def _post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        try:
            async with httpx.AsyncClient(base_url=self._server, timeout=60) as client:
                signed_in = _checked(await client.post("/v1/auth/local"))
                bearer = {"Authorization": f"Bearer {signed_in['access_token']}"}
                return _checked(await client.post(path, json=body, headers=bearer))
        except (httpx.TransportError, httpx.InvalidURL) as error:
            raise Unavailable(f"I couldn't reach Chronus at {self._server}. Start it with `make run`.") from error


def _checked(response: httpx.Response) -> dict[str, Any]:
    kind = response.headers.get("content-type", "")
    if response.is_error and kind.startswith("application/problem+json"):
        title = response.json()["title"]
        raise Denied(title) if response.status_code in (401, 403) else Unavailable(title)
    if response.is_error or kind != "application/json":
        raise Unavailable(f"Somebody answers at {response.url.copy_with(path='/')}, but it isn't Chronus.")
    found: dict[str, Any] = response.json()
    return found
