"""One person's telephone as we may ring it: only their own, verified, not too often, and not in their quiet hours."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from agent.quiet import quiet_until
from agent.saying import say_clock
from integrations.errors import Conflict
from integrations.store.calls import DAY, About, Call, Calls
from integrations.store.database import Session
from integrations.store.owed import Debts
from integrations.store.people import Person
from integrations.store.phone_codes import PhoneCodes
from integrations.store.phones import Phone, Phones
from integrations.telephone.numbers import check_ringable

JOB, SETTLE = "phone.call", "phone.settle"
ADVANCE = timedelta(days=7)
"""How far ahead a call may be asked for."""


class CantCall(Conflict):
    """They can't be rung as things stand; `say` tells what they could do about it."""

    code = "cant_call"


class TooOften(CantCall):
    """Enough for a day."""

    code = "too_many_calls"


class Quiet(CantCall):
    """They want to be left alone now."""

    code = "quiet_hours"


def slot_of(call: Call) -> str:
    """Names its ring in the ledger; put off, it is another."""
    return f"{call.id}@{call.at.astimezone(UTC):%d%H%M}"


class Ringer:
    """Asks for calls, within one transaction. `able`: whether there is a provider by which we can call."""

    def __init__(self, session: Session, person: Person, now: datetime, *, able: bool, a_day: int) -> None:
        self._person, self._now, self._able, self._a_day = person, now, able, a_day
        self._phones, self._codes = Phones(session, person.id), PhoneCodes(session, person.id)
        self._debts = Debts(session, person.id)
        self.calls = Calls(session, person.id)

    async def ask(
        self,
        *,
        about: About | None,
        at: datetime | None = None,
        asked: bool = False,
        even_if_quiet: bool = False,
        key: str | None = None,
        things: Sequence[str] = (),
    ) -> Call | None:
        """Have them rung at a time (default: now); None when that was asked for before, by the same `key`.

        `asked`: they want it themselves; `even_if_quiet`: within their quiet hours, too. Raises `CantCall`, `Quiet` and `TooOften`.
        """
        at = at or self._now
        phone = await self.phone()
        if not even_if_quiet:
            self.not_quiet(at)
        if await self._ahead(at) >= self._a_day > 0:
            raise TooOften(self.too_often)
        if asked and at <= self._now and await self.calls.under_way(self._now):
            raise CantCall("I'm calling you already.")
        return await self.owe(
            number=phone.number or "", about=about, at=at, key=key, asked=asked, even_if_quiet=even_if_quiet,
            things=list(things),
        )  # fmt: skip

    async def owe(self, *, number: str, about: About | None, at: datetime, key: str | None, **more: Any) -> Call | None:
        """A ring that is to be done then; None when there is one of that key."""
        call = await self.calls.add(number=number, about=about, at=at, key=key, **more)
        if call is not None:
            await self.owe_again(call)
        return call

    async def owe_code(self) -> Call:
        """A ring with a code, at their number. Raises `CantCall`, `Invalid` for a number that nobody should ring, `RateLimited`."""
        phone = await self._held()
        if phone.number is None:
            raise CantCall("I don't know your telephone number yet.")
        if phone.verified_at is not None:
            raise CantCall("That number is verified already.")
        check_ringable(phone.number)
        code = await self._codes.new(phone.number, self._now)
        call = await self.owe(number=phone.number, about="code", at=self._now, key=f"code:{code.id}", id=code.id)
        assert call is not None  # its id is new
        return call

    async def owe_again(self, call: Call) -> None:
        """It is to ring at its time, which may have been moved."""
        await self._debts.owe(JOB, slot_of(call), now=self._now, due=call.at, arguments={"call": call.id})

    async def owe_look(self, call: Call, due: datetime, times: int) -> None:
        """See then what became of it, if nobody has told."""
        await self._debts.owe(
            SETTLE, f"{call.id}.{times}", now=self._now, due=due, arguments={"call": call.id, "times": times}
        )

    async def call_off(self, id: str) -> str | None:
        """Not any more; the provider's name of it, where it rings already. Raises `NotFound`, and `Conflict` when it is over."""
        call = await self.calls.held(id)
        if call.direction == "in" or call.state not in ("waiting", "ringing"):
            raise Conflict("That call is already over.")
        call.state, call.why, call.ended_at = "cancelled", "You called it off.", self._now
        return call.provider_id

    async def phone(self) -> Phone:
        """Their telephone, held until this piece of work is done. Raises `CantCall`."""
        phone = await self._held()
        if phone.number is None:
            raise CantCall("I don't know your telephone number yet. You can tell me in the settings.")
        if phone.verified_at is None:
            raise CantCall("Your telephone number isn't verified yet. Let me call it with a code, in the settings.")
        if phone.pin is None:
            raise CantCall("You have no PIN yet, and without one I'd have to tell anybody who takes the call.")
        if phone.locked(self._now):
            raise CantCall("The telephone is locked after too many wrong PINs. A new PIN unlocks it.")
        return phone

    async def _held(self) -> Phone:
        if not self._able:
            raise CantCall("I can't call anybody: no telephone provider is set up here.")
        return await self._phones.held()

    def not_quiet(self, at: datetime) -> None:
        """Raises `Quiet` where they want to be left alone then."""
        if until := quiet_until(self._person, at.astimezone(ZoneInfo(self._person.zone))):
            begun = at <= self._now
            raise Quiet(f"{'These are' if begun else 'That is within'} your quiet hours, until {say_clock(until)}.")

    @property
    def quiet_now(self) -> bool:
        """Whether these are their quiet hours."""
        return quiet_until(self._person, self._now) is not None

    async def may_ring(self) -> str | None:
        """Why not one more today, under the hold of `phone`; None when it may be."""
        rung = await self.calls.rung_since(self._now - DAY, code=False)
        return self.too_often if rung >= self._a_day > 0 else None

    @property
    def too_often(self) -> str:
        """The sentence for it."""
        times = "once" if self._a_day == 1 else f"{self._a_day} times"
        return f"I've rung you {times} within a day, which is as often as I may."

    async def _ahead(self, at: datetime) -> int:
        """How often they were rung in the day before then, or will be."""
        return await self.calls.rung_since(at - DAY, code=False) + await self.calls.to_come(at - DAY, at + DAY)
