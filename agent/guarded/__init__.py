"""Keepers that note whose words they give out, and do nothing that others see or that takes away without leave.

Every tool reaches the person's things through these: a tool that forgot to ask is refused here.
"""

from agent.context import Keepers
from agent.guarded.calendar import GuardedCalendar
from agent.guarded.mail import GuardedMail
from agent.guarded.tasks import GuardedTasks
from agent.trust import Trust
from integrations.store.origins import Foreigners

__all__ = ["guarded", "kind"]


def kind(keeper: object) -> type:
    """Who really keeps it."""
    return type(getattr(keeper, "kept", keeper))


def guarded(keepers: Keepers, trust: Trust, foreigners: Foreigners) -> Keepers:
    """The same keepers, watched."""
    return Keepers(
        calendar=GuardedCalendar(keepers.calendar, trust, foreigners),
        tasks=GuardedTasks(keepers.tasks, trust, foreigners),
        mail=GuardedMail(keepers.mail, trust, foreigners),
    )
