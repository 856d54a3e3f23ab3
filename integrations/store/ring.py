"""The key ring: what must not be read out of a stolen database is sealed before it is written (AES-GCM).

Keys are random and stand in the database, wrapped by the secret of the deployment, so that every process
has the same ones and a database alone opens nothing. A sealed value tells the number of its key, and fits
only the person and the column it was sealed for.
"""

import base64
import binascii
import logging
import os
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import partial
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Connection, String, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.util import await_only

from integrations.errors import Unavailable
from integrations.secret import derived, earlier_secret, signing_secret
from integrations.settings import Settings
from integrations.store.tables import Table

log = logging.getLogger(__name__)

SEALED = {"sealed": True}
"""The `info` of a column whose values are sealed: the rotation finds it by that."""
_NONCE = 12  # bytes
_NEWEST = "SELECT id, wrapped FROM ring_keys ORDER BY id DESC LIMIT 1"
_SHAPE = re.compile(r"s1\.\d{1,9}\.[\w-]{38}", re.ASCII)  # a nonce and a tag are the least


class RingKey(Table):
    """One key, wrapped. The highest number seals; the others still open what they have sealed."""

    __tablename__ = "ring_keys"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    wrapped: Mapped[str] = mapped_column(String(200))
    made_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
    """When everything that older keys had sealed was sealed anew by this one; None: that is under way."""


class Unreadable(Exception):
    """Sealed for somebody or something else, damaged, or by a key that is lost."""


class Ring:
    """Seals and opens, with keys read from the database when they are first needed.

    `secret` gives the secret of the deployment, `earlier` the one it replaces, if any; both may read a file.
    """

    def __init__(self, secret: Callable[[], bytes], earlier: Callable[[], bytes | None] = lambda: None) -> None:
        self._secrets = secret, earlier
        self._wrapping: list[AESGCM] | None = None
        self._keys: dict[int, tuple[str, AESGCM]] = {}
        """Opened keys beside what they were wrapped as: one whose transaction was undone must not pass for another."""
        self._made: set[int] = set()
        """Numbers of keys made here, perhaps in a transaction that was undone."""
        self._lost: set[int] = set()
        self.look: Callable[[], Mapping[int, str]] = dict
        """Reads the wrapped keys beside whatever is under way; the database that is opened with this ring sets it."""

    async def seal(self, session: AsyncSession, text: str, *, person_id: str, place: str) -> str:
        """`text` as it may be written into the column `place` ("table.column") of a row of that person's."""
        return self.seal_by(await self.current(session), text, person_id=person_id, place=place)

    def seal_by(self, number: int, text: str, *, person_id: str, place: str) -> str:
        """The same by a key that `current`, `held` or `make` has just given."""
        nonce = os.urandom(_NONCE)
        sealed = self._keys[number][1].encrypt(nonce, text.encode(), _bound(number, person_id, place))
        return f"{prefix(number)}{_text(nonce + sealed)}"

    async def open(self, session: AsyncSession, sealed: str, *, person_id: str, place: str) -> str:
        """What was sealed. Raises `Unreadable`."""
        number, data = _taken_apart(sealed)
        row = await session.get(RingKey, number)
        if row is None or not self.opens(row.id, row.wrapped):
            raise Unreadable(f"key {number} is not mine")
        return self._opened(number, data, person_id, place)

    def open_known(self, sealed: str, *, person_id: str, place: str) -> str:
        """The same where nobody can wait: a key that isn't known yet is read aside. Raises `Unreadable`."""
        number, data = _taken_apart(sealed)
        if number not in self._keys and number not in self._lost:
            self._learn(number)
        if number not in self._keys:
            raise Unreadable(f"key {number} is not mine")
        try:
            return self._opened(number, data, person_id, place)
        except Unreadable:
            if number not in self._made:
                raise
        self._learn(number)  # its making was undone, and another has taken its number
        return self._opened(number, data, person_id, place)

    async def current(self, session: AsyncSession) -> int:
        """The number of the key that seals, made if there is none; held like `held`."""
        return await session.run_sync(lambda inner: self.held(inner.connection()))

    def held(self, connection: Connection) -> int:
        """The number of the key that seals, made if there is none. Held until the transaction ends, so that
        a rotation that goes on meanwhile waits for what is sealed by it."""
        number, wrapped = _newest(connection)
        if number and self.opens(number, wrapped):
            return number
        if number:
            log.error("my secret has changed: what key %d sealed can't be read", number)
        return self.make(connection, number + 1, settled=True)

    def make(self, connection: Connection, number: int, *, settled: bool) -> int:
        """A new key, or the one that somebody else has just made by that number."""
        key, now = AESGCM.generate_key(256), datetime.now(UTC)
        values = {"id": number, "wrapped": self._wrapped(number, key), "made_at": now}
        kind: Any = postgresql if connection.dialect.name == "postgresql" else sqlite
        new = kind.insert(RingKey).values(**values, settled_at=now if settled else None)
        connection.execute(new.on_conflict_do_nothing())
        row = connection.execute(select(RingKey.id, RingKey.wrapped).where(RingKey.id == number)).first()
        if row is None or not self.opens(row.id, row.wrapped):
            raise Unavailable("I can't keep secrets right now: my keys and my secret don't fit each other.")
        self._made.add(number)
        return number

    def rewrap(self, connection: Connection) -> None:
        """Wrap with the present secret what the earlier one wrapped."""
        for row in connection.execute(select(RingKey.id, RingKey.wrapped).with_for_update()).all():
            if _unwrapped(self._wraps()[0], row.id, row.wrapped) is None and (key := self._unwrap(row.id, row.wrapped)):
                anew = self._wrapped(row.id, key)
                connection.execute(update(RingKey).where(RingKey.id == row.id).values(wrapped=anew))

    def opens(self, number: int, wrapped: str) -> bool:
        """Whether what this key has sealed can be read; from then on it is known."""
        if self._keys.get(number, ("",))[0] != wrapped:
            key = self._unwrap(number, wrapped)
            if key is None:
                return False
            self._keys[number] = wrapped, AESGCM(key)
        self._lost.discard(number)
        return True

    def _opened(self, number: int, data: bytes, person_id: str, place: str) -> str:
        try:
            bound = _bound(number, person_id, place)
            return self._keys[number][1].decrypt(data[:_NONCE], data[_NONCE:], bound).decode()
        except (InvalidTag, ValueError) as error:
            raise Unreadable("not sealed for this") from error

    def _learn(self, number: int) -> None:
        self._made.discard(number)
        for other, wrapped in self.look().items():
            self.opens(other, wrapped)
        if number not in self._keys:
            self._lost.add(number)  # so that a thousand such values are not looked after a thousand times

    def _unwrap(self, number: int, wrapped: str) -> bytes | None:
        return next((key for wrap in self._wraps() if (key := _unwrapped(wrap, number, wrapped))), None)

    def _wrapped(self, number: int, key: bytes) -> str:
        nonce = os.urandom(_NONCE)
        return _text(nonce + self._wraps()[0].encrypt(nonce, key, b"ring key %d" % number))

    def _wraps(self) -> list[AESGCM]:
        """Present first. Read once: the secret of a process doesn't change."""
        if self._wrapping is None:
            found = [secret() for secret in self._secrets]
            self._wrapping = [AESGCM(derived(secret, b"key ring")) for secret in found if secret]
        return self._wrapping


def ring_of(settings: Settings) -> Ring:
    """The ring of a deployment."""
    return Ring(partial(signing_secret, settings), partial(earlier_secret, settings))


def prefix(number: int) -> str:
    """How everything begins that this key has sealed."""
    return f"s1.{number}."


def looks_sealed(text: str) -> bool:
    """Whether it has the shape of a sealed value."""
    return _SHAPE.match(text) is not None


def _newest(connection: Connection) -> tuple[int, str]:
    """The newest key, which nobody can drop until we are through; 0: there is none."""
    if connection.dialect.name == "sqlite":
        # it has one writer, us; asked for so, it is one turn of its thread instead of four, in every turn of a conversation
        rows: Any = await_only(connection.connection.driver_connection.execute_fetchall(_NEWEST))  # type: ignore[union-attr]
        found = next(iter(rows), None)
    else:
        newest = select(RingKey.id, RingKey.wrapped).order_by(RingKey.id.desc()).limit(1)
        found = connection.execute(newest.with_for_update(read=True)).first()
    return (int(found[0]), str(found[1])) if found else (0, "")


def _unwrapped(wrap: AESGCM, number: int, wrapped: str) -> bytes | None:
    try:
        data = _bytes(wrapped)
        return wrap.decrypt(data[:_NONCE], data[_NONCE:], b"ring key %d" % number)
    except (InvalidTag, ValueError, Unreadable):
        return None


def _bound(number: int, person_id: str, place: str) -> bytes:
    return "\x00".join((str(number), person_id, place)).encode()


def _taken_apart(sealed: str) -> tuple[int, bytes]:
    kind, _, rest = sealed.partition(".")
    number, _, data = rest.partition(".")
    if kind != "s1" or not number.isdecimal():
        raise Unreadable("not a sealed value")
    return int(number), _bytes(data)


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _bytes(text: str) -> bytes:
    try:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError) as error:
        raise Unreadable("damaged") from error
