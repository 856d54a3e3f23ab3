"""One suggestion told unasked: never in a meeting or in quiet hours, never more in a day than the person wants."""

from agent.context import Context
from agent.quiet import quiet_until
from agent.suggestions.making import life, refresh, show
from agent.suggestions.wording import SHALL_I
from integrations.store.suggestions import Suggestion


async def next_to_tell(ctx: Context, slot: str) -> Suggestion | str:
    """The one for this slot, the same however often it is asked; else why there is none, in a sentence."""
    if (told := await ctx.suggestions.told(slot)) is not None:
        return told
    if not ctx.person.suggestions_a_day:
        return "They want no suggestions."
    now_so = await life(ctx)
    standing = await refresh(ctx, so=now_so)
    if quiet_until(ctx.person, ctx.now):
        return "It is their quiet time."
    if now_so.meeting:
        return "They are in a meeting."
    if await ctx.suggestions.count_told(*ctx.day()) >= ctx.person.suggestions_a_day:
        return "They have heard enough suggestions today."
    fresh = [one for one in standing if one.told_at is None]
    if not fresh:
        return "There is nothing new to suggest."
    best = fresh[0]
    best.told_at, best.told_for = ctx.now, slot
    await show(ctx, [best], aloud=True)
    ctx.changed("suggestions")
    return best


def say(one: Suggestion) -> str:
    """What is told of it."""
    return f"{one.text} {one.why} {SHALL_I}"
