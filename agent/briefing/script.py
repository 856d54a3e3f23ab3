"""What is told on one day, word by word, and how far it was heard: pure reckoning, no keepers.

What was heard stays as it was said; what wasn't is written anew each time the day is looked at.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from agent.briefing.items import Item

REPEATED = 3
"""Words that may be said again when it goes on after a break."""
_STOPS, _BREATHS = (".", "!", "?", "…"), (",", ";", ":")
_MISSED = {"event": "no longer on your calendar today", "task": "no longer due"}


@dataclass(frozen=True, kw_only=True)
class Line:
    """An item as it is told. `lead` are words of ours before it; `fresh`: it came after listening had begun."""

    id: str
    item: Item
    lead: str = ""
    gone: bool = False
    fresh: bool = False

    @cached_property
    def words(self) -> list[str]:
        """All that is said, word by word."""
        return f"{self.lead} {self.item.text}".split()

    @property
    def known(self) -> str:
        """What the person knows of it once they have heard this."""
        return "" if self.gone else self.item.telling

    @property
    def json(self) -> dict[str, Any]:
        """As it is kept."""
        item = self.item
        return {
            "id": self.id, "kind": item.kind, "text": item.text, "name": item.name, "source": item.source,
            "thing": item.thing, "fact": item.fact, "offer": item.offer,
            "lead": self.lead, "gone": self.gone, "fresh": self.fresh,
        }  # fmt: skip


def line_of(kept: Mapping[str, Any]) -> Line:
    """A line as it was kept."""
    item = Item(**{name: kept[name] for name in ("kind", "text", "name", "source", "thing", "fact", "offer")})
    return Line(id=kept["id"], item=item, lead=kept["lead"], gone=kept["gone"], fresh=kept["fresh"])


@dataclass(frozen=True, kw_only=True)
class Script:
    """Lines in the order of telling; `cursor` and `reached` count their words."""

    lines: tuple[Line, ...] = ()
    cursor: int = 0
    """Where listening goes on."""
    reached: int = 0
    """How far it ever got; the cursor may have been taken back since."""
    placed: bool = False
    """Whether the cursor was put where it is, and nothing was heard from there yet."""

    @cached_property
    def words(self) -> list[str]:
        """Everything, word by word."""
        return [word for line in self.lines for word in line.words]

    @cached_property
    def text(self) -> str:
        """Everything, as one text."""
        return " ".join(self.words)

    @cached_property
    def starts(self) -> list[int]:
        """The number of each line's first word."""
        counted, starts = 0, []
        for line in self.lines:
            starts.append(counted)
            counted += len(line.words)
        return starts

    def begins(self, index: int) -> int:
        """The number of the first word of the item itself, after what leads over to it."""
        return self.starts[index] + len(self.lines[index].lead.split())

    def ends(self, index: int) -> int:
        """The number of the word after its last."""
        return self.starts[index] + len(self.lines[index].words)

    @property
    def current(self) -> int | None:
        """The line that was being heard last, or that one moved to; the first one before anything was heard."""
        if not self.lines:
            return None
        last = max(self.cursor - (not self.placed), 0)
        return next(i for i in reversed(range(len(self.lines))) if self.starts[i] <= last)

    @property
    def finished(self) -> bool:
        """Whether nothing is left to hear."""
        return self.cursor >= len(self.words)

    def at(self, cursor: int) -> "Script":
        """The same, with listening going on at this word."""
        cursor = max(0, min(cursor, len(self.words)))
        return replace(self, cursor=cursor, reached=max(self.reached, cursor), placed=False)

    def rewritten(
        self,
        items: Iterable[Item],
        *,
        lost: Mapping[frozenset[str], Item] | None = None,
        lead: str,
        since: str = "",
        saying: int = 0,
    ) -> "Script":
        """What was heard, then what is new or different, or not heard yet.

        `lead` opens a day of which nothing was heard, `since` what is told after all had been heard. Of kinds that
        were `lost` sight of, what stood here and wasn't heard stays, and nothing counts as gone. The words up to
        `saying` are on somebody's lips: they stay, whether or not they will be heard.
        """
        lost = lost or {}
        unseen: frozenset[str] = frozenset().union(*lost)
        items = list(items)
        heard, ahead = self._heard(items, unseen, max(saying, self.reached))
        items += [line.item for line in ahead if line.item.kind in unseen and not line.gone]
        items += [trouble for kinds, trouble in lost.items() if not any(line.item.kind in kinds for line in self.lines)]
        coming = [*_changed(items, heard), *_gone(items, heard, unseen), *self._new(items, heard, ahead)]
        coming.sort(key=lambda line: not line.fresh)
        if coming and (opening := since if heard else lead):
            coming[0] = replace(coming[0], lead=opening)
        return replace(self, lines=(*heard, *coming))

    def _heard(self, items: Sequence[Item], unseen: frozenset[str], upto: int) -> tuple[list[Line], list[Line]]:
        """The lines that were begun, and the others. One that was cut short and isn't so any more ends where it was cut."""
        begun = [line for line, start in zip(self.lines, self.starts, strict=True) if start < upto]
        ahead = list(self.lines[len(begun) :])
        if not begun:
            return [], ahead
        missing = self.ends(len(begun) - 1) - upto
        facts = {item.key: item.telling for item in items}
        last = begun[-1]
        over = not last.gone and last.item.kind not in unseen and facts.get(last.item.key) != last.known
        if missing > 0 and over:
            begun[-1] = _cut(last, len(last.words) - missing)
        return begun, ahead

    def _new(self, items: Iterable[Item], heard: Sequence[Line], ahead: Iterable[Line]) -> Iterator[Line]:
        """What wasn't told of yet; fresh is what wasn't there when listening began."""
        told = {line.item.key for line in heard}
        stale = {line.item.key for line in ahead if not line.fresh}
        for item in items:
            if item.key not in told:
                yield Line(id=item.key, item=item, fresh=bool(heard) and item.key not in stale)

    def resume(self) -> int:
        """The word to go on with: a few words back where a sentence or a breath begins, never more than three."""
        return resume_at(self.words, self.cursor)


def resume_at(words: Sequence[str], cursor: int) -> int:
    """Where to begin again after a break at `cursor`."""
    near = range(cursor, max(-1, cursor - REPEATED - 1), -1)
    for marks in (_STOPS, _BREATHS):
        for at in near:
            if at == 0 or words[at - 1].rstrip("\"'”’)").endswith(marks):
                return at
    return cursor - REPEATED


def _cut(line: Line, heard: int) -> Line:
    """Only the words that were heard, with a mark that it broke off there."""
    words = line.words[:heard]
    lead = " ".join(words[: len(line.lead.split())])
    text = " ".join(words[len(line.lead.split()) :])
    if not text:
        return replace(line, lead="", item=replace(line.item, text=f"{lead}…", fact=line.item.telling))
    return replace(line, lead=lead, item=replace(line.item, text=f"{text}…", fact=line.item.telling))


def _changed(items: Iterable[Item], heard: Sequence[Line]) -> Iterator[Line]:
    """What was told of and is different now."""
    known = {line.item.key: line.known for line in heard}
    for item in items:
        if item.key in known and known[item.key] != item.telling:
            told = replace(item, text=f"Changed: {item.text}", fact=item.telling)
            yield Line(id=_next_id(item, heard), item=told, fresh=True)


def _gone(items: Iterable[Item], heard: Sequence[Line], unseen: frozenset[str]) -> Iterator[Line]:
    """What was told of and isn't there any more."""
    there = {item.key for item in items}
    for line in {line.item.key: line for line in heard}.values():
        item = line.item
        missed = item.kind in _MISSED and item.kind not in unseen and item.source is not None
        if missed and not line.gone and item.key not in there:
            told = replace(item, text=f"{item.name} is {_MISSED[item.kind]}.", fact="", offer=None)
            yield Line(id=_next_id(item, heard), item=told, gone=True, fresh=True)


def _next_id(item: Item, heard: Iterable[Line]) -> str:
    """A thing that is told of again gets an id of its own."""
    return f"{item.key}-{sum(line.item.key == item.key for line in heard) + 1}"
