"""Ringing a person: once, only at their own verified number, not too often, not in quiet hours; and once more when nobody takes it."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from agent.calling.asking import UNHEARD, ring_with_it
from agent.calling.dialing import dial
from agent.calling.outcome import settle, taken, told
from agent.calling.ringer import CantCall, Quiet, TooOften
from agent.calling.verifying import WrongCode, call_with_code, code_of, confirm
from agent.ringing import ring
from integrations.errors import Conflict, Denied, Invalid, RateLimited, Unavailable
from integrations.settings import LimitSettings
from integrations.store.calls import Call
from integrations.store.owed import Debts
from integrations.store.people import People
from integrations.store.phone_codes import GUESSES, NoCode
from integrations.store.phones import Phones
from integrations.telephone import Asked
from integrations.telephone.twilio_calls import TwilioCalls
from jobs.catalogue import calls as _calls  # noqa: F401, fills JOBS
from jobs.ledger import Ledger, Patience
from jobs.run import do
from tests.conftest import Place
from tests.cutting import Cut
from tests.emulators.telephones import Line, Telephones, running
from tests.telephoned import NUMBER, OURS, PUBLIC, TOKEN, account, phone_settings
from tests.worlds import World, open_world

ON_FILE = pytest.mark.parametrize("place", ["sqlite"], indirect=True)
"""What no database could do otherwise; the rest is tried on each."""


@pytest.fixture(scope="module")
def exchange() -> Iterator[Telephones]:
    with running(account("twilio")) as telephones:
        yield telephones


@pytest.fixture
def telephones(exchange: Telephones) -> Telephones:
    exchange.lines.clear()
    exchange.outcomes.clear()
    exchange.faults.clear()
    exchange.asked = 0
    return exchange


@pytest.fixture
async def world(place: Place, telephones: Telephones) -> AsyncIterator[World]:
    """Ten in the morning in Berlin; they have a verified number."""
    more: dict[str, Any] = {"database": {"url": place.url}} if place.url else {}
    async with open_world(
        place.data / "world", phone=phone_settings("twilio", telephones.url), public_url=PUBLIC,
        secret_key="a secret of sixteen", limits=LimitSettings(calls_a_day=6), **more,
    ) as world:  # fmt: skip
        world.clock.now = world.clock.now.replace(hour=9, minute=0)
        telephones.clock = world.clock
        await known(world)
        yield world


async def known(world: World, number: str = NUMBER, *, verified: bool = True) -> None:
    async with world.services.database.work() as session:
        phone = await Phones(session, world.person.id).use(number)
        phone.pin, phone.verified_at = "a hash", world.clock() if verified else None


async def asked(world: World, **wanted: Any) -> Call:
    async with world.services.context(world.person) as ctx:
        given: dict[str, Any] = {"about": "asked", "asked": True, **wanted}
        call = await ctx.ringer.ask(**given)
    assert call is not None
    return call


async def row(world: World, call: Call) -> Call:
    async with world.services.context(world.person, write=False) as ctx:
        return await ctx.ringer.calls.get(call.id)


async def everything(world: World) -> list[Call]:
    async with world.services.context(world.person, write=False) as ctx:
        return list(reversed(await ctx.ringer.calls.newest(100)))


async def work(world: World) -> None:
    """Everything that is due is done, as workers do it."""
    ledger = Ledger(world.services.database, world.clock, world.services.nudges, Patience(first=timedelta(0)))
    for _ in range(20):
        async with world.services.database.look() as session:
            due = [
                one for one in await Debts(session, world.person.id).newest(200)
                if one.state == "waiting" and one.next_at <= world.clock() and one.job.startswith("phone.")
            ]  # fmt: skip
        if not due:
            return
        for one in due:
            await do(world.services, ledger, one.id, "here")


def says(line: Line, course: Any, *, machine: bool = False, seconds: int | None = None) -> Asked:
    """What the provider tells of a call of ours."""
    told: dict[str, Any] = {"course": course, "machine": machine, "seconds": seconds}
    return Asked(call_id=line.id, caller=line.sender, called=line.to, out=True, **told)


async def test_a_call_rings_once_and_is_kept_with_what_becomes_of_it(world: World, telephones: Telephones) -> None:
    """Asked for, rung, taken once, over; what the provider tells twice or too late changes nothing."""
    call = await asked(world)
    await work(world)
    (line,) = telephones.lines
    assert (line.to, line.answered_url) == (NUMBER, f"{PUBLIC}/v1/phone/twilio/answered/{call.id}")
    assert line.machines
    assert (await row(world, call)).state == "ringing"
    await taken(world.services, call.id, says(line, "answered"))
    with pytest.raises(Denied):
        await taken(world.services, call.id, says(line, "answered"))
    for _ in range(2):
        await told(world.services, call.id, says(line, "ended", seconds=41))
    await told(world.services, call.id, says(line, "busy"))
    kept = await row(world, call)
    assert (kept.state, kept.seconds, kept.provider_id) == ("ended", 41, line.id)
    world.clock.forward(minutes=30)
    await work(world)
    assert len(telephones.lines) == 1


@pytest.mark.parametrize("course", ["busy", "no_answer", "failed", "ended"])
@ON_FILE
async def test_nobody_takes_it_so_it_rings_once_more(world: World, telephones: Telephones, course: str) -> None:
    """Ten minutes later, then never again; and they are told that they were called."""
    call = await asked(world)
    await work(world)
    await told(world.services, call.id, says(telephones.lines[0], course))
    await told(world.services, call.id, says(telephones.lines[0], course))
    world.clock.forward(minutes=9)
    await work(world)
    assert len(telephones.lines) == 1
    world.clock.forward(minutes=1)
    await work(world)
    _, second = await everything(world)
    assert (second.tries, second.about, second.asked) == (2, "asked", True)
    await told(world.services, second.id, says(telephones.lines[1], course))
    world.clock.forward(hours=1)
    await work(world)
    assert len(telephones.lines) == 2
    async with world.services.context(world.person, write=False) as ctx:
        assert ["couldn't reach you" in one.say for one in await ctx.notifications.all()] == [True]


@ON_FILE
async def test_a_machine_takes_it_so_it_rings_once_more(world: World, telephones: Telephones) -> None:
    """It isn't talked to."""
    call = await asked(world)
    await work(world)
    assert (
        await taken(world.services, call.id, says(telephones.lines[0], "answered", machine=True))
    ).state == "machine"
    await told(world.services, call.id, says(telephones.lines[0], "ended", seconds=9))
    world.clock.forward(minutes=10)
    await work(world)
    assert [one.state for one in await everything(world)] == ["machine", "ringing"]


@ON_FILE
async def test_another_calls_news_is_not_believed(world: World, telephones: Telephones) -> None:
    """Another number, another call's name, a call to us, and one that nobody knows."""
    call = await asked(world)
    await work(world)
    (line,) = telephones.lines
    right = {"call_id": line.id, "caller": line.sender, "called": line.to, "out": True, "course": "answered"}
    for wrong in ({"called": "+15559990000"}, {"call_id": "CA9"}, {"out": False}):
        with pytest.raises(Denied):
            await taken(world.services, call.id, Asked(**right | wrong))  # type: ignore[arg-type]
        with pytest.raises(Denied):
            await told(world.services, call.id, Asked(**right | wrong))  # type: ignore[arg-type]
    assert (await row(world, call)).state == "ringing"


@ON_FILE
async def test_who_cannot_be_rung_is_told_why(world: World, telephones: Telephones) -> None:
    """No number, not verified, the number changed since, a call under way already."""
    async with world.services.database.work() as session:
        await Phones(session, world.person.id).forget()
    with pytest.raises(CantCall, match="don't know your telephone number"):
        await asked(world)
    await known(world, verified=False)
    with pytest.raises(CantCall, match="isn't verified"):
        await asked(world)
    async with world.services.database.work() as session:
        phone = await Phones(session, world.person.id).use(NUMBER)
        phone.verified_at, phone.pin = world.clock(), None
    with pytest.raises(CantCall, match="no PIN"):
        await asked(world)
    async with world.services.database.work() as session:
        phone = await Phones(session, world.person.id).held()
        phone.pin, phone.locked_until = "a hash", world.clock() + timedelta(hours=1)
    with pytest.raises(CantCall, match="locked"):
        await asked(world)
    async with world.services.database.work() as session:
        (await Phones(session, world.person.id).held()).locked_until = None
    await known(world)
    call = await asked(world)
    with pytest.raises(CantCall, match="already"):
        await asked(world)
    await known(world, "+4930123456", verified=True)
    await work(world)
    assert (await row(world, call)).why == "Your number has changed."
    assert telephones.asked == 0
    async with world.services.database.work() as session:
        phone = await Phones(session, world.person.id).use(NUMBER)
        assert phone.verified_at is None


async def test_never_more_a_day_than_may_be_however_many_ask_at_once(world: World, telephones: Telephones) -> None:
    """Of twenty that were somehow asked for six ring; the day after there is room again."""
    async with world.services.context(world.person) as ctx:
        for _ in range(20):
            await ctx.ringer.owe(number=NUMBER, about="asked", at=world.clock(), key=None, asked=True)
    calls = await everything(world)
    await asyncio.gather(*(dial(world.services, world.person, call.id) for call in calls))
    assert telephones.asked == 6
    assert [one.why for one in await everything(world)].count(
        "I've rung you 6 times within a day, which is as often as I may."
    ) == 14
    with pytest.raises(TooOften):
        await asked(world, at=world.clock() + timedelta(hours=2))
    world.clock.forward(hours=25)
    await asked(world)


async def test_nobody_asks_for_more_than_will_ring(world: World) -> None:
    """Twelve at once for later: six are taken, six hear that it is enough."""

    async def one(minutes: int) -> bool:
        try:
            await asked(world, at=world.clock() + timedelta(minutes=minutes))
        except TooOften:
            return False
        return True

    assert sorted(await asyncio.gather(*(one(60 + number) for number in range(12)))) == [False] * 6 + [True] * 6


@ON_FILE
async def test_quiet_hours_are_kept_unless_they_ask_within_them(world: World, telephones: Telephones) -> None:
    """At eleven in the evening a briefing waits for the morning and a second try is left; "call me" rings; a night call isn't promised by day."""
    answer = await world.say("call me at 2 am")
    assert "within your quiet hours, until 7 am" in answer["reply"]
    world.clock.now = world.clock.now.replace(hour=20, minute=55)  # 21:55 in Berlin
    late = await asked(world)
    await work(world)
    await told(world.services, late.id, says(telephones.lines[0], "busy"))
    world.clock.forward(minutes=10)
    await work(world)
    assert [one.why for one in await everything(world)] == ["", "Your quiet hours had begun."]
    with pytest.raises(Quiet, match="until 7 am"):
        await asked(world)
    async with world.services.context(world.person) as ctx:
        await ctx.briefings.opened((ctx.now + timedelta(days=1)).date())
        await ctx.ringer.owe(number=NUMBER, about="briefing", at=ctx.now, key=None)
    await work(world)
    assert telephones.asked == 1
    answer = await world.say("call me")
    assert answer["reply"] == "I'll call you now."
    await work(world)
    assert telephones.asked == 2
    world.clock.now = world.clock.now.replace(hour=6, minute=0) + timedelta(days=1)
    await work(world)
    assert telephones.asked == 3


async def test_killed_anywhere_it_rings_once(world: World, telephones: Telephones) -> None:
    """Cut off before and after every commit, and done again by the next worker: one ring, and its name is kept."""
    assert world.services.dialer is not None
    world.services.dialer.settles = 0
    cuts = 0
    for at in range(1, 60):
        telephones.lines.clear()
        world.clock.forward(hours=25)
        call = await asked(world)
        whole = await Cut(at).through(dial(world.services, world.person, call.id))
        await dial(world.services, world.person, call.id)
        assert len(telephones.lines) == 1
        kept = await row(world, call)
        assert (kept.state, kept.provider_id) == ("ringing", telephones.lines[0].id)
        await taken(world.services, call.id, says(telephones.lines[0], "answered"))
        await told(world.services, call.id, says(telephones.lines[0], "ended"))
        if whole:
            break
        cuts += 1
    assert cuts >= 4


@ON_FILE
async def test_in_doubt_the_provider_is_asked_before_it_rings_again(world: World, telephones: Telephones) -> None:
    """An answer that broke off: it rings, and nobody knows. One that never arrived: it is rung once the list must know."""
    assert world.services.dialer is not None
    world.services.dialer.settles = 5
    telephones.faults += ["drop"]
    first = await asked(world)
    with pytest.raises(Unavailable):
        await dial(world.services, world.person, first.id)
    await dial(world.services, world.person, first.id)
    assert (await row(world, first)).provider_id == telephones.lines[0].id
    assert len(telephones.lines) == 1
    await told(world.services, first.id, says(telephones.lines[0], "busy"))

    world.clock.forward(hours=2)
    telephones.faults += ["forget"]
    second = await asked(world)
    for _ in range(2):
        with pytest.raises(Unavailable):
            await dial(world.services, world.person, second.id)
    assert len(telephones.lines) == 1
    world.clock.forward(seconds=6)
    await dial(world.services, world.person, second.id)
    assert len(telephones.lines) == 2


@ON_FILE
async def test_what_the_provider_won_t_do_is_told(world: World, telephones: Telephones) -> None:
    """A wrong key fails the call with its sentence; a provider that stays away is given up; nothing rings half an hour late."""
    telephones.faults += ["refuse"]
    first = await asked(world)
    await work(world)
    kept = await row(world, first)
    assert kept.state == "failed"
    assert "doesn't let me call" in kept.why

    telephones.faults += ["down"] * 5
    second = await asked(world)
    for attempt in range(1, 6):
        try:
            await dial(world.services, world.person, second.id, attempt=attempt)
        except Unavailable:
            world.clock.forward(minutes=1)
    assert (await row(world, second)).state == "failed"

    third = await asked(world)
    world.clock.forward(minutes=31)
    await work(world)
    assert (await row(world, third)).why == "It was too late."
    assert telephones.lines == []


@ON_FILE
async def test_called_off_while_it_is_being_rung_it_rings_no_longer(world: World, telephones: Telephones) -> None:
    """Between the question to the provider and its answer: then it is hung up at once, and nobody is put through."""
    call = await asked(world)

    class Slow(TwilioCalls):
        async def ring(self, number: str, **where: Any) -> str:
            named = await super().ring(number, **where)
            async with world.services.context(world.person) as ctx:
                assert await ctx.ringer.call_off(call.id) is None
            return named

    settings = phone_settings("twilio", telephones.url)
    assert settings.twilio_account_sid
    slow = Slow(settings.twilio_account_sid, TOKEN, OURS, telephones.url)
    await dial(replace(world.services, dialer=slow), world.person, call.id)
    (line,) = telephones.lines
    assert line.over
    assert (await row(world, call)).state == "cancelled"
    with pytest.raises(Denied):
        await taken(world.services, call.id, says(line, "answered"))


@ON_FILE
async def test_what_nobody_told_is_asked_for(world: World, telephones: Telephones) -> None:
    """The provider's webhooks were lost: three minutes later it is asked, and the second try is made all the same."""
    call = await asked(world)
    await work(world)
    (line,) = telephones.lines
    line.status, line.over = "no-answer", True
    world.clock.forward(minutes=3)
    await work(world)
    assert (await row(world, call)).state == "no_answer"
    world.clock.forward(minutes=10)
    await work(world)
    assert len(telephones.lines) == 2
    assert await settle(world.services, world.person, call.id, 1) == "It was known."


@ON_FILE
async def test_a_briefing_rings_at_its_time_unless_it_was_heard(world: World, telephones: Telephones) -> None:
    """Asked for twice it rings once, at eight; who has heard it by then isn't rung; in quiet hours it waits for their end."""
    today = world.services.now(world.person).date()
    world.clock.now = datetime(today.year, today.month, today.day, 7, 40, tzinfo=world.services.zone_of(world.person))
    async with world.services.context(world.person) as ctx:
        await ctx.briefings.opened(today)
    for _ in range(2):
        await ring_with_it(world.services, world.person, today)
    (call,) = await everything(world)
    assert (call.at - world.clock()).total_seconds() == 20 * 60
    world.clock.forward(minutes=20)
    await work(world)
    assert telephones.asked == 1

    world.clock.forward(hours=23, minutes=40)
    tomorrow = today + timedelta(days=1)
    async with world.services.context(world.person) as ctx:
        (await ctx.briefings.opened(tomorrow)).finished_at = ctx.now
    await ring_with_it(world.services, world.person, tomorrow)
    world.clock.forward(minutes=20)
    await work(world)
    assert telephones.asked == 1

    async with world.services.database.work() as session:
        early = await People(session).change(world.person.id, briefing_at="05:30")
    later = tomorrow + timedelta(days=1)
    world.clock.forward(hours=21)
    await ring_with_it(world.services, early, later)
    async with world.services.context(world.person, write=False) as ctx:
        newest = max(await ctx.ringer.calls.newest(10), key=lambda one: one.at)
        assert newest.at.astimezone(ctx.zone).hour == 7


@ON_FILE
async def test_a_reminder_that_nobody_hears_rings(world: World, telephones: Telephones) -> None:
    """Five minutes after it rang, once for those that rang together; one that was read by then doesn't; in the evening none does."""

    async def rings(text: str) -> str:
        async with world.services.context(world.person) as ctx:
            await ctx.reminders.add(text, ctx.now)
            await ctx.reminders.add(f"{text} too", ctx.now)
        person = await world.services.person(world.person.id)
        return await ring(world.services, person)

    await rings("Nobody wants a call")
    world.clock.forward(minutes=6)
    await work(world)
    assert telephones.asked == 0
    async with world.services.database.work() as session:
        await People(session).change(world.person.id, reminder_calls=True)
    await rings("Call mum")
    await work(world)
    assert telephones.asked == 0
    world.clock.now += UNHEARD
    await work(world)
    assert telephones.asked == 1
    assert len((await everything(world))[-1].things) == 2

    world.clock.forward(minutes=70)
    await rings("Take the bins out")
    await world.services.telling.read_all(world.person.id)
    world.clock.now += UNHEARD
    await work(world)
    assert telephones.asked == 1
    world.clock.now = world.clock.now.replace(hour=20, minute=57)  # 21:57 in Berlin, 22:57 in summer
    await rings("Go to bed")
    world.clock.now += UNHEARD
    await work(world)
    assert telephones.asked == 1


@ON_FILE
async def test_a_code_makes_the_number_theirs(world: World, telephones: Telephones) -> None:
    """Six digits, once, for ten minutes; another number is another matter; a verified one isn't rung for that again."""
    await known(world, "+4930123456", verified=False)
    call = await call_with_code(world.services, world.person)
    await work(world)
    (line,) = telephones.lines
    assert (line.to, line.machines) == ("+4930123456", False)
    code = code_of(world.services, call.id)
    assert len(code) == 6
    wrong = f"{(int(code) + 1) % 1_000_000:06}"
    with pytest.raises(WrongCode, match="Four guesses"):
        await confirm(world.services, world.person, wrong)
    await confirm(world.services, world.person, code)
    async with world.services.database.look() as session:
        phone = await Phones(session, world.person.id).mine()
    assert phone is not None
    assert phone.verified_at is not None
    with pytest.raises(NoCode):
        await confirm(world.services, world.person, code)
    with pytest.raises(CantCall):
        await call_with_code(world.services, world.person)
    await told(world.services, call.id, says(line, "busy"))
    world.clock.forward(minutes=15)
    await work(world)
    assert len(telephones.lines) == 1  # a code isn't told a second time


@ON_FILE
async def test_a_code_doesnt_count_for_ever_nor_for_another_number(world: World) -> None:
    """After ten minutes, after a newer one, and after the number was changed."""
    await known(world, verified=False)
    old = await call_with_code(world.services, world.person)
    new = await call_with_code(world.services, world.person)
    with pytest.raises(WrongCode):
        await confirm(world.services, world.person, code_of(world.services, old.id))
    await known(world, "+4930123456", verified=False)
    with pytest.raises(NoCode):
        await confirm(world.services, world.person, code_of(world.services, new.id))
    await known(world, NUMBER, verified=False)
    world.clock.forward(minutes=10, seconds=1)
    with pytest.raises(NoCode):
        await confirm(world.services, world.person, code_of(world.services, new.id))


async def test_parallel_guesses_share_one_budget(world: World) -> None:
    """Of forty at once five are looked at, the right one among the rest doesn't count; and three codes an hour."""
    await known(world, verified=False)
    for _ in range(3):
        call = await call_with_code(world.services, world.person)
        code = int(code_of(world.services, call.id))

        async def guess(number: int) -> type[Exception] | None:
            try:
                await confirm(world.services, world.person, f"{number % 1_000_000:06}")
            except (WrongCode, NoCode) as error:
                return type(error)
            return None

        found = await asyncio.gather(*(guess(code + 1 + step) for step in range(40)))
        assert found.count(WrongCode) == GUESSES
        assert found.count(NoCode) == 35
        assert await guess(code) is NoCode
    with pytest.raises(RateLimited):
        await call_with_code(world.services, world.person)
    world.clock.forward(minutes=61)
    await call_with_code(world.services, world.person)


@pytest.mark.parametrize("number", ["+19005551234", "+491371234567", "+88216123456", "+447012345678", "+4490912345"])
@ON_FILE
async def test_numbers_that_nobody_should_ring_are_not_rung(world: World, number: str) -> None:
    """Premium, satellite, short."""
    await known(world, number, verified=False)
    with pytest.raises(Invalid):
        await call_with_code(world.services, world.person)


@ON_FILE
async def test_a_call_can_be_called_off(world: World, telephones: Telephones) -> None:
    """By a word: "call me in ten minutes", "undo that"; one that has rung is over."""
    answer = await world.say("call me in ten minutes")
    assert answer["understood"]["tool"] == "call_me"
    assert answer["actions"][0]["effect"] == "private"
    assert answer["reply"].startswith("I'll call you today")
    await world.say("undo that")
    world.clock.forward(minutes=11)
    await work(world)
    assert telephones.asked == 0
    assert [one.state for one in await everything(world)] == ["cancelled"]
    answer = await world.say("call me")
    assert answer["reply"] == "I'll call you now."
    await work(world)
    assert telephones.asked == 1
    (call,) = [one for one in await everything(world) if one.state == "ringing"]
    await taken(world.services, call.id, says(telephones.lines[0], "answered"))
    async with world.services.context(world.person) as ctx:
        with pytest.raises(Conflict):
            await ctx.ringer.call_off(call.id)
