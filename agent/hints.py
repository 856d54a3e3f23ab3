"""Names and titles that a person is likely to say, for whoever listens to them."""

import re
from datetime import timedelta

from agent.context import Context

MOST = 200
_AHEAD, _BEHIND = timedelta(days=14), timedelta(days=1)


async def hints(ctx: Context) -> tuple[str, ...]:
    """The nearest events' titles and guests, then the people mail was exchanged with."""
    events = await ctx.calendar.between(ctx.now - _BEHIND, ctx.now + _AHEAD)
    contacts = await ctx.mail.contacts()
    said = [event.title for event in events]
    said += [_name(guest) for event in events for guest in event.guests]
    said += [contact.name or _name(contact.address) for contact in contacts]
    plain = (" ".join(words.split())[:100] for words in said)
    return tuple(dict.fromkeys(words for words in plain if len(words) > 1))[:MOST]


def _name(address: str) -> str:
    """What the person behind dana.lee@acme.com is probably called."""
    return " ".join(word.capitalize() for word in re.split(r"[._+-]+", address.partition("@")[0]) if word.isalpha())
