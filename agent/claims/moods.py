"""How something is said: as so, or as a question, an offer, a condition, a denial."""

import re

_WORD = r"(?:final |explicit |clear |quick |own )?(?:yes|ok|okay|approval|confirmation|go-ahead|say-so|consent|nod|word|green light|blessing|permission|sign-off|agreement)"
YOUR_YES = rf"(?:your {_WORD}|an? {_WORD} from you|(?:for )?you to (?:confirm|approve|okay|ok|agree|say (?:yes|so|the word))|you(?:r saying|'ve said| say| said)? (?:yes|so)\b)"
"""What is waited for, in whatever words."""
_YOUR_YES = re.compile(rf"\b{YOUR_YES}", re.IGNORECASE)
_PERSON = r"(?:i|you|we|he|she|it|they|the|your|my|that|this|these|there|any\w*|one)"
_QUESTION = re.compile(
    rf"^(?:just (?:checking|to be sure|to check|making sure|to confirm)|to be sure|let me (?:make sure|get this right))\b|^(?:(?:and|so|but|or|then|now|also|otherwise|ok(?:ay)?|sure|alright|all right|well|hmm),? )*"
    rf"(?:(?:shall|should(?! (?:any|some|there|you|things))|would|do|does|did|can|could|may|might|are|is|was|were|have|has|will|isn't|aren't|don't) {_PERSON}\b"
    r"|want me to|would you|which\b|who\b|whose\b|how (?:about|long|many|much|would|do|should)|what (?:time|day|should|would|do|about|kind)|when (?:should|would|is|do)|where (?:should|is)|anything (?:else|to)|ready to)",
    re.IGNORECASE,
)
_ASKS = re.compile(r"\?[\"')]*$")
_RELATIVE = re.compile(
    r"^(?:and |but )?(?:which|who|whose)(?:'s|'ll)?(?! (?:one|ones|of|do|does|did|would|should|shall|can|it|the one)\b)\b",
    re.IGNORECASE,
)
_SO_IS = re.compile(r"(?:and |but )?so (?:is|are|was|were|has|have|do|does|did) ", re.IGNORECASE)
""" "And so is the stand-up": it asks nothing."""
_OFFER = re.compile(
    r"\b(?:i|we) (?:can(?!not|'t)|could(?!n't)|would|might|may)\b|\b(?:i'd|we'd)(?: just| then| also| rather| simply| gladly| probably)* (?!(?:been|had|done|made|sent|told|written|said|left|found|forgotten|taken|given|seen|got|gone|come|already|never|thought|heard|kept|brought|lost|read)\b)[a-z]+(?<!ed)\b|\byou (?:can|could|may|might|would|'d)\b|\byou'd\b(?! (?:(?:already|never|once|just) )?(?:told|said|mentioned|had me|asked me|done|sent|bought|paid|(?!need|feed|speed)[a-z]+ed)\b)|\byou(?:'ll| will)?(?: still| first| just| only)* (?:need|have|get) to (?:okay|ok|approve|confirm|agree|say yes)\b|\b(?:it|that|this) would(?:n't| not)?\b(?! have\b)"
    r"|\bis (?:entirely |quite |perfectly |easily |certainly )?(?:possible|doable|feasible)\b|\bsounds (?:lovely|good|great|nice|fun|perfect|wonderful|fine|like)\b|\b(?:let me know|feel free|how about|what about|want me|would you like|shall i|should i|do you want|if you)\b",
    re.IGNORECASE,
)
_CONDITION = re.compile(
    rf"\b(?:if|unless|should (?:any|some|no|the|it|there|you|he|she|they)\w*|once(?! (?:more|again)\b)|as soon as|^(?:and |or |but |just )*in case|say the word|^try|tell me|let me know|give me|just say|when(?:ever)? you|before i|until you|until i've|until i have|^just confirm|(?:one|a|your) (?:quick )?(?:word|yes|nod|go-ahead)(?: from you)? and|(?:need(?:s|ed|ing)?|for|want|requires?|without|awaits?|awaiting|pending|until(?: i have| i get| i've got)?) {YOUR_YES})\b",
    re.IGNORECASE,
)
_THEREAFTER = re.compile(
    r"\b(?:once|as soon as|when(?:ever)?|until) (?:(?!i\b|you\b|it\b|that\b|this\b)[\w' -]+?(?:'s| is| are|'re| has| have)|you(?:'re| are|'ve| have))(?: all| both)? "
    r"(?:over|finished|through|out|behind you|ended|back|done(?! (?:that|it|so|this))|had (?:it|that|your|lunch)|got hold|called|left)\b|\bonce (?:that|it|this)(?:'s| is) (?:over|finished|through|behind you)\b|\b(?:until|before) you (?:meet|see|have to|need to|leave|(?:'re|are) due)\b",
    re.IGNORECASE,
)
""" "Once you're through with it": a time of the day, not a condition."""
_LEAVE = re.compile(
    r"\b(?:if|once|when(?:ever)?|as soon as|unless|until|after|in case|should) (?:you|that|this|it)(?:'ve|'d|'re|'s| have| are| is| would)?(?: just| only| ever)* "
    r"(?:say|said|tell|told|want|like|give|gave|given|confirm\w*|ok(?:ay)?|agree|approve\w*|let|need|ask\w*|prefer|wish|choose|decide\w*|name|send|know|mean|help\w*|suits?|fine|right|sure|all right|okay|correct|care|feel|can|could|have|changes? your mind|change)\b"
    rf"|\b(?:say the word|just say|say so|tell me|let me know|give me|just confirm|say yes|{YOUR_YES}|if so|if not|then i)\b",
    re.IGNORECASE,
)
_DENIAL = re.compile(
    r"\b(?:not|never|nothing|nobody|no one|none|neither|nor|without|unable|no longer|yet to|can't|cannot|couldn't|won't|didn't|don't|doesn't|"
    r"haven't|hasn't|hadn't|isn't|aren't|wasn't|weren't|wouldn't|shouldn't|ain't|failed to|(?<!yes or )no)\b|\w+n't\b",
    re.IGNORECASE,
)
_UNABLE = re.compile(
    r"\b(?:i|we)(?:'m| am| was|'re)? (?:can't|cannot|can not|couldn't|could not|don't have a way|not able|unable|wasn't able|am afraid i can't|didn't manage)\b",
    re.IGNORECASE,
)
_USUALLY = re.compile(r"\b(?:usually|generally|in general|typically|often|people|they say|did you know|most of the time|a typical|an average)\b", re.IGNORECASE)  # fmt: skip

_FICTION = re.compile(r"\b(?:haiku|poem|rhyme|limerick|story|joke|riddle|once upon a time)\b", re.IGNORECASE)


def is_question(clause: str) -> bool:
    """Whether it asks."""
    return bool(_ASKS.search(clause) or (_QUESTION.match(clause) and not _SO_IS.match(clause)))


def goes_on(clause: str) -> bool:
    """Whether it goes on telling, "which leaves you an hour", though it begins as a question does."""
    return bool(_RELATIVE.match(clause) and not _ASKS.search(clause))


def is_offer(clause: str) -> bool:
    """Whether it says what could be, not what is."""
    return bool(_OFFER.search(clause)) or is_conditional(clause)


def is_conditional(clause: str) -> bool:
    """Whether it waits for something; what only tells when, "once the workshop's over", waits for nothing."""
    return bool(_CONDITION.search(_THEREAFTER.sub(" ", clause)))


def by_their_leave(clause: str) -> bool:
    """Whether it waits for what the person says or does: "if you give me the address", "say the word"."""
    return bool(_LEAVE.search(clause))


def needs_leave(clause: str) -> bool:
    """Whether it speaks of the yes that is waited for."""
    return bool(_YOUR_YES.search(clause))


def is_denial(text: str) -> bool:
    """Whether it says that something isn't so, or wasn't done."""
    return bool(_DENIAL.search(text))


def is_fiction(clause: str) -> bool:
    """Whether a poem or a story begins."""
    return bool(_FICTION.search(clause))


def is_unable(clause: str) -> bool:
    """Whether it says that something couldn't be done."""
    return bool(_UNABLE.search(clause))


def is_general(clause: str) -> bool:
    """Whether it is about the world and not about this person."""
    return bool(_USUALLY.search(clause)) and not re.search(r"\b(?:you|your|i)\b", clause, re.IGNORECASE)


_WISH = re.compile(
    r"^(?:and |so |but )*(?:i (?:do )?hope|i wish|let's hope|hopefully|fingers crossed|i'm sure|i bet|may (?:it|you|your)) "
)
HIDDEN = re.compile(r"\b(?:now that|since|because|seeing that|given that|happy that|glad that)\b")
"""What begins here is said to be so, even in a question."""
_HEDGE = re.compile(
    r"^(?:(?:and|so|but|well|oh),? )*(?:no harm done|luckily|unfortunately|sadly|happily|fortunately|strange(?:ly)?|funny|odd(?:ly)?|honestly|frankly|heads[- ]up|by the way|mind you|(?:i'm )?afraid(?: so)?|i'm sorry(?! (?:to|for|about)\b)|sorry(?! (?:to|for|about)\b)|good news|bad news|nice one|i(?:'d)? think|i'd say|i guess|i believe|as it happens|to be honest|just so you know)[,:;]? (?:but |that )?(?=\w)"
    r"|,? (?:i'm afraid|i fear|i'd say|i think|i guess|i believe|i suppose|(?:as|so) far as i(?: can)? (?:see|tell|know)|mind you|by the way|sorry|though|as it happens|to be honest|honestly|you see|luckily|unfortunately|sadly|(?<=, )(?:okay|all right))(?=[.,;:!]*$)"
    r"|(?<=\w) (?:just )?in case\b(?! of)[^.,;:!?]*",
    re.IGNORECASE,
)
_IDIOMS = (
    (
        re.compile(
            r"(?:(?<=\bis)n't|(?<=\bare)n't|(?<=\bis) not|(?<=\bare) not)((?: due| on)?) (?:until|till) (?=today|tomorrow|tonight|(?:next |on |the )?\w+day|the \w+(?:st|nd|rd|th)\b)",
            re.IGNORECASE,
        ),
        r"\1 ",
    ),
    (
        re.compile(
            r"^(\W*(?:and )?)(?:all )?(?:done|finished) by (?=half|quarter|noon|\d|\w+(?: past| to|[.,;]|$))",
            re.IGNORECASE,
        ),
        r"\1until ",
    ),
    (re.compile(r"\b(?:the )?(day|week|month|year)(?:'s| is) (?:out|through)\b", re.IGNORECASE), r"the \1 ends"),
    (
        re.compile(r"\bfits? (?:in )?(?:together|with (?:everything|all|the rest)\b(?: else)?)", re.IGNORECASE),
        "doesn't overlap",
    ),
    (re.compile(r"\b(?:taken|struck) out\b", re.IGNORECASE), "removed"),
    (re.compile(r"\bstand(?:s|ing)? (?:in|against) (?:the|your|its) (?:way|plan)\b", re.IGNORECASE), "is there"),
    (re.compile(r"\bspeaks against (?:it|that)\b", re.IGNORECASE), "is there"),
    (
        re.compile(r"\b(?:has|have|'s got|'ve got) (?:a|any) claim on you\b", re.IGNORECASE),
        "has an appointment with you",
    ),
)
"""Said in a picture, and what is meant."""


def without_hedges(text: str) -> str:
    """The clause without what only says how it is meant: "I'm afraid", "luckily", "mind you"."""
    for idiom, meant in _IDIOMS:
        text = idiom.sub(meant, text)
    return _HEDGE.sub("", text)


def is_wish(clause: str) -> bool:
    """Whether it hopes for something, and names no hour."""
    return bool(_WISH.match(clause.strip().lower())) and not re.search(r"\d|\bat \w+$", clause)
