"""What is told of a mail besides its words: whether it was opened, until when it asks for an answer, the numbers and days in it."""

import re
from collections.abc import Callable, Sequence

from agent.claims.clocks import clocks
from agent.claims.days import days
from agent.claims.gainsaid import gainsaid
from agent.claims.known import Known
from agent.claims.listed import family_of
from agent.claims.moods import is_denial
from agent.claims.numbers import NUMBER, in_figures, numbers, without_counts
from agent.claims.plain import akin, most, stem, stemmed, stems
from agent.claims.reports import HEAVY, TO_DO, assents, mails_of, meant, senders
from agent.claims.rows import Row
from agent.claims.saying import Saying, Sentence, naming
from agent.claims.verbs import BASES, DONE
from agent.claims.vocabulary import LITTLE, ORDINARY

_OPENED = re.compile(
    r"\b(?:you've|you have|you)(?: already| just| all| also)* (?:read|opened|seen|looked at|gone through|been through)\b|\b(?:is|was|are|been|'s|were)(?: already| all| also)* (?:read|opened|marked as read)\b"
)
_BEGINS = re.compile(
    r"(?P<who>[A-Z][a-z]+)(?:'s(?= [a-z]+ (?:is|are|was|has|comes|goes|asks|wants|says|gets|will)\b)| (?:(?!is\b|was\b|this\b|yes\b)[a-z]+s|wants?|has|will|would|asked|wrote|sent|suggested|needed|moved)\b)(?! (?:up|good|like|great))"
)
_PRESUMES = re.compile(
    r"^\W*(?:yes,? |there's )?(?:one|two|three),? (?:from|about|of)\b|\b(?:it|one) (?:came|arrived|landed)\b(?! (?:up|back)\b)|\b(?:one|two|some|most|all|both) of (?:them|these|those)\b|\bthe (?:first|newest|latest|last|oldest) (?:one |mail )?(?:is|was|says|came)\b"
    r"|\b(?:it's|it is) about\b|\bit says\b|\bthere(?:'s| is| are) (?:an? (?!chance|way)|one|some|two|only)\b|\byou (?:deleted|archived|read|answered)\b"
)
""" "One of them is about the rent": there must be one."""
_LETTER = re.compile(r"(?<=[a-z] )[B-HJ-Z]\b")
_NO_WORD = re.compile(r"\bnot a (?:peep|word|line|sound)\b|\bno word (?:from|of)\b|\bradio silence\b")
_VERBS = stemmed(DONE) | stemmed(BASES)
_GAVE = re.compile(r"\b(?:sent|sends|attached|gave|gives|forwarded|has sent) (?:you )?(?P<what>[\w' -]+)")
_ASKS_FOR = re.compile(r"\b(?:send|give|tell|let|bring|forward) me\b|\bplease\b|\bcould you\b|\bneed\b")
_WHOLE_BOX = re.compile(r"\b(?:inbox|mailbox|(?:all|everything|it all|each|every)\b|them all)\b")
_NEEDS = re.compile(
    r"\b(?:needs?|wants?|asks?|requires?|expects?|calls?)\b.*\b(?:answer|reply|response|action|anything|(?:of|from) you)\b|\b(?:answer|reply|response|action)(?: is|'s)? (?:needed|required|necessary|expected)\b"
)
_SO_MANY = re.compile(rf"^\W*(?:and |so )?{NUMBER}(?: in all| altogether)?[:,.](?!\d)", re.IGNORECASE)
_UNTIL = re.compile(r"\b(?:until|till|by|before|no later than|deadline|due)\b")
_BEFORE_IT = re.compile(r"\bbefore (?:the |your )?(\w+)")
_AFTER_IT = re.compile(r"\b(?:after|once|when|following|as soon as) (?:the |your )?(\w+)")
_NOT_MENTIONED = re.compile(
    r"(?:n't|\bnot|\bnever)(?: \w+ly| even| actually)? (?:mention|say|name|give|state|tell|quote|specify|set|include)\w*(?: you| me)? (?P<what>[^,;.!?]+)"
)
_MONEY = re.compile(r"[€$£]|\d (?:euros?|pounds?|dollars?|rand|rupees?|cents?|kron\w+|francs?|zloty|yen)\b")
_PARTICULARS: tuple[tuple[re.Pattern[str], Callable[[Row], bool]], ...] = (
    (re.compile(r"\b(?:prices?|costs?|fees?|amount|figures?|sum|how much)\b"), lambda row: bool(_MONEY.search(row.text.lower()))),
    (re.compile(r"\b(?:times?|hours?|when)\b"), lambda row: bool(clocks(row.text))),
    (re.compile(r"\b(?:days?|dates?|deadline)\b"), lambda row: bool(days(row.text, row.written))),
    (re.compile(r"\b(?:numbers?|how many)\b"), lambda row: bool(row.numbers)),
)  # fmt: skip
_ASKED_OF_YOU = re.compile(
    r"\b(?:wants?|wanted|asks?|asked|needs?|expects?|(?:would|'d) like|(?:is )?hoping|hopes) (?:for )?you to (?P<what>[^,;]+?)(?= and |[,;.]|$)|\byou(?:'re|'ll)? (?:should|have to|must|are to|need to|supposed to) (?P<what2>[^,;]+)"
)
_OF_ANOTHER = re.compile(
    r"^\W*(?!(?:please|do|don't|be|bring|send|let)\b)(?:I|We|He|She|They|It|[A-Z][\w-]+)(?:'ll|'m|'s| will| would| am| is| are| has| have| (?!please\b)[a-z]+s)\b"
)
_CANNOT = re.compile(
    r"(?:and |but |so )?(?P<who>[A-Z][\w-]+) (?:can't|cannot|won't|isn't able to|is unable to|isn't coming)\b(?! (?:wait|believe)\b)"
)
_TO_YOU = re.compile(r"\?|\b(?:please|you|your)\b", re.IGNORECASE)
_OF_TIMES = re.compile(r"\b(?:wrote|sent|came|arrived|yesterday|ago|mailed|received|got)\b")


def as_in_the_mail(saying: Saying, known: Known, before: Sentence) -> bool:
    """Whether what is said of a mail's state, its deadline, its numbers and days is what its row has; True where nothing of it is said."""
    if family_of(known) != "messages":
        return True
    if _NO_WORD.search(saying.lower) and known.rows_of("messages"):
        return False
    if _stranger(saying, known) or (_PRESUMES.search(saying.lower) and not known.rows_of("messages")):
        return False
    if not (_its_words(saying, known) and _given(saying, known) and _whose(saying, known)):
        return False
    if not is_denial(saying.lower) and not {*saying.names} <= known.words | known.their_words | LITTLE:
        return False
    if _OPENED.search(saying.lower) and _WHOLE_BOX.search(saying.lower) and not known.rows_of("messages"):
        return is_denial(saying.lower)
    every, opened = mails_of(known), _read(known)
    mails = meant(every, saying, before)
    mails = opened if opened and len(mails) == len(every) else mails
    if not mails:
        return True
    if any(wrong(saying, mails) for wrong in (_mentioned_after_all, _asked_of_another, _refused, _needs_otherwise)):
        return False
    content = set(saying.content)
    nearest = most(mails, lambda row: len(row.words & content)) or mails
    if all(gainsaid(saying, row) for row in nearest):
        return False
    if is_denial(saying.lower):
        return True
    return (
        _opened(saying, mails)
        and _deadline(saying, mails)
        and _order(saying, mails)
        and _figures(saying, opened or every)
    )


def _needs_otherwise(saying: Saying, mails: list[Row]) -> bool:
    """Whether it says that nothing has to be answered, though one of these mails asks for something; or that it has, where none does."""
    if not _NEEDS.search(saying.lower):
        return False
    asks = ["?" in row.text or bool(_ASKS_FOR.search(row.text.lower())) for row in mails]
    if not is_denial(saying.lower):
        return not any(asks)
    return all(asks)


def _mentioned_after_all(saying: Saying, mails: Sequence[Row]) -> bool:
    """ "He doesn't mention a price", though he does."""
    match = _NOT_MENTIONED.search(saying.lower)
    told = [has for pattern, has in _PARTICULARS if match and pattern.search(match["what"])]
    return any(has(row) for has in told for row in mails)


def _refused(saying: Saying, mails: Sequence[Row]) -> bool:
    """ "Tom can't make it", where he denies nothing."""
    match = _CANNOT.match(saying.text)
    theirs = [row for row in mails if match and stems(match["who"]) <= senders(row)]
    return bool(theirs) and not any(is_denial(row.text) for row in theirs)


def _asked_of_another(saying: Saying, mails: Sequence[Row]) -> bool:
    """ "She wants you to bring the samoosas", where somebody else brings them."""
    match = _ASKED_OF_YOU.search(saying.lower)
    what = naming(match["what"] or match["what2"]) - {*saying.names} if match else frozenset()
    parts = [part for row in mails for told in row.parts for part in re.findall(r"[^,]+,?", told)]
    best = most(parts, lambda part: len(what & stems(part)))
    return bool(best) and all(_OF_ANOTHER.search(part) and not _TO_YOU.search(part) for part in best)


def _its_words(saying: Saying, known: Known) -> bool:
    """Of a mail that was read out nothing is told that isn't in its words, but how it is meant."""
    mails = _read(known) or _found_alone(known)
    if not mails or is_denial(saying.lower):
        return True
    if not assents(saying, mails):
        return False
    letters = {letter for row in mails for letter in _LETTER.findall(row.text)}
    if letters and not {*_LETTER.findall(saying.text)} <= letters:
        return False  # "in hall B"
    borne = frozenset().union(*(row.words for row in mails)) | known.their_words
    named = naming(in_figures(saying.text))
    strange = {word for word in named if not akin(word, borne | ORDINARY) and word not in _VERBS}
    own = sum(akin(word, borne - ORDINARY) for word in named) + len(saying.clocks) + len(saying.every_day)
    own += max(0, len(numbers(saying.bare) & frozenset().union(*(row.numbers for row in mails))) - 1)
    return not strange or (own > len(strange) and not strange & {*saying.names, *HEAVY, *TO_DO})


def _read(known: Known) -> list[Row]:
    """The mail that was opened."""
    return [row for one in known.reads if one.tool == "read_email" for row in one.rows]


def _found_alone(known: Known) -> list[Row]:
    """The mail that a search has found, where it is the only one."""
    found = known.rows_of("messages")
    return found if len(found) == 1 else []


def _given(saying: Saying, known: Known) -> bool:
    """ "Tom sent you the report": not, if his mail asks for it."""
    match = _GAVE.search(saying.lower)
    what = naming(match["what"]) if match else frozenset()
    parts = [part for row in mails_of(known) for part in row.parts if what and what <= stems(part)]
    return not parts or not all(_ASKS_FOR.search(part.lower()) for part in parts)


def _whose(saying: Saying, known: Known) -> bool:
    """ "Helen wrote about “Scores”": whoever is named with a subject, letter for letter, is among those who wrote it."""
    theirs = [row for row in mails_of(known) if senders(row) & {*saying.content}]
    about = [row for row in mails_of(known) if row.stands_in(saying.lower)]
    return not theirs or not about or any(row in about for row in theirs)


def _stranger(saying: Saying, known: Known) -> bool:
    """ "Netline collects…": who isn't among those who wrote can't have written."""
    match = _BEGINS.match(saying.text)
    if match is None or not saying.first or stem(match["who"].lower()) in LITTLE | known.words | known.their_words:
        return False
    return bool(mails_of(known))


def _opened(saying: Saying, mails: Sequence[Row]) -> bool:
    return not (_OPENED.search(saying.lower) and any(row.data.get("unread") for row in mails))


def _deadline(saying: Saying, mails: Sequence[Row]) -> bool:
    """ "You have until tomorrow to answer": one of the mails names that day."""
    if not saying.every_day or not _UNTIL.search(saying.lower):
        return True
    return any(all(row.on(day) for day in saying.every_day) for row in mails)


def _order(saying: Saying, mails: Sequence[Row]) -> bool:
    """ "Once the review is over", where the mail has "before the review"."""
    lower = " . ".join(row.text.lower() for row in mails)
    for here, there in ((_AFTER_IT, _BEFORE_IT), (_BEFORE_IT, _AFTER_IT)):
        told = stemmed(here.findall(saying.lower))
        if told & stemmed(there.findall(lower)) and not told & stemmed(here.findall(lower)):
            return False
    return True


def _figures(saying: Saying, mails: Sequence[Row]) -> bool:
    """Where there is but one mail, each number and day stands in it or is its own."""
    if len({row.text for row in mails}) != 1 or _OF_TIMES.search(saying.lower):
        return True
    row = mails[0]
    told = {one for one in numbers(_SO_MANY.sub(" ", without_counts(saying.bare))) if one > 3} - row.numbers
    for one in numbers(saying.text):
        for other in row.numbers - {1}:
            told -= {one, one * other} if one * other in told else set()  # "ten crates make 840"
    if told and not saying.clocks and not saying.lengths:
        return False
    return all(row.on(day) for day in saying.every_day) or not row.dates
