"""Our side of Gemini's wire in tests: a mind or a reader connected to the double, as patient as a test can be."""

from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing, asynccontextmanager
from datetime import datetime
from typing import Any, cast
from zoneinfo import ZoneInfo

from integrations.model import Call, Declaration, Line, Prompt, Said, Step, Words
from integrations.model.gemini import Gemini, GeminiMind, Pace, open_gemini
from integrations.model.gemini.client import Spent
from integrations.settings import GeminiSettings
from tests.emulators.gemini import GeminiDouble

ZONE = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 3, 4, 10, 20, tzinfo=ZONE)
QUICK = Pace(first=0.6, spoken=0.5, idle=0.4, again=(0.01, 0.03), backoff=0.01, check=0.5, extraction=3)
TOOL = Declaration(
    name="get_time",
    description="Say what time it is.",
    parameters={"type": "object", "properties": {"place": {"type": "string"}}},
)


def settings(double: GeminiDouble, **given: Any) -> GeminiSettings:
    """What points a Chronus at the double."""
    return GeminiSettings.model_validate({"api_key": double.key, "base_url": double.url} | given)


@asynccontextmanager
async def connected(
    double: GeminiDouble, *, pace: Pace = QUICK, spent: Spent | None = None, **given: Any
) -> AsyncIterator[Gemini]:
    """A connection to the double."""
    async with open_gemini(settings(double, **given), pace=pace, spent=spent) as gemini:
        yield gemini


@asynccontextmanager
async def thinking(double: GeminiDouble, **given: Any) -> AsyncIterator[GeminiMind]:
    """A mind that asks the double."""
    async with connected(double, **given) as gemini:
        yield GeminiMind(gemini)


def prompt(*lines: Line, said: str = "What time is it?", tools: Sequence[Declaration] = (TOOL,), **more: Any) -> Prompt:
    """A prompt that ends with these lines, or is nothing but the words."""
    usual: dict[str, Any] = {"system": "You are Chronus.", "facts": "It is ten past four.", "now": NOW, "zone": ZONE}
    return Prompt(lines=list(lines) or [Said(text=said)], tools=list(tools), **(usual | more))


async def step(mind: GeminiMind, asked: Prompt) -> list[Step]:
    """All the steps of one thought."""
    async with aclosing(cast("Any", mind.think(asked))) as steps:
        return [one async for one in steps]


def words(steps: Sequence[Step]) -> str:
    """What was said, in one piece."""
    return "".join(one.text for one in steps if isinstance(one, Words))


def made(steps: Sequence[Step]) -> list[Call]:
    """The calls."""
    return [one for one in steps if isinstance(one, Call)]
