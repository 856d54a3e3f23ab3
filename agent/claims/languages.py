"""Other languages than English: only what contradicts an hour in a tool's row is held back."""

import re

from agent.claims.known import Known

_ENGLISH = frozenset(
    "the is are you your i i've i'll you're to and of at on it it's have for that with was an not there do what no nothing he she they we his her from by as or but so all me my".split()
)
_OTHERS = frozenset(
    "der die das den dem ist sind und du hast ich um ein eine einen nicht mit für morgen heute uhr dein deine "
    "le la les est et tu vous votre un une des à pas avec pour demain aujourd'hui le il elle "
    "el los las es y tienes usted su una por con mañana hoy tus il lo gli hai sei domani oggi alle con per "
    "de het een en je hebt om met niet morgen vandaag não você tem amanhã hoje às".split()
)
_HOUR = re.compile(r"\b(?P<hour>[01]?\d|2[0-4])(?:[:.h](?P<minute>[0-5]\d)|(?= ?(?:Uhr|heures|h\b|uur|horas)))")


def is_english(text: str) -> bool:
    """Whether a text is English, as far as its little words tell; without any it counts as English."""
    found = re.findall(r"[^\W\d_]+(?:'[^\W\d_]+)?", text.lower())
    return sum(word in _ENGLISH for word in found) >= sum(word in _OTHERS for word in found)


def contradicts(text: str, known: Known) -> bool:
    """Whether a text in another language names an hour that no row has, though rows with hours are there."""
    if not known.answers_now:
        return False
    rows = [row for row in (*known.here, *known.thread) if row.kind != "span" and row.moments]
    hours = {int(m["hour"]) % 24 * 60 + int(m["minute"] or 0) for m in _HOUR.finditer(text)}
    there = {minute for row in (*rows, *known.persons) for minute in row.clocks}
    return bool(rows and hours - there)
