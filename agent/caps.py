"""How much a mind may have done within an hour or a day, by whatever yes; what a person does by themselves, through the API or the page's own buttons, doesn't count."""

from dataclasses import dataclass
from datetime import timedelta

from agent.context import Context
from agent.effects import Effect
from integrations.errors import RateLimited

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MAILS = frozenset({"send_email"})
INVITATIONS = frozenset({"add_event", "change_event", "cancel_event", "undo"})
DELETIONS = frozenset({"cancel_event", "delete_task", "forget"})


@dataclass(frozen=True, kw_only=True)
class Cap:
    """So many of one kind within a while; 0: as many as they like."""

    tools: frozenset[str]
    effects: frozenset[Effect]
    most: int
    within: timedelta
    say: str


def caps(ctx: Context, tool: str, effect: Effect) -> list[Cap]:
    """Those that one more of this counts for."""
    limits = ctx.limits
    every = (
        Cap(tools=MAILS, effects=frozenset({Effect.OUTBOUND}), most=limits.mails_per_hour, within=HOUR, say="{many} mails have gone out by your word within the hour, and that is as many as I send."),
        Cap(tools=INVITATIONS, effects=frozenset({Effect.OUTBOUND}), most=limits.invitations_per_hour, within=HOUR, say="Guests have heard from me {many} times within the hour, and that is as often as I let them."),
        Cap(tools=DELETIONS, effects=frozenset({Effect.OUTBOUND, Effect.DESTRUCTIVE}), most=limits.deletions_per_day, within=DAY, say="I've taken away {many} things since this time yesterday, and that is as much as I take away in a day."),
    )  # fmt: skip
    return [cap for cap in every if tool in cap.tools and effect in cap.effects]


async def spend(ctx: Context, tool: str, effect: Effect, *, already: int = 0) -> None:
    """Raises `RateLimited` where one more is too many; `already`: so many of those counted are this very one."""
    for cap in caps(ctx, tool, effect):
        if not cap.most:
            continue
        since = ctx.now - cap.within
        done = await ctx.approvals.spent(cap.tools, {str(one) for one in cap.effects}, since)
        if Effect.DESTRUCTIVE in cap.effects:
            done += await ctx.approvals.unasked(str(Effect.DESTRUCTIVE), since)
        if done - already >= cap.most:
            say = cap.say.format(many=cap.most)
            raise RateLimited(
                f"{say} You can still do it yourself on the page.", retry_after=cap.within.total_seconds() / 6
            )
