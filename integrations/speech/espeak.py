"""Speaking with the espeak-ng program: plain, quick, needs no weights."""

import asyncio
import shutil
from collections.abc import AsyncGenerator

from integrations.errors import Unavailable
from integrations.speech import Voice
from integrations.speech.spoken import spoken

_MISSING = "I can't speak: espeak-ng isn't installed. On Debian or Ubuntu: `sudo apt install espeak-ng`."
_PIECE = 4096
_PACE = 175
"""Words a minute, as espeak-ng speaks unasked."""
_SLOWEST, _FASTEST = 80, 450


def available(program: str = "espeak-ng") -> bool:
    """Whether the program is on this machine."""
    return shutil.which(program) is not None


class EspeakSynthesizer:
    """Synthesizer over one espeak-ng process per text."""

    name = "espeak"
    trouble: str | None = None
    rate = 22_050

    def __init__(self, *, language: str = "en-US", program: str = "espeak-ng") -> None:
        self._voice = language.lower()
        self._program = program

    async def speak(self, text: str, *, voice: str | None = None, speed: float = 1.0) -> AsyncGenerator[bytes, None]:
        """The text's sound as espeak-ng makes it."""
        text = spoken(text)
        if not text:
            return
        language = voice.removeprefix("espeak:") if voice and voice.startswith("espeak:") else self._voice
        pace = min(_FASTEST, max(_SLOWEST, round(_PACE * speed)))
        process = await self._start("-v", language, "-s", str(pace), "--stdin", "--stdout")
        assert process.stdin  # all three are pipes
        assert process.stdout
        assert process.stderr
        try:
            process.stdin.write(text.encode())
            process.stdin.close()
            await _skip_header(process.stdout)
            spare = b""
            while block := await process.stdout.read(_PIECE):
                block = spare + block
                whole = len(block) // 2 * 2
                spare = block[whole:]
                yield block[:whole]
            if await process.wait():
                words = (await process.stderr.read()).decode(errors="replace").strip()
                raise Unavailable(f"I couldn't say that: espeak-ng failed ({words or process.returncode}).")
        finally:
            if process.returncode is None:  # nobody listens any more
                process.kill()
                await process.wait()

    async def voices(self) -> list[Voice]:
        """One for each accent of the language it speaks."""
        language = self._voice.partition("-")[0]
        process = await self._start(f"--voices={language}")
        told, _ = await process.communicate()
        rows = [line.split() for line in told.decode(errors="replace").splitlines()[1:]]
        mine = [row for row in rows if len(row) >= 5 and row[1].lower().startswith(language)]
        own = [row for row in mine if not row[4].startswith("mb/")]  # those need another program
        found = {row[1].lower(): row[3].replace("_", " ") for row in reversed(own)}
        if self._voice not in found:
            found = {self._voice: self._voice, **found}
        return [
            Voice(id=f"espeak:{code}", name=name, engine="espeak", language=code, licence="GPL-3.0-or-later program")
            for code, name in sorted(found.items(), key=lambda item: item[0] != self._voice)
        ]

    async def warm(self) -> None:
        """See that the program is there."""
        if not available(self._program):
            raise Unavailable(_MISSING)

    async def _start(self, *arguments: str) -> asyncio.subprocess.Process:
        pipe = asyncio.subprocess.PIPE
        try:
            return await asyncio.create_subprocess_exec(self._program, *arguments, stdin=pipe, stdout=pipe, stderr=pipe)
        except (FileNotFoundError, PermissionError) as error:
            raise Unavailable(_MISSING) from error


async def _skip_header(stdout: asyncio.StreamReader) -> None:
    """Read past the WAV header, up to where the samples begin; no sound at all is no error here."""
    try:
        await stdout.readuntil(b"data")
        await stdout.readexactly(4)
    except asyncio.IncompleteReadError:
        return
