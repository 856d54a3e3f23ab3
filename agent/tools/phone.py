"""Being called: the person's own telephone, and nobody else's."""

from typing import Literal

from agent.calling import ADVANCE
from agent.context import Context
from agent.effects import Effect
from agent.saying import say_when
from agent.tools.arguments import Words
from agent.tools.base import Data, Done, tool
from agent.tools.times import moment
from agent.when import When
from integrations.errors import Conflict, Invalid
from integrations.store.calls import Call


@tool(Effect.PRIVATE)
async def call_me(ctx: Context, when: Words | None = None, about: Literal["briefing"] | None = None) -> Done:
    """Ring the person's own verified telephone, now or at a time they name; "briefing": to read it to them.

    It can't call anybody else.
    """
    if when is None and ctx.channel == "phone":
        raise Conflict("We are talking on the telephone already.")
    at = moment(ctx, when) if when else ctx.now
    if at > ctx.now + ADVANCE:
        raise Invalid(f"I can promise to call up to {ADVANCE.days} days ahead; a reminder can be further away.")
    # whoever is up and says so is called at night, too; nobody is woken because a mind says they want to be
    awake = when is None or ctx.ringer.quiet_now
    call = await ctx.ringer.ask(about=about or "asked", at=at, asked=True, even_if_quiet=awake, key=f"turn:{ctx.key}")
    if call is None:
        raise Conflict("I'm calling you already.")
    told = "now" if when is None else say_when(When(starts=at), now=ctx.now, zone=ctx.zone, full=True)
    why = " with your briefing" if about else ""
    return Done(
        receipt=_json(ctx, call), say=f"I'll call you {told}{why}.", keeper="calls",
        inverse={"do": "cancel", "id": call.id} if when else None,
    )  # fmt: skip


def _json(ctx: Context, call: Call) -> Data:
    return {"id": call.id, "at": call.at.astimezone(ctx.zone).isoformat(), "about": call.about, "state": call.state}
