"""Every provider rings somebody, tells what becomes of it, and says no in our words."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from integrations.errors import ChronusError, Invalid, NotConnected, RateLimited, Unavailable
from integrations.settings import PhoneSettings
from integrations.telephone import Dialer
from integrations.telephone.choose import choose_dialer, unable, unsigned
from tests.emulators.telephones import Telephones, running
from tests.telephoned import KEY, NUMBER, OURS, PROVIDERS, account, environment, phone_settings

HERE = "https://chronus.example.org/v1/phone/x"


@pytest.fixture(scope="module", params=PROVIDERS)
def everybody(request: pytest.FixtureRequest) -> Iterator[Telephones]:
    with running(account(request.param), KEY) as telephones:
        yield telephones


@pytest.fixture
def telephones(everybody: Telephones) -> Telephones:
    """Nothing has rung yet."""
    everybody.lines.clear()
    everybody.outcomes.clear()
    everybody.faults.clear()
    everybody.asked = 0
    return everybody


@pytest.fixture
def dialer(telephones: Telephones) -> Dialer:
    found = choose_dialer(phone_settings(telephones.account.provider, telephones.url))
    assert found is not None
    return found


async def rung(dialer: Dialer, *, machines: bool = True) -> str:
    return await dialer.ring(NUMBER, answered=f"{HERE}/answered/1", status=f"{HERE}/status/1", machines=machines)


@pytest.mark.parametrize("machines", [True, False])
async def test_a_ring_names_everything_that_is_to_happen(
    dialer: Dialer, telephones: Telephones, machines: bool
) -> None:
    """Whom, from which number, where to ask, where to tell, and whether to listen for a machine."""
    name = await rung(dialer, machines=machines)
    (line,) = telephones.lines
    assert (line.id, line.to, line.sender, line.machines) == (name, NUMBER, OURS, machines)
    assert (line.answered_url, line.status_url) == (f"{HERE}/answered/1", f"{HERE}/status/1")


async def test_calls_since_a_moment_are_found(dialer: Dialer, telephones: Telephones) -> None:
    """Those that ring, are talked on or are over; of others' numbers none, and none from before."""
    before = datetime.now(UTC) - timedelta(seconds=5)
    name = await rung(dialer)
    assert [one.call_id for one in await dialer.since(NUMBER, before)] == [name]
    assert await dialer.since("+15557654321", before) == []
    telephones.lines[0].status, telephones.lines[0].over, telephones.lines[0].seconds = "completed", True, 12
    assert [(one.call_id, one.course) for one in await dialer.since(NUMBER, before)] == [(name, "ended")]
    if telephones.account.provider != "plivo":  # there the provider itself looks by the second
        assert await dialer.since(NUMBER, datetime.now(UTC) + timedelta(seconds=5)) == []


@pytest.mark.parametrize(
    ("status", "seconds", "course"),
    [("queued", None, "ringing"), ("in-progress", None, "answered"), ("completed", 33, "ended"), ("busy", 0, "busy"), ("no-answer", 0, "no_answer")],
)  # fmt: skip
async def test_what_became_of_it_can_be_asked(
    dialer: Dialer, telephones: Telephones, status: str, seconds: int | None, course: str
) -> None:
    """Ringing, talked on, over, busy, not taken; of one that isn't there nothing."""
    name = await rung(dialer)
    (line,) = telephones.lines
    line.status, line.seconds, line.over = status, seconds, seconds is not None
    placed = await dialer.look(name)
    assert placed is not None
    assert placed.course == course
    assert not seconds or placed.seconds == seconds
    assert await dialer.look("not-there") is None


async def test_hanging_up_ends_it_and_again_it_is_no_news(dialer: Dialer, telephones: Telephones) -> None:
    """Also one that nobody knows any more."""
    name = await rung(dialer)
    await dialer.hang_up(name)
    assert telephones.lines[0].over
    await dialer.hang_up("not-there")


@pytest.mark.parametrize(
    ("fault", "error"), [("refuse", NotConnected), ("busy", RateLimited), ("down", Unavailable), ("drop", Unavailable), ("forget", Unavailable)]
)  # fmt: skip
async def test_each_no_has_its_name(
    dialer: Dialer, telephones: Telephones, fault: str, error: type[ChronusError]
) -> None:
    """A key that is wrong, too much at once, down, cut off: the last of which may be ringing all the same."""
    telephones.faults.append(fault)  # type: ignore[arg-type]  # one of them
    with pytest.raises(error) as refused:
        await rung(dialer)
    if isinstance(refused.value, RateLimited):
        assert refused.value.retry_after
    assert len(telephones.lines) == (fault == "drop")


async def test_nobody_there_is_unavailable(telephones: Telephones) -> None:
    """A provider that can't be reached at all."""
    dialer = choose_dialer(phone_settings(telephones.account.provider, "http://127.0.0.1:1"))
    assert dialer is not None
    with pytest.raises(Unavailable):
        await rung(dialer)


@pytest.mark.parametrize("provider", PROVIDERS)
def test_what_is_missing_is_named(provider: str) -> None:
    """Without any one of a provider's settings nobody is called; without what signs, nobody calls either."""
    whole = environment(provider)
    assert (unsigned(PhoneSettings(**whole)), unable(PhoneSettings(**whole))) == (None, None)
    for name in whole.keys() - {"provider"}:
        settings = PhoneSettings(**{key: value for key, value in whole.items() if key != name})
        assert choose_dialer(settings) is None
        assert (unsigned(settings) or unable(settings)) == f"CHRONUS_PHONE__{name.upper()}"
    with pytest.raises(Invalid):
        choose_dialer(PhoneSettings(**whole | {"number": "555 1234"}))
    with pytest.raises(Invalid):
        choose_dialer(PhoneSettings(**whole | {"api_base_url": "http://api.example.org"}))
