"""Which engine hears and which speaks here, from the settings and what is on this machine."""

from collections.abc import Callable
from pathlib import Path

from integrations.errors import Unavailable
from integrations.settings import SpeechSettings
from integrations.speech import Recognizer, Synthesizer
from integrations.speech.espeak import EspeakSynthesizer, available
from integrations.speech.piper import PiperSynthesizer
from integrations.speech.whisper import WhisperRecognizer

Locate = Callable[[str], Path]
"""A model's verified place by its name; raises `Unavailable` where it isn't here."""

_NO_VOICE = (
    "I can't speak yet: no voice is here. Run `chronus models fetch voice`, or install espeak-ng "
    "(`sudo apt install espeak-ng`)."
)


def choose_recognizer(speech: SpeechSettings, *, model: str, locate: Locate) -> Recognizer:
    """Who hears; `model` is a name of the manifest or a folder of one's own."""
    if speech.recognizer == "google":
        raise Unavailable("Google's speech recognition can't be used yet; set the recogniser to whisper.")
    return WhisperRecognizer(locate(model), language=speech.language)


def choose_synthesizer(
    speech: SpeechSettings, *, voice: str, locate: Locate, program: str = "espeak-ng"
) -> Synthesizer:
    """Who speaks; `auto` is Piper where a voice is here, else espeak-ng where that is installed."""
    if speech.synthesizer == "google":
        raise Unavailable("Google's voices can't be used yet; set the synthesizer to piper or espeak.")
    if speech.synthesizer == "espeak":
        return _espeak(speech, program)
    try:
        return PiperSynthesizer(locate(voice))
    except Unavailable:
        # a voice that was asked for by name is never quietly replaced
        if speech.synthesizer == "piper" or speech.voice != "auto":
            raise
    if not available(program):
        raise Unavailable(_NO_VOICE)
    return _espeak(speech, program)


def _espeak(speech: SpeechSettings, program: str) -> EspeakSynthesizer:
    if not available(program):
        raise Unavailable("I can't speak: espeak-ng isn't installed. Run `sudo apt install espeak-ng`.")
    return EspeakSynthesizer(language=speech.language, program=program)
