"""How long Google's first sound takes to get through us, beside a bare call to the same emulator in the same run.

`python -m bench.tts_first_audio [--n 60] [--delay 0.2]`
"""

import argparse
import asyncio
import sys
import time
from typing import Any

from google.cloud import texttospeech as tts

from integrations.settings import SpeechSettings
from integrations.speech.google_cloud import GoogleCloud
from integrations.speech.google_synthesizer import GoogleSynthesizer
from tests.emulators.speaking import Speaker, speaking

WITHIN = 30.0
"""Milliseconds that we may add."""
VOICE = "en-US-Chirp3-HD-Charon"


def sentence(number: int) -> str:
    """Never the same twice, so that nothing is remembered."""
    return f"You have {number} things on your calendar tomorrow, and the first of them is at nine."


async def bare(stubs: Any, text: str) -> float:
    """Milliseconds until the first sound of a call that does nothing else."""
    began = time.perf_counter()
    call = stubs.streaming_synthesize()
    config = tts.StreamingSynthesizeConfig(
        voice=tts.VoiceSelectionParams(language_code="en-US", name=VOICE),
        streaming_audio_config=tts.StreamingAudioConfig(
            audio_encoding=tts.AudioEncoding.PCM, sample_rate_hertz=24_000, speaking_rate=1.0
        ),
    )
    await call.write(tts.StreamingSynthesizeRequest(streaming_config=config))
    await call.write(tts.StreamingSynthesizeRequest(input=tts.StreamingSynthesisInput(text=text)))
    await call.done_writing()
    await call.read()
    took = (time.perf_counter() - began) * 1000
    call.cancel()
    return took


async def ours(voice: GoogleSynthesizer, text: str) -> float:
    """Milliseconds until our first sound."""
    began = time.perf_counter()
    sound = voice.speak(text)
    await anext(sound)
    took = (time.perf_counter() - began) * 1000
    await sound.aclose()
    return took


async def serve(delay: float) -> None:
    async with speaking(Speaker(delay=delay)) as settings:
        print(settings.tts_endpoint, flush=True)
        await asyncio.to_thread(sys.stdin.read)


async def measure(n: int, delay: float) -> tuple[list[float], list[float]]:
    """Both in turn, against one emulator in a process of its own."""
    pipe = asyncio.subprocess.PIPE
    server = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bench.tts_first_audio", "--serve", "--delay", str(delay), stdin=pipe, stdout=pipe
    )
    assert server.stdin
    assert server.stdout
    address = (await server.stdout.readline()).decode().strip()
    cloud = GoogleCloud(SpeechSettings(tts_endpoint=address, insecure=True))
    voice = GoogleSynthesizer(cloud, voice=VOICE)
    await voice.warm()
    stubs, theirs, mine = await cloud.speaking(), list[float](), list[float]()
    for number in range(n + 3):
        took = await bare(stubs, sentence(2 * number)), await ours(voice, sentence(2 * number + 1))
        if number >= 3:  # the first calls of a channel are slower
            theirs.append(took[0])
            mine.append(took[1])
    await cloud.close()
    server.stdin.close()
    await server.wait()
    return theirs, mine


def share(times: list[float], of: float) -> float:
    return sorted(times)[min(len(times) - 1, int(len(times) * of))]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--n", type=int, default=60)
    parser.add_argument("--delay", type=float, default=0.2, help="seconds the emulator thinks before its first sound")
    parser.add_argument("--serve", action="store_true")
    arguments = parser.parse_args()
    if arguments.serve:
        return asyncio.run(serve(arguments.delay))
    theirs, mine = asyncio.run(measure(arguments.n, arguments.delay))
    added = share(mine, 0.5) - share(theirs, 0.5)
    print("| first sound, ms | n | p50 | p95 |\n|---|---|---|---|")
    for name, times in (("a bare call", theirs), ("through us", mine)):
        print(f"| {name} | {len(times)} | {share(times, 0.5):.1f} | {share(times, 0.95):.1f} |")
    print(f"\nthe emulator's own delay: {arguments.delay * 1000:.0f} ms; we add {added:.1f} ms at the median")
    if share(mine, 0.5) - arguments.delay * 1000 > WITHIN:
        sys.exit(f"More than {WITHIN:.0f} ms were added.")
    return None


if __name__ == "__main__":
    main()
