"""The sound of briefings: made ahead, off the loop, once for each text and voice, and kept as files for some days."""

import asyncio
import json
import logging
from collections.abc import Iterable
from contextlib import aclosing
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING, Literal

from agent.briefing.script import Line
from agent.briefing.writing import script_of
from integrations.errors import ChronusError
from integrations.speech import Synthesizer
from integrations.speech.mp3 import Chapter, to_mp3
from integrations.store.briefings import Briefing, kept_of
from integrations.store.people import Person

if TYPE_CHECKING:
    from agent.services import Services

log = logging.getLogger(__name__)

Sound = Literal["ready", "pending", "none"]
KEPT = 14
"""Days for which the sound is kept."""
PAUSE = 0.45
"""Seconds of silence between two items."""


class Recordings:
    """Makes and keeps them. The file itself says whether there is one: another machine makes its own."""

    def __init__(self, services: "Services") -> None:
        self._services = services
        self._folder = services.settings.data / "briefings"
        self._making: dict[str, asyncio.Task[Path | None]] = {}
        self._swept: date | None = None

    def state(self, person: Person, briefing: Briefing) -> Sound:
        """Whether its sound is there, will be, or can't be made here."""
        if self.file(person, briefing):
            return "ready"
        return "pending" if self._services.synthesizer else "none"

    def file(self, person: Person, briefing: Briefing) -> Path | None:
        """The sound of exactly this text in the person's voice."""
        path = self._path(briefing, self._of(person, briefing))
        return path if path.is_file() else None

    def latest_file(self, briefing: Briefing) -> Path | None:
        """Its sound, also of an earlier text or in an earlier voice."""
        found = sorted(self._folder.glob(f"{briefing.id}.*.mp3"), key=lambda path: path.stat().st_mtime)
        return found[-1] if found else None

    def drop(self, briefings: Iterable[str]) -> None:
        """The sound of these, whatever text it is of: something in it was forgotten."""
        for one in briefings:
            for file in self._folder.glob(f"{one}.*"):
                file.unlink(missing_ok=True)

    def chapters(self, person: Person, briefing: Briefing) -> list[int] | None:
        """When each item begins, in milliseconds, where the sound is that of this text."""
        return list(briefing.chapters) if briefing.sound_of == self._of(person, briefing) else None

    def soon(self, person: Person, briefing: Briefing) -> asyncio.Task[Path | None]:
        """Make it in the background, unless that is under way or done."""
        key = f"{briefing.id}.{self._of(person, briefing)}"
        if key not in self._making:
            task = asyncio.create_task(self._make(person, briefing))
            self._making[key] = task
            task.add_done_callback(lambda _: self._making.pop(key, None))
        return self._making[key]

    async def make(self, person: Person, briefing: Briefing) -> Path | None:
        """Its file, made now if need be; None without a voice or while it fails. Others may be waiting for the same."""
        return await asyncio.shield(self.soon(person, briefing))

    async def sweep(self) -> None:
        """Once a day: the files of days long past are gone."""
        since = self._services.clock().date() - timedelta(days=KEPT)
        if self._swept != since:
            self._swept = since
            await self._sweep(since)

    async def sweep_gone(self) -> None:
        """The files of people who were deleted, here or on another machine, are gone. Raises `Unavailable`."""
        await self._sweep(date.min)

    async def _sweep(self, since: date) -> None:
        files = {path: path.name.partition(".")[0] for path in await asyncio.to_thread(list, self._folder.glob("*.*"))}
        if not files:
            return
        async with self._services.database.look() as session:
            kept = await kept_of(session, sorted(set(files.values())), since)
        for path in (path for path, briefing in files.items() if briefing not in kept):
            path.unlink(missing_ok=True)

    async def drain(self) -> None:
        """Leave off; what isn't done is made when it is asked for."""
        tasks = list(self._making.values())
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks)

    async def _make(self, person: Person, briefing: Briefing) -> Path | None:
        try:
            return self.file(person, briefing) or await self._made(person, briefing)
        except (ChronusError, OSError) as error:
            log.warning("a briefing could not be spoken: %s", type(error).__name__)
            return None

    async def _made(self, person: Person, briefing: Briefing) -> Path | None:
        speaker, of = self._services.synthesizer, self._of(person, briefing)
        if speaker is None:
            return None
        pcm, chapters = await _spoken(speaker, person, script_of(briefing).lines)
        sound = await asyncio.to_thread(to_mp3, pcm, speaker.rate, title=title(briefing), chapters=chapters)
        path = self._path(briefing, of)
        await asyncio.to_thread(_put, path, sound)
        day = date.fromisoformat(briefing.day)
        async with self._services.context(person) as ctx:
            gone = await ctx.briefings.on(day) is None  # its person was deleted while it was spoken
            now = briefing if gone else await ctx.briefings.opened(day)
            current = self._of(person, now) == of
            if current and not gone:
                now.sound_of, now.chapters = of, [chapter.starts for chapter in chapters]
                ctx.changed("briefing")
        others = [other for other in self._folder.glob(f"{briefing.id}.*.mp3") if other != path]
        for old in others if current else [path] if others else []:  # the day may have changed while it was spoken
            old.unlink(missing_ok=True)
        if gone:
            path.unlink(missing_ok=True)
        await self.sweep()
        return None if gone else path

    def _path(self, briefing: Briefing, of: str) -> Path:
        return self._folder / f"{briefing.id}.{of}.mp3"

    def _of(self, person: Person, briefing: Briefing) -> str:
        speaker = self._services.synthesizer.name if self._services.synthesizer else ""
        made_of = json.dumps([briefing.text, person.voice, person.speed, speaker])
        return sha256(made_of.encode()).hexdigest()[:16]


def title(briefing: Briefing) -> str:
    """What its sound is called: nothing of what is in it."""
    day = date.fromisoformat(briefing.day)
    return f"Briefing, {day:%A} {day.day} {day:%B}"


async def _spoken(speaker: Synthesizer, person: Person, lines: Iterable[Line]) -> tuple[bytes, list[Chapter]]:
    """All lines, one after the other, and when each begins. Raises `Unavailable`."""
    pcm, chapters = bytearray(), []
    silence = bytes(int(speaker.rate * PAUSE) * 2)
    for line in lines:
        starts = _ms(len(pcm), speaker.rate)
        # each by itself, so that a live conversation never waits longer than one item for the voice
        async with aclosing(
            speaker.speak(" ".join(line.words), voice=person.voice or None, speed=person.speed)
        ) as made:
            async for piece in made:
                pcm += piece
        pcm += silence
        chapters.append(
            Chapter(title=line.item.name or line.item.text, starts=starts, ends=_ms(len(pcm), speaker.rate))
        )
    return bytes(pcm), chapters


def _ms(size: int, rate: int) -> int:
    return round(size / 2 / rate * 1000)


def _put(path: Path, sound: bytes) -> None:
    """All of it or nothing, and for nobody else on this machine."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    half = path.with_name(f"{path.stem}.{token_hex(4)}.part")
    half.touch(mode=0o600)
    try:
        half.write_bytes(sound)
        half.replace(path)
    finally:
        half.unlink(missing_ok=True)
