"""Asking first: what others see, or what takes something away, stops here until there is a yes to exactly that."""

from collections.abc import Collection, Mapping
from typing import Any

from agent.approval import Aside, AskFirst, digest, what_to_say
from agent.caps import spend
from agent.consent import Consent
from agent.context import Context
from agent.effects import Effect
from agent.saying import visible

BY_CLICK = "As I've been reading what others wrote, that takes your click on the page."
IN_DRAFTS = "As I've been reading what others wrote, it waits among your drafts for your click on the page."


async def ask_first(
    ctx: Context,
    tool_name: str,
    effect: Effect,
    exact: Mapping[str, Any],
    say: str,
    *,
    consent: Consent | None = None,
    strangers: Collection[str] = (),
    reversible: bool = False,
    unheard: bool = False,
    aside: Aside | None = None,
) -> None:
    """Stop here unless the person has said yes to exactly this, or wants it done without.

    `say` tells what it does, and to whom; how to say yes is added. `strangers` are those it reaches whom the person
    doesn't know, `unheard` means that there is more of it than is read out: after others' words were read no words are
    a yes to either, and it is put `aside` until the click.
    Raises `AskFirst`, and `RateLimited` where it would be too much.
    """
    said = {name: value for name, value in exact.items() if value not in (None, [], "")}
    if ctx.approved == digest(tool_name, said):
        ctx.trust.open(effect)
        return
    await spend(ctx, tool_name, effect)
    if not ctx.trust.must_ask(effect, reversible=reversible):
        ctx.trust.open(effect)
        return
    consent = consent or Consent(verb=tool_name.split("_", maxsplit=1)[0])
    by_click = effect is Effect.SECURITY or (ctx.trust.tainted and (bool(strangers) or unheard))
    how = what_to_say(consent, ctx.channel) if not by_click else IN_DRAFTS if aside else BY_CLICK
    raise AskFirst(
        f"{visible(say)} {how}",
        effect=effect,
        exact=said,
        consent=consent,
        by_click=by_click,
        aside=aside if by_click else None,
    )
