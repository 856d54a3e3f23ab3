"""The copy of Google's calendars: equal to the original however it is interrupted, honest while it can't be."""

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from integrations.calendar import Event, EventChange
from integrations.calendar.google import GoogleCalendar
from integrations.calendar.mirror import MirrorCalendar
from integrations.calendar.push import heard, unwatch, watch
from integrations.calendar.sync import settle_intents, sync
from integrations.errors import ChronusError, Conflict, Denied, NotConnected, NotFound, Unavailable
from integrations.store.changes import Changes
from integrations.store.database import Database
from integrations.store.intents import Intents
from integrations.store.mirrors import Mirrors
from integrations.store.notices import Notices
from integrations.store.people import People
from tests.contract.test_calendar import DAY, HOUR, at, planned
from tests.contract.test_calendar_google import DELETE, INSERT, LIST, PATCH, timed
from tests.emulators.google.calendar import ME, Writing
from tests.emulators.google.calendar_side import BERLIN, CalendarSide, calendar_side
from tests.worlds import NOW, Hands


class Stop(Exception):
    """As if the process were killed just there."""


class Mine:
    """One person's copy, and the other side of it."""

    def __init__(self, side: CalendarSide, database: Database, person_id: str) -> None:
        self.side, self.database, self.person_id = side, database, person_id
        self.clock = Hands()
        self.zone = BERLIN

    def keeper(self) -> GoogleCalendar:
        return self.side.keeper(zone=self.zone)

    async def sync(self) -> None:
        await sync(self.database, self.person_id, self.keeper(), self.clock)

    async def settle(self) -> None:
        await settle_intents(self.database, self.person_id, self.side.keeper(), self.clock)

    @asynccontextmanager
    async def calendar(self, key: str = "turn") -> AsyncIterator[MirrorCalendar]:
        async with self.database.work() as session:
            yield MirrorCalendar(session, self.person_id, self.keeper(), self.clock, key)

    async def copied(self, first: int = 1, days: int = 120) -> list[Event]:
        async with self.calendar() as calendar:
            return await calendar.between(at(first), at(first) + days * DAY)

    async def truth(self, first: int = 1, days: int = 120) -> list[Event]:
        return await self.keeper().between(at(first), at(first) + days * DAY)

    async def same(self) -> bool:
        """Whether the copy shows what Google shows; a live occurrence doesn't know its rule."""
        return [replace(one, recurrence=None) for one in await self.copied()] == [
            replace(one, recurrence=None) for one in await self.truth()
        ]

    async def told(self) -> list[str]:
        async with self.database.work() as session:
            return [one.say for one in await Notices(session, self.person_id).take(NOW)]

    async def states(self) -> list[str]:
        async with self.database.look() as session:
            return [
                one.state
                for one in await Intents(session, self.person_id)._list(Intents(session, self.person_id)._mine())
            ]


@pytest.fixture
async def mine(database: Database) -> AsyncIterator[Mine]:
    async with database.work() as session:
        owner = await People(session).owner("Europe/Berlin", NOW)
    async with calendar_side() as side:
        yield Mine(side, database, owner.id)


def fill(mine: Mine, events: int, seed: int = 7, name: str = ME) -> None:
    """Single events, series and exceptions."""
    dice, writing, book = random.Random(seed), Writing(mine.side.state), mine.side.state.book(name)
    for number in range(events):
        starts = at(1) + dice.randrange(2000) * HOUR
        times = {
            key: {"dateTime": one.isoformat(), "timeZone": "Europe/Berlin"}
            for key, one in (("start", starts), ("end", starts + HOUR))
        }
        if number % 10:
            mine.side.state.put(name, id=f"s{number:05}", summary=f"E{number}", **times)
            continue
        rule = dice.choice(
            [
                "FREQ=DAILY;COUNT=9",
                "FREQ=WEEKLY",
                "FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20260801",
                "FREQ=MONTHLY",
                "FREQ=YEARLY",
            ]
        )
        series = mine.side.state.put(
            name,
            id=f"r{number:05}",
            summary=f"R{number}",
            recurrence=[f"RRULE:{rule.replace('0801', '0801T000000Z')}"],
            **times,
        )
        second = list(zip(range(3), mine.side.state.instances(book, series), strict=False))[-1][1]
        if number % 20:
            writing.patch(
                book,
                second["id"],
                {"summary": "Moved", "start": timed(9, 12)["start"], "end": timed(9, 12)["end"]},
                {},
                None,
            )
        else:
            writing.delete(book, second["id"], {}, None)


def stir(mine: Mine, seed: int) -> None:
    """What others do meanwhile."""
    dice, writing, book = random.Random(seed), Writing(mine.side.state), mine.side.state.book(ME)
    for one in dice.sample(mine.side.state.live(), 12):
        if one["id"] not in book.events or book.events[one["id"]]["status"] == "cancelled":
            continue
        if dice.random() < 0.4:
            writing.delete(book, one["id"], {}, None)
        else:
            writing.patch(book, one["id"], {"summary": f"Changed {dice.random()}"}, {}, None)
    for number in range(5):
        mine.side.state.put(id=f"n{seed}x{number}", summary="New", **timed(dice.randrange(1, 28), 8))


class TestSync:
    """Reading what is new."""

    async def test_the_copy_is_equal_and_follows(self, mine: Mine) -> None:
        """Masters by token, expanded by our own code: the same as Google's own expansion; twice round."""
        mine.side.state.most = 17
        fill(mine, 60)
        await mine.sync()
        assert await mine.same()
        asked = len(mine.side.google.calls(LIST))
        for seed in (1, 2):
            stir(mine, seed)
            await mine.sync()
            assert await mine.same()
        queries = [one.query for one in mine.side.google.calls(LIST)[asked:] if "syncToken" in one.query]
        assert queries
        assert all(
            one["singleEvents"] == ["false"] and not {"timeMin", "timeMax", "orderBy", "q"} & one.keys()
            for one in queries
        )

    async def test_a_long_series_does_not_swell_the_copy(self, mine: Mine) -> None:
        """One that goes on for ever is one row."""
        mine.side.state.put(id="abcdef", summary="Daily", recurrence=["RRULE:FREQ=DAILY"], **timed(2, 9))
        seen: list[int] = []
        keeper = mine.side.keeper()
        await sync(mine.database, mine.person_id, keeper, mine.clock, progress=lambda count, _: seen.append(count))
        assert seen == [1]
        assert len(await mine.copied(days=365)) > 300

    async def test_killed_at_every_page_and_resumed(self, mine: Mine) -> None:
        """Whatever was read stays read; at the end the copy is equal, every time."""
        mine.side.state.most = 10
        fill(mine, 60)
        pages = 0
        for turn in range(40):

            def killed(_: int, __: int | None) -> None:
                raise Stop

            try:
                await sync(mine.database, mine.person_id, mine.side.keeper(), mine.clock, progress=killed)
            except Stop:
                pages += 1
                if turn == 5:
                    stir(mine, 3)
                continue
        await mine.sync()
        assert await mine.same()
        assert pages > 8

    @pytest.mark.parametrize("kind", ["lost", "garbage", "reset", "status"])
    async def test_a_page_that_fails_is_read_again(self, mine: Mine, kind: str) -> None:
        """The refusal is noted beside the copy; the next run goes on where it was."""
        mine.side.state.most = 10
        fill(mine, 40)
        await mine.side.keeper().primary()
        mine.side.google.trouble(kind, LIST, times=2)
        with pytest.raises(Unavailable):
            await mine.sync()
        async with mine.database.look() as session:
            mirror = (await Mirrors(session, mine.person_id).all("calendar"))[0]
            assert (mirror.failures, bool(mirror.say), mirror.synced_at) == (1, True, None)
        await mine.sync()
        assert await mine.same()

    async def test_a_forgotten_token_means_reading_everything(self, mine: Mine) -> None:
        """410: what Google no longer has, and of which no tombstone comes, goes from the copy."""
        fill(mine, 30)
        await mine.sync()
        book = mine.side.state.book(ME)
        for name in ("s00001", "s00002"):
            del book.events[name], book.seq[name]
        mine.side.state.put(id="abcdef", summary="New", **timed(5, 9))
        mine.side.state.forgotten = mine.side.state.now + 1
        await mine.sync()
        assert await mine.same()
        assert "E1" not in [one.title for one in await mine.copied()]

    async def test_a_calendar_that_goes_takes_its_events_along(self, mine: Mine) -> None:
        """And one that comes is read."""
        mine.side.state.add("family")
        mine.side.state.put("family", id="abcdef", summary="Party", **timed(5, 9))
        await mine.sync()
        assert [one.title for one in await mine.copied()] == ["Party"]
        del mine.side.state.books["family"]
        await mine.sync()
        assert await mine.copied() == []

    async def test_a_calendar_is_asked_live_until_it_is_copied(self, mine: Mine) -> None:
        """Nobody sees half a calendar."""
        fill(mine, 20)
        assert await mine.same()
        async with mine.calendar() as calendar:
            assert await calendar.as_of() is None
        await mine.sync()
        async with mine.calendar() as calendar:
            assert await calendar.as_of() == NOW

    @pytest.mark.parametrize("zone", ["America/Los_Angeles", "Pacific/Auckland"])
    async def test_who_moves_has_their_days_where_they_live(self, mine: Mine, zone: str) -> None:
        """What was copied before the move is read as if it had been copied after it, exceptions too; nothing is read anew for it."""
        writing, book = Writing(mine.side.state), mine.side.state.book(ME)
        mine.side.state.put(id="single", summary="Holiday", start={"date": "2026-03-10"}, end={"date": "2026-03-11"})
        mine.side.state.put(id="daily", summary="Fast", start={"date": "2026-03-02"}, end={"date": "2026-03-03"}, recurrence=["RRULE:FREQ=DAILY;COUNT=20"])  # fmt: skip
        writing.patch(book, "daily_20260305", {"summary": "Feast"}, {}, None)
        writing.delete(book, "daily_20260306", {}, None)
        fill(mine, 20)
        await mine.sync()
        mine.zone = ZoneInfo(zone)
        asked = len(mine.side.google.calls(LIST))
        await mine.sync()
        assert len(mine.side.google.calls(LIST)) == asked + 1
        assert await mine.same()
        for day in range(1, 28):
            first = at(day).replace(tzinfo=mine.zone)
            async with mine.calendar() as calendar:
                found = [one.title for one in await calendar.between(first, first + DAY) if one.all_day]
            live = await mine.keeper().between(first, first + DAY)
            assert found == [one.title for one in live if one.all_day]

    async def test_a_revoked_token_stops_it(self, mine: Mine) -> None:
        """Once, and no calendar after it is tried."""
        mine.side.google.grants = lambda token: None
        keeper = mine.side.keeper(api=mine.side.api(Revoked()))
        with pytest.raises(NotConnected):
            await sync(mine.database, mine.person_id, keeper, mine.clock)
        assert len(mine.side.google.asked) == 1

    @pytest.mark.slow
    async def test_ten_thousand_events(self, mine: Mine) -> None:
        """Full, killed at every page, stirred meanwhile, and incremental: equal to Google's."""
        fill(mine, 10_000)
        for turn in range(60):

            def killed(_: int, __: int | None) -> None:
                raise Stop

            try:
                await sync(mine.database, mine.person_id, mine.side.keeper(), mine.clock, progress=killed)
                break
            except Stop:
                if turn % 7 == 3:
                    stir(mine, turn)
        await mine.sync()
        assert await mine.same()


class Revoked:
    """Permission was taken back."""

    async def access(self) -> str:
        return "revoked"

    async def renew(self, stale: str) -> str:
        raise NotConnected


class TestWriting:
    """Through to Google and back, once."""

    async def test_a_write_is_in_both_at_once(self, mine: Mine) -> None:
        """Without a sync in between; and the sync that follows finds nothing to mend."""
        await mine.sync()
        async with mine.calendar() as calendar:
            added = await calendar.add(planned("Gym", at(9, 18), recurrence="FREQ=DAILY;COUNT=5"))
            await calendar.cancel(f"{added.event.id}_20260310T170000Z")
            await calendar.change(f"{added.event.id}_20260312T170000Z", EventChange(title="Swim"), scope="following")
        assert await mine.same()
        await mine.sync()
        assert await mine.same()
        assert await mine.states() == ["done"] * 3

    async def test_the_same_key_gives_the_first_result(self, mine: Mine) -> None:
        """However often it is asked for."""
        await mine.sync()
        found = []
        for _ in range(3):
            async with mine.calendar("turn 7") as calendar:
                found.append((await calendar.add(planned("Dentist", at(5, 10)))).event)
        assert found[0] == found[1] == found[2]
        assert (len(mine.side.state.live()), len(mine.side.google.calls(INSERT))) == (1, 1)

    @pytest.mark.parametrize("when", ["before", "after"])
    async def test_a_crash_around_the_call_makes_one_event(self, mine: Mine, when: str) -> None:
        """The process dies with the intent noted and nothing else; the next one settles it, with ledger and notice."""
        await mine.sync()
        with pytest.raises(Stop):
            await self.dying(mine, when)
        assert (await mine.states(), len(mine.side.state.live())) == (["sent"], int(when == "after"))
        await mine.settle()
        assert await mine.states() == ["sent"]  # perhaps somebody is still at it
        mine.clock.forward(minutes=2)
        await mine.settle()
        assert (await mine.states(), len(mine.side.state.live()), await mine.same()) == (["done"], 1, True)
        assert await mine.told() == ["Google is back: Dentist, Thursday at 10:00, is on your calendar."]
        async with mine.database.work() as session:
            change = (await Changes(session, mine.person_id).latest())[0]
            assert (change.tool, change.key, (change.receipt or {})["title"]) == ("add_event", "turn 7", "Dentist")
            assert change.inverse
        async with mine.calendar("undo") as calendar:
            await calendar.revert(change.inverse)
        assert (mine.side.state.live(), await mine.copied()) == ([], [])

    async def dying(self, mine: Mine, when: str) -> None:
        async with mine.calendar("turn 7") as calendar:
            run = calendar.api.call

            async def dies(*args: Any, **more: Any) -> Any:
                if when == "after":
                    await run(*args, **more)
                raise Stop

            calendar.calls._api = _With(dies)  # type: ignore[assignment]  # as much of one as is needed
            await calendar.add(planned("Dentist", at(5, 10)))

    async def test_what_cannot_get_there_waits_and_says_so(self, mine: Mine) -> None:
        """The copy shows it as pending; when Google is back it is there once, and told."""
        fill(mine, 10)
        await mine.sync()
        mine.side.google.trouble("status", INSERT, status=429, reason="rateLimitExceeded", times=2)
        async with mine.calendar() as calendar:
            event = (await calendar.add(planned("Dentist", at(5, 10)))).event
            assert (event.pending, await calendar.get(event.id)) == (True, event)
        assert [one.pending for one in await mine.copied(5, 1) if one.title == "Dentist"] == [True]
        await mine.sync()
        assert event.id in [one.id for one in await mine.copied(5, 1)]  # no sync takes it away
        await mine.settle()
        assert await mine.same()
        assert await mine.told() == ["Google is back: Dentist, Thursday at 10:00, is on your calendar."]

    @pytest.mark.parametrize("scope", ["one", "following", "all"])
    @pytest.mark.parametrize("act", ["change", "cancel"])
    async def test_any_write_can_wait(self, mine: Mine, act: str, scope: Any) -> None:
        """The copy foresees what Google will make of it."""
        await mine.sync()
        async with mine.calendar("first") as calendar:
            series = (await calendar.add(planned("Gym", at(9, 18), recurrence="FREQ=DAILY;COUNT=6"))).event
            await calendar.change(f"{series.id}_20260313T170000Z", EventChange(title="Swim"))
        mine.side.google.trouble("status", "calendar.events", status=503, times=40)
        third = f"{series.id}_20260311T170000Z"
        async with mine.calendar("second") as calendar:
            asked = calendar.change(third, EventChange(place="Hall 2"), scope=scope) if act == "change" else calendar.cancel(third, scope=scope)  # fmt: skip
            assert (await asked).event.pending
        foreseen = [(one.title, one.starts, one.place) for one in await mine.copied()]
        mine.side.google.troubles.clear()
        mine.clock.forward(minutes=5)
        await mine.settle()
        assert foreseen == [(one.title, one.starts, one.place) for one in await mine.truth()]
        assert await mine.same()

    async def test_an_open_question_is_settled_later(self, mine: Mine) -> None:
        """The answer was lost and looking failed: pending; found out afterwards, one event."""
        await mine.sync()
        mine.side.google.trouble("lost", INSERT)
        mine.side.google.trouble("status", "calendar.events.get", status=503, times=2)
        async with mine.calendar() as calendar:
            assert (await calendar.add(planned("Dentist", at(5, 10)))).event.pending
        await mine.settle()
        assert (len(mine.side.state.live()), await mine.same(), await mine.states()) == (1, True, ["done"])

    async def test_an_id_that_is_taken_and_a_lost_answer_make_one_event(self, mine: Mine) -> None:
        """Something deleted has the id we would give, the answer to the next one is lost, and nobody can look: still one event."""
        await mine.sync()
        taken = (await mine.side.keeper("turn").add(planned("Old", at(4, 10)))).event
        await mine.side.keeper().cancel(taken.id)
        mine.side.google.trouble("slow", INSERT, seconds=0)  # 409, as it should be
        mine.side.google.trouble("lost", INSERT)
        mine.side.google.trouble("slow", "calendar.events.get", seconds=0)  # the look at what has the id
        mine.side.google.trouble("status", "calendar.events.get", status=503, times=2)
        async with mine.calendar() as calendar:
            assert (await calendar.add(planned("Dentist", at(5, 10)))).event.pending
        for _ in range(2):
            await mine.settle()
        assert [one["summary"] for one in mine.side.state.live()] == ["Dentist"]
        assert (await mine.same(), await mine.states()) == (True, ["done"])
        await mine.sync()
        assert await mine.same()

    @pytest.mark.parametrize("kind", ["queued", "sent"])
    async def test_undo_takes_a_waiting_one_out_of_the_queue(self, mine: Mine, kind: str) -> None:
        """Nothing ever gets to Google, or nothing stays there."""
        await mine.sync()
        if kind == "sent":
            mine.side.google.trouble("lost", INSERT)
            mine.side.google.trouble("status", "calendar.events.get", status=503, times=2)
        else:
            mine.side.google.trouble("status", INSERT, status=503, times=4)
            mine.side.google.trouble("status", "calendar.events.get", status=503, times=4)
        async with mine.calendar() as calendar:
            written = await calendar.add(planned("Dentist", at(5, 10)))
        mine.side.google.troubles.clear()
        async with mine.calendar("undo") as calendar:
            assert await calendar.revert(written.inverse) is None
        await mine.settle()
        assert (mine.side.state.live(), await mine.copied(), await mine.states()) == ([], [], ["failed"])
        async with mine.calendar("undo again") as calendar:
            with pytest.raises(Conflict):
                await calendar.revert(written.inverse)

    async def test_a_late_refusal_is_told(self, mine: Mine) -> None:
        """The copy is what Google has, and the person hears why, once."""
        mine.side.state.put(id="abcdef", summary="Dentist", **timed(5, 10))
        await mine.sync()
        mine.side.google.trouble("status", PATCH, status=429, reason="rateLimitExceeded", times=2)
        async with mine.calendar() as calendar:
            await calendar.change("abcdef", EventChange(title="Doctor"))
        assert [one.title for one in await mine.copied()] == ["Doctor"]
        mine.side.google.trouble("status", PATCH, status=403, reason="forbidden")
        await mine.settle()
        assert ([one.title for one in await mine.copied()], await mine.states()) == (["Dentist"], ["failed"])
        assert await mine.told() == [
            "Google didn't take what I had noted for your calendar. Google doesn't let me do that."
        ]

    async def test_a_refusal_is_raised_and_leaves_the_copy(self, mine: Mine) -> None:
        """And stays noted as failed, though the piece of work is undone."""
        mine.side.state.put(id="abcdef", summary="Dentist", **timed(5, 10))
        await mine.sync()
        mine.side.google.trouble("status", DELETE, status=403, reason="forbidden")
        with pytest.raises(Denied):
            async with mine.calendar() as calendar:
                await calendar.cancel("abcdef")
        assert ([one.title for one in await mine.copied()], await mine.states()) == (["Dentist"], ["failed"])

    async def test_a_stale_copy_does_not_write_over_others(self, mine: Mine) -> None:
        """412: what the person saw has changed, so it is a conflict; an etag that changed alone isn't."""
        mine.side.state.put(id="abcdef", summary="Dentist", **timed(5, 10))
        await mine.sync()
        book = mine.side.state.book(ME)
        mine.side.state.keep(book, book.events["abcdef"] | {"reminders": {"useDefault": False}})
        async with mine.calendar("one") as calendar:
            assert (await calendar.change("abcdef", EventChange(place="Mill Lane"))).event.place == "Mill Lane"
        mine.side.state.keep(book, book.events["abcdef"] | timed(6, 10))
        with pytest.raises(Conflict):
            async with mine.calendar("two") as calendar:
                await calendar.change("abcdef", EventChange(title="Doctor"))
        assert mine.side.state.live()[0]["summary"] == "Dentist"

    @pytest.mark.parametrize("full", [True, False])
    @pytest.mark.parametrize("act", ["change", "cancel", "cancel one", "cancel series", "undo"])
    async def test_a_page_read_before_a_write_does_not_undo_it_here(self, mine: Mine, act: str, full: bool) -> None:
        """What was asked before and comes after shows what there was; what we have written since stands, and somebody else's later change too."""
        book, writing = mine.side.state.book(ME), Writing(mine.side.state)
        mine.side.state.put(id="abcdef", summary="Dentist", **timed(5, 10))
        mine.side.state.put(id="series", summary="Gym", recurrence=["RRULE:FREQ=DAILY;COUNT=9"], **timed(2, 18))
        writing.patch(book, "series_20260304T170000Z", {"summary": "Swim"}, {}, None)
        await mine.sync()
        undone: dict[str, Any] = {}
        if act == "undo":
            async with mine.calendar("before") as calendar:
                undone = (await calendar.cancel("abcdef")).inverse
        if full:
            mine.side.state.forgotten = mine.side.state.now + 1
        for name in ("abcdef", "series", "series_20260304T170000Z"):  # so that they are told of, as they are now
            if name in book.events and book.events[name]["status"] != "cancelled":
                writing.patch(book, name, {"colorId": "3"}, {}, None)

        async def write() -> None:
            async with mine.calendar() as calendar:
                match act:
                    case "change":
                        await calendar.change("abcdef", EventChange(title="Doctor"))
                    case "cancel":
                        await calendar.cancel("abcdef")
                    case "cancel one":
                        await calendar.cancel("series_20260304T170000Z")
                    case "cancel series":
                        await calendar.cancel("series", scope="all")
                    case _:
                        await calendar.revert(undone)

        keeper = _Between(mine.keeper(), write)
        await sync(mine.database, mine.person_id, keeper, mine.clock)
        assert keeper.times == 1
        assert await mine.same()
        await mine.sync()
        assert await mine.same()
        if "abcdef" in book.events and book.events["abcdef"]["status"] != "cancelled":
            writing.patch(book, "abcdef", {"summary": "Theirs"}, {}, None)
        else:
            mine.side.state.put(id="abcdef", summary="Theirs", **timed(5, 10))
        await mine.sync()
        assert await mine.same()

    async def test_nothing_is_held_while_google_thinks(self, mine: Mine) -> None:
        """Somebody else writes meanwhile."""
        await mine.sync()
        mine.side.google.trouble("slow", INSERT, seconds=0.3)

        async def writes() -> None:
            await asyncio.sleep(0.1)
            async with asyncio.timeout(0.15), mine.database.work() as session:
                await People(session).change(mine.person_id, name="Ada")

        async with mine.calendar() as calendar:
            await asyncio.gather(calendar.add(planned("Dentist", at(5, 10))), writes())


class _Between(GoogleCalendar):
    """Between a page and its being kept something is written here, once."""

    def __init__(self, like: GoogleCalendar, write: Callable[[], Awaitable[None]]) -> None:
        super().__init__(like.api, like.zone, lambda: NOW, "between")
        self.times, page = 0, self.calls.page

        async def then(calendar: str, **query: Any) -> Any:
            answer = await page(calendar, **query)
            if not self.times:
                self.times += 1
                await write()
            return answer

        self.calls.page = then  # type: ignore[method-assign]


class _With:
    def __init__(self, call: Any) -> None:
        self.call = call


class TestPush:
    """Being told."""

    async def opened(self, mine: Mine) -> dict[str, Any]:
        await mine.sync()
        await watch(mine.database, mine.person_id, mine.side.keeper(), mine.clock, "https://chronus.example/")
        return next(iter(mine.side.state.channels.values()))

    def message(self, channel: dict[str, Any], number: int, state: str = "exists", **more: str) -> dict[str, str]:
        headers = {
            "x-goog-channel-id": channel["id"], "x-goog-channel-token": channel["token"], "x-goog-resource-id": channel["resourceId"],
            "x-goog-resource-state": state, "x-goog-message-number": str(number),
        }  # fmt: skip
        return headers | {name.replace("_", "-"): value for name, value in more.items()}

    async def test_a_channel_is_opened_as_google_wants_it(self, mine: Mine) -> None:
        """https, an id of its own, a secret of which only a hash is kept; once."""
        channel = await self.opened(mine)
        assert channel["address"] == "https://chronus.example/v1/google/calendar/push"
        assert (len(channel["id"]), len(channel["token"]) > 30) == (36, True)
        await watch(mine.database, mine.person_id, mine.side.keeper(), mine.clock, "https://chronus.example")
        assert len(mine.side.state.channels) == 1

    async def test_what_is_new_asks_for_a_sync_once(self, mine: Mine) -> None:
        """The greeting doesn't; a duplicate and a late one don't."""
        channel = await self.opened(mine)
        told = [
            await heard(mine.database, self.message(channel, *said))
            for said in ((1, "sync"), (2,), (2,), (9,), (5,), (10,))
        ]
        assert told == [None, mine.person_id, None, mine.person_id, None, mine.person_id]

    @pytest.mark.parametrize(
        "forged",
        [
            {"x_goog_channel_token": "guess"},
            {"x_goog_channel_id": "other"},
            {"x_goog_resource_id": "other"},
            {"x_goog_channel_token": ""},
        ],
    )
    async def test_a_forged_message_is_a_stranger(self, mine: Mine, forged: dict[str, str]) -> None:
        """Whatever it gets wrong."""
        channel = await self.opened(mine)
        with pytest.raises(NotFound):
            await heard(mine.database, self.message(channel, 7, **forged))
        assert await heard(mine.database, self.message(channel, 7)) == mine.person_id

    async def test_a_channel_is_renewed_before_it_ends(self, mine: Mine) -> None:
        """The new one is there before the old one goes; at disconnect all go."""
        old = await self.opened(mine)
        mine.clock.now = NOW + timedelta(days=6, hours=1)
        await watch(mine.database, mine.person_id, mine.side.keeper(), mine.clock, "https://chronus.example")
        new = next(iter(mine.side.state.channels.values()))
        asked = [one for one in mine.side.google.methods() if one.endswith((".watch", ".stop"))]
        assert (asked, new["id"] != old["id"]) == (
            ["calendar.events.watch", "calendar.events.watch", "calendar.channels.stop"],
            True,
        )
        await unwatch(mine.database, mine.person_id, mine.side.keeper())
        assert mine.side.state.channels == {}

    async def test_a_refused_channel_leaves_nothing(self, mine: Mine) -> None:
        """Polling goes on; the next run tries again."""
        await mine.sync()
        mine.side.google.trouble("status", "calendar.events.watch", status=403, reason="forbidden")
        with pytest.raises(ChronusError):
            await watch(mine.database, mine.person_id, mine.side.keeper(), mine.clock, "https://chronus.example")
        await watch(mine.database, mine.person_id, mine.side.keeper(), mine.clock, "https://chronus.example")
        assert len(mine.side.state.channels) == 1
