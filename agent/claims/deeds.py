"""Claims of a change: "I've added…", "it's on your calendar", "sent", "I'll remind you", and which tools could have done it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from agent.claims.moods import by_their_leave, is_denial
from agent.claims.numbers import NUMBER
from agent.claims.verbs import (
    ADD,
    ANY,
    CHANGE,
    COMPLETE,
    DOING,
    DONE,
    EVENTS,
    INVITE,
    NEVER,
    NOUNS,
    REMEMBER,
    REMIND,
    REMOVE,
    SEND,
    UNDO,
)

_PARTICLES = frozenset({"up", "off", "out"})
_THEM = frozenset({"you", "me"})
_BOTH = frozenset({"put", "set"})
"""The same word for what was done and for what could be."""
_SAID = frozenset(
    "asked sent replied answered told confirmed invited forwarded notified accepted declined paid called rang".split()
)
"""What others do too: "Tom sent…"."""
_MARKS = frozenset("important unread urgent read starred spam high".split())
"""What a mailbox marks its mails with."""
_SENT = frozenset("mail email message reply note draft invitation invitations invite it reservation booking".split())
_US = frozenset(("i", "i've", "we", "we've"))
_BE = frozenset("is are was were be been being 's got gets get isn't".split())
_NOW = frozenset("is are 's gets get being".split())
_HAVE = frozenset("have has had 've".split())
_TO_COME = frozenset(
    "can could should should've would would've could've may might must to will 'll i'll it'll we'll let shall want wants needs need".split()
)
_BETWEEN = frozenset(
    "just also now already gone ahead and then successfully both all even immediately quickly went finally safely only simply "
    "automatically officially once again still too duly".split()
)
_NOUGHT = frozenset("nothing nobody none no".split())
_OBJECTS = frozenset("the a an you your me his her it that to about this yesterday back".split())
_TO_DONE = re.compile(r"\b(?:to|as) (?:done|complete|completed|finished)\b")
_NO_DEED = re.compile(r"(?:is|are|'s|was) called an?$|you're booked (?:from|until|till|between|solid|up)$")
"""A name, or being busy."""
_OTHERS = frozenset("he she they you who he's she's they've they're you've he'd she'd someone somebody".split())


@dataclass(frozen=True)
class Deed:
    """A change that words claim to have happened."""

    verb: str
    tools: frozenset[str]
    own: bool = True
    """It is said to be ours: nobody else can have done it."""
    part: str = ""
    """The words that tell of it, where the clause tells of several deeds."""


_FULL = re.compile(
    r"^(?:(?:okay|ok|great|sure|perfect|right|alright|all right|yes|no problem|of course|good|well|and|so|there|nice|excellent|wonderful|certainly),? )*"
    r"(?:(?:it|that|this|everything|all|both|they|which|you|we|your (?:\w+ )?list)(?:'s|'re| is| are| has been| have been)? (?:all |both |now )?)?"
    r"(?:been )?(?:all )?(?:done(?: and done)?|set|sorted(?: out)?|taken care of|handled|good to go|gone|finished|settled|arranged|in place|consider it done|up to date)"
    r"(?: (?:now|for you|as you asked|as requested|too|as well))*[.!,; ]*$"
)
_THIRD = r"(?:^|\b(?:and|so|but|now|yes|okay|done|sure|great)\b,? ?)(?!you|i|we|it|this|that|there|god|who|nobody|everyone|what|which|how|let)(?:(?:the|your) )?[a-z]+(?<!what)(?<!don't)"
"""Somebody else, at the beginning."""
_HAD_ME = r"\byou (?:had|made|let|got) me (?:to |also |then |later )*"
_ALL_I_DID = r"\ball (?:that )?i(?:'ve| have)?(?: did| done| changed)?(?: was| is| to| today)*"
_STATES: tuple[tuple[re.Pattern[str], str, frozenset[str]], ...] = (
    (re.compile(r"^(?:okay,? |ok,? |all |it's |and )?done[,:;-] (?!with|by)|^(?:it's |that's |everything's |you're )?all set\b"), "do", ANY),
    (re.compile(r"\b(?:has|have|'s|'ve) (?:now |just |all )*(?:vanished|disappeared|been wiped|been taken out)\b|\b(?:vanished|disappeared)\b"), "cancel", REMOVE | COMPLETE),
    (re.compile(r"^(?:okay,? |ok,? |all |and )?(?:gone|off)[,:;-] (?!with|by|you|to)"), "cancel", REMOVE | COMPLETE),
    (re.compile(r"\bi(?:'ve| have)? (?:also |just )*(?:given|gave|granted|bought) (?:\w+ ){1,3}?(?:until|till|another|more time|extra|an extra|one more)\b"), "change", CHANGE),
    (re.compile(r"^(?:and |so |which )*(?:that|this|it|which)(?: also| just| then)* (?:took .*\b(?:off|out)|takes .*\boff\b|removed|deleted|cancelled|clear(?:s|ed)|ticks|freed)\b"), "cancel", REMOVE | COMPLETE),
    (re.compile(r"^(?:and |so |which )*(?:that|this|it|which)(?: also| just| then)* (?:added|put|restored|brought back)\b"), "add", ADD | CHANGE | UNDO),
    (re.compile(r"\byou (?:had|made|let|got) me (?:also |then |later )*(?:take|undo)\b|\byou (?:had|got) (?:it|that|them) (?:undone|taken back|moved|cancelled|deleted|removed|changed)\b"), "undo", UNDO | CHANGE | REMOVE | SEND),
    (re.compile(rf"{_HAD_ME}(?:move|change|shift|push)\b"), "change", CHANGE),
    (re.compile(rf"{_HAD_ME}(?:cancel|delete|remove|drop)\b"), "cancel", REMOVE),
    (re.compile(rf"{_HAD_ME}(?:send|mail|write|reply)\b"), "send", SEND),
    (re.compile(rf"{_HAD_ME}(?:add|put|book|enter)\b"), "add", ADD),
    (re.compile(r"(?:\bis|\bare|'s) back(?: on| in| (?:to )?(?:where|how|as|what) (?:it|they) (?:was|were)| to normal)?[.!]*$"), "add", ADD | UNDO),
    (re.compile(rf"\b{NUMBER} (?:[a-z]+ )?(?:fewer|less|shorter)\b"), "cancel", REMOVE | COMPLETE),
    (re.compile(r"\b(?:it|the mail|the message|that) (?:has |just )?(?:bounced|arrived|landed|got through|got there|was (?:read|opened|delivered))\b"), "send", SEND),
    (re.compile(r"^(?:and )?(?:off|there|away|out)(?: to [a-z]+)? it (?:goes|went)\b"), "send", SEND),
    (re.compile(rf"{_ALL_I_DID} (?:tick|check|mark|cross)\b"), "tick", COMPLETE),
    (re.compile(rf"{_ALL_I_DID} (?:move|change|push|shift|rename)\b"), "move", CHANGE),
    (re.compile(rf"{_ALL_I_DID} (?:cancel|delete|remove|take|drop)\b"), "cancel", REMOVE),
    (re.compile(rf"{_ALL_I_DID} (?:send|mail|write|reply|answer)\b"), "send", SEND),
    (re.compile(r"^(?!what|that)[\w' -]+[:,-] (?:all |both )?(?:gone|done|sorted|set|ticked off|cancelled|deleted)[.!]*$"), "do", ANY),
    (re.compile(r"\b(?:today|tomorrow|\w+day|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|noon|o'clock|\d+(?:st|nd|rd|th)?) it is\b"), "change", EVENTS | CHANGE | REMIND),
    (re.compile(r"^(?:yes,? |so |now )*(?:he|she|they)(?:'s got|'ve got| has| have| got)(?: already| now| just)* (?:it|that|the (?:mail|message))(?: now| already| by now)*[.!]*$"), "send", SEND),
    (re.compile(r"\bconsider (?:it|that) done\b|\bas good as done\b|\byou're all (?:set|good|sorted)\b|\btaken care of\b"), "do", ANY),
    (re.compile(r"\b(?:i'll|i will|i am going to|i'm going to)(?: also| still| then| just| again| gladly| happily| certainly| definitely| always| be sure to| make sure to)* remind\b"), "remind", REMIND),
    (re.compile(r"\b(?:i'll|i will) wake\b|\b(?:i'll|i will) (?:let you know|ping you|give you a (?:nudge|shout|reminder)|nudge you) (?:at|on|in|when it's|tomorrow|tonight)\b"), "remind", REMIND),
    (re.compile(r"\byou(?:'ll| will) (?:get|have|receive|hear) (?:a |your |the )?(?:reminder|notification|alert|nudge)"), "remind", REMIND),
    (re.compile(r"\breminder(?:'s| is|s are| has been)? (?:is )?(?:in|on|ready|active|in place)\b"), "remind", REMIND),
    (re.compile(r"\b(?:i'll|i will|i'm going to) (?:remember|keep (?:that|this|it) in mind|bear (?:that|this|it) in mind|not forget|never forget|make a note)\b|\bi won't forget\b"), "remember", REMEMBER),
    (re.compile(r"\bi(?:'ve| have) got (?:that|it|this|him|her|them) (?:down|noted|written)"), "remember", REMEMBER | ADD),
    (re.compile(r"\bi won't (?:remind|bother) you\b"), "cancel", frozenset({"cancel_reminder", "undo", "dismiss_action", "dismiss_suggestion", "complete_task"})),
    (re.compile(r"(?<!there )(?:\bis|\bare|'s|\bhas been|\bare now) (?:now |all |already |back |still |also )*(?:on|in) (?:your|the) (?:calendar|diary|schedule)\b"), "add", EVENTS | CHANGE | UNDO),
    (re.compile(r"(?<!there )(?:\bis|\bare|'s) (?:now |already |back |still |also |waiting |sitting |safely )*on (?:your|the) (?!guest )(?:[\w-]+ )?list\b"), "add", ADD | CHANGE | UNDO),
    (re.compile(r"(?:\bis|\bare|'s)(?: now| already| also| both)* on the (?:guest list|invitation)\b"), "invite", INVITE),
    (re.compile(r"(?:\bis|\bare|'s) (?:now |back )*(?:off|out of|no longer (?:on|in)) (?:your|the) (?!menu\b|record\b|mark\b|hook\b|way (?:by|at|before)\b)|\bcalled (?:it|that|everything) off\b"), "cancel", REMOVE | COMPLETE),
    (re.compile(r"(?:\bit's|\bthat's|\bthey're|\b(?:reminder|event|appointment|meeting|task|draft|entry|one)(?: on \w+| at \w+| to [\w ]+)? is) (?:now |all )?(?:gone|off(?! to\b)|out)\b"), "cancel", REMOVE | COMPLETE),
    (re.compile(r"(?:^|[,;:] |\b(?:and|so|now),? )(?:the|your) (?!day|morning|afternoon|evening|hour|slot|time|week)[\w -]+?(?:'s| is| are) (?:now |all |already )*gone(?: (?:from|off) (?:your|the) [\w ]+)?(?:[.!]*$|,)"), "cancel", REMOVE | COMPLETE),
    (re.compile(r"^(?!.*\b(?:e-?mails?|messages?|mails?|drafts?|notes?|invitations?|reply|letter)\b).*(?:\bis|\bare|'s)(?: now)? (?:off|out)(?: again| now)?(?:[.,;!]|$)"), "cancel", REMOVE | COMPLETE),
    (re.compile(r"\bi(?:'ve| have)?(?: also| just| already| now)* (?:(?:spoken|spoke|talked|chatted|checked|agreed|cleared (?:it|that)|arranged (?:it|that)|had a word|been in touch|got in touch) (?:with|to)|got hold of|reached out to|rung|rang)\b(?! (?:your|the) (?:calendar|diary|lists?|mail|inbox|tasks?|reminders?)\b)"), "send", SEND),
    (re.compile(r"\b(?:mail|message|draft|note|version|reply|invitation|it|that|one)(?:'s| has| have)?(?: already| now| just| since| long)* (?:reached|got to|made it to) (?!you\b|me\b|this\b|the point)[a-z]+\b"), "send", SEND | INVITE),
    (re.compile(r"(?:^|[,;] )(?:and )?[a-z]+(?: is| are|'s)(?: now)? (?:on|down)(?: again| now)?(?:[.,;!]|$)"), "add", ADD),
    (re.compile(r"(?:^|^yes, |\b(?:he|she|they)\b.*)(?!(?:you|i|we|it|that|this|he|she)\b)[a-z]+(?:'s| has| have)(?: already| now| just)* (?:got )?(?:it|that|the mail|your mail|the message)(?: now| already| in (?:his|her|their) \w+| by now)*[.!]*$|\b(?:in|on) (?:[a-z]+'s|his|her|their) (?:inbox|mailbox|phone|calendar)\b"), "send", SEND),
    (re.compile(r"\b(?:is|are|'s)(?: now| safely| all| already)* (?:in|part of) my (?:head|memory|notes|mind|memories)\b"), "remember", REMEMBER),
    (re.compile(r"(?:^|\b(?:it's|that's|they're|is|are) )(?:now |all )?in[.!]*$"), "add", EVENTS | REMIND | {"add_task"}),
    (re.compile(r"\b(?!(?:ha(?:s|ve) )?gone to (?:\w+day|tomorrow|today|next|the \d|\d|noon|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|half|quarter)\b)(?:on (?:its|their) way(?! (?:to you|back|home|here))|went out|gone out|go(?:es)? out (?:at|in|now)|(?:mails?|messages?|e-?mails?|drafts?|notes?|invitations?|reply|letter)\b[^,;]* (?:is|are) out(?! of\b)|out the door|has your (?:mail|message)|got your (?:mail|message|email)|(?:has|have|'s|'ve)(?: got| received)? (?:the|your|an|their) invit\w+|ha(?:ve|s) you down|(?:i|we|i've|we've|have|\bi\b.* and|i've.* and|also)(?: also| just| already)* let (?!you\b|me\b)(?:[\w'-]+ ){1,4}?know\b|gone (?:off )?to|ha(?:s|ve) (?:just )?gone)\b"), "send", SEND | INVITE),
    (re.compile(r"^(?:done,? |okay,? )?[a-z]+ (?:already )?knows(?: now| about it)?[.!]*$"), "send", SEND),
    (re.compile(rf"{_THIRD} (?:already |now )*(?:knows?\b(?! (?:how|what|who|where|the way|if|whether))|got (?:it|the|your)\b|has received\b|received (?:it|the|your)\b|(?:will|should|must) have (?:it|got it|received))|{_THIRD}(?:'s| is| are| has been| have been|'ve been)(?: now| already| been| both| all)* (?:told|informed|notified|in the loop|aware|up to date|expecting (?:you|us))\b|\bconsider \w+ (?:told|informed|notified)|\b(?:it|mail|message|email|that|draft) (?:just |already )?went (?:out )?to\b"), "send", SEND | INVITE),
    (re.compile(r"\b(?:no longer exists?|(?:doesn't|don't) exist any ?more)\b|(?:\bis|'s) history\b|\b(?:reviews?|\w*ones?|both|all|them|tasks?|meetings?|reminders?|appointments?|events?|lessons?|it)(?: of them)? (?:is|are)(?: now| both| all)* (?:gone|history|out of the way(?! (?:by|at|before)\b)|cancelled)\b"), "cancel", REMOVE | COMPLETE),
    (re.compile(r"\b(?:is|are|'s|comes|starts|lasts) (?:at [\w: ]+ |on \w+ )?now\b(?! (?:on your|in your|on the|in the|\d|twenty|ten past|half))|\b(?:is|are|'s|comes|starts|lasts) now (?:at|on(?! (?:your|the))|from|to|called|in(?! (?:your|the))|for|due|set|tomorrow|today)|\bnow (?:comes|starts|runs|lasts|takes|ends)\b|\binstead of\b.*\bnow\b|(?:\bis|\bare|'s) (?:[\w-]+ ){1,4}?(?:hours?|minutes?)(?: long)? now\b|\b(?:goes on|runs|has) (?:until|till) [\w :]+ now\b"), "change", CHANGE | UNDO),
)  # fmt: skip
_MINE = re.compile(
    r"\b(?:i|we)(?:'ve| have)(?: \w+ly| also| just| now| already| gone ahead and| then| even| once again)* (?P<done>[a-z]+)\b|\bi(?: also| just| then| \w+ly)* (?P<did>(?!need|feed|speed|heed)[a-z]+ed|did|got|made|gave|took|went|ran(?! into)|began|cut|let|left|paid|sold|bought|brought|wrote|rang|spoke|met|hid|shut)\b"
)
_HARMLESS = frozenset(
    "looked checked asked searched found seen noticed heard understood tried thought meant been got had mentioned said read listed missed gone left learned "
    "lost forgotten forgot misheard misunderstood mistaken confused mixed overlooked skipped run come fallen drawn wanted needed hoped wondered known told received assumed guessed figured given enjoyed liked loved wished let done no not only never just "
    "a an the here one two three some all nothing something everything your my you plenty it that this to made went did scanned reviewed reached agreed is are was were in on for at from about".split()
)
"""What may be said of us without a receipt; looking is another matter (see `facts`)."""
_OF_NOTHING = re.compile(r" (?:off |out |up |in )?(?:nothing|nobody|none|no one)\b(?! but\b)")
_TO_BE = re.compile(
    rf"\b(?:before|until|till)\b(?! (?:that|this|noon|midnight|half|quarter|a quarter|{NUMBER})\b| \d)[^,;]*$"
)
""" "Before it's gone": it isn't yet. "From twelve until two" is no "until it is sent"."""
_HOW = re.compile(r"\b(?:the way|how|why|where|whatever|[a-z]+ed the \w+(?: that)?)\s*$")
""" "The way I passed it": it tells of what was tried, not of what was done."""
_SORTED = re.compile(
    r"\b(?:i|we)(?:'ve| have)? (?:managed to|was able to|were able to|succeeded in|went ahead|gone ahead|took care|taken care|dealt with|seen to it|made sure|got (?:you|it|that|everything|the|a)\b(?!.* wrong\b)|did (?:it|that|both|so|everything|all)|done (?:it|that|both|so|everything|all))"
)
_COULD_BE = re.compile(
    r"\b(?:i|you|we) (?:can|could|would|may|might)\b|\b(?:shall|should) i\b|\bshould(?:'ve| have) (?:been|gone)\b"
)
_PROMISE = re.compile(
    r"\b(?:i'll|i will|let me|i'm going to|i am going to|i'm|i am)(?: just| now| quickly| also| then| go ahead and)* ([a-z]+)\b"
)


@lru_cache(256)
def deeds(clause: str) -> Sequence[Deed]:
    """The changes that a clause claims. `clause` is plain and in lower case."""
    if _FULL.match(clause):
        return [Deed("cancel", REMOVE | COMPLETE, own=True) if "gone" in clause else Deed("do", ANY, own=True)]
    found = [*_worded(clause)] or [*_unnamed(clause)]
    for pattern, verb, tools in _STATES:
        match = pattern.search(clause)
        if match is None or _COULD_BE.search(clause[: match.end()]) or _TO_BE.match(match[0]):
            continue
        before = clause[: match.start()]
        if is_denial(before[-25:]) or _TO_BE.search(before):
            continue
        own = re.search(r"\bi(?:'ll| will| won't)\b", match[0]) is not None
        if not (own and by_their_leave(clause)):
            found.append(Deed(verb, _narrowed(tools, clause) if verb != "cancel" else tools, own=own))
    return found


def _unnamed(clause: str) -> Iterator[Deed]:
    """Something that we say we did, whatever the verb: only a receipt can bear it out."""
    if (match := _SORTED.search(clause)) and not is_denial(clause[: match.end()]):
        yield Deed("do", ANY, own=True)
    for match in _MINE.finditer(clause):
        verb, before = match["done"] or match["did"], clause[: match.start()]
        if _OF_NOTHING.match(clause[match.end() :]):
            continue
        if verb not in _HARMLESS and not _HOW.search(before) and not is_denial(f"{before[-15:]}{match[0]}"):
            yield Deed(verb, ANY, own=True)


def promises(clause: str) -> frozenset[str]:
    """The tools of which a clause says that one will be used now."""
    match = _PROMISE.search(clause)
    return DOING.get(match[1], NEVER) if match else NEVER


def _worded(clause: str) -> Iterator[Deed]:
    """What its participles tell of, each with its own part of the clause."""
    places = list(re.finditer(r"[a-z]+(?:'(?!s\b)[a-z]+)?|'s\b|\d+|[,;:]", clause))
    tokens = [one[0] for one in places]
    told = [(at, own) for at, word in enumerate(tokens) if word in DONE and (own := _claimed(tokens, at)) is not None]
    begins, since = list[int](), 0
    for at, _ in told:
        begins.append(_joint(tokens, since, at))
        since = at + 1
    for place, (at, own) in enumerate(told):
        begin, end = [*begins, len(tokens)][place : place + 2]
        verb, tools = DONE[tokens[at]]
        part = clause[places[begin].start() : places[end - 1].end()].rpartition(": ")[2]
        tools = _narrowed(_special(tokens[:at], tokens[at], tokens[at + 1 :], tools), part)
        yield Deed(verb, tools, own, part if len(told) > 1 and "both" not in tokens else "")


def _joint(tokens: list[str], since: int, at: int) -> int:
    """Where the part of a clause begins that tells of the deed at a place; `since`: behind the deed before."""
    joints = [place for place in range(since, at) if tokens[place] in ("and", "but", "then", ",")]
    if joints and (since or tokens[joints[-1] + 1] in ("the", "your", "i", "it", "i've")):
        return joints[-1]
    return since


def _special(left: list[str], word: str, after: list[str], tools: frozenset[str]) -> frozenset[str]:
    if word == "called" and "off" in after:
        return REMOVE
    if word == "called" and _BE & _parted(["", *left])[1] and after:
        return CHANGE | UNDO  # a name that it has now
    return COMPLETE if _TO_DONE.search(" ".join(after)) else tools


def _unsaid(left: list[str], word: str) -> bool:
    """Whether the words before a participle take the claim from it: a denial, a condition, a wish, a possibility."""
    if is_denial(" ".join(left[-6:])) or {"if", "unless", "whether"} & set(left):
        return True
    if (left[-1] == "got" and _US & set(left)) or {"want", "wants", "wanted", "like"} & set(left[-3:]):
        return True  # "all I've got stored", "you want it moved"
    if _TO_BE.search(" ".join(left)) and _NOW & set(left[-4:]) and not _US & set(left[-4:]):
        return True  # "before it's sent": it is still to come
    if left[-1] in _US and _HOW.search(" ".join(left[:-1])):
        return True  # "something was wrong with how I asked for it"
    if {"can", "could"} & set(left) and "i" in left:
        return True  # "what I can do is put it in"
    return word == "finished" and left[-1] in ("you're", "are", "be")  # a day of theirs


def _claimed(tokens: list[str], at: int) -> bool | None:
    """True: by us; False: that it has happened; None: neither."""
    left, word, after = ["", *tokens[:at][-8:]], tokens[at], tokens[at + 1 :]
    follows = next((one for one in after if one not in _PARTICLES), "")  # "brought up nothing"
    if word == "marked" and _MARKS & set(after) and not _US & set(left):
        return None
    if word in ("taken", "took") and not {"off", "out", "away", "down"} & set(after):
        return None  # "that hour is taken": nothing that anybody did
    if _unsaid(left, word) or _NO_DEED.match(f"{left[-1]} {word} {follows}"):
        return None
    rest, helping = _parted(left)
    subject = rest[-1]
    if helping & _TO_COME or (subject in _THEM and not helping):
        return None
    if follows in _NOUGHT or (word in ("told", "asked") and (follows == "you" or subject == "you'll")):
        return None
    if subject in _US:
        return None if word == "checked" and "off" not in after else True
    if helping & _BE:
        return _passive(subject, helping, after)
    if helping or subject in _OTHERS or word == "wrote":
        return None
    if word in _SAID and subject and subject not in _SENT:
        return None
    if _US & set(tokens[:at]) and not _OTHERS & set(left) and left[-1] in _BETWEEN | {",", "but"}:
        return True
    if word in _BOTH:
        return False if word == "set" and subject in ("reminder", "reminders", "alarm", "timer") else None
    if follows in _OBJECTS and subject not in ("", ","):
        return None
    return False if len(rest) <= 5 else None


def _parted(left: list[str]) -> tuple[list[str], set[str]]:
    """The words before a participle, and the helping verbs right before it."""
    at = len(left)
    while left[at - 1] in _BETWEEN | _BE | _HAVE | _TO_COME:
        at -= 1
    return left[:at], set(left[at:]) - _BETWEEN


def _passive(subject: str, helping: set[str], after: list[str]) -> bool | None:
    if helping == {"'s"} and subject in ("he", "she", "who"):
        return None
    return None if {"was", "were"} & helping and "by" in after else False


def _narrowed(tools: frozenset[str], clause: str) -> frozenset[str]:
    """What is named narrows which tool it can have been."""
    for pattern, those in NOUNS:
        if pattern.search(clause) and tools & those:
            tools &= those
    return tools
