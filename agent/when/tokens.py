"""Words and numbers of a sentence, each with its place, spelled numbers read and slips mended."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from agent.when.spelling import Vocabulary
from agent.when.words import (
    ALIASES,
    CARDINALS,
    DAY_NUMBER,
    HESITATIONS,
    JOINS,
    MONTH_NUMBER,
    NO_SLIPS,
    OFTEN_MISSPELT,
    ORDINALS,
    PARTS,
    TENS,
    UNITS_SPELLED,
    WEAK,
)

_SHAPES = re.compile(
    r"""
    (?P<iso>(?<![0-9])[0-9]{4}-[0-9]{2}-[0-9]{2}
        (?:[Tt\ ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?(?:[Zz]|\ ?[+-][0-9]{2}:?[0-9]{2}(?![0-9]))?)?)(?![0-9])
  | (?P<time>(?<![0-9])[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?![0-9:]))
  | (?P<slash>(?<![0-9/])[0-9]{1,2}/[0-9]{1,2}(?:/(?:[0-9]{4}|[0-9]{2}))?(?![0-9/]))
  | (?P<dots>(?<![0-9.])[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{4}(?![0-9]))
  | (?P<ordinal>(?<![0-9])[0-9]{1,2}(?:st|nd|rd|th)(?!\w))
  | (?P<number>(?<![0-9])[0-9]{1,6}(?:\.[0-9]{1,3})?(?![0-9]))
  | (?P<word>[ap]\.\ ?m\b\.?|[^\W\d_]+(?:['’][^\W\d_]+)?|[0-9]+)
  | (?P<mark>\S)
    """,
    re.VERBOSE | re.IGNORECASE,
)

_SPELT = Vocabulary(OFTEN_MISSPELT, besides=NO_SLIPS)


@dataclass(frozen=True)
class Token:
    """One word, number or mark; `start` and `end` are its characters in the sentence."""

    text: str
    start: int
    end: int
    kind: str = "word"
    raw: str = ""
    number: float | None = None
    ordinal: bool = False
    spelled: bool = False
    plural: bool = False
    weak: bool = False


def tokens(words: str) -> list[Token]:
    """Read a sentence into tokens."""
    return _number_words(_joined(_mended(_raw(words))))


def _raw(words: str) -> Iterator[Token]:
    for match in _SHAPES.finditer(words):
        if match.group().lower() in HESITATIONS:
            continue
        kind = match.lastgroup or "mark"
        kind = "word" if match.group() == "24/7" else kind
        raw = match.group().lower().replace("’", "'")
        value = float(re.sub(r"[a-z]", "", raw)) if kind in ("ordinal", "number") else None
        token = Token(raw, match.start(), match.end(), kind, raw, value, kind == "ordinal")
        yield replace(token, kind="number") if kind == "ordinal" else token


def _mended(found: Iterator[Token]) -> Iterator[Token]:
    """Abbreviations, plurals and misspellings become the plain word."""
    for token in found:
        if token.kind not in ("word", "mark"):
            yield token
            continue
        text = token.text.replace(" ", "") if token.text[1:2] == "." else token.text
        possessive = text.removesuffix("'s") if not text.startswith(("new", "year", "valentine")) else text
        plain = ALIASES.get(possessive) or _SPELT.near(possessive) or possessive
        plural = plain.endswith("s") and (plain[:-1] in DAY_NUMBER or plain[:-1] in PARTS)
        plain = plain[:-1] if plural else plain
        known_part = plural and plain in PARTS
        known = known_part or plain in DAY_NUMBER or plain in MONTH_NUMBER or possessive in ("today", "tomorrow", "tonight", "yesterday")  # fmt: skip
        yield replace(token, text=plain if known or possessive == text else text, plural=plural, weak=possessive in WEAK)  # fmt: skip


def _joined(found: Iterator[Token]) -> list[Token]:
    """Pairs that were split become one; a hyphen between words is a space, unless it spans days or months."""
    out: list[Token] = []
    for token in found:
        last = out[-1] if out else None
        if last and (joined := JOINS.get((last.text, token.text))):
            out[-1] = replace(last, text=joined, end=token.end)
        elif last and token.text == "eve" and (last.text in DAY_NUMBER or last.text in ("tomorrow", "this")):
            out.append(replace(token, text="evening"))
        elif last and token.text == "m" and last.text in ("a", "p") and len(out) > 1 and out[-2].kind != "mark":
            out[-1] = replace(last, text=last.text + "m", end=token.end)
        else:
            out.append(token)
    return [token for index, token in enumerate(out) if not _mere_hyphen(out, index)]


def _mere_hyphen(found: list[Token], index: int) -> bool:
    if found[index].text != "-" or not 0 < index < len(found) - 1:
        return False
    sides = (found[index - 1], found[index + 1])
    named = all(side.text in DAY_NUMBER or side.text in MONTH_NUMBER for side in sides)
    touching = sides[0].end == found[index].start and found[index].end == sides[1].start
    # "30-minute" and "half-past" are one thought; "9-noon", "mon-fri" and "2 - 3" are ranges.
    return touching and not named and sides[1].kind == "word" and sides[1].text not in ("noon", "midnight")


def _number_words(found: list[Token]) -> list[Token]:
    """Spelled numbers get their value: "twenty third" is one ordinal, "nine thirty" stays two numbers."""
    out: list[Token] = []
    for token in found:
        last = out[-1] if out else None
        value = CARDINALS.get(token.text, ORDINALS.get(token.text))
        if token.kind != "word" or value is None:
            out.append(token)
            continue
        ordinal = token.text in ORDINALS
        if last and last.spelled and last.text in TENS and (token.text in UNITS_SPELLED or ordinal) and 0 < value < 10:
            total = (last.number or 0) + value
            out[-1] = replace(last, text=f"{last.text} {token.text}", end=token.end, number=total, ordinal=ordinal)
        else:
            out.append(replace(token, kind="number", raw="", number=float(value), ordinal=ordinal, spelled=True))
    return out
