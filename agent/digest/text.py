"""What a mail itself says: without what it quotes, its signature, and what no reader sees; and whether words stand in it."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import islice

LONGEST = 20_000
"""Characters of a mail that are read."""
LONGEST_SENTENCE, MOST_SENTENCES = 600, 100
_UNSEEN = re.compile(r"<!--.*?(-->|\Z)|[\u200b-\u200f\u2060-\u206f\u202a-\u202e\ufeff\u00ad\U000e0000-\U000e007f]", re.DOTALL)  # fmt: skip
_QUOTES = str.maketrans({**dict.fromkeys("“”„«»″", '"'), **dict.fromkeys("‘’‚`´′", "'"), **dict.fromkeys("‐‑‒–—", "-")})
_HISTORY = re.compile(
    r"^(\s*>|-{2,}\s*(original message|forwarded message)|_{8,}|on .{6,120} wrote:?\s*$|am .{6,120} schrieb.*:\s*$|from: .+@)",
    re.IGNORECASE,
)
_WROTE = re.compile(r"^on .{6,200}$", re.IGNORECASE)
_SIGNATURE = re.compile(r"^(--\s?|sent from my .{1,40}|get outlook for .{1,20})$", re.IGNORECASE)
_BULLET = re.compile(r"^\s*([-*•▪◦]|\(?\d{1,2}[.)])\s+")
_SHORT_FORMS = re.compile(r"(?:\b(?:mr|mrs|ms|dr|prof|st|no|nr|e\.g|i\.e|approx|incl|vs|etc|a\.m|p\.m|inc|ltd|co)|\b[A-Z])\.$", re.IGNORECASE)  # fmt: skip
_END = re.compile(r"(?<=[.!?…;])(?<!\.\.)[\"')\]:]*\s+(?=\S)")
_GREETING = re.compile(
    r"^(hi|hello|hey|dear|good (morning|afternoon|evening)|morning)\b[^.!?:;]{0,40}?(,|!|\s-)(\s+|$)", re.IGNORECASE
)


def own_words(body: str) -> str:
    """The new text of a mail, line by line."""
    lines: list[str] = []
    told = _UNSEEN.sub("", body[:LONGEST].encode("utf-8", "ignore").decode("utf-8")).splitlines()
    for place, line in enumerate(told):
        following = told[place + 1] if place + 1 < len(told) else ""
        if _HISTORY.match(line) or (_WROTE.match(line) and following.rstrip().endswith("wrote:")):
            if line.lstrip().startswith(">"):
                continue  # answered line by line: what stands between is new
            break
        if _SIGNATURE.match(line.strip()):
            break
        lines.append(line.rstrip())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def sentences(text: str) -> list[str]:
    """One by one, each as it is written but on one line, without the greeting in front; what goes on for ever is none."""
    found = (sentence for part in _parts(text) for sentence in _split(part) if 0 < len(sentence) <= LONGEST_SENTENCE)
    return list(islice(found, MOST_SENTENCES))


def alike(text: str) -> str:
    """For comparing: typographic marks and runs of white space don't count."""
    return " ".join(unicodedata.normalize("NFKC", _UNSEEN.sub("", text)).translate(_QUOTES).split())


def stands_in(quote: str, text: str) -> bool:
    """Whether these words, and enough of them to mean something, stand in the text as they are."""
    wanted = alike(quote).strip(" \"'.…")
    return len(wanted) >= 8 and " " in wanted and wanted in alike(text)


def _parts(text: str) -> Iterator[str]:
    """Paragraphs and list entries, their lines joined."""
    held: list[str] = []
    for line in [*text.splitlines(), ""]:
        new = _BULLET.match(line) or not line.strip()
        if held and (new or (len(held[-1]) < 40 and held[-1].endswith((",", ":", "!", ".")))):
            yield " ".join(held)
            held = []
        if line.strip():
            held.append(_BULLET.sub("", line).strip())
    if held:
        yield " ".join(held)


def _split(part: str) -> Iterator[str]:
    start = 0
    part = _GREETING.sub("", " ".join(part.split()))
    for end in _END.finditer(part):
        if not _SHORT_FORMS.search(part[start : end.start()].rstrip("\"')]")):
            yield part[start : end.start()].strip()
            start = end.end()
    yield part[start:].strip()
