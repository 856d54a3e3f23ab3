"""Whether words are somebody else's that came back: an echo of our own voice, or what was said or read out before said again."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from agent.alike import telling_words
from agent.conversation import ALOUD
from agent.own_words import asked_with
from integrations.store.conversations import Turn

LEAST = 3
"""Words: fewer say nothing about whose they are."""
NEARLY = 0.7
"""The part of the words of an echo that come back in their order: some are always misheard."""
PARTLY = 0.4
"""The same of what is heard right after a reply that was spoken, unless it begins by contradicting it."""
AGAIN = 0.8
"""The part of the words that come back in their order where a person repeats what they were told."""
_CORRECTS = re.compile(r"(?:no|nope|actually|wrong|that's (?:not|wrong)|not)\b", re.IGNORECASE)
_MAIL = frozenset({"read_email", "search_email", "summarize_inbox", "accept_action", "get_briefing"})
"""Tools that give back what others wrote to the person."""
_MEMORY = frozenset({"recall", "explain", "remember"})
"""Tools that give back the person's own words."""
_FILLED = re.compile(r"\b(?:um+|uh+|er+m?|well|oh|so|and|yes|yeah|right|ok|okay)\b")
_ONESELF = frozenset("i im ive id ill my mine me myself we weve our us".split())
_TURNED = {"you": "i", "youre": "im", "youve": "ive", "your": "my", "yours": "mine", "yourself": "myself", "are": "am"}


@dataclass(frozen=True, kw_only=True)
class Heard:
    """Words, and what has to stand beside them to be those again."""

    words: list[str]
    part: float
    any_of: frozenset[str] = frozenset()
    all_of: frozenset[str] = frozenset()

    def within(self, there: Sequence[str]) -> bool:
        """Whether they stand somewhere in these words, all but a few, in their order."""
        length, different = len(self.words), set(self.words)
        if length < LEAST or len(there) < LEAST:
            return False
        for start in range(0, max(1, len(there) - length // 2), max(1, length // 4)):
            window = there[start : start + length + length // 2]
            known = set(window)
            # cheap first: most windows share hardly a word
            if len(different & known) < self.part * len(different) or not self.all_of <= known:
                continue
            if (not self.any_of or self.any_of & known) and _in_order(self.words, window) >= self.part:
                return True
        return False


def echo_of_ours(turn: Turn, before: Sequence[Turn]) -> bool:
    """Whether what was heard in this turn was our own voice. Who asks to have remembered what was read out says one word more."""
    asked = asked_with(turn.said)
    return _echo(turn.said, turn, before, frozenset({asked} if asked else ()))


def learned_from_us(words: str, turn: Turn, before: Sequence[Turn]) -> bool:
    """Whether a statement in this turn may be our own voice, or only says again what was said or read out before."""
    again = _turned(_words(words))
    telling = frozenset(_turned(_words(" ".join(telling_words(words)))))
    repeated = Heard(words=again, part=AGAIN, all_of=telling)
    return any(repeated.within(_turned(_words(text))) for text in _texts_of(before)) or _echo(words, turn, before)


def of_mail(words: str, turns: Iterable[Turn]) -> bool:
    """Whether they stand in what others wrote, as it was given or read out in these turns."""
    heard = Heard(words=_words(words), part=AGAIN)
    for turn in turns:
        tools = {line["tool"] for line in turn.lines if "content" in line}
        if tools & _MAIL and any(heard.within(_words(text)) for text in [turn.reply, *_given(turn, _MAIL)]):
            return True
    return False


def _echo(words: str, turn: Turn, before: Sequence[Turn], asked: frozenset[str] = frozenset()) -> bool:
    """Our voice says "I" only where it said so: "I prefer tea" is no echo of "do you prefer tea?"."""
    if turn.channel not in ALOUD:
        return False
    said = _words(words)
    oneself = _ONESELF & set(said)
    long_ago = Heard(words=said, part=NEARLY, any_of=oneself, all_of=asked)
    just_now = Heard(words=said, part=PARTLY if oneself else NEARLY, any_of=oneself, all_of=asked)
    if not _CORRECTS.match(turn.said) and any(just_now.within(_words(text)) for text in _texts_of(before[-1:])):
        return True
    return any(long_ago.within(_words(text)) for text in _texts_of(before))


def _texts_of(turns: Iterable[Turn]) -> list[str]:
    return [text for turn in turns for text in [turn.reply, *_given(turn)]]


def _given(turn: Turn, tools: frozenset[str] | None = None) -> list[str]:
    """All texts in the answers of (these) tools, except what memory gave back."""
    answers = [line for line in turn.lines if "content" in line and line["tool"] not in _MEMORY]
    return [text for line in answers if tools is None or line["tool"] in tools for text in _texts(line["content"])]


def _texts(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for one in value.values() for text in _texts(one)]
    return [text for one in value for text in _texts(one)] if isinstance(value, list) else []


def _in_order(said: Sequence[str], window: Sequence[str]) -> float:
    """The part of `said` that stands in the window in the same order."""
    blocks = SequenceMatcher(None, said, window, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks) / len(said)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", _FILLED.sub(" ", re.sub(r"['’]", "", text.lower())))


def _turned(words: Iterable[str]) -> list[str]:
    """As it is said by the other one: "you usually run" is "I usually run"."""
    return [_TURNED.get(word, word) for word in words]
