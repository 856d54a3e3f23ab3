"""From what a mail asks for to the title of a task, in the person's own view."""

import re

LONGEST = 90
"""Characters of a title."""
_TAIL = re.compile(
    r"(\s*[;:]\s|\s+[-–—]\s|,?\s+(so that|so|because|since|otherwise|or else|in order to|thanks|thank you|many thanks|and (then )?(we|i|they|he|she|it)|as (we|i|they|he|she)|if (that|this|it|you|possible|not)|when(ever)? you|before (we|i|you|the meeting)|at your earliest)\b|,\s+(and|i|we|he|she|they|you|which|but|as|or|please|it|before)\b).*$",
    re.IGNORECASE,
)  # fmt: skip
_FIRM = re.compile(
    r"['’]s\b|\b(and|of|gmbh|ag|ltd|inc|llc|co|office|club|practice|library|support|team|cooperative|society|school|desk|museum|relations|service|services|insurance|"
    r"garage|clinic|surgery|bank|group|union|choir|shop|store|university|museum|association|council|church|hotel|restaurant|café|cafe|studio|agency|department|upstairs|downstairs|notary)\b",
    re.IGNORECASE,
)
"""What no person's name has in it."""
_TURNED = {"your": "my", "yours": "mine", "yourself": "myself", "you": "me", "you're": "I'm", "you'll": "I'll", "you've": "I've", "you'd": "I'd"}  # fmt: skip


def title(asked: str, sender: str) -> str:
    """The words that follow a request, turned: "send me your figures" → "Send Tom my figures"."""
    return shortened(turned(core(asked), first_name(sender)))


def core(asked: str) -> str:
    """Without reasons, conditions and thanks that follow it."""
    told = _TAIL.sub("", " ".join(asked.split())).strip(" ,.;:!?").replace(" and to ", " and ")
    return re.sub(r",? (please|pls|thanks|at (the )?latest)$", "", told, flags=re.IGNORECASE)


def turned(words: str, who: str) -> str:
    """Seen from the one who was written to."""
    whose = f"{who}'" if who.endswith("s") else f"{who}'s"
    theirs = {"me": who, "us": who, "my": whose, "our": whose, "i'm": f"{who} is", "i've": f"{who} has"}
    words = re.sub(
        r"\byou (are|were)\b", lambda word: f"I {'am' if word[1] == 'are' else 'was'}", words, flags=re.IGNORECASE
    )
    words = re.sub(r"\byou (can|could|will|would|have|want|need|like|think|prefer|know|may|might|should)\b", r"I \1", words, flags=re.IGNORECASE)  # fmt: skip
    words = re.sub(
        r"\b(can|could|will|would|do|did|have|should|what|whether|if|when|where|how|which|who|that|as|until) you\b",
        r"\1 I",
        words,
        flags=re.IGNORECASE,
    )
    return re.sub(r"[\w'’]+", lambda word: (_TURNED | theirs).get(word[0].lower().replace("’", "'"), word[0]), words)


def first_name(sender: str) -> str:
    """How one speaks of them: "Sarah" of "Sarah Lindqvist", "Harper's Garage" of a firm that has no first name."""
    if _FIRM.search(sender):
        return sender
    words = sender.partition("@")[0].strip().split()
    titles = {"dr", "dr.", "mr", "mr.", "mrs", "mrs.", "ms", "ms.", "prof", "prof.", "the"}
    initial = bool(words) and words[0].endswith(".")
    if len(words) == 2 and not initial and words[0].lower() not in titles and all(word[:1].isupper() for word in words):
        return words[0]
    return " ".join(words) or "them"


def shortened(words: str) -> str:
    """On one line, begun with a capital, cut at a word."""
    words = " ".join(words.split()).strip(" ,;:-")
    if len(words) > LONGEST:
        words = words[:LONGEST].rsplit(" ", 1)[0].rstrip(" ,;:-") + " …"
    return words[:1].upper() + words[1:]
