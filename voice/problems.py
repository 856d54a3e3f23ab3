"""How a refusal looks over HTTP: problem details (RFC 9457), with nothing in them that is not the caller's business."""

import logging
import math
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from integrations.errors import (
    ChronusError,
    Conflict,
    Denied,
    Invalid,
    NeedsApproval,
    NotConnected,
    NotFound,
    RateLimited,
    Unavailable,
)
from integrations.logs import where

log = logging.getLogger(__name__)

PROBLEM = "application/problem+json"


class NotSignedIn(Denied):
    """Nobody has said who they are, or what they said no longer counts."""

    code, say = "not_signed_in", "Please sign in first."


class TooLarge(Invalid):
    """The body is longer than anything we take."""

    code, say = "too_large", "That is more than I can take in at once."


class HeadersTooLarge(TooLarge):
    """The address and the headers are longer than anything a browser sends."""

    code, say = "headers_too_large", "Those headers are more than I can take in."


STATUS: Mapping[type[ChronusError], int] = {
    Invalid: 422,
    TooLarge: 413,
    HeadersTooLarge: 431,
    NotFound: 404,
    Conflict: 409,
    NotConnected: 409,
    NotSignedIn: 401,
    Denied: 403,
    NeedsApproval: 409,
    Unavailable: 503,
    RateLimited: 429,
    ChronusError: 500,
}
_BY_STATUS: Mapping[int, tuple[str, str]] = {
    400: ("bad_request", "I can't make sense of that request."),
    404: ("not_found", "There is nothing at this address."),
    405: ("method_not_allowed", "That can't be done at this address."),
    413: (TooLarge.code, TooLarge.say),
}
WAIT = 2.0
"""Seconds to wait before trying again, where whoever refused didn't say."""


def status_of(error: ChronusError) -> int:
    """The status of the nearest ancestor we know."""
    return next(STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)


def refusal(error: ChronusError) -> JSONResponse:
    """What the caller gets for one of our refusals."""
    status = status_of(error)
    headers = {}
    if isinstance(error, Unavailable):
        headers["Retry-After"] = str(max(1, math.ceil(error.retry_after or WAIT)))
    if status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    choices = list(getattr(error, "choices", ()))
    return _problem(status, error.code, error.say, headers, **({"choices": choices} if choices else {}))


async def on_refusal(_: Request, error: Exception) -> JSONResponse:
    """For everything in the tree of `ChronusError`."""
    assert isinstance(error, ChronusError)
    return refusal(error)


async def on_http(_: Request, error: Exception) -> JSONResponse:
    """For what the framework refuses by itself: no such address, no such method."""
    assert isinstance(error, HTTPException)
    code, title = _BY_STATUS.get(error.status_code, ("failed", str(error.detail)))
    return _problem(error.status_code, code, title, error.headers)


async def on_bad_input(_: Request, error: Exception) -> JSONResponse:
    """For a request of the wrong shape: says where, never repeats what was sent."""
    assert isinstance(error, RequestValidationError)
    errors = [{"at": ".".join(str(p) for p in one["loc"]), "say": one["msg"]} for one in error.errors()]
    if any(one["type"] == "json_invalid" for one in error.errors()):
        return _problem(400, "bad_json", "That is not JSON.")
    first = errors[0]
    return _problem(422, Invalid.code, f"{first['at']}: {first['say']}", errors=errors)


class LastResort:
    """Whatever nobody foresaw becomes a 500 that tells the caller nothing, and a line in the log that tells us where."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        last = ""

        async def watched(message: Message) -> None:
            nonlocal last
            last = message["type"]
            await send(message)

        try:
            await self._app(scope, receive, watched)
        except ChronusError as error:
            await _end(refusal(error), last, scope, receive, send)
        except Exception as error:  # noqa: BLE001, the one place of the web where everything ends
            # its message may quote what a person said or a secret: the kind and the place are enough to find it
            log.error("unforeseen %s", where(error))
            await _end(_problem(500, ChronusError.code, ChronusError.say), last, scope, receive, send)


async def _end(answer: JSONResponse, last: str, scope: Scope, receive: Receive, send: Send) -> None:
    """The answer, or what is left to say after what was sent last."""
    if scope["type"] == "http" and not last:
        await answer(scope, receive, send)
    elif scope["type"] == "http":
        # half an answer must not look like a whole one: an unfinished body tells the server to drop the line
        log.error("the answer had begun and stays unfinished")
    elif scope["type"] == "websocket" and last != "websocket.close":
        code = 1011 if answer.status_code == 500 else 1013 if answer.status_code in (429, 503) else 1008
        with suppress(OSError):  # they have hung up themselves
            await send({"type": "websocket.close", "code": code, "reason": ""})


def _problem(status: int, code: str, title: str, headers: Mapping[str, str] | None = None, **more: Any) -> JSONResponse:
    body = {"type": f"/problems/{code}", "title": title, "status": status, "code": code, **more}
    return JSONResponse(body, status, headers=headers, media_type=PROBLEM)
