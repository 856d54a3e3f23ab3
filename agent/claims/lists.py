"""What stands on which list: named lists, how many on each, and whether all on it are so."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

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
_SO_MANY_EACH = re.compile(rf"\b(?P<many>{NUMBER})(?: \w+)? each (?:on|for|in|under) (?P<lists>.+)")
_EXTREME = re.compile(
    r"(?P<before>.*)\b(?:longest|fullest|biggest|(?P<least>shortest|smallest))(?: list\b| one\b|(?= of (?:them|all)\b|[,.:;!]|$))(?P<rest>.*)"
)
_ALL_ARE = re.compile(
    rf"\b(?:all|every|each|both|everything)(?: {NUMBER})?(?: of (?:them|these|those|your|the))?(?: [\w-]+){{0,5}}? (?:is|are) (?:all |\w+ly )?(?P<mark>important|unread|overdue|late|due today)\b"
)
_THEIRS = re.compile(
    r"\b(?:mail|message|one|email)?(?: from [\w ]+)?(?:'s| is| are)(?:n't| not)?(?: also| too| still| already| marked| marked as| flagged as)* (?P<mark>important|unread)\b(?! (?:to|that)\b)"
)


def on_its_list(saying: Saying, rows: Sequence[Row]) -> bool:
    """ "On your work list": one of the rows stands on such a list, if any is named."""
    names = [stem(one or other) for one, other in _NAMED.findall(saying.lower)]
    called = {stem((one or other).lower()) for one, other in _CALLED.findall(saying.text)}
    if called and not any(called & stems(str(row.data.get("list") or "")) for row in rows if row.data.get("list")):
        return False
    return all(name in _ANY_LIST or name.endswith("est") or any(name in row.words for row in rows) for name in names)


def of_list(saying: Saying, rows: Iterable[Row]) -> list[Row]:
    """The tasks of the list that is named; all, where none is."""
    there = list(rows)
    names = {stem(one or other) for one, other in _NAMED.findall(saying.lower)} - _ANY_LIST
    names |= _list_names(saying.lower, there)
    return [row for row in there if not names or names & stems(str(row.data.get("list", "")))]


def _list_names(lower: str, rows: Iterable[Row]) -> frozenset[str]:
    """ "On groceries", "music has": the stems of lists of the rows that a text names so."""
    there = frozenset().union(*(stems(str(row.data.get("list") or "")) for row in rows)) - _ANY_LIST
    return there & {stem(one) for found in _ON_LIST.findall(lower) for one in found if one}


def counted_by_list(saying: Saying, known: Known, before: Sentence) -> bool | None:
    """ "Three for work", "the longest list is work": so it is with the list of that name; None where nothing is counted so."""
    tasks = {(row.text, str(row.data.get("list"))) for row in known.rows_of("tasks") if row.data.get("list")}
    sizes = Counter(told for _, told in tasks)
    found: list[bool] = []
    for match in (*_SO_MANY.finditer(saying.lower), *_HAS_SO_MANY.finditer(saying.lower)):
        of = [size for told, size in sizes.items() if stem(match["list"]) in stems(told)]
        found += [value(match["many"]) in of] if of else []
    if each := _SO_MANY_EACH.search(f"{before.text} {saying.lower}".lower()):
        found += [value(each["many"]) == size for told, size in sizes.items() if stems(told) <= stems(each["lists"])]
    if (most := _EXTREME.search(saying.lower)) and len(sizes) > 1:
        named = [size for told, size in sizes.items() if stems(told) & stems(most["rest"] + most["before"])]
        found += [named[0] == (min if most["least"] else max)(sizes.values())] if len(named) == 1 else []
    return all(found) if found else None


def all_marked(saying: Saying, known: Known) -> bool:
    """ "All three are important", "everything on your work list is due today": none isn't."""
    match = _ALL_ARE.search(saying.lower)
    if match is None or is_denial(saying.lower):
        return True
    mark, today = match["mark"], known.now.date().isoformat()
    if mark in ("important", "unread"):
        rows = [row for row in known.here if mark in row.data]
        return not rows or all(row.data[mark] for row in rows)
    dues = [str(row.data.get("due") or "9")[:10] for row in of_list(saying, known.rows_of("tasks"))]
    return all(due == today if mark == "due today" else due < today for due in dues)


def marked_right(saying: Saying, known: Known, before: Sentence) -> bool:
    """ "Tom's is important", "that one's still unread": a mail that is named, or was told of last, is marked so."""
    match = _THEIRS.search(saying.lower)
    if match is None or re.search(r"\b(?:all|both|only|which|of)\b", saying.lower):
        return True
    named = meant([row for row in mails_of(known) if match["mark"] in row.data], saying, before)
    marks = [bool(row.data[match["mark"]]) for row in named]
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
    if not tasks or known.receipts or not any(one.now and one.tool == "list_tasks" for one in known.reads):
        return True
    if is_denial(saying.lower):
        denied = _NOT_ON_IT.search(saying.lower) and saying.content
        return not denied or not any(set(saying.content) <= row.title for row in tasks)
    if not _on_that_list(saying, before, tasks):
        return False
    match = _ON_IT.search(saying.lower) or _THERE_IS.search(saying.lower)
    what = {stem(word) for word in re.findall(r"[a-z]+", next(filter(None, match.groups()), "") if match else "")}
    if _ALL_OF_A_KIND.match(saying.lower) and not all(word in known.words for word in saying.content):
        return False
    named = what & set(saying.content)
    return all(any(word in row.words for row in tasks) for word in named)


def _on_that_list(saying: Saying, before: Sentence, tasks: Sequence[Row]) -> bool:
    """ "Your music list has the string and the boiler": each that is named stands on the one list that is named before it."""
    lower = saying.lower if _list_names(saying.lower, tasks) else f"{before.text} {saying.lower}".lower()
    names = _list_names(lower, tasks)
    if len(names) != 1 or (VERB.search(saying.lower) and lower != saying.lower):
        return True
    named = set(saying.content).difference(*(stems(str(row.data.get("list") or "")) for row in tasks))
    own = [row for row in tasks if names <= stems(str(row.data.get("list") or ""))]
    known = [word for word in named if any(word in row.title for row in tasks)]
    return all(any(word in row.title for row in own) for word in known)
