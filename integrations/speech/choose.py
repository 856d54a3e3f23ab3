"""Which engine hears and which speaks here, from the settings and what is on this machine."""

from collections.abc import Callable
from pathlib import Path

from integrations.errors import Unavailable
from integrations.settings import SpeechSettings
from integrations.speech import Meter, Recognizer, Synthesizer
from integrations.speech.espeak import EspeakSynthesizer, available
from integrations.speech.google_cloud import GoogleCloud
from integrations.speech.piper import PiperSynthesizer, VoiceFile
from integrations.speech.spared_recognizer import SparedRecognizer
from integrations.speech.spared_synthesizer import SparedSynthesizer
from integrations.speech.whisper import WhisperRecognizer
from integrations.weights.manifest import CHOICES, MODELS

Locate = Callable[[str], Path]
"""A model's verified place by its name; raises `Unavailable` where it isn't here."""

_NO_VOICE = (
    "I can't speak yet: no voice is here. Run `chronus models fetch voice`, or install espeak-ng "
    "(`sudo apt install espeak-ng`)."
)


def google_hears(speech: SpeechSettings, *, credentials: bool) -> bool:
    """Whether Google is to hear: by name, or `auto` where credentials, a project or an endpoint were set for it."""
    if speech.recognizer != "auto":
        return speech.recognizer == "google"
    return bool(speech.endpoint) or (not speech.insecure and (credentials or bool(speech.project)))


def google_speaks(speech: SpeechSettings, *, credentials: bool) -> bool:
    """Whether Google is to speak."""
    if speech.synthesizer != "auto":
        return speech.synthesizer == "google"
    return bool(speech.tts_endpoint) or (not speech.insecure and (credentials or bool(speech.project)))


def choose_recognizer(
    speech: SpeechSettings, *, model: str, locate: Locate, cloud: GoogleCloud | None = None, meter: Meter | None = None
) -> Recognizer:
    """Who hears: Google where `cloud` is given, with whisper as its spare; else whisper.

    `model` is a name of the manifest or a folder of one's own.
    """
    if cloud is None:
        return WhisperRecognizer(locate(model), language=speech.language)
    from integrations.speech.google_recognizer import GoogleRecognizer

    google = GoogleRecognizer(cloud, meter=meter)
    try:
        spare = WhisperRecognizer(locate(model), language=speech.language)
    except Unavailable:
        return google
    return SparedRecognizer(google, spare, meter=meter)


def choose_synthesizer(
    speech: SpeechSettings,
    *,
    voice: str,
    locate: Locate,
    program: str = "espeak-ng",
    cloud: GoogleCloud | None = None,
    meter: Meter | None = None,
) -> Synthesizer:
    """Who speaks: Google where `cloud` is given, else Piper where a voice is here, else espeak-ng; each spares the former."""
    engines: list[Synthesizer] = []
    if cloud is not None:
        from integrations.speech.google_synthesizer import GoogleSynthesizer

        engines.append(GoogleSynthesizer(cloud, voice=speech.google_voice, meter=meter))
    if speech.synthesizer == "espeak":
        if not available(program):
            raise Unavailable("I can't speak: espeak-ng isn't installed. Run `sudo apt install espeak-ng`.")
    else:
        try:
            engines.append(_piper(speech, voice, locate))
        except Unavailable:
            # a voice that was asked for by name is never quietly replaced
            if not engines and (speech.synthesizer == "piper" or speech.voice != "auto"):
                raise
    if available(program):
        engines.append(EspeakSynthesizer(language=speech.language, program=program))
    if not engines:
        raise Unavailable(_NO_VOICE)
    return SparedSynthesizer(engines, meter=meter) if len(engines) > 1 else engines[0]


def _piper(speech: SpeechSettings, voice: str, locate: Locate) -> PiperSynthesizer:
    """The voice, and beside it the manifest's others that are here and speak the language."""
    usual = locate(voice)
    licences: dict[str, str] = {}
    others: list[VoiceFile] = []
    for name in CHOICES["voice"]:
        try:
            path = locate(name)
        except Unavailable:
            continue
        licences[path.name] = MODELS[name].licence
        others += [VoiceFile(path, MODELS[name].licence)] if path.name != usual.name else []
    mine = [one for one in others if one.voice.language[:2] in {speech.language[:2], ""}]
    return PiperSynthesizer(VoiceFile(usual, licences.get(usual.name)), mine)
