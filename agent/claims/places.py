"""Where things take place: what is said to be somewhere has that place in its row."""

import re

from agent.claims.clocks import without_clocks
from agent.claims.days import without_days
from agent.claims.known import Known
from agent.claims.listed import family_of, listing
from agent.claims.moods import is_denial
from agent.claims.plain import stem, stems
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
    places = {str(row.data.get("place") or "").lower() for row in rows} - {""}
    told = {place for place in places if re.search(rf"\b(?:at|in|on) (?:the )?{re.escape(place)}(?!\w)", lower)}
    for place in told:  # "at Ines Hall" names no choir with Ines
        lower = lower.replace(place, " ")
    named = [row for row in named_in_order(lower, rows) if (row.title - LITTLE) & stems(lower)]
    return len(named) != 1 or not told or any(str(row.data.get("place") or "").lower() in told for row in named)


def in_its_place(saying: Saying, known: Known, before: Sentence) -> bool:
    """ "The workshop is at the school": an event that was read is where its row has it; True where nothing is said so."""
    if family_of(known) != "events" or is_denial(saying.lower):
        return True
    if not _BESIDE.search(saying.lower) and not all(_has_that(atom.lower, known) for atom in saying.atoms):
        return False
    match = _PLACED.search(without_days(without_clocks(saying.timed)).lower())
    where = (match["where"] or match["home"]) if match else ""
    if match is None or (match["where"] and stem(where) in LITTLE) or where in _NO_PLACE:
        return True
    rows = [row for row in listing(known) if row.span]
    named = named_in_order(saying.lower[: saying.lower.find(where)], rows)
    named = named or [row for row in rows if row.title & before.about]
    owner = stem(match["whose"] or "")
    if match["whose"] == "your":  # and not somebody else's
        named = [row for row in named if "'s " in str(row.data.get("place"))]
        return not named
    return not named or any(
        {stem(where), owner} & row.words or (match["home"] and not row.data.get("place")) for row in named
    )
