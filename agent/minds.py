"""Two minds as one: the model answers, and where it can't the built-in mind does, without doing anything twice."""

import logging
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Sequence
from time import monotonic

from agent.budget import Budget
from agent.closing import closing
from agent.commands.mind import BuiltInMind, told
from integrations.errors import Unavailable
from integrations.model import (
    Blocked,
    Call,
    KeyRefused,
    Line,
    Model,
    NoAnswer,
    Notice,
    Prompt,
    QuotaSpent,
    Said,
    Step,
    Words,
)

log = logging.getLogger(__name__)

PAUSE = 30.0
"""Seconds after a failure in which the model isn't asked."""
LONG_PAUSE = 600.0
"""The same where somebody has to do something first: a new key, another day."""
BASICS = "I can still do the basics."
OVER = "Your share of thinking for today is used up, so I'm answering with the basics until tomorrow."
LOST = "I did that, but I lost the words for it. Ask me how it stands."

Fallback = Callable[[str], None]
"""Told each time the built-in mind steps in, and why."""


class Outage:
    """Whether the model is away, until when it isn't asked, and who has been told."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._until = 0.0
        self._told: set[str] = set()
        self.say = ""
        """Why, in a sentence; empty while the model answers."""

    @property
    def on(self) -> bool:
        """Whether the model is away."""
        return bool(self.say)

    def lets_through(self) -> bool:
        """Whether the model may be asked now. After each pause one turn may try; the others go on without."""
        if not self.on:
            return True
        if self._clock() < self._until:
            return False
        self._until = self._clock() + PAUSE
        return True

    def begins(self, failure: Unavailable) -> None:
        """It failed (again)."""
        pause = LONG_PAUSE if isinstance(failure, KeyRefused | QuotaSpent) else PAUSE
        if not self.on:
            log.warning("the model is away: %s", failure.say)
        self.say = failure.say
        self._until = self._clock() + max(pause, min(failure.retry_after or 0, LONG_PAUSE))

    def ends(self) -> None:
        """It answers."""
        if self.on:
            log.info("the model answers again")
        self.say, self._told = "", set()

    def news_for(self, person: str) -> bool:
        """Whether the person hasn't been told yet; from now on they have."""
        new = person not in self._told
        self._told.add(person)
        return new


class Minds:
    """Keeps the port of minds with two of them. A turn that one has begun is not taken over by the other's ideas."""

    reads = True

    def __init__(
        self,
        model: Model,
        *,
        budget: Budget,
        outage: Outage | None = None,
        fallback: Fallback = lambda _: None,
    ) -> None:
        self._model = model
        self._built_in = BuiltInMind()
        self._budget = budget
        self._fallback = fallback
        self.outage = outage or Outage()

    @property
    def name(self) -> str:
        """Who answers now."""
        return self._built_in.name if self.away else self._model.name

    @property
    def away(self) -> bool:
        """Whether the model is left alone because it failed."""
        return self.outage.on

    async def think(self, prompt: Prompt) -> AsyncIterator[Step]:
        """Words and calls, whoever thinks of them. Raises `Blocked`, and `Unavailable` in the midst of words."""
        calls = [line for line in _this_turn(prompt.lines) if isinstance(line, Call)]
        if calls and not calls[0].mind:
            steps = self._built_in.think(prompt)  # it began this turn, and has a plan
        elif calls:
            steps = self._going_on(prompt)
        else:
            steps = self._beginning(prompt)
        async with closing(steps):
            async for step in steps:
                yield step

    async def _beginning(self, prompt: Prompt) -> AsyncGenerator[Step, None]:
        if not await self._budget.left(prompt.person):
            self._fallback("budget")
            if await self._budget.first_time_over(prompt.person):
                yield Notice(text=OVER)
        elif not self.outage.lets_through():
            self._fallback("away")
        else:
            said = False
            try:
                async with closing(self._asked(prompt)) as steps:
                    async for step in steps:
                        said = said or isinstance(step, Words)
                        yield step
                return
            except (Unavailable, Blocked) as failure:
                refused = isinstance(failure, Blocked) and not await self._understands(prompt)
                if said or refused:
                    raise
                self._fallback(failure.code)
        if self.outage.on and self.outage.news_for(prompt.person):
            yield Notice(text=f"{self.outage.say.rstrip('.')}; {BASICS}")
        async for step in self._built_in.think(prompt):
            yield step

    async def _going_on(self, prompt: Prompt) -> AsyncGenerator[Step, None]:
        """Tools have run for the model: whatever happens now, nothing is done again, and what was done is told."""
        if self.outage.on:
            self._fallback("away")
        else:
            try:
                async with closing(self._asked(prompt)) as steps:
                    async for step in steps:
                        yield step
                return
            except (Unavailable, Blocked) as failure:
                self._fallback(failure.code)
        yield Words(text=" ".join(told(prompt)) or LOST)

    async def _asked(self, prompt: Prompt) -> AsyncGenerator[Step, None]:
        """The model's own steps; how it went decides whether it is asked again soon."""
        try:
            async with closing(self._model.think(prompt)) as steps:
                async for step in steps:
                    yield step
        except NoAnswer:
            raise
        except Unavailable as failure:
            self.outage.begins(failure)
            raise
        except Blocked:
            self.outage.ends()
            raise
        self.outage.ends()

    async def _understands(self, prompt: Prompt) -> bool:
        """Whether the built-in mind would do something about it."""
        return any([isinstance(step, Call) async for step in self._built_in.think(prompt)])


def _this_turn(lines: Sequence[Line]) -> Sequence[Line]:
    """What has happened since the person's latest words."""
    start = max((i for i, line in enumerate(lines) if isinstance(line, Said)), default=-1)
    return lines[start + 1 :]
