"""One write to Google, done once: noted before, asked outside of the transaction, settled after.

For keepers of copies: the copy shows the write as pending from the moment it is noted, so that nothing has to be done when its end
isn't known yet. What it takes to be exact after a crash is the keeper's: `carry(again)` is told whether an earlier try may have
got through, and has to look before it writes in that case.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Generic, Literal, TypeVar

from sqlalchemy.ext.asyncio import AsyncSession

from integrations import errors
from integrations.errors import ChronusError, Unavailable
from integrations.google.refusals import SwitchedOff, Unsure
from integrations.store.database import outside
from integrations.store.intents import Intent, Intents

T = TypeVar("T")
Carry = Callable[[bool], Awaitable[T]]

LEASE = timedelta(seconds=30)
"""Nobody takes up what was sent so short a time ago: a thread of the one who sent it may still be at it."""
TOLD = {"told": True}
"""The result of an intent without an end yet whose piece of work came to its own end: the ledger has it."""


@dataclass(frozen=True, kw_only=True)
class Outcome(Generic[T]):
    """done: `value` is what came of it · queued: Google couldn't be reached · sent: nobody knows · failed: `error` is why."""

    state: Literal["done", "queued", "sent", "failed"]
    value: T | None = None
    error: ChronusError | None = None


async def attempt(session: AsyncSession, carry: Carry[T], *, again: bool = False) -> Outcome[T]:
    """Ask Google, with what was written so far kept and nothing held. The caller puts the outcome into copy and intent.

    Raises `Unavailable` when our own database has no place for what came of it: the intent stays sent then, and is looked after
    later as one that may have got through.
    """
    async with outside(session):
        return await _asked(carry, again)


async def _asked(carry: Carry[T], again: bool) -> Outcome[T]:
    try:
        return Outcome(state="done", value=await carry(again))
    except Unsure as error:
        return Outcome(state="sent", error=error)
    except SwitchedOff as error:
        return Outcome(state="failed", error=error)
    except Unavailable as error:
        return Outcome(state="queued", error=error)
    except ChronusError as error:
        return Outcome(state="failed", error=error)


async def settle(intents: Intents, key: str, outcome: Outcome[Any], result: dict[str, Any] | None) -> None:
    """Note what came of it; `result` is what the same key gives when it is asked again."""
    match outcome.state:
        case "done":
            await intents.settle(key, "done", result=result)
        case "failed":
            error = outcome.error or ChronusError()
            await intents.settle(key, "failed", result={"error": error.code}, say=error.say)
        case state:
            await intents.settle(key, state, result=TOLD)


async def keep(session: AsyncSession) -> None:
    """Commit: whoever hears of a refusal undoes what isn't kept by now."""
    async with outside(session):
        pass


async def take(intents: Intents, intent: Intent, now: datetime) -> bool:
    """Take up one that has no end; False when somebody else may be at it."""
    if intent.state == "queued":
        return await intents.again(intent.key, now)
    if intent.tried_at is not None and now < intent.tried_at + LEASE:
        return False
    return await intents.take_over(intent.key, intent.tried_at, now)


def refused(intent: Intent) -> ChronusError:
    """The refusal that a write ended with, again."""
    code = (intent.result or {}).get("error")
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, ChronusError)]
    return next((kind for kind in kinds if kind.code == code), ChronusError)(intent.say or None)
