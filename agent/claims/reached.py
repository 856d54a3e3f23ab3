"""What others are said to have heard, read, answered or agreed to: nobody outside is reached but by a mail or an invitation that a receipt shows."""

import re

from agent.claims.known import Known
from agent.claims.listed import slots
from agent.claims.moods import is_denial, is_general
from agent.claims.plain import stem, stemmed, stems, words
from agent.claims.reports import is_report, mails_of
from agent.claims.rows import Row
from agent.claims.saying import Saying
from agent.claims.vocabulary import LITTLE, NAMES

_THINGS = r"(?!day|morning|afternoon|evening|week|hour|slot|time|rest|calendar|list|inbox|reminder|task|draft|mail|message|only|first|second|other|last|next|whole)"
_WHO = rf"(?P<who>\b(?:[Tt]he|[Yy]our) {_THINGS}[a-z-]+(?: {_THINGS}[a-z-]+)??|(?<!to )(?<!for )(?<!from )(?<!with )(?<!of )(?<!about )\b[A-Z][a-z-]+(?:'s {_THINGS}[a-z]+| [A-Z][a-z-]+(?:'s {_THINGS}[a-z]+)?)?|\b[Hh]e|\b[Ss]he|\b[Tt]hey|\b[Ee]very(?:one|body)|\b[Bb]oth of them)"
_LETTERS = r"(?:new |own )?(?:mail|e-?mail|message|note|text|call|invitation|invite|answer|reply|confirmation|notice|news|update|copy|apolog\w+|okay|yes)\b"
_HELP = r"(?P<help>(?:'s|'re|'ve|'ll|'d| has| have| had| is| are| was| were| will| would| must| should| just| already| now| also| been| be| even| by now| all| gladly| kindly| both)*)"
_GOT = (
    r"(?:told|given (?:your|the|my|an?)\b|informed|notified|texted|messaged|mailed|emailed|phoned|rung|contacted|warned|briefed|let know|invited|asked|up to date|in the (?:loop|know|picture)|aware"
    r"|knows?(?! (?:how|what|who|where|the way|if|whether|each))|heard?\b(?! (?:of|about) (?:it )?before)|got (?:it\b|that\b|your|word|wind|(?:the|a|an|my) (?:message|mail|note|news|invitation|e-mail|text|call|reminder|line)\b)|(?:got |has )?(?:the|your) (?:new|changed|updated) (?:time|date|hour|day|plan|details)\b|got (?:[a-z-]+ ){0,3}from (?:me|us)\b|had (?:a|an|your|the|my|word) ?(?:word|reminder|line)?\b"
    rf"|(?:has|have|had|got) (?:your|the|my|an?|his|her|their) {_LETTERS}|gets (?:it|that) (?:now|from now|instead)\b|received?\b)"
)
_DID = (
    r"(?:reading (?:it|that|your|this)|read (?:it|that|your|the)|seen (?:it|that|your|the (?:new|changed|updated))|opened (?:it|that|your|the)|expect(?:s|ing) (?:you|your|us|a|the|them)|waiting for you\b|confirmed|confirms|accepted|accepts|agreed|agrees|said (?:yes|no|okay|it's|that)"
    r"|says (?:yes|no|okay|hi|hello|thanks|get)|declined|replied|replies|answered|answers|written back|wrote back|writes back|wish(?:es)? you|thanked you|thanks you|looking forward|looks forward|(?:fine|okay|ok|happy|cool|good|delighted|pleased) with \w+"
    r"|(?:called|rang|phoned|texted)(?= ?(?:[,.!]|$|(?:to|about|back|earlier|just|you)\b))|counting on|ha(?:s|ve) you down|promised|apologi[sz]ed|on (?:his|her|their) way|(?:call|ring|phone|text|mail|write|visit)(?:s|ing|es)?(?: to)? you\b(?! as)|got back to (?:you|me)|can (?:also |now |already )*(?:see|read) (?:it|that)\b|given? the (?:okay|ok|all clear)|won't be surprised)"
)
_WILL_DO = re.compile(
    rf"{_WHO}(?:'ll| will| is going to| are going to)(?: also| then| just| surely| soon| probably)* (?:send|mail|e-?mail|call|ring|phone|text|write|contact|confirm|reply|answer|let you know|get back|get in touch|pick (?:it|you) up|deliver|bring)\b"
)
_EXCUSED = re.compile(
    rf"{_WHO} (?:(?:can't|cannot|can not|won't|couldn't|isn't able to|won't be able to) (?:make it|come|attend|be there|join|meet)|can make it|(?:can|will) (?:attend|be there)|has to cancel|had to cancel|is running late|will be late|is stuck)\b"
)
_REACHED = re.compile(rf"{_WHO}{_HELP} (?:(?P<got>{_GOT})|(?P<did>{_DID}))")
_WITH_THEM = re.compile(
    r"\b(?:it|that|[Tt]he (?:draft|mail|message|note|invitation|reply))(?:'s| is)(?: now| already| safely)* (?:with|at|in front of|in the hands of) (?!you|your|the|my|me|this|least|half|\w+ (?:o'clock|past))(?P<who>[A-Za-z]+)\b"
)
_HAS_DONE = re.compile(
    rf"^\W*(?:and |but |so )*{_WHO}(?:'s| has| have|'ve)(?: also| already| just| now| even)* (?!been\b|got\b|to\b|not?\b)(?P<done>[a-z]+)\b"
)
_PARTICIPLES = frozenset(
    "put set left kept taken given made done sent found bought held brought paid sold told said written built begun come gone".split()
)
_IT_HAS = re.compile(r"^(?:yes,? )?(?:it has|it did|i have|i did)[,.!]*$")
""" "Has it gone out?" "It has.": as much a claim as the whole sentence."""
_CALLS = stemmed("call calls calling ring rings ringing phone phones".split())
_ASKS = stemmed("asked expects expecting".split())
_NOBODY = frozenset("i you we it that this there what which who please everything nothing yes no and so but".split())


def unreached(saying: Saying, known: Known) -> bool:
    """Whether somebody is said to have been told, to have answered or to be about to, and nothing shows it."""
    if _IT_HAS.match(saying.lower) and known.waiting:
        return not _sent(known)
    if (found := _WITH_THEM.search(saying.text)) and not saying.clocks and not stems(found["who"]) <= LITTLE:
        return not _sent(known)
    ours = {word for one in (*known.receipts, *known.earlier) for row in one.rows for word in row.title}
    if (excused := _EXCUSED.match(saying.text)) and (who := _stems(excused)):
        return not (ours & who or any(who <= row.words for row in mails_of(known)))
    match = _REACHED.search(saying.text)
    if match is None:
        return not is_denial(saying.lower) and (_done_by_others(saying, ours, known) or _to_come(saying, known))
    if match["who"].lower() in _NOBODY | NAMES or is_general(saying.lower):
        return False
    if is_denial(saying.lower[: match.end()]) and "won't be surprised" not in match[0]:
        return False
    if re.search(r"\b(?:whether|if|how|so that|make sure|let|before|until|unless)\b", saying.lower[: match.start()]):
        return False
    who, told = _stems(match), stem(words(match["got"] or match["did"])[0])
    passive = re.search(r"\b(?:is|are|was|were|been|be)\b|'s", match["help"])
    if told in _ASKS and not passive and is_report(saying, known):
        return False  # whether they wrote so is told by their mail
    done = [row for one in known.receipts if one.tool == "complete_task" for row in one.rows]
    if who and any(who <= row.title for row in done):
        return False
    return not (_borne(who, told, known) or (match["got"] and _sent(known)))


def _stems(match: re.Match[str]) -> frozenset[str]:
    """Those of who is named."""
    return stems(match["who"]) - LITTLE


def _done_by_others(saying: Saying, ours: set[str], known: Known) -> bool:
    """ "The library has put it aside": with nothing read, and nothing said of it, nobody knows what others have done."""
    match = _HAS_DONE.match(saying.text)
    if not match or known.answers_read or not known.answers:
        return False
    who, did = _stems(match), match["done"]
    if not who or who & ours or not (did.endswith("ed") or did in _PARTICIPLES):
        return False
    return not (_borne(who, stem(did), known) or any(stem(did) in row.words for row in known.persons))


def _to_come(saying: Saying, known: Known) -> bool:
    """ "Noor will call you": who wrote, or was spoken of, may be about to."""
    match = _WILL_DO.search(saying.text)
    if not match or match["who"].lower() in _NOBODY | NAMES:
        return False
    who = _stems(match)
    return not any(who <= row.words for row in _telling(known)) if who else True


def _sent(known: Known) -> bool:
    """Whether a mail or an invitation has gone out, in this turn or before it."""
    receipts = [*known.receipts, *known.earlier]
    return any(one.tool == "send_email" or one.content["receipt"].get("guests") for one in receipts)


def _borne(who: frozenset[str], told: str, known: Known) -> bool:
    """Whether a mail, a row or the person's own words tell it of them."""
    if told in _CALLS and who and any(who <= row.title for row in slots(known) if row.span):
        return True
    if told == stem("invited") and any(
        who <= stems(str(row.data.get("guests"))) for row in (*known.here, *known.thread)
    ):
        return True
    return any(who <= row.words and told in row.words for row in _telling(known))


def _telling(known: Known) -> list[Row]:
    """The rows that tell what others did: mails, memories, changes, the person's own words but for their questions."""
    found = [row for row in (*known.here, *known.thread) if row.kind in ("memories", "said", "changes")]
    return [*mails_of(known), *found, *(row for row in known.persons if not row.text.endswith("?"))]
