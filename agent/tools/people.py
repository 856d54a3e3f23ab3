"""From names to addresses: only people mail was exchanged with, never a guess."""

from collections.abc import Sequence

from agent.context import Context
from agent.tools.base import Ambiguous
from agent.tools.references import plain, resembles
from integrations.errors import NotFound


async def addresses(ctx: Context, called: Sequence[str]) -> tuple[str, ...]:
    """One address for each name or address. Raises `NotFound` and `Ambiguous`."""
    if not called:
        return ()
    known = await ctx.mail.contacts()
    found = []
    for name in called:
        if "@" in name:
            found.append(name.strip().strip("<>").lower())
            continue
        like = [c for c in known if resembles(plain(name), f"{c.name} {c.address.split('@')[0]}")]
        if not like:
            raise NotFound(f"I don't know an address for {name}. What is it?")
        if len({c.address for c in like}) > 1:
            names = [f"{c.name} at {c.address}" for c in like[:4]]
            raise Ambiguous(f"Which {name} do you mean: {' or '.join(names)}?", names)
        found.append(like[0].address)
    return tuple(dict.fromkeys(found))
