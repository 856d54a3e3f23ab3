"""What stands on which list: named lists, how many on each, and whether all on it are so."""

import re
from collections import Counter
from collections.abc import Sequence

from agent.claims.known import Known
from agent.claims.moods import is_denial
from agent.claims.numbers import NUMBER, value
from agent.claims.plain import stem, stemmed, stems
from agent.claims.reports import mails_of, meant
from agent.claims.rows import Row
from agent.claims.saying import VERB, Saying, Sentence

_ANY_LIST = stemmed(
    "your the task tasks to-do do todo a my this that whole full same long short main default general normal usual standard first guest".split()
)
_NAMED = re.compile(r"\b(\w+)(?: to-do)? list\b(?! for\b)|\b(?:to-do |task )?list for (?:your |the )?(\w+)")
_ON_LIST = re.compile(
    r"\b(?:on|in|for|under) (?:your |the )?([\w-]+)|\b([\w-]+)(?: list)?(?:'s got| has| holds| contains)\b|\b([\w-]+) (?:tasks|to-dos|jobs|things|ones)\b"
)
_CALLED = re.compile(
    r"\b(?:your|the|on|called) (Tasks|[A-Z][a-z]+) list\b|\b(?:list called|(?:'s|is|it) (?:now )?(?:under|in|into)) ([A-Z][a-z]+)\b(?= now\b| list\b|[.,!]|$)"
)
""" "Your Tasks list": by the name it has."""
_SO_MANY = re.compile(
    rf"\b(?P<many>{NUMBER})(?: (?:more|things|tasks|items|ones?|to-dos|open|are|of them|of the \w+)){{0,2}} (?:on|for|in|under) (?:your |the )?(?P<list>[\w-]+)"
)
_HAS_SO_MANY = re.compile(
    rf"(?P<list>[\w-]+)(?: list)?(?:'s got| has(?: got)?| holds| contains| with| is)(?: just| only| exactly)? (?P<many>{NUMBER})(?: more| open| left)?(?: (?:things|tasks|items|entries|to-dos|jobs)\b|(?= on it\b|[,.:;!]|$))"
)
_SO_MANY_EACH = re.compile(rf"\b(?P<many>{NUMBER})(?: \w+)? each (?:on|for|in|under) (?P<lists>[^,;]+)")
_EXTREME = re.compile(
    r"\b(?:longest|fullest|biggest|(?P<least>shortest|smallest))(?: list\b| one\b|(?= of (?:them|all)\b|[,.:;!]|$))"
)
_THEIRS = re.compile(
    r"\b(?:mail|message|one|email)?(?: from [\w ]+)?(?:'s| is| are)(?:n't| not)?(?: also| too| still| already| marked| marked as| flagged as)* (?P<mark>important|unread)\b(?! (?:to|that)\b)"
)
_NOT_ONE = re.compile(r"\b(?:all|both|only|which|of)\b")


def on_its_list(saying: Saying, rows: Sequence[Row]) -> bool:
    """ "On your work list": one of the rows stands on such a list, if any is named."""
    called = stems(" ".join(one or other for one, other in _CALLED.findall(saying.text)))
    if called and not any(called & row.on_list for row in rows):
        return False
    names = [name for name in _named(saying) if not name.endswith("est")]
    return all(any(name in row.words for row in rows) for name in names)


def _named(saying: Saying) -> frozenset[str]:
    """ "Your groceries list": the stems of what lists are called in a clause."""
    return stems(" ".join(one or other for one, other in _NAMED.findall(saying.lower))) - _ANY_LIST


def of_list(saying: Saying, rows: Sequence[Row]) -> Sequence[Row]:
    """The tasks of the list that is named; all, where none is."""
    names = _named(saying) | _list_names(saying.lower, rows)
    return [row for row in rows if names & row.on_list] if names else rows


def _list_names(lower: str, rows: Sequence[Row]) -> frozenset[str]:
    """ "On groceries", "music has": the stems of lists of the rows that a text names so."""
    there = frozenset().union(*(row.on_list for row in rows)) - _ANY_LIST
    return there & stems(" ".join(one for found in _ON_LIST.findall(lower) for one in found))


def counted_by_list(saying: Saying, known: Known, before: Sentence) -> bool | None:
    """ "Three for work", "the longest list is work": so it is with the list of that name; None where nothing is counted so."""
    sizes = Counter(on for _, on in {(row.text, row.on_list) for row in known.rows_of("tasks")} if on)
    found: list[bool] = []
    for match in (*_SO_MANY.finditer(saying.lower), *_HAS_SO_MANY.finditer(saying.lower)):
        of = [size for name, size in sizes.items() if stem(match["list"]) in name]
        found += [value(match["many"]) in of] if of else []
    if each := _SO_MANY_EACH.search(f"{before.text} {saying.text}".lower()):
        found += [value(each["many"]) == size for name, size in sizes.items() if stems(each["lists"]).issuperset(name)]
    if most := _EXTREME.search(saying.lower):
        named = [size for name, size in sizes.items() if name & stems(saying.lower)]
        found += [named == [(min if most["least"] else max)(sizes.values())]] if len(named) == 1 else []
    return all(found) if found else None


def marked_right(saying: Saying, known: Known, before: Sentence) -> bool:
    """ "Tom's is important", "that one's still unread": a mail that is named, or was told of last, is marked so."""
    match = _THEIRS.search(saying.lower)
    if match is None or _NOT_ONE.search(saying.lower):
        return True
    mails = [row for row in mails_of(known) if match["mark"] in row.data]
    marks = [bool(row.data[match["mark"]]) for row in meant(mails, saying, before)]
    return not marks or (not is_denial(saying.lower)) in marks


_THERE_IS = re.compile(
    r"\bthere(?:'s|'re| is| are)(?: also| still| even)+ (?:the |your |some |an? )?(?P<what>[\w' -]+)"
)
_NOT_ON_IT = re.compile(r"(?:\bnot|n't|\bmissing) (?:on|in|from) (?:it|there|the list|your list|that list)\b")
_ALL_OF_A_KIND = re.compile(r"^(?:and |so )*(?:it's|they're|they are|it is) (?:all|mostly|only|just|nothing but) ")

_ON_IT = re.compile(
    r"^(?:and |but )*(?:the |your |some )?(?P<what>[\w' -]+?)(?:'s|'re| is| are)(?: also| already| still| both| all)* (?:(?:on|in|among) (?:there|it|them|that one|your list|the list|that list)|there(?: as well| too)?)\b"
    r"|^(?:and |then |plus )*(?:there(?:'s|'re| is| are) )?(?:also |the |your |some )*(?P<what2>[\w' -]+?),? (?:too|as well|also)[.!]*$"
)


def on_it(saying: Saying, known: Known, before: Sentence) -> bool:
    """ "The stamps are on there, too": of a list that was read, all that is said to stand on it does."""
    tasks = known.rows_of("tasks")
    if known.receipts or not any(one.now and one.tool == "list_tasks" for one in known.reads):
        return True
    named = frozenset(saying.content)
    if is_denial(saying.lower):
        return not (named and _NOT_ON_IT.search(saying.lower)) or not any(row.title.issuperset(named) for row in tasks)
    if not _on_that_list(saying, before, tasks) or (
        _ALL_OF_A_KIND.match(saying.lower) and not known.words.issuperset(named)
    ):
        return False
    match = _ON_IT.search(saying.lower) or _THERE_IS.search(saying.lower)
    what = named & stems(" ".join(filter(None, match.groups()))) if match else ()
    return all(any(word in row.words for row in tasks) for word in what)


def _on_that_list(saying: Saying, before: Sentence, tasks: Sequence[Row]) -> bool:
    """ "Your music list has the string and the boiler": each that is named stands on the one list that is named before it."""
    names = _list_names(saying.lower, tasks)
    if not names and not VERB.search(saying.lower):
        names = _list_names(before.text.lower(), tasks)
    if len(names) != 1:
        return True
    named = frozenset(saying.content).difference(*(row.on_list for row in tasks))
    own = frozenset().union(*(row.title for row in tasks if names <= row.on_list))
    return all(word in own or not any(word in row.title for row in tasks) for word in named)
