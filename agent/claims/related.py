"""What is computed from all rows together: which is the longest, what touches what, by how much something was moved, who is meant by "all"."""

from collections.abc import Callable

from agent.claims.clocks import Clock
from agent.claims.comparing import compared
from agent.claims.gaps import offered
from agent.claims.known import Known
from agent.claims.quantified import quantified
from agent.claims.saying import Saying, Sentence
from agent.claims.shifting import days_off, shifted
from agent.claims.touching import in_its_part, touching
from agent.claims.whole_days import on_whole_days

_RELATIONS: tuple[Callable[[Saying, Known, Sentence], bool | None], ...] = (
    compared, touching, on_whole_days, days_off, quantified,
)  # fmt: skip


def related(saying: Saying, known: Known, before: Sentence) -> bool | None:
    """False: a relation is told that isn't so. True: one is, and all hours beside it are known. None: none is told."""
    found = [shifted(saying, known), *(relation(saying, known, before) for relation in _RELATIONS)]
    if False in found or not offered(saying, known) or not in_its_part(saying, known):
        return False
    return True if True in found and all(_borne(clock, known) for clock in saying.clocks) else None


def _borne(clock: Clock, known: Known) -> bool:
    return any(row.has(clock, loosely=True) for row in (*known.here, *known.thread))
