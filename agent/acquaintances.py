"""Whom the person knows: those they wrote to, and the guests of their own events. Who only wrote to them is a stranger."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from agent.consent import Consent
from agent.context import Context
from integrations.errors import Invalid

SENT = 500
"""Mails of the person's own that tell whom they write to."""
BEHIND, AHEAD = timedelta(days=365), timedelta(days=180)
MANY = 3
"""Of more people than this, each is told but not named in the yes."""
_PLAIN = re.compile(r"[a-z0-9](?:[a-z0-9._+'-]*[a-z0-9_+-])?@[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?\.[a-z]{2,24}")
_COUNTS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


@dataclass(frozen=True, kw_only=True)
class Someone:
    """A person at an address; a name only of those the person knows, as anybody may call themselves anything."""

    address: str
    name: str = ""
    known: bool = False

    @property
    def told(self) -> str:
        """As they are read back before anything reaches them."""
        return f"{f'{self.name}, ' if self.name else ''}{self.address}{'' if self.known else ', outside your contacts'}"

    @property
    def short(self) -> str:
        """As one would call them aloud."""
        for words in (self.name, self.address.partition("@")[0], self.address.partition("@")[2]):
            if found := re.search(r"[^\W\d_]{2,}", words):
                return found[0].capitalize()
        return self.address


async def people(ctx: Context, addresses: Sequence[str]) -> list[Someone]:
    """Who they are to the person."""
    with ctx.trust.aside():
        known = await known_addresses(ctx)
        names = {one.address.lower(): _name(one.name) for one in await ctx.mail.contacts()}
    return [
        Someone(
            address=one, name=names.get(one.lower(), "") if one.lower() in known else "", known=one.lower() in known
        )
        for one in addresses
    ]


async def known_addresses(ctx: Context) -> frozenset[str]:
    """Every address they wrote to or invited, and their own."""
    with ctx.trust.aside():
        sent = [mail for box in ("sent", "outbox") for mail in await ctx.mail.search(f"in:{box}", first=SENT)]
        events = await ctx.calendar.between(ctx.now - BEHIND, ctx.now + AHEAD)
    found = {address for mail in sent for address in (mail.from_address, *mail.to, *mail.cc, *mail.bcc)}
    found |= {guest for event in events if not event.invited for guest in event.guests}
    return frozenset(address.lower() for address in (*found, ctx.person.email or "") if address)


def plain_address(written: str) -> str:
    """An address that can be told apart from any other when it is read out; a domain in other letters is spelled in plain ones. Raises `Invalid`."""
    local, at, domain = written.strip().removeprefix("<").removesuffix(">").lower().rpartition("@")
    try:
        address = f"{local}{at}{domain if domain.isascii() else domain.encode('idna').decode()}"
    except UnicodeError:
        address = ""
    if not _PLAIN.fullmatch(address) or ".." in address:
        raise Invalid("I can't make out that address well enough to write to it.")
    return address


def listed(everyone: Iterable[Someone]) -> str:
    """All of them, each told apart."""
    told = [one.told for one in everyone]
    return told[0] if len(told) == 1 else f"{'; '.join(told[:-1])}; and {told[-1]}" if told else ""


def yes_to(verb: str, everyone: Sequence[Someone]) -> Consent:
    """What a yes has to say that reaches these: each by name, or that it is all of them."""
    names = tuple(dict.fromkeys(one.short for one in everyone))
    if not 0 < len(names) <= MANY or len(names) < len(everyone):
        count = len(everyone)
        names = (f"all {_COUNTS[count] if count < len(_COUNTS) else count}",)
    return Consent(verb=verb, names=names, it=False)


def _name(written: str) -> str:
    """Without anything that isn't a name."""
    words = re.findall(r"[^\W\d_][^\W\d_'’.-]*", written)
    return " ".join(words[:3])[:40]
