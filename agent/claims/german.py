"""German, word for word, in the English that the guard reads: what it claims is then compared with rows and receipts like everything else."""

import re
from collections.abc import Callable, Collection, Mapping

from agent.claims.german_words import GLOSSARY, PARTICIPLES
from agent.claims.plain import stem
from agent.claims.vocabulary import LITTLE

_SPELLINGS = str.maketrans({"’": "'", "„": '"', "“": '"', "”": '"'})
_HOURS = "eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf".split()
_FIGURES = {"ein": 1} | {word: at + 1 for at, word in enumerate(_HOURS)}
_LATE = "dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn zwanzig einundzwanzig zweiundzwanzig dreiundzwanzig".split()
_FIGURES |= {word: at + 13 for at, word in enumerate(_LATE)}
_HOUR = rf"(?P<hour>\d{{1,2}}|{'|'.join(_FIGURES)}|eins)"
_BARE = rf"(?P<hour>\d{{1,2}}|{'|'.join(_HOURS)})"
_MINUTES = {"fünf": 5, "zehn": 10, "zwanzig": 20, "fünfundzwanzig": 25, "viertel": 15}
_PAST = _MINUTES | {"fünfzehn": 15, "dreißig": 30, "vierzig": 40, "fünfundvierzig": 45, "fünfzig": 50}
_COUNTED = r"(?: \w+e[nrs]?)? ?\w*(?:minuten?|stunden?|tagen?|wochen?|termine?n?|sachen|dinge?n?|mails?|nachrichten|aufgaben?|personen|leuten?|prozent|einträgen?|erinnerungen|davon|weitere\w*|andere\w*)\b"
"""What follows a number that is no hour."""
_TIMES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), said)
    for pattern, said in (
        (rf"\b(?P<minutes>{'|'.join(_MINUTES)}|\d+)(?: minuten)? (?P<way>nach|vor) (?P<half>halb )?{_BARE}\b(?: uhr)?(?!{_COUNTED})", lambda m: _clock(_hour(m), _off(m))),
        (rf"\bdrei ?viertel {_BARE}\b", lambda m: _clock(_hour(m), -15)),
        (rf"\bhalb {_HOUR}\b(?: uhr)?", lambda m: _clock(_hour(m), -30)),
        (rf"\b{_HOUR} uhr (?P<past>\d{{1,2}}|{'|'.join(_PAST)})\b", lambda m: _clock(_hour(m), _number(m["past"], _PAST))),
        (r"\b(?P<hour>\d{1,2})[:.](?P<past>\d\d)(?: uhr)?\b", lambda m: f"{int(m['hour']) % 24}:{m['past']}"),
        (rf"\b{_HOUR} uhr\b", lambda m: _clock(_hour(m), 0)),
        (rf"\b(?P<before>um|ab|bis|gegen|nach|vor|von|seit|auf|zwischen|und)(?P<about> etwa| ungefähr| circa| kurz| punkt| spätestens)? {_BARE}\b(?!{_COUNTED}|[:.]?\d| o'clock)", lambda m: f"{m['before']} {_clock(_hour(m), 0)}"),
    )
)  # fmt: skip
_LENGTHS = tuple(
    (re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE), length)
    for pattern, length in (
        ("anderthalb stunden|eineinhalb stunden|einundeinhalb stunden", "90 minutes"), ("zweieinhalb stunden", "150 minutes"),
        ("dreieinhalb stunden", "210 minutes"), ("viereinhalb stunden", "270 minutes"), ("(?:eine[rn]? )?drei ?viertel ?stunde", "45 minutes"),
        ("(?:eine[rn]? )?halben? ?stunde", "half an hour"), ("(?:eine[rn]? )?viertel ?stunde", "15 minutes"), ("eine[rn]? stunde", "an hour"),
        ("los geht(?:'s| es)|(?:es )?geht(?:'s| es)? los", "es beginnt"), ("(?P<day>heute|gestern|am|jeden|diesen) morgen", "vormittag"), ("guten morgen", " "), ("bis auf|abgesehen von|mit ausnahme von", "außer"), ("sie (?=haben|sind|müssen|können|werden)", "du "),
    )
)  # fmt: skip
_WORDS = re.compile(r"\d+(?::\d\d)?|[^\W\d_]+(?:[-'][^\W\d_]+)*|[.,;:!?]")
_ACTS = frozenset(
    "ist hat kommt kommen will wird möchte kann weiß schreibt fragt bittet sagt braucht war hatte bekommt kriegt muss nimmt ruft".split()
)
"""What stands after a name that begins a sentence."""
_BESIDE = frozenset("mit von bei an".split())
"""What stands before one."""
_DONE_ALREADY = frozenset("o'clock minutes half an hour".split())
_DONE = rf"(?P<done>{'|'.join(sorted(set(PARTICIPLES.values())))})"
_PERFECT = re.compile(rf"\b(?P<verb>(?:i|we) have)\b(?P<between>[^.!?;]*?) {_DONE}\b")
_DONE_FIRST = re.compile(rf"\b{_DONE} (?P<verb>(?:i|we) have)\b(?P<between>[^.,!?;]*)")
""" "Angerufen habe ich ihn nicht"."""
_BE_DONE = re.compile(
    rf"\b(?P<verb>is|was|are|were|been)\b(?P<between>(?: (?!and\b|but\b)[\w:'-]+){{0,7}}?) {_DONE}\b(?: been)?"
)
_TURNED = re.compile(r"\b(?P<verb>have|has|is|are|need|must|can|had) (?P<who>you|i|we)\b")
_STARTED = re.compile(r"\b(?P<verb>starts|ends|calls)\b(?P<rest>[^.,;!?]*?) (?:an|los)\b")
_PLANNED = re.compile(r"(?<=\w) vor(?=\s*(?:[.!?,;]|$))")
""" "Nichts vor": nothing is planned."""
_RECEIVED = re.compile(
    rf"\b(?P<verb>(?:[A-Z]\w+|he|she|they) (?:has|have))(?P<between>(?: (?!and\b|but\b)[\w'-]+){{1,4}}?) {_DONE}\b"
)
_MEALS = {"mittag": "Mittagessen", "abend": "Abendessen"}
_EATS = re.compile(
    r"\b(?:isst|esst|essen) (?P<who>du|ihr|sie)(?P<rest>[^.,;!?]*?) zu (?P<meal>mittag|abend)\b", re.IGNORECASE
)
""" "Isst du mit Anna zu Mittag": you have lunch with her."""
_FALLS = re.compile(r"\bfällt(?P<rest>[^.,;!?]*?) aus\b", re.IGNORECASE)
""" "Fällt aus": is cancelled."""
_STANDS = re.compile(r"\bstands\b(?P<rest>[^.,;!?]*?) (?:an|on)\b")


def in_english(text: str, known: Collection[str]) -> str:
    """A German clause in English words; what the glossary doesn't have is left out, but for names, numbers and the stems that are known."""
    text = _EATS.sub(lambda m: f"hast {m['who']} {m['rest']} {_MEALS[m['meal'].lower()]}", text)
    said = _FALLS.sub(r"ist\g<rest> abgesagt", _PLANNED.sub("", text.translate(_SPELLINGS)))
    for length, minutes in _LENGTHS:
        said = length.sub(minutes, said)
    for clock, told in _TIMES:
        said = clock.sub(told, said)
    found = _WORDS.findall(said)
    beside = zip(found, ["", *found], [*found[1:], ""], strict=False)
    words = " ".join(
        filter(None, (_word(word, before.lower(), after.lower(), known) for word, before, after in beside))
    )
    return _ordered(re.sub(r" (?=[.,;:!?])", "", words))


def is_german(text: str) -> bool:
    """Whether more of its words are German than English."""
    found = re.findall(r"[^\W\d_]+", text.lower())
    german = sum(word in GLOSSARY or word in PARTICIPLES for word in found)
    return german > sum(stem(word) in LITTLE for word in found)


def _word(word: str, before: str, after: str, known: Collection[str]) -> str:
    """One word, between two others in lower case."""
    lower = word.lower()
    if not word[0].isalpha() or lower in _DONE_ALREADY:
        return word
    if word == "Sie" and before:
        return "you"
    if (found := GLOSSARY.get(lower, PARTICIPLES.get(lower))) is not None:
        return found
    if stem(lower.replace("-", "")) in known:
        return word
    if "-" in word:
        return " ".join(filter(None, (_word(part, before, after, known) for part in word.split("-"))))
    a_name = word[0].isupper() and (before in _BESIDE or after.isdigit() or (not before and after in _ACTS))
    return word if a_name else _compound(lower)


def _compound(lower: str) -> str:
    """ "Budgetbesprechung" is told by its parts, if they are known."""
    for start in range(3, len(lower) - 3):
        first, last = lower[:start].removesuffix("s"), lower[start:]
        if first in GLOSSARY and last in GLOSSARY:
            return f"{GLOSSARY[first]} {GLOSSARY[last]}"
    return ""


def _ordered(text: str) -> str:
    """English has its verbs elsewhere."""
    text = _TURNED.sub(r"\g<who> \g<verb>", text)
    text = re.sub(r"\bi (?=(?:remind|send|move|delete|add|remember) )", "i'll ", text)
    text = re.sub(
        r"\byou (?:have|are)\b(?P<rest>(?:(?! not\b)[^.,;!?])*?) (?P<how>free|busy)\b", r"you are \g<how>\g<rest>", text
    )
    text = re.sub(r"\bonly (have )?an? (?=appointment|thing|entry|task|reminder|mail)", r"only \1one ", text)
    text = re.sub(r"\bhave (still|already|also|only)\b", r"\1 have", text)
    text = _DONE_FIRST.sub(_together, text)
    text = _STARTED.sub(r"\g<verb>\g<rest>", text)
    text = _RECEIVED.sub(_together, text)
    text = _STANDS.sub(r"there are\g<rest>", text)
    text = re.sub(r"\bstands\b", "is", text)
    text = _PERFECT.sub(_together, text)
    return _BE_DONE.sub(_together, text)


def _together(match: re.Match[str]) -> str:
    """ "I have the plumber not moved": what was done stands beside its verb."""
    denied, between = " not" in match["between"], match["between"].replace(" not", "")
    return f"{match['verb']}{' not' if denied else ''} {match['done']}{between}"


def _hour(match: re.Match[str]) -> int:
    return _number(match["hour"], _FIGURES)


def _number(said: str, names: Mapping[str, int]) -> int:
    return int(said) if said.isdigit() else names[said.lower()]


def _clock(hour: int, past: int) -> str:
    minutes = (hour * 60 + past) % 1440
    if hour > 12:
        return f"{minutes // 60}:{minutes % 60:02}"
    hour, past = minutes // 60 or 12, minutes % 60
    return f"{hour}:{past:02}" if past else f"{hour} o'clock"


def _off(match: re.Match[str]) -> int:
    """ "Viertel nach", "fünf vor halb": so many minutes."""
    minutes = _number(match["minutes"], _MINUTES)
    return (minutes if match["way"].lower() == "nach" else -minutes) - (30 if match["half"] else 0)
