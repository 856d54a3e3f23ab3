"""`chronus sync`: a connected account is read now, and how far that has come."""

import asyncio
from collections.abc import Callable

from integrations.errors import NotConnected
from voice.client import Client

LOOK = 0.5
"""Seconds between two looks at how far it is."""
BEGINS = 20
"""Looks after which a reading that nobody sees has failed, or was never begun."""

Shown = Callable[[str, int, int | None], None]
"""Told of each kind how much of it has been read, and of how much where that is known."""


async def read_now(client: Client, shown: Shown) -> list[tuple[str, str]]:
    """Each kind of thing, and a sentence for how its copy stands afterwards. Raises `NotConnected` and what `Client` raises."""
    if not await client.connected():
        raise NotConnected("No Google account is connected, so there is nothing to read.")
    before = {one["kind"]: one["synced_at"] for one in await client.copies()}
    await client.read_copies()
    seen: set[str] = set()
    waited = 0
    while True:
        copies = await client.copies()
        for one in copies:
            if one["progress"]:
                seen.add(one["kind"])
                shown(one["kind"], one["progress"]["done"], one["progress"]["total"])
        under_way = [one for one in copies if one["progress"] or one["state"] == "reading"]
        unmoved = [one for one in copies if one["synced_at"] == before.get(one["kind"]) and one["kind"] not in seen]
        waited = 0 if under_way else waited + 1
        if not under_way and ((copies and not unmoved) or waited >= BEGINS):
            return [(one["kind"], one["say"] or f"as of {one['synced_at']}") for one in copies]
        await asyncio.sleep(LOOK)
