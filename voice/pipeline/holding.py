"""Somebody asks us to wait: that is no question, and no reason to hang up on them soon."""

import re

SILENCES = 2
"""Silences, each as long as makes us ask whether somebody is there, that are borne without a word after that."""
SAY = "Take your time."

_MOMENT = r"(?:moment|second|sec|minute|min|bit)"
_ASKED = re.compile(
    r"(?:(?:oh|okay|ok|um+|uh+|er+|well|sorry|hey|please|chronus|(?:can|could|would) you)\s)*"
    rf"(?:(?:hold on|hang on|hold the line|bear with me|wait)(?: (?:for )?(?:just )?(?:a|one) {_MOMENT})|"
    rf"hold on|hang on|hold the line|bear with me|just (?:a|one) {_MOMENT}|(?:a|one) (?:moment|second|sec)|"
    rf"give me (?:just )?(?:a|one) {_MOMENT}|let me think)"
    r"(?:\s(?:please|chronus|okay|ok|thanks|thank you|will you|would you))*"
)


def asked_to_wait(words: str) -> bool:
    """Whether this is all they said: "hold on", "just a second, please"; never where more was said."""
    plain = re.sub(r"[^\w' ]+", " ", words.casefold())
    return bool(_ASKED.fullmatch(" ".join(plain.split())))
