"""The order in which sound becomes words, words become an answer, and back."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from pipecat.pipeline.pipeline import Pipeline
from pipecat.transports.base_transport import BaseTransport

from integrations.speech import Recognizer, Synthesizer
from voice.pipeline.brain import Brain
from voice.pipeline.ears import Ears
from voice.pipeline.echo import Echo
from voice.pipeline.frames import Manner
from voice.pipeline.mouth import Mouth
from voice.pipeline.playout import Playout
from voice.pipeline.silero import Detector
from voice.pipeline.smart_turn import Judge
from voice.pipeline.turns import Complete, Ending, Turns


@dataclass(frozen=True)
class Speech:
    """What every conversation of the process shares: who hears, who speaks, and who tells when it is whose turn."""

    recognizer: Recognizer
    synthesizer: Synthesizer
    detector: Detector = field(default_factory=Detector)
    judge: Judge = field(default_factory=Judge)

    async def warm(self) -> None:
        """Load what is needed, so that the first turn isn't slow."""
        await self.recognizer.warm()
        await self.synthesizer.warm()
        await self.judge.finished(bytes(3200))

    def close(self) -> None:
        """Give back the threads."""
        self.judge.close()


def assemble(
    transport: BaseTransport,
    speech: Speech,
    brain: Brain,
    *,
    rate: int,
    complete: Complete | None,
    manner: Manner | None = None,
    hints: Sequence[str] = (),
    hears: int = 16000,
    playout: Playout | None = None,
) -> Pipeline:
    """The same line for the browser and the telephone; only the transport and its rates differ.

    `rate` is what the mouth gives, `hears` what the ears listen at: 8000 for a telephone, so that nothing is resampled.
    `playout` knows what was really heard, where the other side tells.
    """
    echo = Echo()
    return Pipeline(
        [
            transport.input(),
            Ears(
                speech.recognizer, speech.detector, speech.judge, Ending(complete), hints=hints, rate=hears, echo=echo
            ),
            Turns(echo),
            brain,
            Mouth(speech.synthesizer, rate=rate, manner=manner, playout=playout, echo=echo),
            transport.output(),
        ]
    )
