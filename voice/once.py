"""A request that is sent again under its client's own name for it (`Idempotency-Key`) is done once, and answered as it was."""

import hashlib

from fastapi import Request
from fastapi.encoders import jsonable_encoder
from fastapi.responses import JSONResponse, Response
from pydantic import TypeAdapter

from agent.context import Context
from integrations.errors import Invalid
from integrations.store.changes import Change

OTHER_BODY = "That Idempotency-Key was used for something else."


class DoneBefore(Exception):
    """Not a refusal: it has been done already, and `change` says what came of it."""

    def __init__(self, change: Change) -> None:
        super().__init__(change.id)
        self.change = change


async def name_of(request: Request, once: str | None) -> str | None:
    """What names this request for ever: its door, the client's name for it, and what it says."""
    if once is None:
        return None
    door = hashlib.sha256(f"{request.method} {request.url.path}\n{once}".encode()).hexdigest()
    said = request.url.query.encode() + b"\n" + await request.body()
    return f"api:{door}:{hashlib.sha256(said).hexdigest()[:24]}"


async def only_once(ctx: Context, name: str | None) -> None:
    """Raises `DoneBefore`, and `Invalid` when the client's name stood for something else."""
    if name is None:
        return
    before = await ctx.changes.named(name.rpartition(":")[0])
    if before is not None and before.key != name:
        raise Invalid(OTHER_BODY)
    if before is not None and not before.begun:
        raise DoneBefore(before)


async def on_done_before(request: Request, error: Exception) -> Response:
    """The first answer, as it was."""
    assert isinstance(error, DoneBefore)
    route = request.scope["route"]
    headers = {"Idempotency-Replayed": "true"}
    if route.status_code == 204:
        return Response(status_code=204, headers=headers)
    told = TypeAdapter(route.response_model).validate_python(error.change.receipt)
    return JSONResponse(jsonable_encoder(told), status_code=route.status_code or 200, headers=headers)
