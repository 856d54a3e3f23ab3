"""The sample day is believable on any day, in any zone, and what is given is put in as given."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from integrations.calendar.local import LocalCalendar
from integrations.email.local import LocalMail
from integrations.errors import Invalid
from integrations.store.demo import load
from integrations.store.people import People
from integrations.store.reminders import Reminders
from integrations.tasks.local import LocalTasks

DAY = timedelta(days=1)


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/Los_Angeles", "Pacific/Auckland"])
@pytest.mark.parametrize("day", [4, 7])  # a Wednesday, a Saturday
async def test_the_sample_day(session: AsyncSession, zone: str, day: int) -> None:
    """A full day with a conflict, a week ahead, overdue tasks, and three mails of twelve that matter."""
    now = datetime(2026, 3, day, 16, 20, tzinfo=UTC)
    owner = await People(session).owner(zone, now)
    await load(session, owner, now)
    midnight = now.astimezone(ZoneInfo(zone)).replace(hour=0, minute=0)
    calendar = LocalCalendar(session, owner.id, zone, lambda: now)
    today = await calendar.between(midnight, midnight + DAY)
    week = await calendar.between(midnight + DAY, midnight + 7 * DAY)
    assert len(today) in {8, 9}
    assert len(week) in {14, 15}
    assert any(one.ends > other.starts and not one.all_day for one, other in pairwise(today))
    assert any(event.all_day for event in today)

    tasks = await LocalTasks(session, owner.id, zone, lambda: now).all()
    assert {task.list for task in tasks} == {"Tasks", "Work", "Shopping"}
    assert len([task for task in tasks if task.due and task.due < midnight.date()]) == 2
    assert len([task for task in tasks if task.due == midnight.date()]) == 2

    mail = LocalMail(session, owner.id, zone, lambda: now)
    assert len(await mail.search("in:inbox")) == 12
    assert len(await mail.search("is:important")) == 3
    assert len(await mail.search("in:sent")) == 2
    assert len(await mail.search('"Note to the assistant"')) == 1
    assert (await mail.search("in:inbox"))[0].at < now
    assert len(await Reminders(session, owner.id).all(now)) == 2
    assert await Reminders(session, owner.id).due(now) == []


async def test_what_is_given_is_put_in(session: AsyncSession) -> None:
    """As JSON has it, and nothing else with it; a second time adds."""
    now = datetime(2026, 3, 4, 9, 20, tzinfo=UTC)
    owner = await People(session).owner("Europe/Berlin", now)
    for _ in range(2):
        await load(
            session,
            owner,
            now,
            events=[
                {"title": "Dentist", "starts": "2026-03-05T10:00", "ends": "2026-03-05T10:45", "place": "Mill Lane"},
                {"title": "Call", "starts": "2026-03-05T12:00:00+00:00", "guests": ["tom@example.com"]},
                {"title": "Trip", "starts": "2026-03-06", "ends": "2026-03-08", "all_day": True},
            ],
            tasks=[{"title": "Milk", "list": "Shopping", "due": "2026-03-05", "done": True}],
            messages=[{"from": "Tom <tom@example.com>", "to": "me@example.com", "subject": "Hi", "unread": True}],
        )
    berlin = ZoneInfo("Europe/Berlin")
    start = datetime(2026, 3, 5, tzinfo=berlin)
    events = await LocalCalendar(session, owner.id, "UTC", lambda: now).between(start, start + 7 * DAY)
    assert [f"{event.title} {event.starts:%d %H:%M}-{event.ends:%d %H:%M}" for event in events[::2]] == [
        "Dentist 05 10:00-05 10:45",
        "Call 05 13:00-05 14:00",
        "Trip 06 00:00-08 00:00",
    ]
    assert [task.done for task in await LocalTasks(session, owner.id, "UTC", lambda: now).all(done=None)] == [True] * 2
    mail = await LocalMail(session, owner.id, "UTC", lambda: now).search("")
    assert [(one.from_name, one.from_address, one.at, one.unread) for one in mail] == [
        ("Tom", "tom@example.com", now, True)
    ] * 2


@pytest.mark.parametrize(
    "given",
    [{"events": [{"title": "x"}]}, {"events": [{"title": "x", "starts": "soon"}]}, {"tasks": [{}]}, {"messages": [{}]}],
)
async def test_what_cannot_be_read_is_refused(session: AsyncSession, given: dict[str, list[dict[str, str]]]) -> None:
    """In our words."""
    now = datetime(2026, 3, 4, 9, 20, tzinfo=UTC)
    owner = await People(session).owner("Europe/Berlin", now)
    with pytest.raises(Invalid):
        await load(session, owner, now, **given)
