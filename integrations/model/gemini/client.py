"""The connection to Gemini: one HTTP client a process, the model that answers, and how patient each request is."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TypeVar

import httpx
from google import genai
from google.genai.types import HttpOptions
from tenacity import AsyncRetrying, retry_if_exception, stop_after_attempt, wait_exponential_jitter, wait_random

from integrations.errors import ChronusError, Unavailable
from integrations.model.gemini.figures import MindFigures
from integrations.model.gemini.models import is_same
from integrations.model.gemini.reading import Reading
from integrations.model.gemini.refusals import AWAY, ModelGone, our_words, worth_another_try
from integrations.settings import GeminiSettings
from integrations.trust import trusted

log = logging.getLogger(__name__)

FRESH = 30.0
"""Seconds for which an answer proves that the model is there."""

T = TypeVar("T")
_lines: ContextVar[list[httpx.Response] | None] = ContextVar("lines", default=None)
Spent = Callable[[str, int], None]
"""Told of each request whose tokens it spent (a person's id) and how many."""


@dataclass(frozen=True, kw_only=True)
class Pace:
    """Seconds."""

    first: float = 4.0
    """Until the first word or call of an answer, second try included."""
    spoken: float = 3.5
    """The same for those who listen: that their sentence is over is noticed late, and sound takes time to make."""
    idle: float = 4.5
    """Between two pieces of an answer."""
    check: float = 2.5
    """To say whether the model is there."""
    extraction: float = 60.0
    """For one form, with its tries."""
    again: tuple[float, float] = (0.2, 0.6)
    """Before a turn's one second try: at random between the two."""
    backoff: float = 1.0
    """Before a job's second try; it doubles, up to 20 times as long."""


class Gemini:
    """What every request shares."""

    def __init__(
        self,
        client: genai.Client,
        models: list[str],
        *,
        pace: Pace | None = None,
        figures: MindFigures | None = None,
        spent: Spent | None = None,
    ) -> None:
        self.aio = client.aio.models
        self.pace = pace or Pace()
        self.figures = figures or MindFigures()
        self.other = ""
        """The model that answers, where it isn't the one asked for."""
        self._models = models
        self._at = 0
        self._spent = spent
        self._answered_at = float("-inf")

    @property
    def model(self) -> str:
        """The one that is asked now."""
        return self._models[self._at]

    def move_on(self, model: str) -> None:
        """This model doesn't exist any more; ask the next one from now on. Raises `ModelGone` after the last."""
        if model != self.model:
            return  # somebody else has moved on meanwhile
        if self._at + 1 >= len(self._models):
            raise ModelGone
        self._at += 1
        log.warning("the model %s doesn't exist; asking %s instead", model, self.model)

    async def probe(self) -> None:
        """Find a model that is there, beginning with the one that is set. Raises `Unavailable`.

        Where none is found the one that is set is asked all the same.
        """
        for at, model in enumerate(self._models):
            try:
                async with asyncio.timeout(self.pace.check):
                    with our_words():
                        await self.aio.get(model=model)
            except ModelGone:
                log.warning("the model %s doesn't exist", model)
            except TimeoutError as error:
                raise Unavailable(AWAY) from error
            else:
                self._at = at
                self._answered_at = _now()
                return
        raise ModelGone

    async def ping(self) -> None:
        """Raises `Unavailable`, unless it has answered a moment ago; also when another model answers than is set."""
        if _now() - self._answered_at > FRESH:
            await self.probe()
        if self.other:
            raise Unavailable(f"I ask for {self.model}, but {self.other} answers.")
        if self._at:
            raise Unavailable(f"{self._models[0]} doesn't exist any more; {self.model} answers instead.")

    async def retrying(self, work: Callable[[str], Awaitable[T]], *, job: bool) -> T:
        """Do the work with the model there is; what may work in a moment is tried again. Raises `Unavailable`."""
        pace = self.pace
        tries = AsyncRetrying(
            stop=stop_after_attempt(4 if job else 2),
            wait=wait_exponential_jitter(pace.backoff, pace.backoff * 20, jitter=pace.backoff)
            if job
            else wait_random(*pace.again),
            retry=retry_if_exception(worth_another_try),
            reraise=True,
        )
        while True:
            model = self.model
            try:
                with our_words():
                    return await tries(work, model)
            except ModelGone:
                self.move_on(model)

    def note(self, reading: Reading, person: str) -> None:
        """A request is over, however it ended: count it, and sound the alarm when another model has answered."""
        reading.note(self.figures)
        if self._spent and reading.tokens:
            self._spent(person, reading.tokens)
        if not reading.version:
            return
        self._answered_at = _now()
        other = "" if is_same(reading.model, reading.version) else reading.version
        if other and other != self.other:
            log.warning("I asked for the model %s, but %s answers", reading.model, other)
        self.other = other
        self.figures.other.set(bool(other))

    def failed(self, error: ChronusError) -> None:
        """Count a request that gave no answer."""
        self.figures.failures.labels(error.code).inc()


@contextmanager
def watching() -> Iterator[list[httpx.Response]]:
    """The answers that begin within the block. Closing the library's stream doesn't hang up; closing these does."""
    lines: list[httpx.Response] = []
    token = _lines.set(lines)
    try:
        yield lines
    finally:
        _lines.reset(token)


async def _watched(response: httpx.Response) -> None:
    if (lines := _lines.get()) is not None:
        lines.append(response)


@asynccontextmanager
async def open_gemini(
    settings: GeminiSettings, *, pace: Pace | None = None, spent: Spent | None = None
) -> AsyncIterator[Gemini]:
    """Nothing is asked before it is needed."""
    http, client = await asyncio.to_thread(_client, settings)
    async with http:
        models = list(dict.fromkeys([settings.model, *settings.fallbacks]))
        yield Gemini(client, models, pace=pace, spent=spent)


def _client(settings: GeminiSettings) -> tuple[httpx.AsyncClient, genai.Client]:
    assert settings.api_key is not None
    # ours, so that nobody retries behind our back, and a cancelled turn closes its connection
    http = httpx.AsyncClient(
        verify=trusted(),
        event_hooks={"response": [_watched]},
        limits=httpx.Limits(max_keepalive_connections=20, keepalive_expiry=120),
    )
    options = HttpOptions(
        base_url=str(settings.base_url) if settings.base_url else None,
        api_version=settings.api_version,
        httpx_async_client=http,
        client_args={"verify": trusted()},
        async_client_args={"ssl": trusted()},
    )
    key = settings.api_key.get_secret_value()
    return http, genai.Client(vertexai=False, api_key=key, http_options=options)  # whatever the environment says


def _now() -> float:
    return asyncio.get_running_loop().time()
