"""What is told of what was recalled: each thing of it stands in a memory, or was said by the person; how it is put is free."""

import re
from collections.abc import Sequence

from agent.claims.gainsaid import gainsaid
from agent.claims.known import Known
from agent.claims.moods import is_denial
from agent.claims.numbers import NUMBER, numbers, value, without_counts
from agent.claims.plain import of_one_root, stem, stems
from agent.claims.rows import Row
from agent.claims.saying import VERB, Saying, Sentence
from agent.claims.vocabulary import ORDINARY, implied, is_little

_OURS = re.compile(
    r"^(?:and |but |so |that's |it's )*(?:i|i'm|i've|i'd|i'll|we|let|shall|want|do|would|which|who|just tell|tell|all|everything)\b"
)
_OBJECT = re.compile(
    r"(?:\b(?:an?|the|your|my|his|her|their|its|to|for|of|with|from|called|or|nor|on|at|is in|lives in|(?:it|that)(?:'s| is))|\b(?!i\b)[a-z]+(?:n't| not)? (?:have|has|eats?|drinks?|likes?|loves?|hates?|wears?|plays?|owns?|speaks?|sings?)) (?P<what>[a-z]+)\b",
    re.IGNORECASE,
)
""" "Allergic to peanuts", "she plays the harp": a thing, not how it is put."""
_OF_THEM = re.compile(
    r"^(?:and |but |also |that )*(?:he|she|they|his|her|their|[A-Z][\w-]+)(?:'s)?\b(?<!That)(?<!It)(?<!That's)(?<!It's)",
    re.IGNORECASE,
)
_OF_YOU = re.compile(r"\byou(?:'re|'ll|'d|'ve)?\b")
_YOURS = re.compile(
    r"\byou(?:'re| are)? (?:allergic to|fond of|afraid of|(?:can't stand|prefer|like|love|hate|dislike|play|own|speak)(?: (?:the|your))?) (?P<what>[a-z]+)\b"
)
""" "You're allergic to almonds"."""
_SHE = re.compile(r"(?:and |but )?(?:he|she|they|it)\b")
_WHOSE = re.compile(r"(?:^|(?<=\. ))(?:[A-Z][\w-]+ ?)+")
_OF_US = re.compile(r"(?:yes,? |and |well,? |so )*(?:you|your|you've|you'd|it|it's|it was|it is)\b")
""" "You put it in the drawer", where nothing of the kind is remembered."""
_SMALL = frozenset(range(21))
"""Such a number may only count."""
_HELD_OFF = re.compile(
    r"\b(?:than|instead|maybe|perhaps|probably|sounds?|would|wouldn\'t|could|might|should|i don\'t|i do not|i have no|i haven\'t)\b"
)


def remembered(saying: Saying, known: Known, before: Sentence) -> bool:
    """Whether what is told after something was recalled is what was; True where nothing was."""
    looked = [one for one in known.reads if one.now]
    memories = known.rows_of("memories")
    if {one.tool for one in looked} != {"recall"}:
        return True
    if numbers(saying.bare) - _numbers(known) - _SMALL:
        return False
    if _OURS.match(saying.lower) or _HELD_OFF.search(saying.lower):
        return True
    borne = known.words | known.their_words | ORDINARY
    if not memories:
        return (
            is_denial(saying.lower)
            or not _OF_US.match(saying.lower)
            or all(of_one_root(one, borne) for one in saying.titled)
        )
    if saying.first and saying.text.endswith(",") and not (_SHE.match(saying.lower) or VERB.search(saying.lower)):
        return True  # "her birthday, for example, …": what will be told of isn't told yet
    rows = (*memories, *known.persons)
    if not all(any(row.has(clock) for row in (*rows, *known.agenda)) for clock in saying.clocks):
        return False
    if any(gainsaid(saying, row) for row in memories):
        return False
    things = (match["what"] for match in _YOURS.finditer(saying.lower))
    if not all(is_little(what) or of_one_root(stem(what), borne) for what in things):
        return False
    there = _numbers(known)
    told = bool(_OF_THEM.match(saying.text) or _OF_THEM.match(before.text))
    return all(
        _figures(atom) <= there and _borne(atom, known, memories, told=told)
        for atom in saying.atoms
        if not _OF_YOU.search(atom.lower)
    )


def _numbers(known: Known) -> frozenset[int]:
    """All that is known of numbers."""
    return frozenset(number for row in (*known.here, *known.thread, *known.persons) for number in row.numbers)


def _figures(atom: Saying) -> frozenset[int]:
    """Its numbers, but for what is counted; figure by figure, "four four one seven", they are one."""
    text = without_counts(atom.bare).lower()
    spelled = re.search(rf"\b{NUMBER}(?:[ -]{NUMBER}){{2,}}\b", text)
    if spelled:
        return frozenset([int("".join(str(value(one)) for one in re.findall(NUMBER, spelled[0])))])
    return numbers(text) - {1}


def _borne(atom: Saying, known: Known, memories: Sequence[Row], *, told: bool) -> bool:
    """Whether no thing of it is strange, and not all of it: "mad about the Moomins" is loving the Moomins. `told`: it tells of somebody."""
    borne, denied = known.words | known.their_words, is_denial(atom.lower)
    named = [word for word in atom.content if word not in ORDINARY]
    strange = {word for word in named if not (of_one_root(word, borne) or implied(word, borne, denied=denied))}
    if strange & {stem(match["what"].lower()) for match in _OBJECT.finditer(atom.text)} | strange & set(atom.names):
        return False
    whose = {word for row in memories for name in _WHOSE.findall(row.text) for word in stems(name)}
    of_it = frozenset().union(*(row.words for row in memories)) - stems(known.asked) - whose
    return not strange or bool(of_it & set(named)) or (not told and bool(VERB.search(atom.lower)))
