"""A caller on this machine: signs in as the owner and speaks the HTTP contract."""

from time import monotonic
from typing import Any

import httpx

from integrations.errors import Denied, Unavailable
from integrations.trust import trusted


class Client:
    """Talks to a running Chronus at `server`, an address such as http://127.0.0.1:8000."""

    def __init__(self, server: str) -> None:
        self._server = server.rstrip("/")
        self._token: tuple[str, float] | None = None
        """The access token, and the moment (monotonic) until which we use it."""

    async def say(self, text: str) -> dict[str, Any]:
        """One text turn on the owner's current thread; the chat answer. Raises `Unavailable` and `Denied`."""
        return await self._post("/v1/chat", {"text": text})

    async def connect_voice(self) -> str:
        """The address of a websocket with a ticket in it, good for half a minute."""
        return str((await self._post("/v1/voice/connect", {}))["ws_url"])

    async def phone(self) -> str | None:
        """The number the owner calls from."""
        number = (await self._ask("GET", "/v1/me/phone"))["number"]
        return None if number is None else str(number)

    async def connected(self) -> bool:
        """Whether the owner's Google account is connected, and works."""
        return bool((await self._ask("GET", "/v1/auth/google"))["connected"])

    async def copies(self) -> list[dict[str, Any]]:
        """How the copies of the owner's account stand; none where none is connected."""
        return list((await self._ask("GET", "/v1/sync"))["items"])

    async def read_copies(self) -> None:
        """Have them read now, beside everything else."""
        await self._post("/v1/sync", {})

    async def telephoned(self) -> dict[str, Any] | None:
        """The latest turn by telephone of the owner's current thread."""
        threads = (await self._ask("GET", "/v1/chat?limit=1"))["items"]
        if not threads:
            return None
        turns = (await self._ask("GET", f"/v1/chat/{threads[0]['id']}"))["turns"]
        return next((dict(turn) for turn in reversed(turns) if turn["channel"] == "phone"), None)

    async def _post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        return await self._ask("POST", path, body)

    async def _ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        try:
            async with httpx.AsyncClient(verify=trusted(), base_url=self._server, timeout=60) as client:
                bearer = {"Authorization": f"Bearer {await self._signed_in(client)}"}
                return _checked(await client.request(method, path, json=body, headers=bearer))
        except (httpx.TransportError, httpx.InvalidURL) as error:
            raise Unavailable(f"I couldn't reach Chronus at {self._server}. Start it with `make run`.") from error

    async def _signed_in(self, client: httpx.AsyncClient) -> str:
        if self._token is None or self._token[1] < monotonic():
            given = _checked(await client.post("/v1/auth/local"))
            self._token = given["access_token"], monotonic() + given["expires_in"] / 2
        return self._token[0]


def _checked(response: httpx.Response) -> dict[str, Any]:
    kind = response.headers.get("content-type", "")
    if response.is_error and kind.startswith("application/problem+json"):
        title = response.json()["title"]
        raise Denied(title) if response.status_code in (401, 403) else Unavailable(title)
    if response.is_error or kind != "application/json":
        raise Unavailable(f"Somebody answers at {response.url.copy_with(path='/')}, but it isn't Chronus.")
    found: dict[str, Any] = response.json()
    return found
