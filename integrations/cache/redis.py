"""Redis, or its stand-in within this process when there is none."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress

from fakeredis import FakeAsyncRedis, FakeServer
from redis.asyncio import Redis
from redis.asyncio.client import PubSub
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from integrations.errors import Invalid, Unavailable

PATIENCE = 2  # seconds for an answer
SWEEP = 60  # seconds between two looks for expired keys in the stand-in
PREFIX = "chronus:"


HEARD = 1000
"""Messages one listener may be behind; one who is further behind loses the oldest."""


class RedisCache:
    """Keys of ours begin with "chronus:", so that others may use the same Redis."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis

    async def get(self, key: str) -> str | None:
        """What is kept there."""
        with _our_words():
            return _text(await self._redis.get(PREFIX + key))

    async def put(self, key: str, value: str, *, seconds: float) -> None:
        """Keep for so long, replacing what was there."""
        with _our_words():
            await self._redis.set(PREFIX + key, value, px=_milliseconds(seconds))

    async def put_new(self, key: str, value: str, *, seconds: float) -> bool:
        """Keep only if nothing is there; whether it was kept. One of many callers wins."""
        with _our_words():
            return bool(await self._redis.set(PREFIX + key, value, px=_milliseconds(seconds), nx=True))

    async def take(self, key: str) -> str | None:
        """Get and delete in one step: of many callers one gets it."""
        with _our_words():
            return _text(await self._redis.getdel(PREFIX + key))

    async def drop(self, key: str) -> None:
        """Forget it."""
        with _our_words():
            await self._redis.delete(PREFIX + key)

    async def forget(self, part: str) -> None:
        """Drop everything in whose key this stands."""
        with _our_words():
            async for key in self._redis.scan_iter(match=f"{PREFIX}*{part}*", count=1000):
                await self._redis.delete(key)

    async def count(self, key: str, *, seconds: float, by: int = 1) -> int:
        """Add one (or more) to a counter that starts anew `seconds` after its first count; the count so far."""
        with _our_words():
            async with self._redis.pipeline(transaction=True) as together:
                together.set(PREFIX + key, 0, px=_milliseconds(seconds), nx=True)
                together.incr(PREFIX + key, by)
                _, count = await together.execute()
        return int(count)

    async def publish(self, channel: str, message: str) -> None:
        """Call it out to everybody who listens now, in whatever process."""
        with _our_words():
            await self._redis.publish(PREFIX + channel, message)

    @asynccontextmanager
    async def listen(self, channel: str) -> AsyncIterator[AsyncIterator[str]]:
        """What is called out from now on, on a connection of its own."""
        line = self._redis.pubsub()
        try:
            with _our_words():
                await line.subscribe(PREFIX + channel)
                # told when it counts: what is called out after that is heard
                if await line.get_message(timeout=PATIENCE) is None:
                    raise Unavailable("I can't reach my short-term memory right now.", retry_after=1)
            yield _messages(line)
        finally:
            with suppress(RedisError, OSError):
                await line.aclose()  # type: ignore[no-untyped-call]  # redis'

    async def ping(self) -> None:
        """Raises `Unavailable`."""
        with _our_words():
            await self._redis.ping()


class StandIn(RedisCache):
    """Calls reach everybody in this process, whichever of its threads they listen in."""

    def __init__(self, redis: Redis) -> None:
        super().__init__(redis)
        self._listeners: set[tuple[str, asyncio.AbstractEventLoop, asyncio.Queue[str]]] = set()

    async def publish(self, channel: str, message: str) -> None:
        """Call it out to everybody who listens now."""
        for listened, loop, heard in list(self._listeners):
            if listened == channel:
                with suppress(RuntimeError):  # that loop has ended
                    loop.call_soon_threadsafe(_put, heard, message)

    @asynccontextmanager
    async def listen(self, channel: str) -> AsyncIterator[AsyncIterator[str]]:
        """What is called out from now on."""
        heard: asyncio.Queue[str] = asyncio.Queue(HEARD)
        listener = (channel, asyncio.get_running_loop(), heard)
        self._listeners.add(listener)
        try:
            yield _queued(heard)
        finally:
            self._listeners.discard(listener)


def _put(heard: asyncio.Queue[str], message: str) -> None:
    if heard.full():
        heard.get_nowait()
    heard.put_nowait(message)


async def _queued(heard: asyncio.Queue[str]) -> AsyncIterator[str]:
    while True:
        yield await heard.get()


async def _messages(line: PubSub) -> AsyncIterator[str]:
    """Looked for with a timeout of our own: without one, the client's would end a line on which all is quiet."""
    while True:
        with _our_words():
            message = await line.get_message(ignore_subscribe_messages=True, timeout=PATIENCE / 2)
        if message is not None and (text := _text(message["data"])) is not None:
            yield text


@asynccontextmanager
async def open_cache(url: str | None) -> AsyncIterator[RedisCache]:
    """The Redis at `url`; None: a stand-in that only this process sees. Nothing is connected before it is needed."""
    redis = _stand_in() if url is None else _client(url)
    sweeping = asyncio.create_task(_sweep(redis)) if url is None else None
    try:
        yield StandIn(redis) if url is None else RedisCache(redis)
    finally:
        if sweeping is not None:
            sweeping.cancel()
            with suppress(asyncio.CancelledError):
                await sweeping
        await redis.aclose()


def _client(url: str) -> Redis:
    try:
        return Redis.from_url(
            url,
            decode_responses=True,
            socket_timeout=PATIENCE,
            socket_connect_timeout=PATIENCE,
            retry=Retry(NoBackoff(), 1),  # once, for a connection that died while it was idle
            health_check_interval=30,
        )
    except ValueError as error:
        raise Invalid("The Redis address makes no sense; it should look like redis://host:6379/0.") from error


def _stand_in() -> Redis:
    stand_in: Redis = FakeAsyncRedis(server=FakeServer(), decode_responses=True)
    return stand_in


async def _sweep(redis: Redis) -> None:
    """Asked how much it has, the stand-in drops what is expired; else it would when asked for just that key."""
    while True:
        await asyncio.sleep(SWEEP)
        await redis.dbsize()


@contextmanager
def _our_words() -> Iterator[None]:
    try:
        yield
    except (RedisError, OSError) as error:
        raise Unavailable("I can't reach my short-term memory right now.", retry_after=1) from error


def _text(value: str | bytes | None) -> str | None:
    return value.decode() if isinstance(value, bytes) else value


def _milliseconds(seconds: float) -> int:
    return max(1, round(seconds * 1000))
