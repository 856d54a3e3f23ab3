"""What somebody is told to have written or said: a mail, or the person's own words, must bear it out."""

import re
from collections.abc import Sequence

from agent.claims.days import Day
from agent.claims.drafts import as_written, drafts, waiting, words_of
from agent.claims.known import Known
from agent.claims.moods import is_denial
from agent.claims.numbers import NUMBER, numbers, without_counts
from agent.claims.plain import stem, stemmed, stems, words
from agent.claims.rows import Row
from agent.claims.saying import Saying, Sentence
from agent.claims.verbs import BASES, DONE
from agent.claims.vocabulary import LITTLE, implied

MAIL_WORDS = re.compile(r"\b(?:mails?|emails?|messages?|inbox|unread|newsletters?|wrote|writes|written)\b")
_WROTE = re.compile(
    r"\b(?P<who>[A-Z][\w-]+(?: [A-Z][\w-]+)?|[Ss]he|[Hh]e|[Tt]hey|(?:[Yy]our|[Tt]he) [\w-]+|(?:\w+ )?[Pp]eople|[Ss]ome(?:one|body)|[Ee]very(?:one|body))(?:'s|'d| has| have| had| is| are| also| just| already| would| both| last| first| recently| once| never| even| only)* "
    r"(?P<did>wrote|(?<=people )(?:want|need|ask|expect)|(?<=both )(?:want|need|ask|expect)|writes|written|writing|says|said|saying|asks|asked|asking|wants|wanted|needs|needed|sent|replied|answered|mailed|emailed|mentions|mentioned|confirmed|confirms|"
    r"invites|invited|requests|requested|suggests|suggested|proposes|proposed|agreed|accepted|declined|moved|cancelled|canceled|postponed|approved|promised|thanks|wondering|offering|offered|hoping|looking for|curious|waiting (?:for|on)|expecting|expects)\b(?P<rest>.*)"
)
_WOULD = re.compile(
    r"\b(?P<who>[A-Z][\w-]+|[Ss]he|[Hh]e|[Tt]hey)(?:'d| would) (?:also )?(?P<did>like|love|prefer|appreciate)\b(?P<rest>.*)"
)
_TO_BE_DONE = re.compile(r"\b(?:needs?|wants?) [a-z]+ing\b")
""" "The parcel wants collecting": of a thing, not of anybody's words."""
_SUBJECT = re.compile(r"\b[Ss]ubject(?: line)?(?:'s| is| says| reads|:)+ (?P<what>[^,;]+)")
_HANDED = re.compile(
    r"\b(?:send|sends|give|bring|forward|mail)(?: (?:him|her|them|me|over))+ (?P<what>[\w' -]+?)(?= (?:before|by|until|for|on|today|tomorrow|first)\b|$)"
)
_WANTS = frozenset("wants want needs need expects expect hoping waiting like love prefer appreciate".split())
_READ = frozenset({"snippet", "body"})
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
    r"\b(?:mail|email|message|one|letter|newsletter|note|reply|something|two|three)s?\b(?: \w+){0,2} from (?:the |your |a )?(?P<who>[\w-]+)",
    re.IGNORECASE,
)
_OF_SENDER = re.compile(
    r"\b(?P<who>[A-Z][\w-]+)'s (?:mail|message|e-?mail|letter|note|(?:is|was) (?:also |still |too )?(?:among|one of|unread|important|new))\b"
)
_ANOTHER = re.compile(
    r",? (?:and|while|but) (?=the (?:others?|rest|newsletter|first|second|third|last)\b|(?:the |your )?[\w-]+(?: [\w-]+)? about\b|[A-Z][\w-]+(?:'s)? (?:this|yesterday|today|on \w+day|last)\b)"
)
""" "... and the other two": another subject."""
_SEARCHED = re.compile(r"\bi(?:'ve| have)? (?:also |just )*(?:searched|looked|checked|had a look)\b")
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
_LIGHT = re.compile(r"\b(?:to|should|must|can) be \w+|\bsigned [A-Z]\w+|\blost (?:the thread|track|you|me|us|count)\b")
_DEEDS = stemmed(BASES)
""" "Deleting needs your yes": nobody of that name."""
_OF_A_CALL = stemmed("rejected refused declined".split())
"""What is told of a call that didn't work."""
_OF_THINGS = frozenset("moved cancelled canceled postponed".split())
""" "The physio moved to three": what was done to something, where a receipt is of it."""
_REACTIONS = stemmed(
    "opinion view views verdict feedback thoughts answer reply response input take comments okay word back hear look eye approval".split()
)
"""What anybody who asks for something asks for."""
_ASSENT = stemmed("fine ok okay works good great agreed approved perfect alright".split())
TO_DO = stemmed(
    "removed strike reword rewrite drop signature payment transfer sign move reschedule postpone shift cancel pay travel fly join visit invite transfer delete".split()
)
_ACTS = stemmed(
    "move reschedule meet meeting call come visit lunch dinner join postpone shift cancel invite one-to-one pay book lend borrow sign travel fly".split()
)
"""What a mail would have to say in so many words."""
_PAIRS = "over/under up/down early/late more/less higher/lower rise/fall increase/decrease open/closed free/busy first/last before/after start/end beginning/end with/without".split()
_AS_PLANNED = (
    ("on budget", "over"),
    ("within budget", "over"),
    ("on time", "late"),
    ("on track", "late"),
    ("on schedule", "late"),
)
_OPPOSITES = [(a, b) for pair in _PAIRS for a, b in (pair.split("/"), pair.split("/")[::-1])]


def told_apart(saying: Saying) -> list[Saying]:
    """ "Sarah wrote today, and the other two came yesterday": each of them alone."""
    parts = _ANOTHER.split(saying.text)
    return (
        [saying]
        if len(parts) < 2
        else [Saying(part, saying.today, saying.first and not at) for at, part in enumerate(parts)]
    )


def reported(saying: Saying, known: Known) -> bool:
    """Whether what a clause tells of somebody's words is borne out by a mail; True where it tells of none."""
    return all(_reported(part, known) for part in told_apart(saying))


def _reported(saying: Saying, known: Known) -> bool:
    for told in (_of_senders(saying, known), in_drafts(saying, known)):
        if told is not None:
            return told
    return _in_mails(saying, known)


def _of_senders(saying: Saying, known: Known) -> bool | None:
    """ "One from Tom", "Tom's mail": False where nobody of that name wrote; None where nothing speaks against it."""
    mails = mails_of(known)
    if is_denial(saying.lower):
        return None
    if found := _MAIL_FROM.search(saying.text):
        sender = stem(found["who"].lower())
        if _SEARCHED.search(saying.lower):
            return any(sender in one.words for one in known.answers if one.now)
        if sender not in LITTLE and sender[0].isalpha() and not any(sender in row.words for row in mails):
            return False
    owner = _OF_SENDER.search(saying.text) if mails else None
    return False if owner and not any(stem(owner["who"].lower()) in row.words for row in mails) else None


def in_drafts(saying: Saying, known: Known) -> bool | None:
    """Whether a mail of the person's own says so; None where nothing is told of one."""
    own = drafts(known)
    if own and (told := words_of(saying.text)):
        rest = Saying(told, saying.today, first=False)
        return as_written(rest, saying.names, own, known) and any(_says(row, rest.text, rest) for row in own)
    if own and (subject := _SUBJECT.search(saying.text)):
        named = Saying(subject["what"], saying.today, first=False).content
        return any(
            str(row.data.get("subject") or "-").lower() in subject["what"].lower()
            or (named and set(named) <= stems(str(row.data.get("subject") or row.text)))
            for row in own
        )
    return None


def _in_mails(saying: Saying, known: Known) -> bool:
    match = _WROTE.search(saying.text) or _WOULD.search(saying.text)
    ours = {word for one in (*known.receipts, *known.stood) for row in one.rows for word in row.title}
    if (
        match is None
        or match["who"] in _NOBODY
        or (match["did"] in _OF_THINGS and stem(words(match["who"])[-1]) in ours)
        or _TO_BE_DONE.search(match[0])
        or (match["who"].endswith("ing") and stem(match["who"].lower()) in _DEEDS)
    ):
        return _about(saying, known)
    if is_denial(saying.text[: match.start("rest")].lower()):
        return True
    asked_for = set(Saying(match["rest"], saying.today, first=False).content) - _REACTIONS
    if (MAIL_WORDS.search(match["who"].lower()) or (match["did"] in _WANTS and not asked_for)) and is_denial(
        match["rest"]
    ):
        return True  # "your mail asks for nothing": whether that is so is told by what was gone through
    who = [stem(word) for word in words(match["who"]) if stem(word) not in LITTLE]
    every = mails_of(known)
    if len({row.text for row in every}) == 1:
        who = [word for word in who if word not in stems(known.asked)]  # "the tutor", whose mail was asked for
    mails = [row for row in every if all(word in row.words for word in who)]
    if not mails and "messages" not in {row.kind for row in known.here}:
        mails = [
            row
            for row in (*known.here, *known.thread)
            if row.kind != "now" and who and all(word in row.words for word in who)
        ]
    if not who:
        mails = [*mails, *waiting(known)]
    if match["did"] in _WANTS and saying.every_day:
        mails = [Row(row.text, row.written, row.zone, kind=row.kind) for row in mails]  # not the day on which it came
    if match["did"] in HEAVY:
        did = stem(match["did"])
        mails = [row for row in mails if did in row.words]
    return any(_says(row, match["rest"], saying) for row in mails)


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
    match = _WROTE.search(saying.text) or _WOULD.search(saying.text)
    return match is not None and match["who"] not in _NOBODY and bool(mails_of(known))


def tells_of_mail(saying: Saying, known: Known) -> bool:
    """Whether it begins to tell what is in a mail that was read."""
    mails = mails_of(known)
    return bool(mails) and (
        bool(MAIL_WORDS.search(saying.lower)) or any(row.title & set(saying.names or saying.content) for row in mails)
    )


def read_out(saying: Saying, known: Known) -> bool:
    """Whether it is a mail's own words."""
    said = saying.lower.strip(" .,;:!-'\"")
    return len(said.split()) > 2 and any(said in row.text.lower() for row in mails_of(known))


def they_said(saying: Saying, known: Known, days: Sequence[Day]) -> bool:  # noqa: ARG001
    """Whether the person has said what a clause says they told us."""
    match = _YOU_SAID.search(saying.lower)
    if never := _YOU_NEVER.search(saying.lower):
        denied = frozenset(Saying(never["rest"], saying.today, first=False).content)
        return not denied or not any(denied <= row.words for row in known.rows_of("memories"))
    if match is None or is_denial(saying.lower[max(0, match.start() - 8) : match.start("rest")]):
        return True
    recalled = {one.tool for one in known.reads if one.now} == {"recall"}
    if recalled and not known.rows_of("memories") and not is_denial(saying.lower):
        return False
    told = match["rest"] if re.search(r"[a-z]{3}", match["rest"]) else saying.text[: match.start()]
    named = Saying(told, saying.today, first=False).content
    if not named and _EARLIER.search(match["rest"]) and not known.rows_of("memories"):
        return len(known.persons) > 1
    borne = known.their_words | known.words
    known_ones = [word for word in named if word in borne or implied(word, borne, denied=is_denial(told))]
    return len(known_ones) >= (1 if known.rows_of("memories") else 0.7) * len(named)


def weighs(saying: Saying, known: Known, days: Sequence[Day]) -> bool:  # noqa: ARG001
    """Whether the heavy words of a clause ("cancelled", "signed", "ill") come from somewhere."""
    if is_denial(saying.lower):
        return True
    heavy = stemmed(HEAVY & set(words(_LIGHT.sub(" ", saying.text).lower())))
    heavy -= _OF_A_CALL if known.refusals else frozenset()
    ours = {one.tool for one in (*known.receipts, *known.stood)}
    heavy -= {stem(word) for word, (_, tools) in DONE.items() if tools & ours}  # that is told by their receipts
    return heavy <= known.words | known.their_words


def _says(row: Row, rest: str, saying: Saying) -> bool:
    """Whether a mail bears out what it is told to say."""
    told = Saying(rest, saying.today, first=False)
    found = words(rest)
    if any(word in HEAVY and stem(word) not in row.words for word in found):
        return False
    if any(phrase in rest.lower() and stem(there) in row.words for phrase, there in _AS_PLANNED):
        return False
    if any(here in found and there in row.words and here not in row.words for here, there in _OPPOSITES):
        return False
    plain_numbers = numbers(_COUNTED.sub(" ", re.sub(r"\b\d{4}\b", " ", without_counts(told.bare))))
    if not {number for number in plain_numbers if number > 1} <= row.numbers:
        return False
    apart = [day for day in saying.every_day if words(saying.text[day.start : day.end])[-1] not in row.text.lower()]
    if not all(row.on(day) for day in apart) or not all(row.has(clock) for clock in told.clocks):
        return False
    if any(length not in row.lengths for length in told.lengths):
        return False
    if is_denial(rest) and not is_denial(row.text):
        return False
    if (
        (assent := stemmed(found) & _ASSENT)
        and not re.search(r"\b(?:whether|if|ask\w*|want\w*|know)\b", saying.lower)
        and not _affirmed(row, assent)
    ):
        return False
    handed = _HANDED.search(rest)
    if handed and not set(Saying(handed["what"], saying.today, first=False).content) <= row.words:
        return False
    named = [word for word in told.content if word not in _REACTIONS]
    if _acts(rest, row, nouns=not any(word in row.words for word in named)):
        return False
    if any(not set(part) & row.words for part in _parts(rest, saying) if len(part) > 1):
        return False
    return sum(word in row.words for word in named) >= 0.5 * len(named)


def _parts(rest: str, saying: Saying) -> list[list[str]]:
    """What is told in one breath, "about the parts and about the delivery", each alone."""
    told = [Saying(one, saying.today, first=False).content for one in re.split(r",|\band\b", rest)]
    return [[word for word in one if word not in _REACTIONS] for one in told]


def _acts(rest: str, row: Row, *, nouns: bool) -> bool:
    """Whether it tells of something to be done that the mail doesn't speak of."""
    told = {stem(word) for word in words(rest)}
    if told & TO_DO - row.words:
        return True
    return nouns and bool(told & _ACTS) and not told & _ACTS & row.words


def assents(saying: Saying, mails: Sequence[Row]) -> bool:
    """Whether somebody is said to be fine with something, and a mail says so; True where it isn't said."""
    assent = stemmed(words(saying.lower)) & _ASSENT
    if not assent or re.search(r"\b(?:whether|if|ask\w*|want\w*|know\w*|hear|see|check|you)\b", saying.lower):
        return True
    return any(_affirmed(row, assent) for row in mails)


def _affirmed(row: Row, assent: frozenset[str]) -> bool:
    """Whether one of these words stands in a sentence of the mail that isn't a question."""
    told = [part for part in re.findall(r"[^.!?]+[.!?]?", row.text) if not part.endswith("?")]
    return any(assent & stems(part) for part in told)


def mails_of(known: Known) -> list[Row]:
    """The mails that are known, read ones first."""
    found = [
        row
        for row in (*known.here, *known.thread)
        if "from" in row.data or row.kind in ("messages", "important", "message")
    ]
    return [row for row in found if _READ & row.data.keys()] or found


def meant(mails: list[Row], saying: Saying, before: Sentence) -> list[Row]:
    """Those of which most is named, the subject letter for letter counting too; else the one told of last, else all."""
    hits = [len(row.title & set(saying.content)) + row.stands_in(saying.lower) for row in mails]
    most = max(hits, default=0)
    named = [row for row, hit in zip(mails, hits, strict=True) if most and hit == most]
    return named or [row for row in mails if row.title & before.about] or mails
