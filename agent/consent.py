"""The words that are a yes to one thing and to nothing else: what to say is told with the question."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from agent.names import NAMES
from agent.sounding import alike, run_together

Verdict = Literal["yes", "no", "nearly"]
"""To what was asked; `nearly`: it was meant for us, but it isn't the yes that was asked for."""


@dataclass(frozen=True, kw_only=True)
class Consent:
    """What a yes has to say: the act, and to whom or what. `it`: "it" will do for the name."""

    verb: str
    names: tuple[str, ...] = ()
    it: bool = True

    @property
    def words(self) -> str:
        """As the person is told to say it: "send to Dana"."""
        return f"{self.verb} {_joined(self.names) if self.names else 'it'}"

    @property
    def json(self) -> dict[str, Any]:
        """As it is kept."""
        return asdict(self) | {"names": list(self.names)}

    @classmethod
    def of(cls, kept: Mapping[str, Any] | None) -> "Consent":
        """As it was kept; before there was any, the plainest."""
        return cls(verb=kept["verb"], names=tuple(kept["names"]), it=kept["it"]) if kept else cls(verb="do")


def judge(words: str, consent: Consent) -> Verdict | None:
    """What these words are to that question; None where they are about something else."""
    plain = _plain(words)
    if not plain:
        return "nearly" if words.strip() else None
    line = " ".join(plain)
    if _NO.fullmatch(line) or (consent.verb != "cancel" and re.fullmatch(r"cancel(?: it| this)?", line)):
        return "no"
    if _NEGATION & set(plain):
        return None
    said = _without_yes(plain)
    if not said or _YES.fullmatch(line) or _YES.fullmatch(" ".join(said)):
        return "nearly"
    rest = _after_verb(said, consent.verb)
    if rest is None and not NAMES & set(said) and run_together(_bare(said), _bare(_plain(consent.words))):
        return "yes"
    if rest is None:
        return "nearly" if _about_names(said, consent) else None
    if consent.it and rest in (["it"], ["that"], ["this"], ["them"]):
        return "yes"
    if consent.names and _names_all(rest, consent.names):
        return "yes"
    # to whom it shall go was heard badly, and isn't the name of somebody else
    slurred = consent.verb in TO_PEOPLE and len(rest) <= SLUR and not NAMES & set(rest)
    return "nearly" if slurred or all(word in _PARTICLES for word in rest) else None


_YES_WORDS = frozenset(
    "yes yeah yep yup ok okay sure alright right fine absolutely definitely please chronus now thanks so then just well and".split()
)
_NEGATION = frozenset("no not don't dont never cannot can't won't shouldn't stop wait instead unless without".split())
_NO = re.compile(
    r"(?:(?:no|nope|nah|sorry|please|chronus|okay|ok|oh|thanks|thank you|wait|stop)\s?)*"
    r"(?:(?:no|nope|nah|never mind|nevermind|don't|do not|stop|leave it|keep it|wait|not now|not yet|cancel that|forget it|better not|no way|rather not|"
    r"i changed my mind|hold on|leave that|not that|please don't)"
    r"|(?:don't|do not) (?:do|send|delete|cancel|remove|move|change|invite|forget|undo)(?: (?:it|that|them|this|to|the|\w+)){0,4})"
    r"(?: (?:please|thanks|thank you|chronus|now))*"
)
_YES = re.compile(
    r"(?:do it|do that|go ahead|go for it|of course|that's right|that is right|you may|you can|sounds good|please do|correct|confirm|confirmed|approve|approved|"
    r"exactly|perfect|great|good|cool|mm-?hm+|mhm+|uh-?huh|huh|m+|hm+|aha|y|i do|i agree|agreed|proceed|continue|send|do)(?: \w+)?"
)
_PARTICLES = frozenset(
    "it that this the a an to for with my our mail email e-mail message note letter draft event meeting appointment task reminder invitation invite "
    "off from list calendar up them about all".split()
)
_VERBS: dict[str, frozenset[str]] = {
    "send to": frozenset({"send", "sends", "sent", "sand"}),
    "cancel": frozenset({"cancel", "cancels", "canceled", "cancelled", "council", "counsel", "consul"}),
    "delete": frozenset({"delete", "deletes", "elite", "remove"}),
    "undo": frozenset({"undo", "undue"}),
}
"""What recognisers write for them; other verbs are only themselves."""


_LITTLE = frozenset("the a an my".split())
TO_PEOPLE = frozenset({"send to", "invite"})
SLUR = 4
"""Words that a name may have been heard as."""
_NUMBERS = {
    str(number): word
    for number, word in enumerate("two three four five six seven eight nine ten eleven twelve".split(), 2)
}


def _bare(said: Sequence[str]) -> str:
    return " ".join(word for word in said if word not in _LITTLE)


def _plain(words: str) -> list[str]:
    line = re.sub(r"[^\w' -]+", " ", words.casefold().replace("’", "'"))
    line = re.sub(r"\b(?:um+|uh+|er+|erm|hmm+|oh|ah)\b", " ", line)
    line = re.sub(r"\b(?:and|on|un) do\b", "undo", re.sub(r"\bin (?:bike|byte|bite|vite|white)\b", "invite", line))
    return [_NUMBERS.get(word, word) for word in line.split()]


def _without_yes(plain: Sequence[str]) -> list[str]:
    """Without the yes before it and the please after it: neither adds nor takes away."""
    start, end = 0, len(plain)
    while start < end and plain[start] in _YES_WORDS:
        start += 1
    if list(plain[start : start + 3]) == ["go", "ahead", "and"]:
        start += 3
    while end > start and plain[end - 1] in _YES_WORDS:
        end -= 1
    return list(plain[start:end])


def _after_verb(said: Sequence[str], verb: str) -> list[str] | None:
    first, *more = verb.split()
    heard = _VERBS.get(verb, frozenset({first}))
    if not said or said[0] not in heard:
        return None
    rest = list(said[1:])
    return rest[len(more) :] if more and rest[: len(more)] == more else rest


def _names_all(rest: Sequence[str], names: Sequence[str]) -> bool:
    """Every name, in any order, and no word more that says anything."""
    left = [word for word in rest if word not in _PARTICLES and word != "and"]
    for name in names:
        wanted = [word for word in _plain(name) if word not in _PARTICLES] or _plain(name)
        found = _find(left, wanted)
        if found is None:
            return False
        start, length = found
        del left[start : start + length]
    return not left


def _find(left: Sequence[str], wanted: Sequence[str]) -> tuple[int, int] | None:
    """Where these words stand, one heard as two or two as one if need be."""
    joined = "".join(wanted)
    for length in {len(wanted), len(wanted) + 1, max(1, len(wanted) - 1)}:
        for start in range(len(left) - length + 1):
            some = left[start : start + length]
            each = length == len(wanted) and all(alike(a, b) for a, b in zip(some, wanted, strict=True))
            if each or alike("".join(some), joined):
                return start, length
    return None


def _about_names(said: Sequence[str], consent: Consent) -> bool:
    """Only the name, without what to do."""
    return bool(consent.names) and not _PARTICLES & set(said) and _names_all(said, consent.names)


def _joined(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
