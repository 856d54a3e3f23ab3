"""What hears and what speaks on this machine, and why it isn't something better."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Literal

from integrations.errors import Unavailable
from integrations.settings import Settings, google_credentials
from integrations.speech import Recognizer, Synthesizer
from integrations.speech.choose import choose_recognizer, choose_synthesizer, google_hears, google_speaks
from integrations.speech.google_cloud import GoogleCloud
from integrations.speech.google_recognizer import GoogleRecognizer, model
from integrations.speech.google_synthesizer import GoogleSynthesizer
from integrations.weights import locate, voice_name, whisper_name

Told = tuple[Literal["ok", "note", "bad"], str]
"""ok, note or bad, and a sentence."""


async def hearing(settings: Settings) -> Told:
    """Who hears. Google's credentials are looked for; nothing is streamed to find out."""
    speech = settings.speech
    find = partial(locate, folder=settings.weights)
    local = _made(lambda: choose_recognizer(speech, model=whisper_name(settings), locate=find))
    if not google_hears(speech, credentials=google_credentials() is not None):
        return _alone(local, f"Whisper hears, on this machine ({whisper_name(settings)}).", "Nobody hears yet")
    cloud = GoogleCloud(speech)
    try:
        trouble = await _trouble(GoogleRecognizer(cloud).warm)
    finally:
        await cloud.close()
    works = f"Google hears ({model(speech.location, 'browser')}, {speech.location})"
    return _spared(works, trouble, None if isinstance(local, Unavailable) else "whisper")


async def speaking(settings: Settings) -> Told:
    """Who speaks. Google is asked for its voices, which costs nothing."""
    speech = settings.speech
    find = partial(locate, folder=settings.weights)
    local = _made(lambda: choose_synthesizer(speech, voice=voice_name(settings), locate=find))
    if not google_speaks(speech, credentials=google_credentials() is not None):
        name = "" if isinstance(local, Unavailable) else local.name
        return _alone(local, f"{name.capitalize()} speaks, on this machine.", "Nobody speaks yet")
    cloud = GoogleCloud(speech)
    try:
        trouble = await _trouble(GoogleSynthesizer(cloud, voice=speech.google_voice).warm)
    finally:
        await cloud.close()
    return _spared("Google speaks", trouble, None if isinstance(local, Unavailable) else local.name)


def _made(make: Callable[[], Recognizer | Synthesizer]) -> Recognizer | Synthesizer | Unavailable:
    try:
        return make()
    except Unavailable as error:
        return error


async def _trouble(warm: Callable[[], Awaitable[None]]) -> str | None:
    try:
        await warm()
    except Unavailable as error:
        return error.say
    return None


def _alone(local: Recognizer | Synthesizer | Unavailable, works: str, nobody: str) -> Told:
    if isinstance(local, Unavailable):
        return "note", f"{nobody}: {local.say}"
    return "ok", works


def _spared(works: str, trouble: str | None, spare: str | None) -> Told:
    if trouble is None:
        return "ok", f"{works}; {spare} is its spare." if spare else f"{works}; it has no spare on this machine."
    if spare:
        return "note", f"{trouble} Until then {spare} takes its place."
    return "bad", trouble
