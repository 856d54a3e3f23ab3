"""A number is a person's once they know what was said there: six digits, for ten minutes, five guesses."""

import hashlib
import hmac
from typing import TYPE_CHECKING

from agent.calling.ringer import CantCall
from integrations.errors import Invalid
from integrations.secret import derived, signing_secret
from integrations.store.calls import Call
from integrations.store.people import Person
from integrations.store.phone_codes import GUESSES, PhoneCodes
from integrations.store.phones import Phones

if TYPE_CHECKING:
    from agent.services import Services


class WrongCode(Invalid):
    """That wasn't it."""

    code, say = "wrong_code", "That was not the code."


async def call_with_code(services: "Services", person: Person) -> Call:
    """Have their number rung with a new code; earlier ones count no more. Raises `CantCall`, `Invalid` and `RateLimited`."""
    async with services.context(person, channel="api") as ctx:
        return await ctx.ringer.owe_code()


async def confirm(services: "Services", person: Person, code: str) -> None:
    """They say that this was the code. A guess is paid for before it is looked at. Raises `NoCode` and `WrongCode`."""
    now = services.clock()
    async with services.database.work() as session:
        phone = await Phones(session, person.id).held()
        if phone.number is None:
            raise CantCall("I don't know your telephone number yet.")
        told = await PhoneCodes(session, person.id).guess(phone.number, now)
        right = hmac.compare_digest(code_of(services, told.id).encode(), code.encode())
        if right:
            told.used_at = phone.verified_at = now
    if not right:
        left = ("No guess is", "One guess is", "Two guesses are", "Three guesses are", "Four guesses are")
        raise WrongCode(f"That was not the code. {left[GUESSES - told.guesses]} left.")


def code_of(services: "Services", call_id: str) -> str:
    """The code of that call: it follows from its id, so that nobody has to keep it."""
    key = derived(signing_secret(services.settings), b"telephone codes")
    number = int.from_bytes(hmac.new(key, call_id.encode(), hashlib.sha256).digest()[:8])
    return f"{number % 1_000_000:06}"


def spoken_code(code: str) -> str:
    """Twice, slowly, and nothing else: whoever takes the call may be anybody."""
    digits = ", ".join(code)
    return f"Your Chronus code is: {digits}. I repeat: {digits}. Goodbye."
