"""Hearing and speaking with the real engines: people's recordings, three synthetic voices, bad files."""

import asyncio
import json
import os
import shutil
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import NoReturn

import pytest

from integrations import weights
from integrations.errors import Unavailable
from integrations.settings import Settings, SpeechSettings
from integrations.speech import Heard, Recognizer, Synthesizer
from integrations.speech.choose import choose_recognizer, choose_synthesizer, google_hears, google_speaks
from integrations.speech.espeak import EspeakSynthesizer, available
from integrations.speech.google_cloud import GoogleCloud
from integrations.speech.piper import PiperSynthesizer, VoiceFile
from integrations.speech.whisper import WhisperRecognizer
from tests import audio

MODEL = weights.default_whisper()
COMMANDS = {
    "what's on my calendar tomorrow": "calendar tomorrow",
    "what's my next meeting": "next meeting",
    "please add milk to my shopping list": "milk shopping list",
    "do i have any important email": "important email",
    "please read the email from sarah": "email sarah",
    "cancel my lunch on monday": "lunch monday",
}


def lacking(what: str) -> NoReturn:
    """Skip with the reason; where everything has to be there, fail with it."""
    if os.environ.get("CI"):
        pytest.fail(what)
    pytest.skip(what)


def brought(name: str) -> Path:
    """Weights by name; `make test` has fetched those that this machine uses."""
    try:
        return weights.locate(name, folder=Settings().weights)
    except Unavailable as missing:
        lacking(missing.say)


@pytest.fixture(scope="module")
def whisper() -> Iterator[WhisperRecognizer]:
    """The model that this machine uses, loaded once for all tests."""
    recognizer = WhisperRecognizer(brought(MODEL))
    yield recognizer
    recognizer.close()


@pytest.fixture(scope="module")
def voice_file() -> Path:
    """A Piper voice."""
    return brought("voice")


@pytest.fixture(scope="module")
def piper(voice_file: Path) -> Iterator[PiperSynthesizer]:
    """Piper, loaded once for all tests."""
    synthesizer = PiperSynthesizer(voice_file)
    yield synthesizer
    synthesizer.close()


@pytest.fixture(scope="module")
def people() -> list[audio.Clip]:
    """Recordings of people."""
    clips = audio.clips()
    if not clips:
        lacking("pocketsphinx-testdata isn't installed (see deploy/apt-test.txt)")
    return clips


async def hear(recognizer: Recognizer, pcm: bytes, rate: int) -> Heard:
    """All of the sound at once, and what it is."""
    utterance = recognizer.utterance(rate=rate)
    utterance.feed(pcm)
    heard = await utterance.final()
    await utterance.close()
    return heard


async def say(synthesizer: Synthesizer, text: str) -> bytes:
    """All sound of a text."""
    return b"".join([piece async for piece in synthesizer.speak(text)])


async def test_people_are_understood(whisper: WhisperRecognizer, people: list[audio.Clip]) -> None:
    """Of the words that people read aloud at most one in eight is wrong, and each clip carries a confidence."""
    wrong = said = 0
    for clip in people:
        heard = await hear(whisper, clip.pcm, clip.rate)
        assert heard.confidence is not None
        errors, words = audio.errors(clip.words, heard.text)
        wrong, said = wrong + errors, said + words
    assert wrong / said < 0.125, f"{wrong} of {said} words"


@pytest.mark.parametrize("voice", ["piper", "espeak", "flite"])
async def test_commands_in_three_voices_keep_their_key_words(
    whisper: WhisperRecognizer, voice_file: Path, voice: str
) -> None:
    """A command said by Piper, espeak-ng or flite comes out with the words that matter."""
    if voice != "piper" and not shutil.which({"espeak": "espeak-ng"}.get(voice, voice)):
        lacking(f"{voice} isn't installed (see deploy/apt-test.txt)")
    voices: dict[str, Callable[[str], bytes]] = {
        "piper": partial(audio.piper, voice=voice_file),
        "espeak": audio.espeak,
        "flite": audio.flite,
    }
    for command, keys in COMMANDS.items():
        heard = await hear(whisper, voices[voice](command), 16_000)
        assert set(keys.split()) <= set(audio.words(heard.text)), f"{command} was heard as {heard.text}"


async def test_the_telephone_is_understood_too(whisper: WhisperRecognizer, people: list[audio.Clip]) -> None:
    """Speech at 8 kHz is read like any other."""
    clip = next(clip for clip in people if clip.words.startswith("he might even"))
    heard = await hear(whisper, audio.at_rate(clip.pcm, clip.rate, 8_000), 8_000)
    assert audio.errors(clip.words, heard.text)[0] <= 1


async def test_words_appear_while_somebody_speaks(whisper: WhisperRecognizer, people: list[audio.Clip]) -> None:
    """Partials grow while sound arrives, come only with news, and the final is what was said."""
    clip = next(clip for clip in people if "dashwood" in clip.words)
    utterance, second, seen = whisper.utterance(rate=clip.rate), clip.rate * 2, list[str]()
    for start in range(0, len(clip.pcm), second):
        utterance.feed(clip.pcm[start : start + second])
        heard = await utterance.partial()
        assert await utterance.partial() is None, "nothing new was fed"
        seen += [heard.text] if heard else []
    assert len(seen) >= 4
    assert len(seen[-1].split()) > len(seen[0].split())
    final = await utterance.final()
    assert audio.errors(clip.words, final.text)[0] <= 2


async def test_a_turn_may_go_on_after_its_final(whisper: WhisperRecognizer, people: list[audio.Clip]) -> None:
    """More sound after a final makes a longer final; asked again without more sound, the answer stands."""
    first = next(clip for clip in people if clip.words.startswith("he might even"))
    more = next(clip for clip in people if clip.words.startswith("he was not"))
    utterance = whisper.utterance(rate=16_000)
    utterance.feed(first.pcm)
    heard = await utterance.final()
    assert await utterance.final() == heard
    utterance.feed(audio.silence(0.5, 16_000) + more.pcm)
    longer = await utterance.final()
    assert audio.errors(f"{first.words} {more.words}", longer.text)[0] <= 4


async def test_long_speech_loses_nothing(whisper: WhisperRecognizer, people: list[audio.Clip]) -> None:
    """More than a minute in one breath is read in pieces cut at pauses, and only the last piece is kept in memory."""
    read = [clip for clip in people if len(clip.words.split()) > 7] * 3
    utterance = whisper.utterance(rate=16_000)
    for clip in read:
        utterance.feed(audio.noise(0.4, 16_000) + clip.pcm)
    heard = await utterance.final()
    wrong, said = audio.errors(" ".join(clip.words for clip in read), heard.text)
    assert said > 100
    assert wrong / said < 0.15, heard.text


@pytest.mark.parametrize("level", [0, 0.0005, 0.005])
async def test_silence_says_nothing(whisper: WhisperRecognizer, level: float) -> None:
    """Neither digital silence nor the hiss of a room becomes words."""
    heard = await hear(whisper, audio.noise(3, 16_000, level=level), 16_000)
    assert heard == Heard(text="")


async def test_nothing_and_half_a_sample_are_no_words(whisper: WhisperRecognizer) -> None:
    """An empty utterance and a torn sample are silence, not an error."""
    assert (await hear(whisper, b"", 16_000)).text == ""
    assert (await hear(whisper, b"\x01", 8_000)).text == ""


async def test_a_final_goes_before_partials(whisper: WhisperRecognizer, people: list[audio.Clip]) -> None:
    """While a final is being read no partial queues up behind or before it."""
    clip = people[0]
    mine, other = whisper.utterance(rate=clip.rate), whisper.utterance(rate=clip.rate)
    mine.feed(clip.pcm)
    other.feed(clip.pcm)
    final = asyncio.create_task(mine.final())
    await asyncio.sleep(0)
    assert await other.partial() is None  # it didn't wait for its turn, or there would be words
    assert (await final).text
    async with asyncio.timeout(60):
        while await other.partial() is None:  # its turn has come; on a busy machine not at once, so they go on
            if not whisper.busy:  # more sound than it can keep up with would keep it busy for good
                other.feed(audio.silence(0.3, clip.rate))
            await asyncio.sleep(0.05)


async def test_a_closed_utterance_says_nothing_more(whisper: WhisperRecognizer, people: list[audio.Clip]) -> None:
    """What is still being read when the utterance is closed is dropped."""
    utterance = whisper.utterance(rate=people[0].rate)
    utterance.feed(people[0].pcm)
    running = asyncio.create_task(utterance.final())
    await asyncio.sleep(0)
    await utterance.close()
    assert (await running).text == ""
    assert await utterance.partial() is None


@pytest.mark.parametrize("damage", [b"", b"garbage" * 1000])
async def test_a_corrupt_model_is_named(tmp_path: Path, damage: bytes) -> None:
    """A model file that can't be read is a refusal that names the place and the command."""
    model = tmp_path / MODEL
    shutil.copytree(brought(MODEL), model)
    (model / "model.bin").write_bytes(damage)
    recognizer = WhisperRecognizer(model)
    with pytest.raises(Unavailable, match="chronus models verify"):
        await recognizer.warm()
    recognizer.close()


@pytest.mark.parametrize("engine", ["piper", "espeak"])
async def test_what_is_said_can_be_heard(whisper: WhisperRecognizer, piper: PiperSynthesizer, engine: str) -> None:
    """Each synthesizer's sentence, transcribed back, has its words."""
    if engine == "espeak" and not available():
        lacking("espeak-ng isn't installed (see deploy/apt-test.txt)")
    synthesizer: Synthesizer = piper if engine == "piper" else EspeakSynthesizer()
    pcm = await say(synthesizer, "You have **lunch** tomorrow at 3:30 pm. Nothing else is on the calendar.")
    heard = await hear(whisper, audio.at_rate(pcm, synthesizer.rate, 16_000), 16_000)
    assert {"lunch", "tomorrow", "three", "thirty", "calendar"} <= set(audio.words(heard.text)), heard.text
    assert await say(synthesizer, " ** ") == b""


async def test_piper_starts_at_once_and_remembers(voice_file: Path) -> None:
    """No silence leads a sentence, pieces are short, and a phrase said before comes back without work."""
    piper = PiperSynthesizer(voice_file)
    await piper.warm()
    pieces = [piece async for piece in piper.speak("Good morning.")]
    assert all(len(piece) <= piper.rate * 2 * 0.1 for piece in pieces)
    lead = audio.leading_silence(b"".join(pieces), piper.rate)
    assert lead <= 0.01
    piper.close()  # whoever has no worker left can only remember
    assert await say(piper, "Good morning.") == b"".join(pieces)
    with pytest.raises(Unavailable):
        await say(piper, "Good evening.")


async def test_nobody_listening_stops_the_voice(piper: PiperSynthesizer) -> None:
    """When the listener goes after the first piece, the rest of a long text isn't made."""
    long = " ".join(f"This is sentence number {number} of a very long answer." for number in range(40))
    voice = piper.speak(long)
    async for _ in voice:
        break
    await voice.aclose()
    started = time.perf_counter()
    assert await say(piper, "Stopped.")
    assert time.perf_counter() - started < 2


async def test_a_corrupt_voice_is_named(voice_file: Path, tmp_path: Path) -> None:
    """A voice file that can't be read is a refusal that names it; so is one without its description."""
    voice = tmp_path / voice_file.name
    with pytest.raises(Unavailable, match=voice_file.name):
        PiperSynthesizer(voice)
    shutil.copy(f"{voice_file}.json", f"{voice}.json")
    voice.write_bytes(b"garbage" * 1000)
    piper = PiperSynthesizer(voice)
    with pytest.raises(Unavailable, match=voice_file.name):
        await say(piper, "Hello.")
    piper.close()


async def test_a_missing_espeak_tells_how_to_get_it() -> None:
    """Without the program the refusal carries the line to type."""
    with pytest.raises(Unavailable, match="apt install espeak-ng"):
        await say(EspeakSynthesizer(program="no-such-program"), "Hello.")
    with pytest.raises(Unavailable, match="apt install espeak-ng"):
        await EspeakSynthesizer(program="no-such-program").warm()


async def test_a_language_espeak_lacks_is_a_refusal() -> None:
    """What espeak-ng itself says reaches the person."""
    if not available():
        lacking("espeak-ng isn't installed (see deploy/apt-test.txt)")
    with pytest.raises(Unavailable, match="does not exist"):
        await say(EspeakSynthesizer(language="xx-XX"), "Hello.")


def missing(name: str) -> Path:
    """Find no weights at all."""
    raise Unavailable(f"no {name}")


def test_the_best_voice_that_is_here_is_chosen(voice_file: Path) -> None:
    """Piper where a voice is here, espeak-ng where only that is, else a sentence that says what to do."""
    auto = SpeechSettings()
    assert choose_synthesizer(auto, voice="voice", locate=lambda _: voice_file).name == "piper"
    if available():
        assert choose_synthesizer(auto, voice="voice", locate=missing).name == "espeak"
        espeak = SpeechSettings(synthesizer="espeak")
        assert choose_synthesizer(espeak, voice="voice", locate=lambda _: voice_file).name == "espeak"
    with pytest.raises(Unavailable, match="chronus models fetch voice"):
        choose_synthesizer(auto, voice="voice", locate=missing, program="no-such-program")
    with pytest.raises(Unavailable, match="no joe"):
        choose_synthesizer(SpeechSettings(voice="joe"), voice="joe", locate=missing)


def test_the_recognizer_comes_with_its_weights(tmp_path: Path) -> None:
    """Whisper where its weights are; where they aren't, the reason they aren't."""
    assert choose_recognizer(SpeechSettings(), model="tiny.en", locate=lambda _: tmp_path).name == "whisper"
    with pytest.raises(Unavailable, match=r"no tiny\.en"):
        choose_recognizer(SpeechSettings(), model="tiny.en", locate=missing)


def test_google_comes_first_where_it_was_set_up_for(voice_file: Path, tmp_path: Path) -> None:
    """By name, or by `auto` with credentials, a project or an endpoint of its own; else nothing leaves this machine."""
    auto, local = SpeechSettings(), SpeechSettings(recognizer="whisper", synthesizer="piper")
    assert not google_hears(auto, credentials=False)
    assert not google_speaks(auto, credentials=False)
    for speech, credentials in (
        (SpeechSettings(recognizer="google", synthesizer="google"), False),
        (SpeechSettings(project="house"), False),
        (SpeechSettings(endpoint="x:1", tts_endpoint="y:1", insecure=True), False),
        (auto, True),
    ):
        assert google_hears(speech, credentials=credentials)
        assert google_speaks(speech, credentials=credentials)
    assert not google_hears(local, credentials=True)
    assert not google_speaks(local, credentials=True)
    one_sided = SpeechSettings(endpoint="x:1", insecure=True)
    assert google_hears(one_sided, credentials=False)
    assert not google_speaks(one_sided, credentials=True), "an emulator for hearing is no leave to speak elsewhere"
    cloud = GoogleCloud(auto)
    hears = choose_recognizer(auto, model="tiny.en", locate=lambda _: tmp_path, cloud=cloud)
    alone = choose_recognizer(auto, model="tiny.en", locate=missing, cloud=cloud)
    speaks = choose_synthesizer(auto, voice="voice", locate=lambda _: voice_file, cloud=cloud)
    assert (hears.name, alone.name, speaks.name, speaks.rate) == ("google", "google", "google", 24_000)


def test_one_of_googles_voices_may_be_the_usual_one() -> None:
    """Its name is Google's own; Piper then takes whichever voice is here."""
    assert SpeechSettings(voice="en-US-Chirp3-HD-Kore").google_voice == "en-US-Chirp3-HD-Kore"
    assert SpeechSettings(voice="joe").google_voice is None
    assert SpeechSettings(voice="/x/en_US-joe-medium.onnx").google_voice is None
    assert weights.voice_name(Settings(speech=SpeechSettings(voice="en-US-Chirp3-HD-Kore"))) == "voice"


async def test_a_voice_can_be_chosen_and_hurried(piper: PiperSynthesizer) -> None:
    """Each local voice is listed with its language and terms; twice the speed is about half the time."""
    (voice,) = await piper.voices()
    assert (voice.engine, voice.language, voice.id) == ("piper", "en-US", f"piper:{voice.name.lower()}")
    text = "You have lunch with Dana tomorrow at noon, and nothing else."
    plain, quick, lost = [
        b"".join([piece async for piece in piper.speak(text, voice=name, speed=speed)])
        for name, speed in ((voice.id, 1.0), (voice.id, 2.0), ("piper:nobody", 1.0))
    ]
    assert 0.4 < len(quick) / len(plain) < 0.8, "the pauses stay as they are"
    assert 0.8 < len(lost) / len(plain) < 1.25, "a voice that isn't there is replaced"


async def test_two_voices_side_by_side(voice_file: Path, tmp_path: Path) -> None:
    """The second is loaded when it is first wanted, and comes at the rate of the first."""
    other = tmp_path / "en_GB-somebody-low.onnx"
    other.symlink_to(voice_file)
    config = json.loads(Path(f"{voice_file}.json").read_text())
    config["audio"]["sample_rate"] = 16_000
    Path(f"{other}.json").write_text(json.dumps(config))
    piper = PiperSynthesizer(voice_file, [VoiceFile(other, "free")])
    listed = await piper.voices()
    assert [(voice.name, voice.language, voice.licence) for voice in listed][1] == ("Somebody", "en-GB", "free")
    mine = await say(piper, "Good morning to you.")
    theirs = b"".join([piece async for piece in piper.speak("Good morning to you.", voice=listed[1].id)])
    assert 1.2 < len(theirs) / len(mine) < 1.6, "the same samples, said to be slower, resampled"
    piper.close()


async def test_espeak_lists_its_accents() -> None:
    """The usual one first, and each can be spoken with."""
    if not available():
        lacking("espeak-ng isn't installed (see deploy/apt-test.txt)")
    espeak = EspeakSynthesizer()
    listed = await espeak.voices()
    assert listed[0].id == "espeak:en-us"
    assert listed[0].name == "English (America)"
    assert len({voice.id for voice in listed}) == len(listed) > 2
    plain = b"".join([piece async for piece in espeak.speak("Hello there, you.", voice="espeak:en-gb")])
    quick = b"".join([piece async for piece in espeak.speak("Hello there, you.", voice="espeak:en-gb", speed=2.0)])
    assert 0.2 < len(quick) / len(plain) < 0.8
