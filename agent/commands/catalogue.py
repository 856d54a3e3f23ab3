"""All rules there are. Of two that account for a sentence equally well the earlier one wins."""

from agent.commands import (
    adding,
    agenda,
    altering,
    cancelling,
    daily,
    finishing,
    ledger,
    mail,
    moving,
    noting,
    reading,
    remembering,
    reminding,
    spare,
    talk,
    todo,
    writing,
)
from agent.commands.rules import Bag, Rule

RULES: tuple[Rule | Bag, ...] = (
    *ledger.RULES,
    *daily.RULES,
    *talk.RULES,
    *reminding.RULES,
    *noting.WRITE,
    *finishing.FINISH,
    *todo.READ,
    *moving.RULES,
    *altering.RULES,
    *cancelling.RULES,
    *mail.SUMMARY,
    *mail.SEARCH,
    *reading.READ,
    *writing.RULES,
    *remembering.RULES,
    *agenda.RULES,
    *spare.RULES,
    *adding.RULES,
)
