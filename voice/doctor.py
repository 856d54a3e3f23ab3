"""What works on this machine, what is missing, and what to do about it."""

import os
import shutil
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from integrations.cache.redis import open_cache
from integrations.errors import ChronusError
from integrations.settings import Settings
from integrations.speech.espeak import available as espeak_here
from integrations.store.database import open_database
from integrations.weights import describe
from integrations.weights.manifest import CHOICES

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
    return [
        _disk(settings),
        await _tried("database", "Everything is kept where you said.", lambda: _database(settings)),
        await _tried("cache", _cache_says(settings), lambda: _cache(settings)),
        *_weights(settings),
        _page(),
        _mind(settings),
        _google(settings),
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


async def _database(settings: Settings) -> None:
    url = settings.database.url
    if url is None and not (settings.data / "chronus.db").exists():
        return  # made at the first start
    async with open_database(url.get_secret_value() if url else None, settings.data) as database:
        await database.ping()


async def _cache(settings: Settings) -> None:
    url = settings.redis.url
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


def _mind(settings: Settings) -> Finding:
    if settings.gemini.api_key:
        return Finding(name="mind", state="note", say="A Gemini key is set, but only the built-in mind answers in this version.")  # fmt: skip
    return Finding(name="mind", state="ok", say="The built-in mind answers: the everyday commands, without a network.")


def _google(settings: Settings) -> Finding:
    if settings.google.client_id:
        return Finding(name="Google", state="note", say="A Google client is set, but accounts can't be connected in this version.")  # fmt: skip
    return Finding(name="Google", state="ok", say="Not used: calendar, tasks and mail are kept on this machine.")
