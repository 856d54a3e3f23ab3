"""The words of a yes, spoken by a voice and heard by the small recogniser, in a room and over the telephone."""

import pytest

from agent.consent import Consent, judge
from agent.deciding import SURE
from integrations.settings import Settings
from integrations.speech.whisper import WhisperRecognizer
from integrations.weights import voice_name, whisper_name
from tests.audio import at_rate, piper, silence
from tests.e2e.test_hearing import found
from tests.unit.agent.test_confusion import EVERY

SETTINGS = Settings(_env_file=None)
RATES = (16_000, 8_000)
FORMS = ("Yes, {}.", "{}, please.")
HARD = {"Miguel", "Oluwaseun"}
"""Names that the small English recogniser never writes as they are said: there is the key, the card, and another try."""


async def heard(recognizer: WhisperRecognizer, words: str, rate: int) -> tuple[str, float]:
    """What it took the spoken words for, and how surely."""
    sound = piper(words, voice=found(voice_name(SETTINGS))) + silence(0.3, 16_000)
    utterance = recognizer.utterance(rate=rate)
    utterance.feed(at_rate(sound, 16_000, rate))
    reading = await utterance.final()
    await utterance.close()
    return reading.text, reading.confidence or 0.0


@pytest.mark.slow
@pytest.mark.timeout(0)
async def test_a_spoken_yes_is_taken_for_one() -> None:
    """Of a hundred spoken yeses to people and things hardly any has to be said again, and none counts for another."""
    recognizer = WhisperRecognizer(found(whisper_name(SETTINGS)))
    easy = [consent for consent in EVERY if not HARD & set(consent.names)]
    said = [(form.format(consent.words), consent, rate) for consent in easy for form in FORMS for rate in RATES]
    lost, taken = [], []
    for words, consent, rate in said:
        text, sure = await heard(recognizer, words, rate)
        if judge(text, consent) != "yes" or sure < SURE:
            lost.append((words, text, rate, round(sure, 2)))
        taken += [(text, other.words) for other in EVERY if other != consent and judge(text, other) == "yes"]
    recognizer.close()

    assert len(said) >= 80
    assert taken == []
    assert len(lost) / len(said) < 0.05, lost


def test_the_hard_names_are_told_again() -> None:
    """A name that was heard as other words isn't taken for another wish: it is asked for once more."""
    assert judge("Send to me, go.", Consent(verb="send to", names=("Miguel",), it=False)) == "nearly"
