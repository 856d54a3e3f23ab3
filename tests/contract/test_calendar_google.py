"""The rules of Google Calendar, each at the wire."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from integrations.calendar import EventChange, NewEvent
from integrations.calendar.google_events import Home
from integrations.calendar.google_series import Whole
from integrations.errors import Conflict, Denied, Invalid, NotConnected, NotFound, RateLimited, Unavailable
from integrations.google.refusals import Unsure
from tests.contract.test_calendar import BERLIN, DAY, HOUR, at, planned
from tests.emulators.google import ALL_SCOPES, Refuse
from tests.emulators.google.calendar import ME, CalendarState
from tests.emulators.google.calendar_side import CalendarSide, calendar_side

NEW_YORK = ZoneInfo("America/New_York")
INSERT, PATCH, DELETE, LIST = (f"calendar.events.{verb}" for verb in ("insert", "patch", "delete", "list"))


@pytest.fixture
async def side() -> AsyncIterator[CalendarSide]:
    async with calendar_side() as side:
        yield side


def timed(day: int, hour: int, zone: str = "Europe/Berlin", **more: Any) -> dict[str, Any]:
    """Start and end of an hour in March 2026, as Google takes them."""
    starts = datetime(2026, 3, day, hour, tzinfo=ZoneInfo(zone))
    both = {
        name: {"dateTime": one.isoformat(), "timeZone": zone}
        for name, one in (("start", starts), ("end", starts + HOUR))
    }
    return both | more


class TestReading:
    """Windows, calendars, zones."""

    async def test_a_window_is_asked_for_as_google_wants_it(self, side: CalendarSide) -> None:
        """Expanded, in order, with bounds that carry an offset, and no token."""
        await side.keeper().between(at(5), at(6))
        asked = side.google.calls(LIST)[0].query
        assert (asked["singleEvents"], asked["orderBy"], "syncToken" in asked) == (["true"], ["startTime"], False)
        assert all(asked[name][0].endswith("+00:00") for name in ("timeMin", "timeMax"))

    async def test_a_meeting_in_progress_is_listed(self, side: CalendarSide) -> None:
        """timeMin is about the end of an event."""
        side.state.put(summary="Workshop", **timed(5, 10))
        assert [one.title for one in await side.keeper().between(at(5, 10, 30), at(5, 10, 40))] == ["Workshop"]

    async def test_every_calendar_that_counts_is_read(self, side: CalendarSide) -> None:
        """Those the person shows; our own choice goes before; each event leads back to its calendar."""
        for name, entry in (("family", {}), ("holidays", {"selected": False}), ("old", {"hidden": True})):
            side.state.add(name, **entry)
            side.state.put(name, id="abcde", summary=name, **timed(5, 10))
        side.state.put(id="abcde", summary="mine", **timed(5, 10))
        keeper = side.keeper()
        assert [one.title for one in await keeper.between(at(5), at(6))] == ["family", "mine"]
        family = next(one for one in await keeper.between(at(5), at(6)) if one.title == "family")
        await keeper.change(family.id, EventChange(title="ours"))
        assert (side.state.live("family")[0]["summary"], side.state.live()[0]["summary"]) == ("ours", "mine")
        await keeper.show("family", False)
        assert [one.title for one in await keeper.between(at(5), at(6))] == ["mine"]
        with pytest.raises(NotFound):
            await keeper.show("nobody", True)

    async def test_calendars_and_events_come_in_pages(self, side: CalendarSide) -> None:
        """All pages are turned."""
        side.state.most = 3
        for number in range(7):
            side.state.add(f"c{number}")
            side.state.put(summary=f"E{number}", **timed(5, number))
        keeper = side.keeper()
        assert len(await keeper.calendars()) == 8
        assert len(await keeper.between(at(5), at(6))) == 7

    async def test_an_all_day_event_is_on_its_day_everywhere(self, side: CalendarSide) -> None:
        """West of Greenwich too; its end is exclusive."""
        side.state.put(summary="Holiday", start={"date": "2026-03-05"}, end={"date": "2026-03-06"})
        away = side.keeper(zone=NEW_YORK)
        event = (await away.between(datetime(2026, 3, 5, tzinfo=NEW_YORK), datetime(2026, 3, 6, tzinfo=NEW_YORK)))[0]
        assert (f"{event.starts:%d %H:%M}", f"{event.ends:%d %H:%M}", event.all_day) == ("05 00:00", "06 00:00", True)
        moved = (await away.change(event.id, EventChange(starts=datetime(2026, 3, 7, tzinfo=NEW_YORK)))).event
        assert side.state.live()[0]["start"] == {"date": "2026-03-07"}
        assert f"{moved.starts:%d}" == "07"

    async def test_what_is_no_appointment_takes_no_time(self, side: CalendarSide) -> None:
        """A place of work isn't listed; what is transparent or declined doesn't block."""
        side.state.put(
            summary="Office",
            eventType="workingLocation",
            workingLocationProperties={"type": "homeOffice"},
            **timed(5, 8),
        )
        side.state.put(summary="Birthday", transparency="transparent", **timed(5, 9))
        side.state.put(
            summary="Party", attendees=[{"email": ME, "self": True, "responseStatus": "declined"}], **timed(5, 10)
        )
        side.state.put(summary="Dentist", **timed(5, 11))
        found = await side.keeper().between(at(5), at(6))
        assert [(one.title, one.busy) for one in found] == [("Birthday", False), ("Party", False), ("Dentist", True)]

    async def test_a_cancelled_exception_may_be_a_skeleton(self, side: CalendarSide) -> None:
        """It has no times, and takes its occurrence away all the same."""
        keeper = side.keeper()
        series = (await keeper.add(planned("Gym", at(2, 18), recurrence="FREQ=DAILY;COUNT=4"))).event
        await keeper.cancel(f"{series.id}_20260303T170000Z")
        assert "start" not in side.state.book(ME).events[f"{series.id}_20260303T170000Z"]
        rest = await keeper.change(f"{series.id}_20260304T170000Z", EventChange(title="Swim"), scope="following")
        assert [f"{one.title} {one.starts:%d}" for one in await keeper.between(at(1), at(9))] == [
            "Gym 02",
            "Swim 04",
            "Swim 05",
        ]
        await keeper.revert(rest.inverse)
        assert [f"{one.title} {one.starts:%d}" for one in await keeper.between(at(1), at(9))] == [
            "Gym 02",
            "Gym 04",
            "Gym 05",
        ]


class TestWriting:
    """Once, conditionally, and with nobody mailed by surprise."""

    async def test_a_recurring_event_names_its_zone(self, side: CalendarSide) -> None:
        """An IANA name, and a RRULE whose UNTIL is UTC, or a day for days."""
        keeper = side.keeper()
        await keeper.add(planned("Gym", at(2, 18), recurrence="FREQ=WEEKLY;UNTIL=20260320"))
        await keeper.add(planned("Trip", at(2), DAY, all_day=True, recurrence="FREQ=WEEKLY;UNTIL=20260320T120000Z"))
        gym, trip = (one.body for one in side.google.calls(INSERT))
        assert (gym["start"]["timeZone"], gym["recurrence"]) == (
            "Europe/Berlin",
            ["RRULE:FREQ=WEEKLY;UNTIL=20260320T225959Z"],
        )
        assert (trip["start"], trip["recurrence"]) == ({"date": "2026-03-02"}, ["RRULE:FREQ=WEEKLY;UNTIL=20260320"])

    @pytest.mark.parametrize("kind", ["lost", "garbage", "reset", "slow"])
    async def test_a_lost_answer_makes_one_event(self, side: CalendarSide, kind: str) -> None:
        """Whether it had happened or not: the id is ours, so it can be looked for."""
        side.google.trouble(kind, INSERT, seconds=0.4)
        keeper = side.keeper(api=side.api(patience=0.2))
        written = await keeper.add(planned("Dentist", at(5, 10), guests=("a@example.com",)))
        assert [one["id"] for one in side.state.live()] == [written.event.id]
        assert [mail[0] for mail in side.state.mails] == ["invite"]

    @pytest.mark.parametrize("kind", ["lost", "garbage", "reset"])
    async def test_a_lost_answer_makes_one_change(self, side: CalendarSide, kind: str) -> None:
        """Of a change and of a cancellation too."""
        keeper = side.keeper()
        event = (await keeper.add(planned("Dentist", at(5, 10)))).event
        side.google.trouble(kind, PATCH)
        assert (await keeper.change(event.id, EventChange(title="Doctor"))).event.title == "Doctor"
        assert side.state.live()[0]["sequence"] == 1
        side.google.trouble(kind, DELETE)
        await keeper.cancel(event.id)
        assert side.state.live() == []

    async def test_when_looking_fails_too_it_is_an_open_question(self, side: CalendarSide) -> None:
        """Neither yes nor no is claimed."""
        keeper = side.keeper()
        await keeper.primary()
        side.google.trouble("lost", INSERT)
        side.google.trouble("status", "calendar.events.get", status=503, times=2)
        with pytest.raises(Unsure):
            await keeper.add(planned("Dentist", at(5, 10)))

    async def test_the_same_key_makes_the_same_event(self, side: CalendarSide) -> None:
        """Google says 409 and has it already; a stranger's id is got around."""
        one = (await side.keeper("turn 7").add(planned("Dentist", at(5, 10)))).event
        assert (await side.keeper("turn 7").add(planned("Dentist", at(5, 10)))).event == one
        other = (await side.keeper("turn 8").add(planned("Dentist", at(5, 10)))).event
        assert (len(side.state.live()), other.id != one.id) == (2, True)
        for raw in side.state.live():
            raw["extendedProperties"]["private"]["intentId"] = "somebody else's"
        third = (await side.keeper("turn 7").add(planned("Dentist", at(5, 10)))).event
        assert (len(side.state.live()), third.id not in {one.id, other.id}) == (3, True)

    async def test_a_deleted_id_is_never_used_again(self, side: CalendarSide) -> None:
        """It still is a 409; the event gets another."""
        one = await side.keeper("k").add(planned("Dentist", at(5, 10)))
        await side.keeper().cancel(one.event.id)
        again = await side.keeper("k").add(planned("Dentist", at(5, 10)))
        assert [raw["id"] for raw in side.state.live()] == [again.event.id] != [one.event.id]

    async def test_what_google_does_not_give_back_is_made_anew(self, side: CalendarSide) -> None:
        """Reviving may be forbidden: the undo puts one like it there."""
        keeper = side.keeper()
        event = (await keeper.add(planned("Dentist", at(5, 10), place="Mill Lane"))).event
        cancelled = await keeper.cancel(event.id)
        side.state.revives = False
        back = await keeper.revert(cancelled.inverse)
        assert back is not None
        assert (back.title, back.place, back.starts, back.id != event.id) == ("Dentist", "Mill Lane", at(5, 10), True)
        assert len(side.state.live()) == 1

    async def test_a_change_is_conditional(self, side: CalendarSide) -> None:
        """If-Match carries the etag that was read."""
        keeper = side.keeper()
        event = (await keeper.add(planned("Dentist", at(5, 10)))).event
        etag = side.state.live()[0]["etag"]
        await keeper.change(event.id, EventChange(title="Doctor"))
        assert side.google.calls(PATCH)[0].headers["if-match"] == etag

    async def test_an_etag_that_changed_alone_is_no_conflict(self, side: CalendarSide) -> None:
        """A guest's answer makes a 412; what the person saw is the same, so the change goes through."""
        keeper = side.keeper()
        event = (await keeper.add(planned("Dentist", at(5, 10), guests=("a@example.com",)))).event
        side.google.trouble("status", PATCH, status=412, reason="conditionNotMet")
        assert (await keeper.change(event.id, EventChange(title="Doctor"), etag=event.etag)).event.title == "Doctor"
        assert len(side.google.calls(PATCH)) == 2

    async def test_a_real_change_meanwhile_is_a_conflict(self, side: CalendarSide) -> None:
        """Somebody else moved it between our reading and our writing."""
        keeper = side.keeper()
        event = (await keeper.add(planned("Dentist", at(5, 10)))).event
        find = side.state.find

        def moved_after(book: Any, name: str) -> Any:
            found = dict(find(book, name))
            if not side.google.calls(PATCH):
                side.state.keep(book, book.events[name] | timed(6, 10))
            return found

        side.state.find = moved_after  # type: ignore[method-assign]
        with pytest.raises(Conflict):
            await keeper.change(event.id, EventChange(title="Doctor"), etag=event.etag)
        assert side.state.live()[0]["summary"] == "Dentist"

    async def test_guests_are_read_changed_and_written_whole(self, side: CalendarSide) -> None:
        """A patch replaces the list: their answers, rooms and the person stay on it."""
        people = [{"email": "a@example.com", "responseStatus": "accepted"}, {"email": ME, "self": True, "responseStatus": "accepted"}, {"email": "room@example.com", "resource": True, "responseStatus": "accepted"}]  # fmt: skip
        side.state.put(id="abcdef", summary="Review", attendees=people, **timed(5, 10))
        written = await side.keeper().change("abcdef", EventChange(guests=("a@example.com", "b@example.com")))
        assert written.event.guests == ("a@example.com", "b@example.com")
        now = {one["email"]: one["responseStatus"] for one in side.state.live()[0]["attendees"]}
        assert now == {
            "a@example.com": "accepted",
            ME: "accepted",
            "room@example.com": "accepted",
            "b@example.com": "needsAction",
        }

    async def test_every_write_says_who_is_mailed(self, side: CalendarSide) -> None:
        """Guests are, where there are some; nobody is, where there are none."""
        keeper = side.keeper()
        alone = (await keeper.add(planned("Dentist", at(5, 10)))).event
        await keeper.change(alone.id, EventChange(place="Mill Lane"))
        await keeper.cancel(alone.id)
        assert {one.query["sendUpdates"][0] for one in side.google.asked if "sendUpdates" in one.query} == {"none"}
        shared = (await keeper.add(planned("Lunch", at(5, 12), guests=("a@example.com",)))).event
        await keeper.change(shared.id, EventChange(starts=at(5, 13)))
        await keeper.cancel(shared.id)
        assert [what for what, _, _ in side.state.mails] == ["invite", "change", "cancel"]
        writes = [one for one in side.google.asked if one.method in {INSERT, PATCH, DELETE}]
        assert all("sendUpdates" in one.query for one in writes)

    async def test_nobody_is_mailed_who_is_not_to_be(self, side: CalendarSide) -> None:
        """Whatever is done to an event with guests, and to several steps of it, can be done without a mail."""
        keeper, quiet = side.keeper(), dict[str, Any](tell=False)
        weekly = planned("Lunch", at(5, 12), guests=("a@example.com",), recurrence="FREQ=WEEKLY;COUNT=5")
        event = (await keeper.add(weekly, **quiet)).event
        later = f"{event.id}_20260319T110000Z"
        moved = await keeper.change(later, EventChange(starts=at(19, 13)), scope="following", **quiet)
        await keeper.revert(moved.inverse, **quiet)
        gone = await keeper.cancel(event.id, scope="all", **quiet)
        await keeper.revert(gone.inverse, **quiet)
        side.google.trouble("status", PATCH, status=403, reason="forbidden")
        with pytest.raises(Denied):  # refused half-way and taken back
            await keeper.change(later, EventChange(starts=at(19, 13)), scope="following", **quiet)
        assert side.state.mails == []

    async def test_a_place_to_meet_is_asked_for_once(self, side: CalendarSide) -> None:
        """The same request id on every try, version 1 on every write; the link comes a moment later."""
        side.google.trouble("reset", INSERT)
        keeper = side.keeper()
        event = (await keeper.add(planned("Call", at(5, 10), meet=True))).event
        assert event.link.startswith("https://meet.google.com/")
        ids = {one.body["conferenceData"]["createRequest"]["requestId"] for one in side.google.calls(INSERT)}
        assert (len(side.google.calls(INSERT)), len(ids)) == (2, 1)
        assert (await keeper.change(event.id, EventChange(title="Video call"))).event.link == event.link
        assert all(
            one.query["conferenceDataVersion"] == ["1"] for one in side.google.asked if one.method in {INSERT, PATCH}
        )

    async def test_what_google_refuses_half_way_is_taken_back(self, side: CalendarSide) -> None:
        """The rest of a series is there and the old one can't be ended: neither stays."""
        keeper = side.keeper()
        series = (await keeper.add(planned("Gym", at(2, 18), recurrence="FREQ=DAILY;COUNT=4"))).event
        side.google.trouble("status", PATCH, status=403, reason="forbidden")
        with pytest.raises(Denied):
            await keeper.change(f"{series.id}_20260304T170000Z", EventChange(title="Swim"), scope="following")
        assert [f"{one.title} {one.starts:%d}" for one in await keeper.between(at(1), at(9))] == [f"Gym 0{day}" for day in (2, 3, 4, 5)]  # fmt: skip

    async def test_a_calendar_that_is_only_read_is_not_written(self, side: CalendarSide) -> None:
        """Google's 403 is Denied."""
        side.state.add("holidays", accessRole="reader")
        side.state.put("holidays", id="abcdef", summary="May Day", **timed(5, 10))
        event = (await side.keeper().between(at(5), at(6)))[0]
        with pytest.raises(Denied):
            await side.keeper().cancel(event.id)


class TestBusy:
    """Free and busy."""

    async def test_not_found_is_not_free(self, side: CalendarSide) -> None:
        """A calendar that Google can't look into is unknown; transparent events don't block; times are zoned."""
        side.state.add("anna@example.com")
        side.state.put("anna@example.com", summary="X", **timed(5, 10))
        side.state.put("anna@example.com", summary="Y", transparency="transparent", **timed(5, 14))
        side.state.blind["tom@example.com"] = "internalError"
        found = await side.keeper().busy(["anna@example.com", "tom@example.com", "nobody@example.com"], at(5), at(6))
        assert found == {
            "anna@example.com": [(at(5, 10), at(5, 11))],
            "tom@example.com": None,
            "nobody@example.com": None,
        }

    async def test_fifty_at_a_time(self, side: CalendarSide) -> None:
        """Google looks into no more at once."""
        found = await side.keeper().busy([f"p{number}@example.com" for number in range(120)], at(5), at(6))
        assert (len(found), [len(one.body["items"]) for one in side.google.calls("calendar.freebusy.query")]) == (
            120,
            [50, 50, 20],
        )


class TestRefusals:
    """One sentence each."""

    @pytest.mark.parametrize(
        ("status", "reason", "ours"),
        [
            (403, "rateLimitExceeded", RateLimited),
            (403, "quotaExceeded", Unavailable),
            (403, "insufficientPermissions", NotConnected),
            (403, "forbidden", Denied),
            (404, "notFound", NotFound),
            (429, "rateLimitExceeded", RateLimited),
            (503, "backendError", Unavailable),
        ],
    )
    async def test_each_is_told_in_our_words(self, side: CalendarSide, status: int, reason: str, ours: type) -> None:
        """And leaves nothing behind."""
        keeper = side.keeper()
        await keeper.primary()
        side.google.trouble("status", "calendar.events", status=status, reason=reason, times=9)
        with pytest.raises(ours):
            await keeper.add(planned("Dentist", at(5, 10)))
        side.google.troubles.clear()
        assert side.state.live() == []

    async def test_a_permission_that_was_not_given_is_named(self, side: CalendarSide) -> None:
        """Nothing is asked again."""
        side.google.grants = lambda token: ALL_SCOPES - {"https://www.googleapis.com/auth/calendar"}
        with pytest.raises(NotConnected, match="permission"):
            await side.keeper().between(at(5), at(6))

    async def test_a_storm_of_429_ends(self, side: CalendarSide) -> None:
        """A job waits it out; exactly one event is there."""
        side.google.trouble("status", INSERT, status=429, reason="rateLimitExceeded", times=2)
        await side.keeper(api=side.api(tries=5)).add(planned("Dentist", at(5, 10)))
        assert len(side.state.live()) == 1

    def test_an_open_question_is_told_as_such(self) -> None:
        """The sentence claims neither."""
        assert "don't know" in Unsure().say


class TestForeign:
    """Series that others made."""

    LINES = (
        ["RRULE:FREQ=WEEKLY;BYDAY=MO", "RRULE:FREQ=WEEKLY;BYDAY=TH"],
        ["RRULE:FREQ=WEEKLY", "RDATE;TZID=Europe/Berlin:20260305T180000"],
        ["RRULE:FREQ=DAILY;UNTIL=20260309T170000Z", "EXDATE;TZID=Europe/Berlin:20260304T180000,20260306T180000"],
        ["RDATE:20260305T170000Z,20260311T170000Z"],
        ["RRULE:FREQ=HOURLY;COUNT=5"],
    )

    @pytest.mark.parametrize("lines", LINES)
    async def test_they_are_read_truly(self, side: CalendarSide, lines: list[str]) -> None:
        """Several rules, RDATE, EXDATE: ours are Google's occurrences, in a copy as live."""
        raw = side.state.put(id="abcdef", summary="Odd", recurrence=lines, **timed(2, 18))
        live = [one.starts for one in await side.keeper().between(at(1), at(25))]
        ours = Whole.of(Home(ME, True, BERLIN), raw, []).series.between(at(1), at(25))
        assert live == [one.starts for one in ours]
        assert len(live) > 2

    async def test_what_can_not_be_done_truly_is_refused(self, side: CalendarSide) -> None:
        """One time can be changed, and what all say; moving the rest would need a pattern that we can't write."""
        side.state.put(id="abcdef", summary="Odd", recurrence=self.LINES[0], **timed(2, 18))
        keeper = side.keeper()
        thursday = (await keeper.between(at(5), at(6)))[0]
        await keeper.change(thursday.id, EventChange(starts=at(5, 20)))
        await keeper.change(thursday.id, EventChange(title="Even"), scope="all")
        with pytest.raises(Invalid, match="pattern"):
            await keeper.change(thursday.id, EventChange(title="X"), scope="following")
        with pytest.raises(Invalid, match="pattern"):
            await keeper.cancel(thursday.id, scope="following")
        found = [f"{one.title} {one.starts:%d %H}" for one in await keeper.between(at(1), at(10))]
        assert found == ["Even 02 18", "Even 05 20", "Even 09 18"]

    @pytest.mark.parametrize("rule", ["FREQ=DAILY", "FREQ=WEEKLY;BYDAY=MO,WE", "FREQ=MONTHLY;BYMONTHDAY=2"])
    async def test_a_following_change_ends_the_old_series(self, side: CalendarSide, rule: str) -> None:
        """UNTIL in UTC, just before; the rest is a series of its own that takes along what Google knew."""
        side.state.put(
            id="abcdef",
            summary="Gym",
            recurrence=[f"RRULE:{rule}"],
            colorId="7",
            reminders={"useDefault": False},
            **timed(2, 18),
        )
        keeper = side.keeper()
        second = (await keeper.between(at(3), at(30, month=5)))[0]
        written = await keeper.change(second.id, EventChange(place="Hall 2"), scope="following")
        old, new = side.state.book(ME).events["abcdef"], side.state.book(ME).events[written.event.series or ""]
        assert old["recurrence"] == [
            f"RRULE:{rule};UNTIL={second.starts.astimezone(UTC) - timedelta(seconds=1):%Y%m%dT%H%M%SZ}"
        ]
        assert (new["colorId"], new["reminders"], new["location"]) == ("7", {"useDefault": False}, "Hall 2")


RULES = some.sampled_from([
    "FREQ=DAILY", "FREQ=DAILY;INTERVAL=3;COUNT=20", "FREQ=WEEKLY", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SA;WKST=SU",
    "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "FREQ=MONTHLY", "FREQ=MONTHLY;BYMONTHDAY=31", "FREQ=MONTHLY;BYDAY=-1FR",
    "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "FREQ=YEARLY", "FREQ=YEARLY;BYMONTH=3;BYDAY=2SU", "FREQ=MONTHLY;INTERVAL=5;COUNT=9",
    "FREQ=WEEKLY;UNTIL=20280101T000000Z",
])  # fmt: skip
STARTS = (datetime(2015, 1, 1), datetime(2026, 1, 1))  # noqa: DTZ001, on the wall of any zone
ZONES = some.sampled_from(["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "UTC"])


@settings(max_examples=60)
@given(RULES, ZONES, some.datetimes(*STARTS), some.integers(0, 4000), some.booleans())
def test_ours_are_googles_occurrences(rule: str, zone: str, start: datetime, later: int, all_day: bool) -> None:
    """Random series, near and far: what we expand is what Google's own expansion (dateutil on zoned times) has."""
    state, home = CalendarState(zone), Home(ME, True, ZoneInfo(zone))
    first = start.replace(second=0, microsecond=0, tzinfo=ZoneInfo(zone))
    times: dict[str, Any]
    if all_day:
        rule = rule.replace("T000000Z", "")
        times = {"start": {"date": f"{first:%Y-%m-%d}"}, "end": {"date": f"{first + DAY:%Y-%m-%d}"}}
    else:
        times = {"start": {"dateTime": first.isoformat(), "timeZone": zone}, "end": {"dateTime": (first.astimezone(UTC) + HOUR).isoformat(), "timeZone": zone}}  # fmt: skip
    try:
        raw = state.put(id="abcdef", recurrence=[f"RRULE:{rule}"], **times)
    except Refuse as error:
        raise AssertionError(error.message) from error
    whole = Whole.of(home, raw, [])
    opens = first.astimezone(UTC) + later * DAY
    ours = [whole.event(f"{one:%Y%m%dT%H%M%SZ}") for one in whole.series.starts(opens, opens + 60 * DAY)]
    theirs = state.instances(state.book(ME), raw, opens + 60 * DAY)
    assert [one.id for one in ours] == [one["id"] for one in theirs if _starts(one, zone) >= opens]


def _starts(raw: dict[str, Any], zone: str) -> datetime:
    when = raw["start"]
    return (
        datetime.fromisoformat(when["dateTime"])
        if "dateTime" in when
        else datetime.fromisoformat(when["date"]).replace(tzinfo=ZoneInfo(zone))
    )


def test_a_new_event_can_ask_for_a_meeting() -> None:
    """Others leave it out."""
    assert NewEvent(title="Call", starts=at(5, 10), ends=at(5, 11), zone="UTC").meet is False
