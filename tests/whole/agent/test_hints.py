"""What a listener is told beforehand that a person may say."""

from datetime import timedelta
from pathlib import Path

from agent.hints import MOST, hints
from integrations.calendar import NewEvent
from tests.worlds import NOW, open_world


async def test_titles_guests_and_contacts_are_hinted_at(tmp_path: Path) -> None:
    """Those of the next two weeks, each once and nothing endless; far events are left out."""
    async with open_world(tmp_path) as world:
        async with world.services.context(world.person) as ctx:
            for title, days, guests in (
                ("Q3 planning", 1, ("anna.kowalczyk@acme.example",)),
                ("Q3 planning", 2, ()),
                ("Far away", 60, ()),
                ("x" * 500, 3, ()),
            ):
                starts = NOW + timedelta(days=days)
                ends = starts + timedelta(hours=1)
                await ctx.calendar.add(NewEvent(title=title, starts=starts, ends=ends, zone="UTC", guests=guests))
        async with world.services.context(world.person, write=False) as ctx:
            found = await hints(ctx)
    assert found[:2] == ("Q3 planning", "x" * 100)
    assert "Anna Kowalczyk" in found
    assert "Far away" not in found
    assert len(found) <= MOST
