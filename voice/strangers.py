"""Callers whom nobody knows leave a message: heard in memory, kept as text, and nothing they say is done."""

import asyncio
from contextlib import suppress

import numpy as np

from agent.services import Services
from integrations.errors import ChronusError, Unavailable
from integrations.speech import Recognizer
from integrations.speech.sound import from_mulaw
from integrations.store.people import Person
from integrations.store.phone_messages import PhoneMessages
from integrations.telephone import RATE, HungUp, Pressed, Sound
from integrations.telephone.numbers import plain_number
from voice.keypad import Gone, Keypad
from voice.pipeline.telephone import TelephoneLine
from voice.thread import manner_of

LONGEST = 60.0
"""Seconds of a message."""
SILENT = 5.0
"""Seconds without a sound after which it is over."""
PER_NUMBER, PER_DAY = 3, 20
"""Calls a day that may leave one: of a number, and in all. Each costs money."""
DAY = 86_400.0
PIECE = 25
"""Seconds that are read at once; a recogniser hears half a minute at most."""
WORDS = 2000
"""Letters of a message that are kept."""
ASK = "Hello, this is Chronus. I don't know this number. Please leave a message after the tone, and hang up when you are done."
THANKS = "Thank you. Goodbye."
_LOUD = 300
"""Of 32768: what is quieter is a line that nobody speaks on."""


async def takes_messages(services: Services, caller: str) -> Person | None:
    """Whom a call from this number may leave a message for: the owner, if they want any and it isn't one too many."""
    owner = await services.owner()
    if not owner.phone_messages:
        return None
    try:
        number = plain_number(caller)
        so_many = await services.cache.count(f"messages:{number}", seconds=DAY)
        in_all = await services.cache.count("messages:all", seconds=DAY)
    except ChronusError:  # no number is shown, or nobody can count
        return None
    return owner if so_many <= PER_NUMBER and in_all <= PER_DAY else None


async def take_message(line: TelephoneLine, owner: Person, caller: str, services: Services) -> None:
    """Ask, listen, say thank you; what was said is read once they have hung up or fallen silent."""
    if services.synthesizer is None or services.recognizer is None:
        raise Unavailable
    keypad = Keypad(line, services.synthesizer, manner_of(owner))
    sound = bytearray()
    try:
        await keypad.say(ASK)
        await keypad.beep()
        await _listen(line, sound)
        with suppress(Gone):
            await keypad.say(THANKS)
        await line.close()
    except Gone:
        pass
    text = await _read(services.recognizer, bytes(sound))
    if text:
        await _keep(services, owner, caller, text, len(sound) / 2 / RATE)


async def _listen(line: TelephoneLine, sound: bytearray) -> None:
    """Until they hang up, press a key, are silent, or the time is over."""
    quiet = 0
    try:
        async with asyncio.timeout(LONGEST + SILENT):
            while len(sound) < LONGEST * RATE * 2 and quiet < SILENT * RATE:
                match await line.event():
                    case Sound() as piece:
                        pcm = from_mulaw(piece.mulaw)
                        samples = np.frombuffer(pcm, np.int16)
                        loud = bool(len(samples)) and int(np.abs(samples.astype(np.int32)).max()) > _LOUD
                        quiet = 0 if loud else quiet + len(samples)
                        sound += pcm
                    case HungUp() | Pressed():
                        return
    except TimeoutError:
        return


async def _read(recognizer: Recognizer, pcm: bytes) -> str:
    """Its words; what can't be read has none."""
    words = []
    step = PIECE * RATE * 2
    for at in range(0, len(pcm), step):
        utterance = recognizer.utterance(rate=RATE, channel="telephone")
        try:
            utterance.feed(pcm[at : at + step])
            words.append((await utterance.final()).text)
        except ChronusError:
            continue
        finally:
            await utterance.close()
    return " ".join(" ".join(words).split())[:WORDS]


async def _keep(services: Services, owner: Person, caller: str, text: str, seconds: float) -> None:
    async with services.database.work() as session:
        kept = await PhoneMessages(session, owner.id).keep(
            at=services.clock(), caller=caller, text=text, seconds=round(seconds, 1)
        )
    # their words stay in the list: what is told, perhaps aloud, is ours
    await services.telling.tell(
        owner.id, about="phone", say=f"Somebody at {caller} left a message.", key=f"message:{kept.id}", thing=kept.id,
        link="/settings/phone",
    )  # fmt: skip
