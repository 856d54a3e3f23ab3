"""/v1/phone/calls: being called, and which calls there were."""

from typing import Annotated, Literal

from fastapi import APIRouter, Path
from pydantic import BaseModel, ConfigDict, Field

from agent.calling.ringer import CantCall
from agent.services import Services
from integrations.store.calls import Call
from integrations.store.people import Person
from integrations.telephone.numbers import masked
from voice.api import shapes
from voice.api.paging import Pages
from voice.deps import Reading, TheServices, Unasked, Who

router = APIRouter(prefix="/phone/calls", tags=["phone"])


class Ring(shapes.Body):
    """What is wanted of the call."""

    about: Annotated[
        Literal["briefing"] | None, Field(description="What it begins with; null: nothing of its own.")
    ] = None
    even_if_quiet: Annotated[bool, Field(description="Ring within my quiet hours, too.")] = False


class PhoneCall(BaseModel):
    """One call. `conversation_id` is the thread that was talked on, once there were words; of a number that isn't ours
    only its ends are shown."""

    model_config = ConfigDict(populate_by_name=True)

    id: str
    direction: Literal["in", "out"]
    from_: str = Field(alias="from")
    to: str
    at: shapes.Moment
    seconds: int | None
    state: Literal["waiting", "ringing", "answered", "machine", "ended", "no_answer", "busy", "failed", "cancelled"]
    why: str
    about: Literal["briefing", "reminder", "asked", "code"] | None
    tries: int
    conversation_id: str | None


@router.post("", status_code=202)
async def call_me(services: TheServices, asking: Who, unasked: Unasked, ring: Ring | None = None) -> PhoneCall:
    """Ring me now, at my own verified number. 409 says what is missing, that it is too often, or that I want quiet."""
    ring = ring or Ring()
    if not unasked:
        raise CantCall("Nothing is done in the background here, so nobody would ring.")
    async with services.context(asking.person, channel="api") as ctx:
        call = await ctx.ringer.ask(about=ring.about or "asked", asked=True, even_if_quiet=ring.even_if_quiet)
        assert call is not None  # without a key it is always a new one
        return _shown(call, services, asking.person)


@router.get("")
async def list_calls(ctx: Reading, services: TheServices, pages: Pages) -> shapes.Page[PhoneCall]:
    """The newest first, also those that are still to come."""
    cut, following = pages.cut(await ctx.ringer.calls.newest(pages.reach))
    return shapes.Page(items=[_shown(call, services, ctx.person) for call in cut], next=following)


@router.get("/{call_id}")
async def get_call(ctx: Reading, services: TheServices, call_id: Annotated[str, Path(max_length=40)]) -> PhoneCall:
    """How one goes."""
    return _shown(await ctx.ringer.calls.get(call_id), services, ctx.person)


@router.delete("/{call_id}", status_code=204)
async def cancel_call(services: TheServices, asking: Who, call_id: Annotated[str, Path(max_length=40)]) -> None:
    """Don't ring, or stop ringing. 409 when it is over."""
    async with services.context(asking.person, channel="api") as ctx:
        ringing = await ctx.ringer.call_off(call_id)
    if ringing and services.dialer:
        await services.dialer.hang_up(ringing)


def _shown(call: Call, services: Services, person: Person) -> PhoneCall:
    ours, theirs = services.settings.phone.number or "", masked(call.number)
    return PhoneCall(
        id=call.id,
        direction=call.direction,
        from_=ours if call.direction == "out" else theirs,
        to=theirs if call.direction == "out" else ours,
        at=call.at.astimezone(services.zone_of(person)).isoformat(),
        seconds=call.seconds,
        state=call.state,
        why=call.why,
        about=call.about,
        tries=call.tries,
        conversation_id=call.conversation_id,
    )
