"""Why a clause can't be said."""

from collections.abc import Sequence
from dataclasses import dataclass

from agent.claims.deeds import Deed
from agent.claims.known import Known, Told
from agent.claims.listed import family_of
from agent.claims.verbs import ANY


@dataclass(frozen=True)
class Doubt:
    """A deed without a receipt, or a fact without a row."""

    deed: Deed | None = None
    family: str = ""
    receipts: Sequence[Told] = ()
    """What was done, where the clause tells it otherwise."""


def instead(known: Known) -> Doubt:
    """What is so is told instead: the receipts' sentences, or what was read."""
    if known.receipts:
        return Doubt(Deed("do", ANY), receipts=known.receipts)
    return Doubt(family=family_of(known) or "events")
