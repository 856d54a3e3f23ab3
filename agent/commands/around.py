"""What is said around a command and changes nothing: reasons behind it, endearments and searching for words inside it."""

import re

from agent.commands.words import hear, opened, plains, written

_ACTS = frozenset(
    "cancel delete remove drop scrap strike scratch tick cross check mark complete finish move push shift postpone reschedule take erase bin lose skip clear add put undo change rename call update".split()
)
"""What a command begins with that needs no reason; in a letter, a note or a memory what follows belongs to it."""

_IT = r"(?:it|that|this|they|those|he|she|the thing)"
_REASONS = (
    rf"{_IT} (?:got|was|were|is|are|has been|have been|is being|has|have) (?:just |already |now |all |long )?(?:cancell?ed|called off|moved|done|off|over|sorted|finished|no longer needed|not needed|obsolete|postponed|gone|dealt with|ready|taken care of|too (?:early|late|long|short|much|tight)|not happening|wrong|ill|sick|away)(?: any ?more| now| already| today| anyway)?",
    r"(?:i|we) (?:have|have got|got|already have|have already got|bought|found|already got|already bought|already did|have done|have) (?:it|that|one|some|them|enough|plenty|those)(?: already| now| at home| done)?",
    r"(?:i|we) (?:will not|do not|can not|no longer|am not going to|are not going to) (?:do|need|want|make|have time for|use|manage|go|going to do) ?(?:it|that|them|to|there)?(?: any ?more| today| now| after all| anyway)?",
    r"(?:and )?that is (?:all|it|everything|that)(?: for now| for today| then)?",
    r"(?:just|only) (?:that|this|the) (?:one|once|time)|just (?:once|this once)",
    r"(?:and )?nothing (?:else|more)(?: for now)?",
    rf"{_IT} (?:clashes|overlaps|conflicts|collides|interferes) with .{{2,40}}",
    rf"{_IT} (?:is|are) (?:not|no longer) (?:necessary|needed|required|on|relevant|happening)(?: any ?more| any longer| now)?",
    r"(?:i|we) (?:did not|do not) (?:mean|need|want) (?:to|it|that|them|this)(?: any ?more)?",
    r"(?:that|which|this|it) (?:fits|suits|works|is|would be|will be|would suit|would work)(?: me| us| him| her)? (?:much |a lot |far )?(?:better|best|easier|nicer)(?: for me| for us)?",
    r"(?:because|since|cause|cos|coz|as) (?:i|we|he|she|it|they|that|the|my|of|anna|tom) .{2,60}",
    r"(?:i|we) (?:am|are) (?:ill|sick|busy|away|tired|late|running late|out of it|out|all out|on holiday)(?: then| now| today| that day)?",
    r"(?:if|when) (?:you|that) (?:can|could|would|is|are) .{0,20}(?:possible|free|able|ok|okay|please)",
)
_TAIL = re.compile(rf"^(.{{4,}}?)(?:,|;|\.| -)? (?:{'|'.join(_REASONS)})$")
_SEARCHING = re.compile(
    r",? *\b(?:what was it|what's it called|what is it called|whats it called|how do you say|how do you call it|what do you call it|what's the word|let me see|let's see|let me think|how shall I put it|whatsit|what's his name|what's her name|you know),|, (?:you know|let me see|let me think)(?=[, ])|,? or whatever it's called\b",
    re.IGNORECASE,
)
_OR_ELSE = re.compile(r"^((?:is|are|am|do|does|will|have|has|can)\b.{6,}?),? or (?:(?:is|are|am|do|does|will|have|has|can) (?:it|i|there|we|that|they|something|anything)\b.{0,40}|not|what|no)(\?|$)", re.IGNORECASE)  # fmt: skip
"""A question that offers its own answer: "is my tuesday evening free or is it yoga"."""
_ENDEARMENT = re.compile(
    r"\b(?<=\w )(?:mate|love|dear|buddy|pal|bro|dude|honey|darling|sweetie)(?=,? (?:mark|tick|cross|put|add|can you|could you|please|delete|cancel|move|take|remind|make)\b)",
    re.IGNORECASE,
)
_SHORT_IS = re.compile(r"(?<=\w)['’]s (?=(?:off|cancelled|canceled|called off|not|no longer|over)\b|(?:fixed|done|bought|sent|paid|sorted|booked|renewed|finished|ordered|watered|complete)(?:[,.!]|$| now| already| at last| finally))", re.IGNORECASE)  # fmt: skip
_SHORT_HAS = re.compile(r"(?<=\w)['’]s (?=(?:been|moved|got)\b)", re.IGNORECASE)
_LIST_OF = re.compile(r"\b(in|on|to|onto|into|from|off) (?:the|my|our) list (?:of|called|named) (?:the |my |our )?(\w+)\b(?! of\b)", re.IGNORECASE)  # fmt: skip


def without_asides(text: str) -> str:
    """The sentence without what only stands in it: "cancel, what was it, the workshop"."""
    for pattern, better in (
        (_SEARCHING, ""),
        (_ENDEARMENT, ""),
        (_SHORT_IS, " is "),
        (_SHORT_HAS, " has "),
        (_LIST_OF, r"\1 the \2 list"),
        (_OR_ELSE, r"\1\2"),
    ):
        text = pattern.sub(better, text)
    return _without_reason(re.sub(r"  +", " ", text))


def _without_reason(text: str) -> str:
    """ "remove call the accountant, it got cancelled": why a command is given needs no understanding."""
    if '"' in text or "“" in text:
        return text
    words = hear(text)
    first = opened(words)
    if len(first) < 4 or first[0].plain not in _ACTS:
        return text
    found = _TAIL.match(" ".join(plains(words)))
    if not found:
        return text
    kept = words[: len(found[1].split())]
    return (
        written(kept)
        if len(kept) >= 2
        and kept[-1].plain not in ("and", "if", "but", "that", "unless", "say", "saying", "know", "write", "tell")
        else text
    )
