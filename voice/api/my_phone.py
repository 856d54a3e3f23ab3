"""/v1/me/phone and /v1/me/pin: my number, whether it is known to be mine, and what a call from it has to know."""

from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, Field

from agent.calling.ringer import CantCall
from agent.calling.verifying import call_with_code, confirm
from agent.services import Services
from integrations.store.phones import Phones
from integrations.telephone.numbers import plain_number
from voice.api import shapes
from voice.deps import TheServices, Unasked, Who
from voice.security.pins import hash_of

router = APIRouter(prefix="/me", tags=["me"])


class MyPhone(BaseModel):
    """`pin`: whether there is one; without it nobody is put through. `verified`: whether I may be rung there. `call` is
    the number to be called, `calls`: whether Chronus can ring anybody."""

    number: str | None
    verified: bool
    pin: bool
    locked_until: shapes.Moment | None
    call: str | None
    calls: bool


class Code(shapes.Body):
    code: Annotated[
        str | None,
        Field(pattern=r"^[0-9]{6}$", description="As it was told by telephone; without it I am called with one."),
    ] = None


class Verifying(BaseModel):
    """`call` is the call that tells the code, if one was asked for."""

    verified: bool
    call: str | None


class Number(shapes.Body):
    number: Annotated[str, Field(max_length=40, description="With its country: +1 555 123 4567.")]


class Pin(shapes.Body):
    pin: Annotated[str, Field(pattern=r"^[0-9]{6,12}$", description="Six to twelve digits.")]


@router.get("/phone")
async def get_phone(services: TheServices, asking: Who) -> MyPhone:
    """By which number I call."""
    return await _told(services, asking.person.id)


@router.put("/phone")
async def put_phone(services: TheServices, asking: Who, body: Number) -> MyPhone:
    """I call from this number."""
    number = plain_number(body.number)
    async with services.database.work() as session:
        await Phones(session, asking.person.id).use(number)
    return await _told(services, asking.person.id)


@router.post("/phone/verify")
async def verify_phone(services: TheServices, asking: Who, unasked: Unasked, body: Code | None = None) -> Verifying:
    """Call me with a code of six digits; with `code`: this is what I was told. It counts for ten minutes and five guesses."""
    if body is not None and body.code is not None:
        await confirm(services, asking.person, body.code)
        await services.telling.changed(asking.person.id, "calls")
        return Verifying(verified=True, call=None)
    if not unasked:
        raise CantCall("Nothing is done in the background here, so nobody would ring.")
    call = await call_with_code(services, asking.person)
    return Verifying(verified=False, call=call.id)


@router.delete("/phone", status_code=204)
async def delete_phone(services: TheServices, asking: Who) -> None:
    """I don't call any more: number and PIN are forgotten."""
    async with services.database.work() as session:
        await Phones(session, asking.person.id).forget()


@router.put("/pin")
async def put_pin(services: TheServices, asking: Who, body: Pin) -> MyPhone:
    """A new PIN. It unlocks the telephone: what was tried before was another one."""
    hashed = await hash_of(body.pin)
    async with services.database.work() as session:
        await Phones(session, asking.person.id).protect(hashed)
    return await _told(services, asking.person.id)


async def _told(services: Services, person_id: str) -> MyPhone:
    async with services.database.look() as session:
        kept = await Phones(session, person_id).mine()
    locked = kept.locked_until if kept and kept.locked(services.clock()) else None
    return MyPhone(
        number=kept.number if kept else None,
        verified=bool(kept and kept.verified_at),
        pin=bool(kept and kept.pin),
        locked_until=locked.isoformat() if locked else None,
        call=services.settings.phone.number,
        calls=services.dialer is not None and services.settings.public_url is not None,
    )
