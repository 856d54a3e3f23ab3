"""Speaking with the espeak-ng program: plain, quick, needs no weights."""

import asyncio
import shutil
from collections.abc import AsyncIterator

from integrations.errors import Unavailable
from integrations.speech.spoken import spoken

_MISSING = "I can't speak: espeak-ng isn't installed. On Debian or Ubuntu: `sudo apt install espeak-ng`."
_PIECE = 4096


def available(program: str = "espeak-ng") -> bool:
    """Whether the program is on this machine."""
    return shutil.which(program) is not None


class EspeakSynthesizer:
    """Synthesizer over one espeak-ng process per text."""

    name = "espeak"
    rate = 22_050

    def __init__(self, *, language: str = "en-US", program: str = "espeak-ng") -> None:
        self._voice = language.lower()
        self._program = program

    async def speak(self, text: str) -> AsyncIterator[bytes]:
        """The text's sound as espeak-ng makes it."""
        text = spoken(text)
        if not text:
            return
        process = await self._start()
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

    async def warm(self) -> None:
        """See that the program is there."""
        if not available(self._program):
            raise Unavailable(_MISSING)

    async def _start(self) -> asyncio.subprocess.Process:
        pipe = asyncio.subprocess.PIPE
        try:
            return await asyncio.create_subprocess_exec(
                self._program, "-v", self._voice, "--stdin", "--stdout", stdin=pipe, stdout=pipe, stderr=pipe
            )
        except (FileNotFoundError, PermissionError) as error:
            raise Unavailable(_MISSING) from error


async def _skip_header(stdout: asyncio.StreamReader) -> None:
    """Read past the WAV header, up to where the samples begin; no sound at all is no error here."""
    try:
        await stdout.readuntil(b"data")
        await stdout.readexactly(4)
    except asyncio.IncompleteReadError:
        return
