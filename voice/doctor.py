"""What works on this machine, what is missing, and what to do about it."""

import asyncio
import os
import shutil
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from integrations.cache.redis import open_cache
from integrations.errors import ChronusError, Invalid, Unavailable
from integrations.model import KeyRefused
from integrations.settings import Settings
from integrations.speech.espeak import available as espeak_here
from integrations.store.database import open_database
from integrations.weights import describe
from integrations.weights.manifest import CHOICES
from voice.doctor_google import accounts
from voice.doctor_phone import telephone
from voice.doctor_speech import Told, hearing, speaking

PAGE = Path(__file__).parent / "web" / "dist" / "index.html"
ROOM = 1 << 30
"""Bytes of disk below which a warning is due."""


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing that was looked at."""

    name: str
    state: Literal["ok", "note", "bad"]
    say: str

    @property
    def json(self) -> dict[str, Any]:
        """For programs."""
        return asdict(self)


async def examine(settings: Settings) -> list[Finding]:
    """Look at everything the settings ask for. Changes nothing but what opening a database does."""
    database, cache, hears, speaks, mind, google = await asyncio.gather(
        _tried("database", "Everything is kept where you said.", lambda: _database(settings)),
        _tried("cache", _cache_says(settings), lambda: _cache(settings)),
        hearing(settings),
        speaking(settings),
        _mind(settings),
        accounts(settings),
    )
    speech = [_told("hearing", hears), _told("speaking", speaks)]
    calls = telephone(settings)
    return [
        _disk(settings),
        database,
        cache,
        *_weights(settings),
        *speech,
        *([_told("telephone", calls)] if calls else []),
        _page(),
        mind,
        *(Finding(**told) for told in google),
    ]


def _disk(settings: Settings) -> Finding:
    folder = settings.data
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    if not folder.is_dir() or not os.access(folder, os.W_OK):
        return Finding(name="disk", state="bad", say=f"I can't write to {settings.data}. Choose another folder with CHRONUS_DATA.")  # fmt: skip
    state: Literal["ok", "note"] = "ok" if free > ROOM else "note"
    return Finding(name="disk", state=state, say=f"{settings.data}, {free / (1 << 30):.1f} GB free.")


async def _tried(name: str, fine: str, work: Callable[[], Awaitable[None]]) -> Finding:
    try:
        await work()
    except ChronusError as error:
        return Finding(name=name, state="bad", say=error.say)
    return Finding(name=name, state="ok", say=fine)


def _told(name: str, told: Told) -> Finding:
    state, say = told
    return Finding(name=name, state=state, say=say)


async def _database(settings: Settings) -> None:
    url = settings.database.url
    if settings.celery.broker_url and not url:
        raise Invalid("Workers are processes of their own, and SQLite is for one. Set CHRONUS_DATABASE__URL beside CHRONUS_CELERY__BROKER_URL.")  # fmt: skip
    if url is None and not (settings.data / "chronus.db").exists():
        return  # made at the first start
    async with open_database(url.get_secret_value() if url else None, settings.data) as database:
        await database.ping()


async def _cache(settings: Settings) -> None:
    url = settings.redis.url
    if settings.celery.broker_url and not url:
        raise Invalid("Workers are processes of their own, and hear of each other through Redis. Set CHRONUS_REDIS__URL beside CHRONUS_CELERY__BROKER_URL.")  # fmt: skip
    async with open_cache(url.get_secret_value() if url else None) as cache:
        await cache.ping()


def _cache_says(settings: Settings) -> str:
    return "Redis answers." if settings.redis.url else "Kept inside the process, which is fine for one process."


def _weights(settings: Settings) -> list[Finding]:
    found = []
    for row in describe(settings):
        if not row.needed:
            continue
        name = f"weights {row.name}"
        if row.path:
            found.append(Finding(name=name, state="ok", say=f"{row.purpose}; {row.licence}"))
        elif row.name in CHOICES["voice"] and settings.speech.synthesizer == "auto" and espeak_here():
            found.append(Finding(name=name, state="note", say="The voice isn't here, so espeak-ng speaks. `chronus models fetch` brings it."))  # fmt: skip
        else:
            found.append(Finding(name=name, state="bad", say=row.problem or "Run `chronus models fetch`."))
    if settings.speech.synthesizer == "espeak" and not espeak_here():
        found.append(Finding(name="voice", state="bad", say="espeak-ng isn't installed. On Debian or Ubuntu: `sudo apt install espeak-ng`."))  # fmt: skip
    return found


def _page() -> Finding:
    if PAGE.exists():
        return Finding(name="page", state="ok", say="The page is built.")
    return Finding(name="page", state="note", say="The page isn't built. Install Node 20 or newer, then `make web`.")


async def _mind(settings: Settings) -> Finding:
    """Who answers. That Gemini is away is worth knowing, not a failure: the built-in mind answers meanwhile."""
    key = settings.gemini.api_key
    if not key or not key.get_secret_value().strip():
        return Finding(name="mind", state="ok", say="The built-in mind answers: the everyday commands, without a network.")  # fmt: skip
    from integrations.model.gemini import open_gemini

    async with open_gemini(settings.gemini) as gemini:
        try:
            await gemini.ping()
        except KeyRefused:
            return Finding(name="mind", state="bad", say="Google doesn't accept the key in CHRONUS_GEMINI__API_KEY. Make a new one at https://aistudio.google.com/apikey. Until then the built-in mind answers.")  # fmt: skip
        except Unavailable as error:
            return Finding(name="mind", state="note", say=f"{error.say} While Gemini is away the built-in mind answers.")  # fmt: skip
        return Finding(name="mind", state="ok", say=f"{gemini.model} is there, and the built-in mind stands in for it.")
