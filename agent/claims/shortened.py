"""Names in short: "physio" is the physiotherapy that is known."""

import re

from agent.claims.known import Known
from agent.claims.plain import stem
from agent.claims.vocabulary import EVENT_LIKE, ORDINARY, is_little

_WORD = re.compile(r"\b[^\W\d_]{5,}\b(?!')")


def in_full(text: str, known: Known) -> str:
    """The text with each word that only begins the one name it can mean in that name's place."""
    return _WORD.sub(lambda match: _meant(match[0], known), text)


def _meant(word: str, known: Known) -> str:
    short = word.lower()
    if stem(short) in known.words | known.their_words | EVENT_LIKE | ORDINARY or is_little(short):
        return word
    longer = {name for name in known.titles if name.startswith(short) and len(name) > len(short)}
    return longer.pop() if len(longer) == 1 else word
