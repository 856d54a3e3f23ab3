"""Where things take place: what is said to be somewhere has that place in its row."""

import re

from agent.claims.clocks import without_clocks
from agent.claims.days import without_days
from agent.claims.known import Known
from agent.claims.listed import listing
from agent.claims.moods import is_denial
from agent.claims.plain import stem, stems
from agent.claims.rows import Row
from agent.claims.saying import Saying, Sentence
from agent.claims.stretches import named_in_order
from agent.claims.vocabulary import LITTLE

_PLACED = re.compile(
    r"(?:(?:\bis|\bare|'s|takes? place|held|happens?|starts?|begins?|\bgo)(?: on)? +(?:over |down |up )?|^(?:and )?)(?:at|in) (?:(?P<whose>his|her|their|your|\w+'s) (?P<home>place|house|home|flat)|(?:the |your |an? )?(?P<where>[a-z]+))\b(?!')"
)
_NO_PLACE = frozenset(
    "way middle order time luck person progress total all each between front conflict trouble then least most any once".split()
)
_BESIDE = re.compile(r"\b(?:before|after|then|from|to|until|till|once|when|between|and)\b")
""" "After the lunch you're at the bakery": there is another thing in it."""


def _has_that(lower: str, known: Known) -> bool:
    """Whether the one thing that is named beside a place that was read, "supervision in Room 6", is there."""
    rows = [row for row in listing(known) if row.span]
    told = {
        place
        for row in rows
        if (place := _place(row)) and re.search(rf"\b(?:at|in|on) (?:the )?{re.escape(place)}(?!\w)", lower)
    }
    for place in told:  # "at Ines Hall" names no choir with Ines
        lower = lower.replace(place, " ")
    named = [row for row in named_in_order(lower, rows) if (row.title - LITTLE) & stems(lower)]
    return len(named) != 1 or not told or _place(named[0]) in told


def _place(row: Row) -> str:
    return str(row.data.get("place") or "").lower()


def in_its_place(saying: Saying, known: Known, before: Sentence) -> bool:
    """ "The workshop is at the school": an event that was read is where its row has it; True where nothing is said so."""
    if is_denial(saying.lower):
        return True
    if not _BESIDE.search(saying.lower) and not all(_has_that(atom.lower, known) for atom in saying.atoms):
        return False
    told = without_days(without_clocks(saying.timed)).lower()
    match = _PLACED.search(told)
    if match is None or (match["where"] and (stem(match["where"]) in LITTLE or match["where"] in _NO_PLACE)):
        return True
    rows = [row for row in listing(known) if row.span]
    named = named_in_order(told[: match.start()], rows) or [row for row in rows if row.title & before.about]
    if match["whose"] == "your":  # and not somebody else's
        return not any("'s " in _place(row) for row in named)
    where = stems(match[0]) - LITTLE
    return all(where & row.words or (match["home"] and not _place(row)) for row in named)
