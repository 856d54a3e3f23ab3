"""What to call a thing in a yes: the words of its title that are easily said and heard."""

import re

from agent.consent import Consent
from agent.names import NAMES

_LITTLE = frozenset("a an the my our your with to of for on in at about and from re fwd w".split())
_ARTICLES = frozenset("a an the my our your".split())
_NO_ARTICLE = frozenset(
    "lunch dinner breakfast brunch coffee yoga pilates football tennis school church church work gym milk bread".split()
)


def yes_about(verb: str, title: str, *, it: bool = False) -> Consent:
    """What a yes has to say about the thing called so; `it`: "it" will do, too."""
    words = _first_words(title)
    if not words:
        return Consent(verb=verb, it=True)
    name = " ".join(words).lower()
    article = (
        "the " if len(words) == 1 and name not in _NO_ARTICLE and name not in NAMES and not name.endswith("s") else ""
    )
    return Consent(verb=verb, names=(f"{article}{name}",), it=it)


def _first_words(title: str) -> list[str]:
    """At most two that stand together; of "Fix the bike" those that name the thing."""
    found: list[str] = []
    for word in re.findall(r"[\w'’-]+", title):
        telling = re.fullmatch(r"[^\W\d_]{3,}(?:['’-][^\W\d_]+)*", word) and word.lower() not in _LITTLE
        if telling:
            found.append(re.sub(r"['’]s$", "", word))
        elif len(found) == 1 and word.lower() in _ARTICLES:
            return _first_words(title.partition(f" {word} ")[2]) or found
        if len(found) == 2 or (found and not telling):
            break
    return found
