"""Which mails matter and what they ask for: by a model where there is one, by rules where there is none or it doesn't answer."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import replace

from agent.digest import reading
from agent.digest.importance import why_it_matters
from agent.digest.kinds import by_machine, deceives, for_many, gives_orders, sells
from agent.digest.requests import asked_for
from agent.digest.values import Action, Judgement, Known, Letter, Mattering
from integrations.errors import Unavailable
from integrations.model import Blocked, Extractor, NoAnswer

log = logging.getLogger(__name__)

AT_ONCE = 3
"""Batches that a model reads side by side."""
_TAKEN_BACK = ("never mind", "nevermind", "ignore my last", "disregard my last", "no longer needed", "no longer need", "found it", "already sorted", "all sorted", "ignore my")  # fmt: skip


def by_rules(letters: Sequence[Letter], known: Known) -> Judgement:
    """What can be told without a model."""
    return _ruled(_standing(letters, known), known)


async def by_model(
    letters: Sequence[Letter], known: Known, extractor: Extractor, person: str, *, patience: float = 120.0
) -> Judgement:
    """What a person may have written is read by the model, the rest is judged by rules; so is what it can't read.

    `patience` is how many seconds may be spent on all of it.
    """
    standing = _standing(letters, known)
    to_read = [letter for letter in standing if _is_to_read(letter, known)]
    reader = _Reader(extractor, known, person)
    try:
        async with asyncio.timeout(patience):
            parts = await asyncio.gather(*(reader.judged(batch) for batch in reading.batches(to_read)))
    except TimeoutError:
        log.warning("mails are judged by rules: the model took too long")
        parts = [replace(_ruled(to_read, known), instead=True)]
    parts.append(_ruled([letter for letter in standing if letter not in to_read], known))
    return Judgement(
        mails=[one for part in parts for one in part.mails],
        actions=[one for part in parts for one in part.actions],
        instead=any(part.instead for part in parts),
    )


class _Reader:
    """A few batches at a time; once the model is away the rest aren't asked."""

    def __init__(self, extractor: Extractor, known: Known, person: str) -> None:
        self._extractor, self._known, self._person = extractor, known, person
        self._room = asyncio.Semaphore(AT_ONCE)
        self._away = False

    async def judged(self, batch: Sequence[Letter]) -> Judgement:
        """By the model, or else by rules."""
        async with self._room:
            try:
                if not self._away:
                    return await self._read(batch)
            except (Unavailable, Blocked) as error:
                log.warning("mails are judged by rules: %s", error.code)
                self._away = isinstance(error, Unavailable) and not isinstance(error, NoAnswer)
        return replace(_ruled(batch, self._known), instead=True)

    async def _read(self, batch: Sequence[Letter]) -> Judgement:
        """As the model has it; but what the person has marked matters, and only what matters is to be done."""
        mails, actions = await reading.read(self._extractor, batch, self._known, person=self._person)
        judged = {one.mail.id for one in mails}
        for letter in batch:
            if letter.mail.important and letter.mail.id not in judged:
                mails.append(Mattering(mail=letter.mail, why="marked important"))
        kept = {one.mail.id for one in mails}
        return Judgement(mails=mails, actions=[one for one in actions if one.mail.id in kept])


def _ruled(letters: Sequence[Letter], known: Known) -> Judgement:
    mails: list[Mattering] = []
    actions: list[Action] = []
    for letter in letters:
        asked = asked_for(letter, known)
        if why := why_it_matters(letter, known, asked):
            mails.append(Mattering(mail=letter.mail, why=why))
            actions += asked
    return Judgement(mails=mails, actions=actions)


def _is_to_read(letter: Letter, known: Known) -> bool:
    """Not what was written to many, by a machine, to deceive or to give orders: it costs tokens, and more."""
    familiar = known.knows(letter.mail)
    if gives_orders(letter, known=familiar) or for_many(letter) or by_machine(letter):
        return False
    return familiar or not (deceives(letter) or sells(letter))


def _standing(letters: Sequence[Letter], known: Known) -> list[Letter]:
    """Without those that were answered, or that their writer took back later in the same thread."""
    taken_back = {
        (letter.mail.thread, letter.mail.from_address.lower()): letter.mail.at
        for letter in sorted(letters, key=lambda one: one.mail.at)
        if any(words in letter.text.lower()[:300] for words in _TAKEN_BACK)
    }
    standing = []
    for letter in letters:
        again = taken_back.get((letter.mail.thread, letter.mail.from_address.lower()))
        if not known.has_answered(letter.mail) and (again is None or again < letter.mail.at):
            standing.append(letter)
    return standing
