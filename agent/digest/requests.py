"""What a mail asks for, by rules: requests, questions, deadlines, bills. What isn't certain isn't claimed."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from agent.commands.words import ungerund
from agent.digest import phrases
from agent.digest.dues import due_in, without_limit
from agent.digest.kinds import by_machine, deceives, for_many, gives_orders, sells, speaks_to_assistants
from agent.digest.titles import core, first_name, shortened, title, turned
from agent.digest.values import Action, Known, Letter

MOST = 3
"""Things to do that one mail can ask for."""


def asked_for(letter: Letter, known: Known) -> list[Action]:
    """What the person could do about it, in the mail's order; a mail that gives orders or sells asks for nothing."""
    familiar = known.knows(letter.mail)
    if gives_orders(letter, known=familiar) or for_many(letter):
        return []
    if not familiar and (deceives(letter) or sells(letter)):
        return []
    if by_machine(letter):
        found = list(_billed(letter, known))
    elif known.is_meant(letter.mail):
        found = list(_wished(letter, known))
        if len(letter.mail.to) <= 2 and (not found or familiar):
            asked = {action.quote for action in found}
            found += [question for question in _questions(letter, known) if question.quote not in asked][:1]
    else:  # only copied, or one of a list
        found = []
    found = _with_the_deadline(found, letter, known)
    once = {action.key: action for action in found if not speaks_to_assistants(action.text, known=familiar)}
    return list(once.values())[:MOST]


@dataclass(frozen=True)
class _Sentence:
    """One sentence of a mail that may ask for something."""

    said: str
    letter: Letter
    known: Known

    @cached_property
    def due(self) -> date | None:
        """By when."""
        return due_in(self.said, at=self.letter.mail.at, zone=self.known.zone)

    @cached_property
    def plain(self) -> str:
        """Without the words for it."""
        return without_limit(self.said.replace("’", "'"), at=self.letter.mail.at, zone=self.known.zone)

    @property
    def who(self) -> str:
        """Who asks."""
        return first_name(self.letter.sender)

    @property
    def answer(self) -> str:
        """The task to answer the mail."""
        return shortened(f"Answer {self.who}: {self.letter.subject}")

    @property
    def payment(self) -> str:
        """The task to pay what it is about."""
        return shortened(f"Pay {self.letter.sender}: {self.letter.subject}")

    def action(self, text: str) -> Action:
        """The task, with this sentence as its witness."""
        return Action(text=text, quote=self.said, mail=self.letter.mail, due=self.due)


def _wished(letter: Letter, known: Known) -> Iterator[Action]:
    billed, before = False, ""
    for said in letter.sentences:
        one, last, before = _Sentence(said, letter, known), before, said
        if phrases.UNLESS.search(last):
            continue
        if phrases.NO_NEED.search(said) or _is_for_another(one):
            continue
        if phrases.IF.search(said) and not phrases.WORD.search(said):
            continue
        wish = next((told for way in WAYS if (told := way(one))), None)
        if wish is None or (billed and phrases.PAY.match(wish)):  # how it is to be paid
            continue
        billed = billed or wish == one.payment
        yield one.action(wish)


def _wants_an_answer(one: _Sentence) -> str | None:
    return one.answer if phrases.RSVP.search(one.plain) or phrases.WORD.search(one.plain) else None


def _wants_to_know(one: _Sentence) -> str | None:
    told = phrases.LET_KNOW.search(one.plain)
    return title(f"tell {one.who} {told['what']}", one.who) if told and not phrases.NO_WISH.match(told[0]) else None


def _asks(one: _Sentence) -> str | None:
    for pattern in (phrases.MIND, phrases.ASKS, phrases.BARE):
        asked = pattern.search(one.plain)
        if asked and not phrases.NO_WISH.match(asked["what"]):
            return _task(one, _plain_verb(asked["what"]) if pattern is phrases.MIND else asked["what"])
    return None


def _task(one: _Sentence, asked: str) -> str:
    """What was asked for, as a task that says enough without the mail."""
    if phrases.LET_KNOW_AT_ALL.match(asked) or phrases.ANSWER.fullmatch(core(asked)):
        return one.answer
    told = title(asked, one.letter.sender)
    vague = len(told.split()) == 1 or (len(told.split()) <= 4 and phrases.VAGUE.search(told))
    return shortened(f"{told}: {one.letter.subject}") if vague and one.letter.subject else told


def _would_like(one: _Sentence) -> str | None:
    wanted = phrases.WANTS.search(one.plain)
    return title(f"get {one.who} {wanted['what']}", one.letter.sender) if wanted else None


def _waits(one: _Sentence) -> str | None:
    ours = phrases.OURS.search(one.plain)
    if ours is None:
        return None
    if not phrases.NO_THING.match(ours["what"]):
        return title(f"get {one.who} your {ours['what']}", one.letter.sender)
    return one.answer if re.match(r"(reply|answer|response)", ours["what"]) else None


def _bills(one: _Sentence) -> str | None:
    told = f"{one.letter.subject} {one.said}"
    owed = one.due and phrases.TO_PAY.search(one.said) and phrases.OWED.search(told)
    return one.payment if owed and not phrases.PAID.search(one.letter.text) else None


def _needs(one: _Sentence) -> str | None:
    if one.due and phrases.ASKS_FOR.search(one.plain):
        return shortened(f"Send {one.who} what they ask for: {one.letter.subject}")
    needed = phrases.NEEDS.search(one.plain) if one.due else None
    return title(f"get {one.who} {needed['what']}", one.letter.sender) if needed else None


def _sets_a_limit(one: _Sentence) -> str | None:
    limit = one.due and phrases.LIMIT_SET.search(one.said) and one.known.knows(one.letter.mail)
    return shortened(turned(one.plain, one.who).strip(" .!")) if limit else None


WAYS: tuple[Callable[[_Sentence], str | None], ...] = (
    _wants_an_answer,
    _wants_to_know,
    _asks,
    _would_like,
    _waits,
    _bills,
    _needs,
    _sets_a_limit,
)
"""The ways a sentence can ask; the first that fits tells what for."""


def _billed(letter: Letter, known: Known) -> Iterator[Action]:
    """A machine is believed in nothing but its bills."""
    for said in letter.sentences:
        one = _Sentence(said, letter, known)
        if wish := _bills(one):
            yield one.action(wish)
            return


def _questions(letter: Letter, known: Known) -> Iterator[Action]:
    """What wants an answer; by when may stand in another sentence."""
    who, all_said = first_name(letter.sender), [_Sentence(said, letter, known) for said in letter.sentences]
    by = next((one.due for one in all_said if phrases.ANSWERED_BY.search(one.said) and one.due), None)
    for said in letter.sentences:
        asks = said.endswith("?") and len(said.split()) > 3 and phrases.QUESTION.search(said)
        if asks and not (phrases.NO_QUESTION.search(said) or phrases.NO_NEED.search(said)):
            yield Action(text=shortened(f"Answer {who}: {said}"), quote=said, mail=letter.mail, due=by)


def _with_the_deadline(found: list[Action], letter: Letter, known: Known) -> list[Action]:
    """The one thing a mail asks for is due by the one deadline that it names, though in another sentence."""
    if len(found) != 1 or found[0].due:
        return found
    named = [_Sentence(said, letter, known).due for said in letter.sentences if phrases.DEADLINE.search(said)]
    return [replace(found[0], due=named[0])] if len(named) == 1 else found


def _is_for_another(one: _Sentence) -> bool:
    """ "Tom, could you …" in a mail to several."""
    named, mail = phrases.TO_ANOTHER.match(one.said), one.letter.mail
    if not named or named["name"].lower() in phrases.NO_NAMES or len(mail.to) + len(mail.cc) < 2:
        return False
    return named["name"].lower() not in one.known.name.lower().split()


def _plain_verb(words: str) -> str:
    """ "sending me the file" → "send me the file"."""
    first, _, rest = words.partition(" ")
    return f"{ungerund(first)} {rest}"
