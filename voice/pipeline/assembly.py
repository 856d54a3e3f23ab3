"""The order in which sound becomes words, words become an answer, and back."""

from dataclasses import dataclass, field

from pipecat.pipeline.pipeline import Pipeline
from pipecat.transports.base_transport import BaseTransport

from integrations.speech import Recognizer, Synthesizer
from voice.pipeline.brain import Brain
from voice.pipeline.ears import Ears
from voice.pipeline.mouth import Mouth
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
    transport: BaseTransport, speech: Speech, brain: Brain, *, rate: int, complete: Complete | None
) -> Pipeline:
    """The same line for the browser and the telephone; only the transport and its rate differ."""
    return Pipeline(
        [
            transport.input(),
            Ears(speech.recognizer, speech.detector, speech.judge, Ending(complete)),
            Turns(),
            brain,
            Mouth(speech.synthesizer, rate=rate),
            transport.output(),
        ]
    )
