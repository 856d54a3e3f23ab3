"""The ring itself: the intent is kept, the provider asked, its answer kept; killed anywhere, the telephone rings once."""

import logging
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from agent.briefing.writing import today
from agent.calling.outcome import end
from agent.context import Context
from agent.quiet import quiet_until
from integrations.errors import ChronusError, Unavailable
from integrations.store.calls import Call, known_to_us
from integrations.store.owed import TRIES
from integrations.store.people import Person
from integrations.telephone import Dialer

if TYPE_CHECKING:
    from agent.services import Services

log = logging.getLogger(__name__)

LATE = timedelta(minutes=30)
"""After which nobody waits for a call any more."""
APART = timedelta(minutes=1)
"""By which the provider's clock may differ from ours."""
LOOK = timedelta(minutes=3)
"""After which we ask what became of a call, if nobody has told."""


async def dial(services: "Services", person: Person, call_id: str, *, attempt: int = 1) -> str:
    """Ring, unless there is something against it; says what came of it. Done again, it doesn't ring again.

    Raises `Unavailable` while the provider can't be reached, and while it isn't known whether it rings already.
    """
    dialer = services.dialer
    if dialer is None:
        return await _leave(services, person, call_id, "There is no provider to call by.")
    call, doubt = await _intend(services, person, call_id)
    if call is None:
        return "There was nothing to ring."
    try:
        provider_id = await _rung_already(services, dialer, call, doubt) if doubt else None
        if provider_id is None:
            ring, status = urls(services, call)
            provider_id = await dialer.ring(call.number, answered=ring, status=status, machines=call.about != "code")
    except Unavailable as error:
        if attempt < TRIES:
            raise
        return await _leave(services, person, call_id, error.say)
    except ChronusError as error:  # it has said no: nothing rings
        return await _leave(services, person, call_id, error.say)
    if not await _record(services, person, call_id, provider_id):
        await dialer.hang_up(provider_id)
        return "It was called off."
    return "It rings."


def urls(services: "Services", call: Call) -> tuple[str, str]:
    """Where the provider asks what to do, and tells how it goes: below our public address, which it signs."""
    base = f"{str(services.settings.public_url).rstrip('/')}/v1/phone/{services.settings.phone.provider}"
    return f"{base}/answered/{call.id}", f"{base}/status/{call.id}"


async def _intend(services: "Services", person: Person, call_id: str) -> tuple[Call | None, datetime | None]:
    """Note that it is about to ring; with a moment where that was noted before, and what became of it isn't known."""
    live = await services.aloud.live(person.id)
    async with services.context(person, channel="job") as ctx:
        ringer = ctx.ringer
        call = await ringer.calls.held(call_id)
        if call.state not in ("waiting", "ringing") or call.provider_id:
            return None, None
        if ctx.now - call.at > LATE:
            end(call, "cancelled", "It was too late.", ctx.now)
            return None, None
        if call.rung_at is not None:
            return call, call.rung_at
        if call.about != "code":
            if not call.even_if_quiet and (until := quiet_until(person, ctx.now)):
                if call.about == "briefing" and not call.asked:  # which is as good in the morning
                    call.at = until
                    await ringer.owe_again(call)
                else:
                    end(call, "cancelled", "Your quiet hours had begun.", ctx.now)
                return None, None
            if against := await _against(ctx, call, live=live):
                end(call, "cancelled", against, ctx.now)
                return None, None
        call.state, call.rung_at = "ringing", ctx.now
        return call, None


async def _against(ctx: Context, call: Call, *, live: bool) -> str | None:
    """Why it needn't ring after all."""
    try:
        phone = await ctx.ringer.phone()
    except ChronusError as error:
        return error.say
    if phone.number != call.number:
        return "Your number has changed."
    if against := await ctx.ringer.may_ring():
        return against
    if call.asked:
        return None
    if live:
        return "You were talking to me."
    if call.about == "reminder" and all(one.read_at for one in await ctx.notifications.some(call.things)):
        return "You knew it by then."
    if call.about == "briefing":
        briefing = await ctx.briefings.on(today(ctx))
        if briefing is None or briefing.finished_at:
            return "You had heard it." if briefing else "There was none."
    return None


async def _rung_already(services: "Services", dialer: Dialer, call: Call, since: datetime) -> str | None:
    """The provider's name of the ring that was asked for, if it was. Raises `Unavailable` while it may not know yet."""
    found = [one.call_id for one in await dialer.since(call.number, since - APART)]
    async with services.database.look() as session:
        known = await known_to_us(session, found)
    if new := [one for one in found if one not in known]:
        return new[0]
    waited = (services.clock() - since).total_seconds()
    if waited < dialer.settles:
        raise Unavailable("I don't know yet whether it rings.", retry_after=dialer.settles - waited)
    return None


async def _record(services: "Services", person: Person, call_id: str, provider_id: str) -> bool:
    """It rings, by that name; the provider may have told so already, and more. False: it was called off meanwhile."""
    async with services.context(person, channel="job") as ctx:
        call = await ctx.ringer.calls.held(call_id)
        call.provider_id = call.provider_id or provider_id
        await ctx.ringer.owe_look(call, ctx.now + LOOK, 1)
        return call.state != "cancelled"


async def _leave(services: "Services", person: Person, call_id: str, why: str) -> str:
    """It won't ring."""
    async with services.context(person, channel="job") as ctx:
        call = await ctx.ringer.calls.held(call_id)
        if call.provider_id is None and call.state in ("waiting", "ringing"):
            end(call, "failed", why, ctx.now)
    return why
