"""Digests and what they propose are kept once, for one person, on every database we run on."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from integrations.errors import NotFound
from integrations.store.changes import Changes
from integrations.store.digests import Digest, Digests
from integrations.store.people import People

NOW = datetime(2026, 3, 4, 9, 20, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
async def digests(session: AsyncSession) -> Digests:
    """The owner's."""
    return Digests(session, (await People(session).owner("Europe/Berlin", NOW)).id)


async def put(digests: Digests, now: datetime = NOW, **given: Any) -> Digest:
    """This moment's, with nothing in it."""
    usual = {"since": now - DAY, "until": now, "unread": 0, "say": "", "mails": [], "looked": [], "mind": "rules"}
    return await digests.put(now.date(), written_at=now, **(usual | given))


def thing(key: str, **given: Any) -> dict[str, Any]:
    """Something to do."""
    usual = {"text": key, "due": None, "quote": "Please do it.", "mail_id": "m", "mail_from": "Dana", "mail_subject": "It", "known": True}  # fmt: skip
    return {"key": key, **usual, **given}


async def test_a_day_has_one_digest(digests: Digests) -> None:
    """However often it is written it keeps its id; the last one of an earlier day is found."""
    first = await put(digests, unread=1)
    again = await put(digests, unread=2, looked=["m"])

    assert (again.id, again.unread, again.looked) == (first.id, 2, ["m"])
    tomorrow = await put(digests, NOW + DAY)
    assert tomorrow.id != first.id
    before = await digests.before(tomorrow.day)
    assert before is not None
    assert before.id == first.id
    assert await digests.before(first.day) is None


async def test_the_same_thing_is_proposed_once(digests: Digests) -> None:
    """Found again, even on another day, it stays as it was decided; what is due first comes first."""
    digest = await put(digests)
    await digests.propose(digest, [thing("a"), thing("b", due=NOW.date()), thing("a")], NOW)
    first, second = await digests.items(digest)
    assert [first.text, second.text] == ["b", "a"]
    await digests.decide(second.id, "dismissed", NOW)
    tomorrow = await put(digests, NOW + DAY)
    await digests.propose(tomorrow, [thing("a"), thing("c")], NOW + DAY)

    assert [(one.text, one.state) for one in await digests.items(tomorrow)] == [("c", "proposed"), ("b", "proposed")]


async def test_what_nobody_decided_on_stands_for_a_week(digests: Digests) -> None:
    """Then it is shown no more."""
    await digests.propose(await put(digests), [thing("a")], NOW)

    assert [one.text for one in await digests.items(await put(digests, NOW + 6 * DAY))] == ["a"]
    assert await digests.items(await put(digests, NOW + 8 * DAY)) == []


@pytest.mark.parametrize(("decided", "undone"), [("accepted", "proposed"), ("added", "dismissed")])
async def test_a_task_that_is_taken_back_is_no_task(
    digests: Digests, session: AsyncSession, decided: Any, undone: str
) -> None:
    """What the person accepted is open again; what was added unasked they didn't want."""
    digest = await put(digests)
    await digests.propose(digest, [thing("a")], NOW)
    (item,) = await digests.items(digest)
    changes = Changes(session, digest.person_id)
    change = await changes.add(at=NOW, tool="add_task", effect="private", say="", keeper="tasks", arguments={})
    done = await digests.decide(item.id, decided, NOW, task_id="t", change_id=change.id)
    assert (done.state, done.task_id) == (decided, "t")
    await changes.mark_undone(change.id, NOW)

    again = await digests.item(item.id)
    assert (again.state, again.task_id, again.change_id) == (undone, None, change.id)


async def test_nobody_sees_anothers(digests: Digests, session: AsyncSession) -> None:
    """Neither the digest nor what it proposes; and what is someone else's can't be decided."""
    digest = await put(digests)
    await digests.propose(digest, [thing("a")], NOW)
    (item,) = await digests.items(digest)
    other = Digests(session, (await People(session).add(zone="UTC", now=NOW, name="Someone else")).id)

    assert await other.of(NOW.date()) is None
    with pytest.raises(NotFound):
        await other.item(item.id)
    with pytest.raises(NotFound):
        await other.decide(item.id, "dismissed", NOW)
    theirs = await put(other)
    await other.propose(theirs, [thing("a")], NOW)
    assert [one.state for one in await other.items(theirs)] == ["proposed"]
