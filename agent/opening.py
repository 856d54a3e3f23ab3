"""Opening what a process keeps: everything the settings ask for, each chosen here and nowhere else."""

import asyncio
import importlib
import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import tzlocal

from agent.aloud import Aloud
from agent.arriving import make_up
from agent.budget import Budget, Frugal
from agent.commands import BuiltInMind
from agent.memory import MemoryIndex
from agent.minds import Minds
from agent.news import News
from agent.outside import Outside
from agent.pushes import Pushes
from agent.services import Services
from agent.syncing import Syncing
from agent.telling import Telling
from agent.tools import toolbox
from integrations.cache import Cache
from integrations.cache.redis import open_cache
from integrations.clock import Clock, system_clock
from integrations.embedding.sentences import SentenceTransformersEmbedding
from integrations.errors import ChronusError, Invalid, Unavailable
from integrations.google.connection import open_google
from integrations.model import Extractor, Model
from integrations.push import Push
from integrations.push.guard import KNOWN, Guard
from integrations.push.sealing import Vapid
from integrations.push.webpush import open_webpush
from integrations.queue.nudges import Nudges
from integrations.queue.owed import OwedQueue
from integrations.settings import Settings, google_credentials
from integrations.speech import Meter, Recognizer, Synthesizer
from integrations.speech.choose import choose_recognizer, choose_synthesizer, google_hears, google_speaks
from integrations.speech.google_cloud import GoogleCloud
from integrations.store.database import Database, open_database
from integrations.store.migrations import migrate
from integrations.store.push import push_key
from integrations.store.ring import Ring, ring_of
from integrations.telephone.choose import choose_dialer
from integrations.vectors.qdrant import open_vectors
from integrations.weights import locate, voice_name, whisper_name

if TYPE_CHECKING:
    from integrations.model.gemini import Gemini

log = logging.getLogger(__name__)

PATIENCE = 2.0
"""Seconds a start waits for a database that doesn't answer."""


@asynccontextmanager
async def open_services(
    settings: Settings, *, clock: Clock = system_clock, model: Model | None = None, speech: bool = True
) -> AsyncIterator[Services]:
    """Open everything the settings ask for, and close it in reverse."""
    settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    database_url = settings.database.url.get_secret_value() if settings.database.url else None
    redis_url = settings.redis.url.get_secret_value() if settings.redis.url else None
    nudges = Nudges(settings.celery.broker_url.get_secret_value() if settings.celery.broker_url else None)
    if settings.environment == "local":
        with _named("CHRONUS_DATABASE__URL"):
            await migrate(database_url, settings.data)
    async with AsyncExitStack() as stack:
        ring = ring_of(settings)
        database = await _open_database(database_url, settings.data, ring, stack)
        cache = await _open_cache(redis_url, stack)
        budget = Budget(cache, settings.limits.tokens_per_day, clock)
        stack.push_async_callback(budget.settle)
        gemini = await _open_gemini(settings, budget, stack)
        cloud, meter = GoogleCloud(settings.speech), Meter()
        stack.push_async_callback(cloud.close)
        google = await stack.enter_async_context(open_google(settings.google, database, ring, clock))
        outside = Outside(settings, database, google, clock)
        stack.callback(outside.close)
        news = News(cache)
        stack.push_async_callback(news.close)
        pushes = Pushes(database, ring, await _open_push(settings, database, ring, clock, stack), clock)
        telling = Telling(database, clock, news, pushes)
        stack.push_async_callback(telling.drain)
        opened = Services(
            settings=settings,
            clock=clock,
            zone=ZoneInfo(settings.timezone or tzlocal.get_localzone_name()),
            database=database,
            cache=cache,
            index=await open_index(settings, stack),
            model=model or _minds(gemini, budget),
            extractor=_extractor(gemini, budget),
            mind_figures=gemini.figures.registry if gemini else None,
            mind_ping=gemini.ping if gemini else None,
            toolbox=toolbox(),
            google=google,
            outside=outside,
            nudges=nudges,
            queue=OwedQueue(database, clock, nudges),
            syncing=Syncing(
                database,
                cache,
                clock,
                outside.people,
                outside.copies,
                changed=telling.changed_soon,
                known=lambda person_id: make_up(opened, person_id),
            ),
            news=news,
            aloud=Aloud(cache, news),
            pushes=pushes,
            ring=ring,
            telling=telling,
            dialer=choose_dialer(settings.phone),
            recognizer=_recognizer(settings, cloud, meter) if speech else None,
            synthesizer=_synthesizer(settings, cloud, meter) if speech else None,
            meter=meter,
        )
        stack.push_async_callback(opened.syncing.drain)
        stack.push_async_callback(opened.assistant.drain)
        stack.push_async_callback(opened.untold.drain)
        stack.push_async_callback(opened.recordings.drain)
        opened.leaving.start()
        stack.push_async_callback(opened.leaving.stop)
        if settings.demo:
            await opened.load_sample_day(only_first=True)
        yield opened


@contextmanager
def _named(variable: str) -> Iterator[None]:
    """An address that makes no sense is told with the name of the variable it stands in."""
    try:
        yield
    except Invalid as error:
        raise Invalid(f"{variable}: {error.say}") from error


async def _open_database(url: str | None, data: Path, ring: Ring, stack: AsyncExitStack) -> Database:
    with _named("CHRONUS_DATABASE__URL"):
        database = await stack.enter_async_context(open_database(url, data, ring=ring))
    with suppress(ChronusError, TimeoutError):  # where it isn't there yet, whoever asks it first is told
        async with asyncio.timeout(PATIENCE):
            await database.know_keys(ring)
    return database


async def _open_cache(url: str | None, stack: AsyncExitStack) -> Cache:
    with _named("CHRONUS_REDIS__URL"):
        return await stack.enter_async_context(open_cache(url))


async def _open_push(settings: Settings, database: Database, ring: Ring, clock: Clock, stack: AsyncExitStack) -> Push:
    """Our key is made when it is first needed; this process then keeps it."""
    kept: list[Vapid] = []

    async def vapid() -> Vapid:
        if not kept:
            async with database.work() as session:
                key = await push_key(session, ring, Vapid.make)
            kept.append(Vapid.of(key))
        return kept[-1]

    chosen = settings.push
    guard = Guard([*KNOWN, *chosen.hosts], loopback=chosen.loopback and settings.environment == "local")
    public = str(settings.public_url) if settings.public_url and settings.public_url.scheme == "https" else None
    contact = chosen.contact or public or "mailto:owner@localhost"
    return await stack.enter_async_context(open_webpush(vapid, contact=contact, guard=guard, clock=clock))


async def _open_gemini(settings: Settings, budget: Budget, stack: AsyncExitStack) -> "Gemini | None":
    """The connection to Gemini where there is a key; whether the model exists is found out beside everything else."""
    if not settings.gemini.api_key or not settings.gemini.api_key.get_secret_value().strip():
        return None
    await asyncio.to_thread(importlib.import_module, "integrations.model.gemini")  # takes a second
    from integrations.model.gemini import open_gemini

    gemini = await stack.enter_async_context(open_gemini(settings.gemini, spent=budget.spent))

    async def probe() -> None:
        try:
            await gemini.probe()
        except Unavailable as error:
            log.warning("the mind at the start: %s", error.say)

    probing = asyncio.create_task(probe())
    stack.callback(probing.cancel)
    return gemini


def _minds(gemini: "Gemini | None", budget: Budget) -> Model:
    if gemini is None:
        return BuiltInMind()
    from integrations.model.gemini import GeminiMind

    fallbacks = gemini.figures.fallbacks
    return Minds(GeminiMind(gemini), budget=budget, fallback=lambda reason: fallbacks.labels(reason).inc())


def _extractor(gemini: "Gemini | None", budget: Budget) -> Extractor | None:
    if gemini is None:
        return None
    from integrations.model.gemini import GeminiExtractor

    return Frugal(GeminiExtractor(gemini), budget)


def _recognizer(settings: Settings, cloud: GoogleCloud, meter: Meter) -> Recognizer | None:
    """Who hears; nobody where the weights are missing: typing still works, and /health/ready says why."""
    try:
        find = partial(locate, folder=settings.weights)
        google = cloud if google_hears(settings.speech, credentials=google_credentials() is not None) else None
        return choose_recognizer(settings.speech, model=whisper_name(settings), locate=find, cloud=google, meter=meter)
    except Unavailable as error:
        log.warning("I can't hear: %s", error.say)
        return None


def _synthesizer(settings: Settings, cloud: GoogleCloud, meter: Meter) -> Synthesizer | None:
    """Who speaks; nobody where there is no voice."""
    try:
        find = partial(locate, folder=settings.weights)
        google = cloud if google_speaks(settings.speech, credentials=google_credentials() is not None) else None
        return choose_synthesizer(settings.speech, voice=voice_name(settings), locate=find, cloud=google, meter=meter)
    except Unavailable as error:
        log.warning("I can't speak: %s", error.say)
        return None


async def open_index(settings: Settings, stack: AsyncExitStack) -> MemoryIndex:
    """The search in memories; without its weights memories are still found by their words."""
    url = str(settings.qdrant.url) if settings.qdrant.url else None
    key = settings.qdrant.api_key.get_secret_value() if settings.qdrant.api_key else None
    vectors = await stack.enter_async_context(open_vectors(url, key, settings.data / "vectors"))
    try:
        folder = locate("minilm", folder=settings.weights)
    except Unavailable as error:
        log.warning("memories are found by their words only: %s", error.say)
        index = MemoryIndex(None, vectors)
    else:
        index = MemoryIndex(await stack.enter_async_context(SentenceTransformersEmbedding(folder)), vectors)
    stack.push_async_callback(index.close)
    return index
