"""Roundabout ways of saying a thing, put plainly before it is read: "cancel what I have tomorrow at ten", "at, like, seven"."""

import re
from itertools import pairwise

from agent.when.words import WEEKDAYS

_DAY = rf"(?:{'|'.join(WEEKDAYS)})"
_HOUR = r"(?:\d{1,2}(?:[:. ]\d\d)?(?: ?[ap]m\b)?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|half|quarter|noon|midday)"
_WHEN = rf"(?:today|tomorrow|tonight|yesterday|{_DAY}|this week|next week|this month|next month|the (?:morning|afternoon|evening)|{_HOUR}(?: o'?clock)?)"
_LIST = r"(?:shopping|groceries|grocery)"


def _compiled(*pairs: tuple[str, str]) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern, re.IGNORECASE), better) for pattern, better in pairs)


_WORDS = _compiled(
    (r"\b2day\b", "today"),
    (r"\b2nite\b", "tonight"),
    (r"\b2 (?=be (?:moved|done|changed)\b)", "to "),
    (rf"\b(moved|pushed|changed|move|push|change) 2 (?=(?:today|tomorrow|next|{_DAY})\b)", r"\1 to "),
    (r"\bover due\b", "overdue"),
    (r"^(every|any) thing\b", r"\1thing"),
    (r"\bwot'?s\b", "what's"),
    (r"(?<=\w) ['’]?n['’]? (?=[a-z]{2})", " and "),
    (r"\bhow long['’]s\b", "how long is"),
    (r"^mind me (?=to\b)", "remind me "),
    (r"^make that you (?=remind)", ""),
    (r"\bfrom here on(?: out| in)?\b|\bfrom this point on\b|\bgoing forward\b|\bfrom today on\b", "from now on"),
    (rf"\b(?:this|the) ({_DAY}) just gone\b", r"last \1"),
    (r"\bbriefing (?:right )?now\b", "briefing"),
    (r"\bdue (?=the \d+(?:st|nd|rd|th)\b)", "due on "),
)
"""Single words, and times, that mean the same said otherwise."""

_TURNS = _compiled(
    # searching for the hour
    (rf"\b(at|by|around|until|till|from|for|to|in),? (?:like|say|you know|let['’]s say|um|uh|er|erm),? (?={_HOUR}\b)", r"\1 "),
    (rf"^(?:make|do|have|start) (.+?) (?:later|earlier),? (?:(?:like|say|maybe),? )?(?:at|to) (?={_HOUR}\b)", r"move \1 to "),
    (r"\btoday,? (?=in (?:\d+|an?|half an|one|two|three|four|five|six|ten|twenty|thirty) (?:hours?|minutes?|mins?)\b)", ""),
    (r"^(book|put|pencil|schedule|slot|block|pop) in (?=(?:half )?(?:an?|one|two|three|\d+|thirty|fifteen|forty-five|ninety) (?:half )?(?:hours?|minutes?|mins?)\b)", r"\1 "),
    # a question about one thing, with its answers offered or the thing put first
    (rf"^(?:is|are|was|were) (?!(?:it|that|this|today|there|he|she|tomorrow)\b)((?:the |my )?[\w'’-]+(?: [\w'’-]+){{0,3}}?) (?:on |at |in )?{_WHEN} or (?:on |at |in )?{_WHEN}\?*$", r"when is \1"),
    (rf"^((?:the |my )?[\w'’-]+(?: [\w'’-]+){{0,3}}?)((?: on)? {_WHEN})?, (when|where|what time|who|how long) (is|are|does) (?:it|that)(?: again| exactly)?\?*$", r"\3 \4 \1\2"),
    (r"^(?:i (?:can['’]?t|cannot|don['’]?t) remember|i forget|i forgot|i['’]ve forgotten|i have forgotten|i['’]m not sure|not sure)[,:;]? (?=(?:when|where|what|who|which|how)(?:['’]s| is| was| are| were| do| does| did| am| time)\b)", ""),
    (rf"\b(do i|do we|am i|are we) start(?:ing)?(?= (?:tomorrow|today|on|{_DAY}))", r"\1 begin"),
    (r"\b(am i|are we|be|i am) free (?:for|at) lunch\b", r"\1 free at lunchtime"),
    (r"\b(am i|are we|be|i am) free (?:for|at) (?:dinner|supper|drinks)\b", r"\1 free in the evening"),
    (r"\bis my weekend (free|open|clear|busy|full)\b", r"am i \1 this weekend"),
    # the thing called by where it stands
    (r"^(cancel|delete|drop|remove|scrap|clear|move|push|postpone|shift) (?:what|whatever|the thing)(?: that)? (?:i have|i['’]ve got|i have got|is|there is)(?: on)? (?=\w)", r"\1 the event "),
    (r"^((?:move|shift|push|put|change|reschedule|bring|make) .+) (?:on )?(?:that|the same|that same) day$", r"\1"),
    # what goes on the calendar
    (r"^(?:put|note|write|mark|jot) (?:down|in) that (?:i|we)(?:['’]ve got| have got|['’]ve| have|['’]m at|['’]m seeing)(?! to\b) (?:a |an |the )?(.+)$", r"add \1 to my calendar"),
    (r"^make me (?=an? (?:appointment|meeting)\b)", "make "),
    (r"^put (?:me|us) down as (?:being )?(?:(?:on|at) |(?=(?:away|off|out|busy)\b))(.+)$", r"add \1 to my calendar"),
    (r"^put me (?=an? (?:meeting|appointment|call)\b)", "put "),
    (r"^((?:put|add|create|make|schedule|book|set up) )an? (?:meeting|appointment|event|call|entry) (.+) (?:with the title|under the title|with the name|titled|entitled) (.+)$", r"\1\3 \2 in my calendar"),
    (r"^i(?:['’]d| would) like (?:to have )?(?!to |what|every|any|nothing|less |fewer |more |some)(.+) in my (calendar|diary)$", r"add \1 to my \2"),
    (r"^((?:put|set|add|create|make|write) an? reminder) (?:in|into|on) (?:my|the) (?:calendar|diary|phone)\b", r"\1"),
    # lists
    (rf"\b(it|that|them|some|those) (on|to|onto) (?:the |my )?{_LIST}$", r"\1 \2 the shopping list"),
    (rf"^(?:(?:read|show|tell|give|list)(?: me)?(?: out)?|what['’]s on|what is on) (?:the |my )?{_LIST}$", "what is on my shopping list"),
    (r"\b(on|to|onto|off|from) (?:the|my|our) list, (?:the|my) (\w+) one\b", r"\1 the \2 list"),
    (rf"\b(to (?:the |my )?{_LIST}(?: list)?),? (?:as well|too)$", r"\1"),
    (r"\b((?:task|to do|todo|list)),? (?:with )?no (?:due )?date$", r"\1"),
    (r"^(?:give me )?(?:another )?(\w+) more (minutes|mins|hours?)(?: please)?,? snooze(?: it| that)?$", r"snooze for \1 \2"),
    (r"^(?:i|we)(?:['’]ve| have) (?:got )?(?:enough|plenty of|lots of|loads of) (.+?),? ((?:so )?(?:please )?(?:take|remove|delete|strike|cross|drop) (?:it|them|that)\b)", r"i do not need \1, \2"),
    # letters
    (r"^(?=.*\b(?:mail|email|message|note|draft|reply|letter)\b)(.+?),? (?:asking|to ask|and ask)(?: (?:him|her|them))? (?:if|whether) (we|i) (can|could|should|may|might|shall)\b", r"\1 saying \3 \2"),
    (r"^(?=.*\b(?:mail|email|message|note|draft|reply|letter)\b)(.+?),? (?:asking|to ask|and ask)(?: (?:him|her|them))? (?:if|whether) (?:he|she|they) (can|could|would|will|may|might)\b", r"\1 saying \2 you"),
    (r"\b(mail|email|message|letter) from (?:my|the|our) \w+, (?=\w+(?: \w+)?$)", r"\1 from "),
)  # fmt: skip
"""Whole turns of phrase, each as the plain one that the rules know."""

_LONGEST = 240
"""Characters beyond which it is no turn of phrase any more."""
_POLITE = re.compile(r"^(?:(?:oh|um|and|so|ok|okay|well),? )*(?:(?:please|pls|kindly|(?:can|could|would|will) (?:you|u)(?: please)?|(?:could|can|may) i trouble you to),? )?(?=\w)", re.IGNORECASE)  # fmt: skip
_CLOSING = re.compile(r",? (?:please|pls|thanks|thank you|cheers)[.!]?$", re.IGNORECASE)
_TIMED = re.compile(rf"\b(?:at|from|until|till) {_HOUR}\b|\d ?[ap]m\b|\d:\d\d|o'?clock|\b(?:every|each)\b|\b{_DAY}s\b", re.IGNORECASE)  # fmt: skip
_ASKS = re.compile(r"^(?:what|show|list|everything|anything|any|am i|are we|is|do i|have i|read|tell|how|my|the|agenda|calendar)\b", re.IGNORECASE)  # fmt: skip
_LONG = re.compile(r"\b(?:all day|holidays?|vacation|trip|conference|fair|off|leave|festival|retreat|camp|away|offsite|tournament)\b", re.IGNORECASE)  # fmt: skip
_TWO_DAYS = re.compile(rf"\b({_DAY}) and ({_DAY})\b", re.IGNORECASE)
_TWO_DATES = re.compile(r"\b(\d{1,2})(st|nd|rd|th) and (?:the )?(\d{1,2})(st|nd|rd|th)\b", re.IGNORECASE)
_NEXT_TO = frozenset(pairwise(WEEKDAYS))


def plainer(text: str) -> str:
    """The sentence as the rules know it; what is quoted stays as it is."""
    if '"' in text or "“" in text or len(text) > _LONGEST:
        return text
    for pattern, better in _WORDS:
        text = pattern.sub(better, text)
    begin = _POLITE.match(text)
    core = text[begin.end() if begin else 0 :].rstrip(" .!")
    closing = _CLOSING.search(core)
    core = core[: closing.start()] if closing else core
    better = core
    for pattern, plain in _TURNS:
        better = pattern.sub(plain, better)
    if better != core:
        # "calendar please" needs its politeness to be known for a wish
        return _one_stretch(better)
    if closing and not _ASKS.match(core) and (wished := re.sub(r"^(.+ every .+)(?<! the)(?<! my)(?<! our) (calendar|diary)$", r"add \1 to my \2", core, flags=re.IGNORECASE)) != core:  # fmt: skip
        return wished
    return _one_stretch(text)


def _one_stretch(text: str) -> str:
    """ "saturday and sunday" without an hour is one stretch of two days."""
    if _TIMED.search(text) or not (_ASKS.match(text) or _LONG.search(text)):
        return text
    text = _TWO_DAYS.sub(lambda m: f"{m[1]} to {m[2]}" if (m[1].lower(), m[2].lower()) in _NEXT_TO else m[0], text)
    return _TWO_DATES.sub(lambda m: f"{m[1]}{m[2]} to {m[3]}{m[4]}" if int(m[3]) == int(m[1]) + 1 else m[0], text)
