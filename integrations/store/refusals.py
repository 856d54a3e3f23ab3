"""What databases say when they refuse, in our words; the only place that reads their codes."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, IntegrityError, StatementError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from integrations.errors import Conflict, Invalid, Unavailable

FULL = "My disk is full, so I couldn't save that."
READ_ONLY = "I'm not able to write to my database, so I couldn't save that."
BUSY = "My database is busy right now. Please try again in a moment."
DAMAGED = "I can't read my database; its file may be damaged."
GONE = "I can't reach my database right now."

SQLITE = {  # by the name of the primary code, e.g. SQLITE_IOERR of SQLITE_IOERR_WRITE
    "FULL": FULL,
    "READONLY": READ_ONLY,
    "PERM": READ_ONLY,
    "CANTOPEN": READ_ONLY,
    "BUSY": BUSY,
    "LOCKED": BUSY,
    "IOERR": "I can't read or write my database file.",
    "CORRUPT": DAMAGED,
    "NOTADB": DAMAGED,
}
POSTGRES = {  # by SQLSTATE, or its class
    "53100": FULL,
    "25006": READ_ONLY,
    "40001": BUSY,
    "40P01": BUSY,
    "55P03": BUSY,
    "57014": BUSY,
    "53": BUSY,
}


@contextmanager
def our_words() -> Iterator[None]:
    """Let no refusal of a driver through."""
    try:
        yield
    except PoolTimeout as error:
        raise Unavailable(BUSY, retry_after=1) from error
    except StatementError as error:
        raise _ours(error) from error


@contextmanager
def reaching() -> Iterator[None]:
    """The same while a connection is made, when nobody else's OSError can be about."""
    try:
        with our_words():
            yield
    except OSError as error:  # of which TimeoutError is one
        raise Unavailable(GONE) from error


def _ours(error: StatementError) -> BaseException:
    cause = error.orig or error
    if not isinstance(error, DBAPIError):  # raised by a column type of ours before the driver saw it
        return cause
    if isinstance(error, IntegrityError):
        return Conflict()
    if name := getattr(cause, "sqlite_errorname", None):
        return _unavailable(SQLITE.get(name.split("_")[1]), error)
    state = getattr(cause, "sqlstate", None) or ""
    if state.startswith("22"):
        return Invalid("I can't keep that as it is.")
    if error.connection_invalidated or (state[:2] in {"08", "57"} and state != "57014"):
        return Unavailable(GONE)
    return _unavailable(POSTGRES.get(state) or POSTGRES.get(state[:2]), error)


def _unavailable(say: str | None, error: DBAPIError) -> BaseException:
    """A mistake in a statement of ours is no outage: it stays what it is."""
    return Unavailable(say) if say else error
