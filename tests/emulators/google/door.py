"""The door of an emulated API: who may ask, what may be asked, what goes wrong on purpose."""

import asyncio
import json
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import parse_qs

from fastapi import FastAPI

from tests.emulators.google import Asked, Google, Refuse, Trouble
from tests.emulators.google.discovery import Api, Method, Wrong, api

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
REASONS = {401: "UNAUTHENTICATED", 403: "PERMISSION_DENIED", 404: "NOT_FOUND", 429: "RESOURCE_EXHAUSTED"}
LIMIT = 40_000_000  # bytes of a body


def error(status: int, reason: str, message: str = "") -> dict[str, Any]:
    """Google's error, in the shape that its older and its newer APIs share."""
    return {
        "error": {
            "code": status,
            "message": message or reason,
            "errors": [{"domain": "global", "reason": reason, "message": message or reason}],
            "status": REASONS.get(status, "INVALID_ARGUMENT"),
        }
    }


class Door:
    """Stands before the routes of one API."""

    def __init__(self, app: FastAPI, google: Google, name: str, version: str) -> None:
        self._app, self._google, self._name = app, google, name
        self._api: Api = api(name, version)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        body = await _body(receive)
        path = (scope.get("raw_path") or scope["path"].encode()).decode().partition("?")[0]
        query = parse_qs(scope["query_string"].decode(), keep_blank_values=True)
        headers = {name.decode().lower(): value.decode("latin-1") for name, value in scope["headers"]}
        found = self._api.find(headers.get("x-http-method-override") or str(scope["method"]), path)
        if found is None:
            await _answer(send, 404, error(404, "notFound", f"{self._name} has no {scope['method']} {path}"))
            return
        method, _ = found
        content = _parsed(body)
        self._google.asked.append(
            Asked(api=self._name, method=method.id, path=path, query=query, headers=headers, body=content)
        )
        trouble = self._google.next_trouble(method.id)
        if trouble and trouble.kind in {"status", "reset", "hang"}:
            await _refuse_so(trouble, send)
            return
        status, answer = await self._checked(method, headers, query, content, scope, body)
        if trouble and trouble.kind == "slow":
            await asyncio.sleep(trouble.seconds)
        if trouble and trouble.kind == "lost":
            await _break_off(send)
        elif trouble and trouble.kind == "garbage":
            await _send(send, 200, b"<html>Something went wrong</html>", {"content-type": "text/html"})
        else:
            await _answer(send, status, answer)

    async def _checked(
        self,
        method: Method,
        headers: dict[str, str],
        query: dict[str, list[str]],
        content: Any,
        scope: Scope,
        body: bytes,
    ) -> tuple[int, Any]:
        scopes = self._google.grants(headers.get("authorization", "").removeprefix("Bearer "))
        if scopes is None:
            return 401, error(401, "authError", "Invalid Credentials")
        if method.scopes and not scopes & method.scopes:
            return 403, error(403, "insufficientPermissions", "Request had insufficient authentication scopes.")
        try:
            self._api.check_query(method, query)
            if content is not None and method.request is None:
                raise Wrong("this request has no body")
            if method.request and content is not None:
                self._api.check(method.request, content)
        except Wrong as wrong:
            return 400, error(400, "badRequest", str(wrong))
        status, answer = await self._routed(scope, body)
        if status == 200 and method.response:
            try:
                self._api.check(method.response, answer, answer=True)
            except Wrong as wrong:
                self._google.wrong.append(f"{method.id}: {wrong}")
        return status, answer

    async def _routed(self, scope: Scope, body: bytes) -> tuple[int, Any]:
        """What the routes say."""
        told: dict[str, Any] = {"status": 500, "body": b""}

        async def receive() -> MutableMapping[str, Any]:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                told["status"] = message["status"]
            else:
                told["body"] += message.get("body", b"")

        try:
            await self._app(scope, receive, send)
        except Refuse as refused:
            return refused.status, error(refused.status, refused.reason, refused.message)
        return told["status"], json.loads(told["body"]) if told["body"] else None


def behind_door(app: FastAPI, google: Google, name: str, version: str) -> FastAPI:
    """The API as it is served."""
    outer = FastAPI(openapi_url=None)
    outer.mount("/", Door(app, google, name, version))
    return outer


async def _body(receive: Receive) -> bytes:
    body, more = b"", True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False) and len(body) < LIMIT
    return body


def _parsed(body: bytes) -> Any:
    try:
        return json.loads(body) if body else None
    except ValueError:
        return body


async def _refuse_so(trouble: Trouble, send: Send) -> None:
    if trouble.kind == "status":
        content = json.dumps(error(trouble.status, trouble.reason)).encode()
        await _send(send, trouble.status, content, {"content-type": "application/json", **trouble.headers})
        return
    if trouble.kind == "hang":
        await asyncio.sleep(trouble.seconds)
    await _break_off(send)


async def _break_off(send: Send) -> None:
    """Promise more than comes: the server closes the connection in the middle of an answer."""
    headers = [(b"content-type", b"application/json"), (b"content-length", b"1000")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b'{"', "more_body": True})
    raise ConnectionAbortedError("on purpose")


async def _answer(send: Send, status: int, content: Any) -> None:
    if content is None:
        await _send(send, 204, b"", {})
        return
    await _send(send, status, json.dumps(content).encode(), {"content-type": "application/json; charset=UTF-8"})


async def _send(send: Send, status: int, content: bytes, headers: dict[str, str]) -> None:
    listed = [(name.encode(), value.encode()) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": status, "headers": [*listed, (b"content-length", str(len(content)).encode())]})  # fmt: skip
    await send({"type": "http.response.body", "body": content})
