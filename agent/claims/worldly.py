"""What is told of the world and not of the person: flamingos, words in other languages, when something was built. Nothing of it can be compared with a row."""

import re

from agent.claims.asking import is_look_up, is_order
from agent.claims.known import Known
from agent.claims.lasting import asked_how_long
from agent.claims.numbers import NUMBER
from agent.claims.saying import Saying, Sentence

_A_WORD = re.compile(
    r"\b(?:an?|the|its own|their own) (?:[\w-]+ )?(?:word|name|term|saying|proverb|expression|phrase) (?:for|that|which|in)\b"
)
_OF_US = re.compile(r"\b(?:you|your|yours|my|mine)\b|\b(?:you|i|we)'|(?<!an )(?<!the )\b(?:i|we)\b")
_LONG_AGO = re.compile(
    r"\b1\d{3}\b|\b20[01]\d\b|\b(?:century|centuries|decades?|once|ancient|in history|on record|the world's?|on earth|in the world|(?:hundreds?|thousands?|millions?|\d+) (?:of )?years)\b"
)
_ANY = re.compile(
    r"^(?i:and |but |so |well,? |also,? )*(?:(?i:an?|every|most|many|some|all|no two|half of all|few) (?!mail|message|e-?mail|reminder|meeting|event|appointment|task|draft|reply|copy|note)[a-z]|[Tt]here(?:'s| is| are| was) (?:an? |some |even )?[\w-]+|[Pp]eople |[Tt]he (?:sun|moon|stars?|sky|sea|earth|world|universe|weather)\b|(?:[Ss]pring|[Ss]ummer|[Aa]utumn|[Ww]inter)\b|[Ss]ome(?:one|body|where)\b|[Ii]n (?:the )?[A-Z]\w+,? |[A-Z]?[a-z-]+(?<![us])s (?!has\b|is\b|was\b)(?:[a-z]+(?<!s)(?<!ed)|always)\b)",
)
"""Any of its kind is meant: "a group of owls", "bees", "somebody once"."""
_THEY = re.compile(r"(?:and |but |so )*(?:he|she|they|his|her|their)\b(?! says?\b)")
_HOUR = re.compile(r"\b(?:at|past|until|noon|midnight|o'clock|[ap]m)\b|\d[:ap]")
_AHEAD = re.compile(
    rf"\bin (?:just |about |around |under |over |less than |more than |exactly |a bit |another )*(?:{NUMBER}|an?|half an)(?: and a half)?[ -](?:hours?|minutes?)\b"
)
_THINGS = re.compile(
    r"\b(?:calendars?|diary|schedule|agenda|appointments?|meetings?|events?|mails?|e-?mails?|inbox|messages?|tasks?|lists?|reminders?|drafts?|invitations?)\b"
)


def is_worldly(saying: Saying, known: Known, before: Sentence) -> bool:
    """Whether it is about any of its kind, about a word, or of long ago."""
    said = f"{before.text} {saying.text}".strip()
    if not _is_idle(saying, known):
        return False
    if _A_WORD.search(said.lower()):
        return True
    if not (saying.content or before.text) or _OF_US.search(said.lower()):
        return False
    return bool(_LONG_AGO.search(said.lower()) or (_ANY.match(said) and not _THINGS.search(said.lower())))


def is_small_talk(saying: Saying, known: Known, before: Sentence) -> bool:
    """Whether it says nothing of the person, their days, their things or whom they spoke of."""
    if _THEY.match(saying.lower) and before.told <= known.their_words:
        return False
    return _is_idle(saying, known) and not _OF_US.search(saying.lower) and not _THINGS.search(saying.lower)


def _is_idle(saying: Saying, known: Known) -> bool:
    """Whether nobody asked for anything to be done or looked up, and nothing known is named."""
    if known.answers or is_look_up(known.asked) or is_order(known.asked):
        return False
    if (
        saying.every_day
        or (saying.clocks and _HOUR.search(saying.lower))
        or (saying.lengths and (_AHEAD.search(saying.lower) or asked_how_long(known)))
    ):
        return False
    return not any(word in known.words or word in known.their_words for word in saying.content)
