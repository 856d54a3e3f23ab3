"""What somebody is told to have written or said: a mail, or the person's own words, must bear it out."""

import re
from collections.abc import Sequence
from dataclasses import replace

from agent.claims.clocks import clocks
from agent.claims.days import Day
from agent.claims.drafts import as_written, drafts, words_of
from agent.claims.known import Known
from agent.claims.moods import is_denial
from agent.claims.numbers import NUMBER, numbers, without_counts
from agent.claims.plain import most, of_one_root, stem, stemmed, stems, words
from agent.claims.rows import Row
from agent.claims.saying import Saying, Sentence, naming
from agent.claims.verbs import DONE
from agent.claims.vocabulary import LITTLE, implied

MAIL_WORDS = re.compile(r"\b(?:mails?|emails?|messages?|inbox|unread|newsletters?|wrote|writes|written)\b")
_WROTE = re.compile(
    r"\b(?P<who>[A-Z][\w-]+(?: [A-Z][\w-]+)?|[Ss]he|[Hh]e|[Tt]hey|(?:[Yy]our|[Tt]he) [\w-]+|(?:\w+ )?[Pp]eople|[Ss]ome(?:one|body)|[Ee]very(?:one|body))(?:'s|'d| has| have| had| is| are| also| just| already| would| both| last| first| recently| once| never| even| only)* "
    r"(?P<did>wrote|(?<=hey )(?:say|want|need|ask|expect)|(?<=people )(?:want|need|ask|expect)|(?<=both )(?:want|need|ask|expect)|writes|written|writing|says|said|saying|asks|asked|asking|wants|wanted|needs|needed|sent|replied|answered|mailed|emailed|mentions|mentioned|confirmed|confirms|"
    r"invites|invited|requests|requested|suggests|suggested|proposes|proposed|agreed|accepted|declined|moved|cancelled|canceled|postponed|approved|promised|thanks|wondering|offering|offered|hoping|looking for|curious|waiting (?:for|on)|expecting|expects)\b(?P<rest>.*)"
)
_WOULD = re.compile(
    r"\b(?P<who>[A-Z][\w-]+|[Ss]he|[Hh]e|[Tt]hey)(?:'d| would) (?:also )?(?P<did>like|love|prefer|appreciate)\b(?P<rest>.*)"
)
_TO_BE_DONE = re.compile(r"\b(?:needs?|wants?) [a-z]+ing\b")
""" "The parcel wants collecting": of a thing, not of anybody's words."""
_SUBJECT = re.compile(r"\b[Ss]ubject(?: line)?(?:'s| is| says| reads|:)+ (?P<what>[^,;]+)")
_HANDED = re.compile(
    r"\b(?:send|sends|give|bring|forward|mail)(?: (?:him|her|them|me|over))+ (?P<what>[\w' -]+?)(?= (?:before|by|until|for|on|today|tomorrow|first)\b|\W*$)"
)
_WANTS = frozenset("wants want needs need expects expect hoping waiting like love prefer appreciate".split())
_COUNTED = re.compile(
    rf"\b{NUMBER} (?:that|of (?:them|these|those|the|your)|are|more|others?|which|new|unread|important|ones|mails?|messages?)\b",
    re.IGNORECASE,
)
_NOBODY = (
    "You",
    "That",
    "This",
    "It",
    "There",
    "What",
    "Yes",
    "And",
    "The",
    "Which",
    "Who",
    "Please",
    "Not",
    "Nobody",
    "All",
    "Both",
    "Your calendar",
    "The calendar",
    "Your diary",
    "Your list",
    "The list",
    "Your shopping",
)
_MARKED = re.compile(r"\b(?:important|unread|read|opened|flagged)[.!,]*$")
""" "The school's isn't marked important": what the mailbox says of it, not what it says itself."""
_MAIL_FROM = re.compile(
    r"\b(?:mail|email|message|one|letter|newsletter|note|reply|something|two|three)s?\b(?: \w+){0,2} from (?:the |your |a )?(?P<who>[^\W\d][\w-]*)"
    r"|\b(?P<owner>[A-Z][\w-]+)'s (?:mail|message|e-?mail|letter|note|(?:is|was) (?:also |still |too )?(?:among|one of|unread|important|new))\b"
)
_SEARCHED = re.compile(
    r"\bi(?:'ve| have)? (?:also |just )*(?:searched|looked|checked|had a look)\b|\b(?:my|the|a) (?:search|look)\b|\bc(?:a|o)me (?:back|up) (?:empty|blank|with nothing)\b"
)
_ANOTHER = re.compile(
    r",? (?:and|while|but) (?=the (?:others?|rest|newsletter|first|second|third|last)\b|(?:the |your )?[\w-]+(?: [\w-]+)? about\b|[A-Z][\w-]+(?:'s)? (?:this|yesterday|today|on \w+day|last)\b)"
)
""" "... and the other two": another subject."""
_TELLS_OF = re.compile(
    r"\b(?:mail|email|message|letter|newsletter|draft)\b[^,]*\b(?:is|was|'s|says|said|asks)(?: that| you)?(?: all)? about (?P<rest>.*)"
)
_IS_ABOUT = re.compile(r"\b(?P<who>[A-Z]\w+)'s(?: one| mail)? (?:is|was) about (?P<rest>[^,;]*)")
_YOU_SAID = re.compile(
    r"\b(?:you(?:'ve|'d| have| had)? (?:once |also )?(?:told me|said|mentioned|gave (?:it|that|them|me))|i (?:remember|recall|know)(?: that)?)\b(?P<rest>.*)"
)
_YOU_NEVER = re.compile(
    r"\byou(?:'ve| have)? (?:never|haven't|have not|didn't|did not)(?: yet| ever)? (?:tell|told|say|said|mention(?:ed)?|gave|given|give) (?:to )?(?:me )?(?P<rest>.*)"
)
_EARLIER = re.compile(r"\b(?:already|before|earlier|last \w+|yesterday|the other day|once)\b")
HEAVY = frozenset(
    "cancelled canceled cancels postponed agreed agrees accepted accepts declined declines approved approves signed paid confirmed confirms ill sick "
    "resigned sold bought missed rejected refused moved moves died married pregnant fired hired lost won final binding broken delayed allergic increased raised".split()
)
"""Words that change what there is to do: they must stand where it comes from."""
_LIGHT = re.compile(
    r"\b(?:has|have|needs?|got) to be\b.*|\b(?:to|should|must|can) be \w+|\bsigned [A-Z]\w+|\blost (?:the thread|track|you|me|us|count)\b"
)
_OF_A_CALL = stemmed("rejected refused declined".split())
"""What is told of a call that didn't work."""
_OF_THINGS = frozenset("moved cancelled canceled postponed".split())
""" "The physio moved to three": what was done to something, where a receipt is of it."""
_REACTIONS = stemmed(
    "opinion view views verdict feedback thoughts answer reply response input take comments okay word back hear look eye approval".split()
)
"""What anybody who asks for something asks for."""
_INSTEAD = re.compile(r"\binstead of\b|\brather than\b")
_SHIFTS = stemmed("push move shift change postpone reschedule delay later earlier".split())
""" "At four instead of half past three" says as much."""
_A_JOB = re.compile(r"\b(?:the|your|his|her|their|some|of) work\b")
_ASSENT = stemmed("fine ok okay works good great agreed approved perfect alright".split())
TO_DO = stemmed(
    "removed strike reword rewrite drop signature payment transfer sign move reschedule postpone shift cancel pay travel fly join visit invite transfer delete".split()
)
_ACTS = stemmed(
    "move reschedule meet meeting call come visit lunch dinner join postpone shift cancel invite one-to-one pay book lend borrow sign travel fly".split()
)
"""What a mail would have to say in so many words."""
_AS_PLANNED = (
    ("on budget", "over"),
    ("within budget", "over"),
    ("on time", "late"),
    ("on track", "late"),
    ("on schedule", "late"),
)


def told_apart(saying: Saying) -> list[Saying]:
    """ "Sarah wrote today, and the other two came yesterday": each of them alone."""
    return [replace(saying, text=part) for part in _ANOTHER.split(saying.text)]


def reported(saying: Saying, known: Known) -> bool:
    """Whether what a clause tells of somebody's words is borne out by a mail; True where it tells of none."""
    if (told := in_drafts(saying, known)) is not None:
        return told
    return all(_in_mails(part, known) and not _of_a_stranger(part, known) for part in told_apart(saying))


def _of_a_stranger(saying: Saying, known: Known) -> bool:
    """ "One from Tom", "Tom's mail", where nobody of that name wrote."""
    found, mails = _MAIL_FROM.search(saying.text), mails_of(known)
    if not found or is_denial(saying.text) or _SEARCHED.search(saying.lower) or (found["owner"] and not mails):
        return False
    who = stems(found["who"] or found["owner"])  # "Hyun-woo" has two
    return not who & LITTLE and not any(row.words.issuperset(who) for row in mails)


def in_drafts(saying: Saying, known: Known) -> bool | None:
    """Whether a mail of the person's own says so; None where nothing is told of one."""
    own = drafts(known)
    if own and (told := words_of(saying.text)):
        rest = replace(saying, text=told)
        return as_written(rest, saying.names, own, known) and any(_says(row, told, rest) for row in own)
    if own and (subject := _SUBJECT.search(saying.text)):
        return any(stems(str(row.data.get("subject") or row.text)) <= stems(subject["what"]) for row in own)
    return None


def _in_mails(saying: Saying, known: Known) -> bool:
    match = _told_of(saying, known)
    ours = {word for one in (*known.receipts, *known.stood) for row in one.rows for word in row.title}
    if (
        match is None
        or (match["did"] in _OF_THINGS and stem(words(match["who"])[-1]) in ours)
        or _TO_BE_DONE.search(match[0])
    ):
        return _about(saying, known)
    if is_denial(saying.text[: match.start("rest")].rpartition(",")[2]):
        return True
    asked_for = naming(match["rest"]) - _REACTIONS
    if is_denial(match["rest"]) and (
        MAIL_WORDS.search(match["who"].lower()) or (match["did"] in _WANTS and not asked_for)
    ):
        return True  # "your mail asks for nothing": whether that is so is told by what was gone through
    who = stems(match["who"]) - LITTLE
    heavy = stemmed(HEAVY & {*words(saying.text[match.start("did") :])})
    mails = [row for row in mails_of(known) if row.words.issuperset(who | heavy)]
    if match["did"] in _WANTS:
        mails = [replace(row, today=row.written, data={}) for row in mails]  # not the day on which it came
    if who and not mails:  # "the bank wants you at one"
        mails = [row for row in (*known.here, *known.thread) if row.words.issuperset(who | heavy)]
    return any(_says(row, match["rest"], saying) for row in mails)


def _told_of(saying: Saying, known: Known) -> re.Match[str] | None:
    """Who is told to have written, and what."""
    match = _WROTE.search(saying.text) or _WOULD.search(saying.text)
    if match is None or match["who"] in _NOBODY:
        return None
    everybody = match["who"] in ("They", "they") and not known.answers_read  # "they say", of the world
    return None if everybody else match


def _about(saying: Saying, known: Known) -> bool:
    """ "Tom's numbers are two percent over": what is told of a mail without a word for writing."""
    if (its := _IS_ABOUT.search(saying.text)) and not is_denial(saying.lower):
        theirs = [row for row in mails_of(known) if stem(its["who"].lower()) in row.title]
        return not theirs or any(_says(row, its["rest"], saying) for row in theirs)
    if (told := _TELLS_OF.search(saying.lower)) and not is_denial(saying.lower):
        return any(_says(row, told["rest"], saying) for row in mails_of(known))
    if (
        saying.clocks
        or _MARKED.search(saying.lower)
        or not re.search(r"\b(?:is|are|says|about|has)\b|'s\b", saying.lower)
    ):
        return True
    return all(_of_mail(atom, known) for atom in saying.atoms)


def _of_mail(atom: Saying, known: Known) -> bool:
    mails = [row for row in mails_of(known) if row.title & set(atom.content)]
    if not mails:
        return True
    hit = max(len(row.words & set(atom.content)) for row in mails)
    return any(_says(row, atom.text, atom) for row in mails if len(row.words & set(atom.content)) == hit)


def is_report(saying: Saying, known: Known) -> bool:
    """Whether it tells what somebody wrote in a mail that is known."""
    return bool(mails_of(known)) and _told_of(saying, known) is not None


def read_out(saying: Saying, known: Known, before: Sentence) -> bool:
    """Whether it is the own words of a mail that is being told of."""
    said = saying.lower.strip(" .,;:!-'\"")
    return len(said.split()) > 2 and any(
        said in row.text.lower() and (row.title & before.told or MAIL_WORDS.search(before.text.lower()))
        for row in mails_of(known)
    )


def they_said(saying: Saying, known: Known, days: Sequence[Day]) -> bool:  # noqa: ARG001
    """Whether the person has said what a clause says they told us."""
    memories = known.rows_of("memories")
    if never := _YOU_NEVER.search(saying.lower):
        denied = naming(never["rest"])
        return not denied or not any(row.words.issuperset(denied) for row in memories)
    match = _YOU_SAID.search(saying.lower)
    if match is None:
        return True
    recalled = {one.tool for one in known.reads if one.now} == {"recall"}
    if recalled and not memories and not is_denial(saying.lower):
        return False
    told = match["rest"] if re.search(r"[a-z]{3}", match["rest"]) else saying.text[: match.start()]
    named = naming(told)
    if not named:
        return bool(memories) or len(known.persons) > 1 or not _EARLIER.search(match["rest"])
    borne = known.their_words | known.words
    return all(of_one_root(word, borne) or implied(word, borne, denied=is_denial(told)) for word in named)


def weighs(saying: Saying, known: Known, days: Sequence[Day]) -> bool:  # noqa: ARG001
    """Whether the heavy words of a clause ("cancelled", "signed", "ill") come from somewhere."""
    heavy = stemmed(HEAVY & {*words(_LIGHT.sub(" ", saying.text))}) - known.words - known.their_words
    if known.refusals:
        heavy -= _OF_A_CALL
    ours = {one.tool for one in (*known.receipts, *known.stood)}
    done = frozenset().union(*(row.title for row in (*known.here, *known.thread) if row.data.get("done")))
    heavy -= {stem(word) for word, (base, tools) in DONE.items() if tools & ours or stem(base) in done}  # told by these
    return not heavy or is_denial(saying.lower)


def _says(row: Row, rest: str, saying: Saying) -> bool:
    """Whether a mail bears out what it is told to say."""
    told = replace(saying, text=rest)
    if any(phrase in rest.lower() and stem(there) in row.words for phrase, there in _AS_PLANNED):
        return False
    if not {one for one in numbers(_COUNTED.sub(" ", without_counts(told.bare))) if one > 1} <= row.numbers:
        return False
    if not all(row.on(day) for day in saying.every_day) or not all(row.has(clock) for clock in told.clocks):
        return False
    if not (row.lengths | _apart(row)).issuperset(told.lengths):
        return False
    if is_denial(rest) and not is_denial(row.text):
        return False
    handed = _HANDED.search(rest)
    if not assents(told, [row]) or (handed and not row.words.issuperset(naming(handed["what"]))):
        return False
    free = _REACTIONS | _SHIFTS if _INSTEAD.search(row.text.lower()) else _REACTIONS
    parts = [naming(part) - free for part in re.split(r",|\band\b", rest)]
    if any(part and not part & row.words for part in parts):
        return False
    named = frozenset().union(*parts)
    return not _acts(rest, row, nouns=not named & row.words) and 2 * len(named & row.words) >= len(named)


def _apart(row: Row) -> set[int]:
    """ "At four instead of half past three": by how many minutes two hours of it differ."""
    told = [minute for clock in clocks(row.text) for minute in clock.minutes]
    return {abs(one - other) for one in told for other in told}


def _acts(rest: str, row: Row, *, nouns: bool) -> bool:
    """Whether it tells of something to be done that the mail doesn't speak of."""
    told = stems(rest)
    if told & TO_DO - row.words:
        return True
    return nouns and bool(told & _ACTS) and not told & _ACTS & row.words


def assents(saying: Saying, mails: Sequence[Row]) -> bool:
    """Whether somebody is said to be fine with something, and a mail says so, but in a question; True where it isn't said."""
    assent = stems(_A_JOB.sub(" ", saying.lower)) & _ASSENT
    if not assent or re.search(r"\b(?:whether|if|ask\w*|want\w*|know\w*|hear|see|check|you)\b", saying.lower):
        return True
    return any(assent & stems(part) for row in mails for part in row.parts if not part.endswith("?"))


def mails_of(known: Known) -> list[Row]:
    """The mails that are known."""
    return [row for row in (*known.here, *known.thread) if row.data.keys() & {"snippet", "body"}]


def senders(row: Row) -> frozenset[str]:
    """The stems of the name of who wrote it."""
    return stems(str(row.data.get("from")).partition("<")[0])


def meant(mails: list[Row], saying: Saying, before: Sentence) -> list[Row]:
    """Those of which most is named, the subject letter for letter counting too; else the one told of last, else all."""
    content = set(saying.content)
    named = most(mails, lambda row: len(row.title & content) + row.stands_in(saying.lower))
    return named or [row for row in mails if row.title & before.about] or mails
