"""Text made fit to be said aloud: no markup, no raw links, clock times as people say them."""

import re
from collections.abc import Callable

_RULES: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...]


def spoken(text: str) -> str:
    """The same words for the ear."""
    for pattern, put in _RULES:
        text = pattern.sub(put, text)
    return re.sub(r"\s+", " ", text).strip()


def _link(match: re.Match[str]) -> str:
    host = re.sub(r"^www\.", "", match["host"])
    return f"a link to {host.replace('.', ' dot ')}"


def _clock(match: re.Match[str]) -> str:
    hour, minute, half = int(match["hour"]), int(match["minute"]), match["half"]
    if hour > 23 or minute > 59:
        return match[0]
    tail = f" {half[0].upper()} M" if half else ""
    if minute == 0:
        return f"{hour}{tail}" if half else f"{hour} o'clock" if 1 <= hour <= 12 else f"{hour} hundred"
    return f"{hour} {'oh ' if minute < 10 else ''}{minute}{tail}"


def _whole_hour(match: re.Match[str]) -> str:
    return f"{match['hour']} {match['half'][0].upper()} M"


_HALF = r"(?P<half>[ap](?:\.m\.|m\b))"
_RULES = (
    (re.compile(r"```.*?```", re.DOTALL), " "),
    (re.compile(r"!?\[(?P<words>[^\]]*)\]\((?P<link>[^)]*)\)"), r"\g<words>"),
    (re.compile(r"https?://(?P<host>[\w.-]*\w)(?::\d+)?(?:[/?#][^\s)>\]]*[^\s)>\].,;:!?])?/?", re.IGNORECASE), _link),
    (re.compile(r"^\s*(?:#{1,6}|[-*+•]|>)\s+", re.MULTILINE), ""),
    (re.compile(r"(\*\*|__|\*|`|~~)(?=\S)(.+?)(?<=\S)\1"), r"\2"),
    (re.compile(r"(?<=\w)@(?=\w)"), " at "),
    (re.compile(r"(?<!\w)_(\w[^_]*)_(?!\w)"), r"\1"),
    (re.compile(rf"\b(?P<hour>\d{{1,2}}):(?P<minute>\d\d)(?:\s*{_HALF})?", re.IGNORECASE), _clock),
    (re.compile(rf"\b(?P<hour>\d{{1,2}})\s*{_HALF}", re.IGNORECASE), _whole_hour),
    (re.compile(r"(?<![\d-])(\d{1,2})\s*[–-]\s*(?=\d{1,2}(?![\d-]))"), r"\1 to "),
    (re.compile(r"\s*&\s*"), " and "),
    (re.compile(r"(?<=\d)\s*%"), " percent"),
    (re.compile(r"#(?=\d)"), "number "),
    (re.compile(r"\s*[—–]\s+|\s+-\s+"), ", "),
    (re.compile(r"[*_`#|<>\\^~]+"), " "),
    (re.compile("[\U0001f000-\U0001faff\u2600-\u27bf\ufe0f\u200d]"), ""),
    (re.compile(r"([^.!?:,;\s])[ \t]*\n+"), r"\1. "),
)
