"""Hearing with Google's Speech-to-Text V2, streamed."""

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from integrations.errors import Unavailable
from integrations.speech import Channel, Meter
from integrations.speech.google_cloud import CHIRP_3, GoogleCloud
from integrations.speech.google_utterance import GoogleUtterance, Limits, Trust
from integrations.speech.sound import to_mulaw

if TYPE_CHECKING:
    from google.cloud.speech_v2 import StreamingRecognizeRequest

_BOOST = 10.0
"""How much a hint weighs, of at most 20."""
_CONNECTING = 3.0
"""Seconds."""
_HINTS, _HINT = 300, 100
"""How many hints Google is given, and characters of the longest."""


class GoogleRecognizer:
    """Recognizer over Google's streaming recognition; every utterance has its streams to itself."""

    name = "google"
    trouble: str | None = None

    def __init__(self, cloud: GoogleCloud, *, limits: Limits | None = None, meter: Meter | None = None) -> None:
        self._cloud = cloud
        self._limits = limits or Limits()
        self._meter = meter or Meter()
        self._trust = Trust()

    def utterance(self, *, rate: int, hints: Sequence[str] = (), channel: Channel = "browser") -> GoogleUtterance:
        """Start listening. Nothing is opened before there is sound."""
        narrow = channel == "telephone" and rate == 8_000

        async def head() -> Any:
            await self._cloud.hearing()  # brings the library that the message is made of
            return first_message(
                await self._cloud.project(),
                self._cloud.location,
                model=model(self._cloud.location, channel),
                language=self._cloud.language,
                rate=rate,
                mulaw=narrow,
                hints=hints,
            )

        return GoogleUtterance(
            self._open,
            head,
            rate=rate,
            encode=to_mulaw if narrow else bytes,
            limits=self._limits,
            meter=self._meter,
            trust=self._trust,
        )

    async def warm(self) -> None:
        """Find the credentials and connect, so that the first word doesn't wait for either."""
        await self._cloud.project()
        stubs = await self._cloud.hearing()
        try:
            async with asyncio.timeout(_CONNECTING):
                await stubs.grpc_channel.channel_ready()
        except TimeoutError as error:
            raise Unavailable("Google's speech recognition can't be reached.") from error

    async def _open(self) -> Any:
        return (await self._cloud.hearing()).streaming_recognize()


def model(location: str, channel: Channel) -> str:
    """Google's model for the line: a telephone has its own, and chirp_3 isn't everywhere."""
    if channel == "telephone":
        return "telephony"
    return "chirp_3" if location in CHIRP_3 else "latest_short"


def first_message(
    project: str, location: str, *, model: str, language: str, rate: int, mulaw: bool, hints: Sequence[str]
) -> "StreamingRecognizeRequest":
    """Whom we ask and how we want to be answered; no sound yet."""
    from google.cloud import speech_v2 as stt

    encodings = stt.ExplicitDecodingConfig.AudioEncoding
    config = stt.RecognitionConfig(
        explicit_decoding_config=stt.ExplicitDecodingConfig(
            encoding=encodings.MULAW if mulaw else encodings.LINEAR16, sample_rate_hertz=rate, audio_channel_count=1
        ),
        model=model,
        language_codes=[language],
        features=stt.RecognitionFeatures(enable_automatic_punctuation=True),
    )
    phrases = list(dict.fromkeys(hint[:_HINT] for hint in hints if hint.strip()))[:_HINTS]
    if phrases and model != "telephony":  # which refuses hints
        config.adaptation = stt.SpeechAdaptation(
            phrase_sets=[{"inline_phrase_set": {"phrases": [{"value": phrase} for phrase in phrases], "boost": _BOOST}}]
        )
    sensitivity = stt.StreamingRecognitionFeatures.EndpointingSensitivity
    return stt.StreamingRecognizeRequest(
        recognizer=f"projects/{project}/locations/{location}/recognizers/_",
        streaming_config=stt.StreamingRecognitionConfig(
            config=config,
            streaming_features=stt.StreamingRecognitionFeatures(
                interim_results=True, endpointing_sensitivity=sensitivity.ENDPOINTING_SENSITIVITY_SHORT
            ),
        ),
    )
