"""What becomes of a ring: somebody takes it, or a machine, or nobody; then it rings once more, ten minutes later."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from agent.context import Context
from agent.saying import say_clock
from integrations.errors import Denied, NotFound
from integrations.store.calls import Call, State, call_by_id
from integrations.store.people import Person
from integrations.telephone import Asked

if TYPE_CHECKING:
    from agent.services import Services

AGAIN = timedelta(minutes=10)
TRIES = 2
LOOKS = (timedelta(minutes=12), timedelta(minutes=60))
"""From one look at what became of a call to the next, where nobody tells."""
UNTAKEN: dict[str, State] = {"busy": "busy", "no_answer": "no_answer", "failed": "failed", "ended": "no_answer"}


async def taken(services: "Services", call_id: str, asked: Asked) -> Call:
    """Somebody, or a machine, has picked it up; told once. Raises `Denied`, also for what isn't that call, and `NotFound`."""
    person = await _whose(services, call_id)
    async with services.context(person, channel="phone") as ctx:
        call = await _fitting(ctx, call_id, asked)
        if call.state not in ("waiting", "ringing"):
            raise Denied("That call has been taken already.")
        call.rung_at = call.rung_at or ctx.now
        call.answered_at = ctx.now
        call.state = "machine" if asked.machine and call.about != "code" else "answered"
        if call.state == "machine":
            call.why = "An answering machine took it."
            await _once_more(ctx, call)
    await services.telling.changed(person.id, "calls")
    return call


async def told(services: "Services", call_id: str, asked: Asked) -> Call:
    """How it goes. Told twice, or late, it changes nothing. Raises `Denied` for what isn't that call, and `NotFound`."""
    person = await _whose(services, call_id)
    async with services.context(person, channel="phone") as ctx:
        call = await _fitting(ctx, call_id, asked)
        lost = await became(ctx, call, asked)
    await services.telling.changed(person.id, "calls")
    if lost:
        await tell_lost(services, person, call)
    return call


async def became(ctx: Context, call: Call, asked: Asked) -> bool:
    """Keep what it tells; whether that was the last try, and nobody took it."""
    if asked.over and call.seconds is None:
        call.seconds = asked.seconds
    if not asked.over or call.ended_at is not None:
        return False
    call.ended_at = ctx.now
    if call.state == "machine":
        return call.tries >= TRIES
    if call.state == "answered":
        call.state = "ended"
        return False
    call.state = UNTAKEN[asked.course]
    return not await _once_more(ctx, call) and call.about != "code"


def end(call: Call, state: State, why: str, now: datetime) -> None:
    """It is over without having been taken."""
    call.state, call.why, call.ended_at = state, why, now


async def settle(services: "Services", person: Person, call_id: str, times: int) -> str:
    """Where the provider has told nothing (its request was lost, or we were away), ask it. Raises `Unavailable`."""
    async with services.context(person, write=False) as ctx:
        call = await ctx.ringer.calls.get(call_id)
    if call.ended_at is not None or call.provider_id is None or services.dialer is None:
        return "It was known."
    placed = await services.dialer.look(call.provider_id)
    async with services.context(person, channel="job") as ctx:
        call = await ctx.ringer.calls.held(call_id)
        course = placed.course if placed else "ended"
        asked = Asked(
            call_id=call.provider_id or "", caller="", out=True, course=course, seconds=placed.seconds if placed else None
        )  # fmt: skip
        lost = await became(ctx, call, asked)
        if not asked.over and times <= len(LOOKS):
            await ctx.ringer.owe_look(call, ctx.now + LOOKS[times - 1], times + 1)
    if lost:
        await tell_lost(services, person, call)
    return f"It was {course.replace('_', ' ')}."


async def tell_lost(services: "Services", person: Person, call: Call) -> None:
    """They should know that they were called."""
    at = call.at.astimezone(ZoneInfo(person.zone))
    say = f"I called you at {say_clock(at)}, and couldn't reach you."
    await services.telling.tell(person.id, about="phone", say=say, key=f"call:{call.id}", link="/settings/phone")


async def _once_more(ctx: Context, call: Call) -> bool:
    """Ten minutes from now, unless this was that already, or it was about a code."""
    if call.tries >= TRIES or call.about == "code":
        return False
    await ctx.ringer.owe(
        number=call.number, about=call.about, at=ctx.now + AGAIN, key=f"{call.id}:again", asked=call.asked,
        even_if_quiet=call.even_if_quiet, things=list(call.things), tries=call.tries + 1,
    )  # fmt: skip
    return True


async def _whose(services: "Services", call_id: str) -> Person:
    async with services.database.look() as session:
        call = await call_by_id(session, call_id)
    if call is None:
        raise NotFound("I know of no such call.")
    return await services.person(call.person_id)


async def _fitting(ctx: Context, call_id: str, asked: Asked) -> Call:
    """The call, held; the provider's name of it is kept with it. Raises `Denied` where this is about another one."""
    call = await ctx.ringer.calls.held(call_id)
    named = call.provider_id in (None, asked.call_id, asked.request_id)
    if not (call.direction == "out" and asked.out and asked.called == call.number and named):
        raise Denied
    call.provider_id = asked.call_id
    return call
