"""From names to addresses: only people mail was exchanged with, never a guess."""

from collections.abc import Sequence

from agent.acquaintances import known_addresses, plain_address
from agent.context import Context
from agent.origins import Origin
from agent.tools.base import Ambiguous
from agent.tools.references import plain, resembles
from integrations.errors import NotFound


async def addresses(ctx: Context, called: Sequence[str]) -> tuple[str, ...]:
    """One address for each name or address. Raises `NotFound` and `Ambiguous`."""
    if not called:
        return ()
    met, known = await ctx.mail.contacts(), await known_addresses(ctx)
    found = []
    for name in called:
        if "@" in name:
            found.append(plain_address(name))
            continue
        like = [c for c in met if resembles(plain(name), f"{c.name} {c.address.split('@')[0]}")]
        like = [
            c for c in like if c.address.lower() in known
        ] or like  # whoever only wrote to them may call themselves anything
        if not like:
            raise NotFound(f"I don't know an address for {name}. What is it?")
        if len({c.address for c in like}) > 1:
            ctx.trust.read(Origin.THIRD_PARTY)  # the mind hears names that others chose
            names = [f"{c.name} at {c.address}" for c in like[:4]]
            raise Ambiguous(f"Which {name} do you mean: {' or '.join(names)}?", names)
        found.append(plain_address(like[0].address))
    return tuple(dict.fromkeys(found))
