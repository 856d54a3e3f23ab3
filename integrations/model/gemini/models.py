"""What differs from one Gemini model to the next."""

import re

from google.genai.types import ThinkingConfig, ThinkingLevel

_LEAST: dict[str, ThinkingLevel] = {
    "gemini-3.8-flash": ThinkingLevel.LOW,
    "gemini-3.7-flash": ThinkingLevel.LOW,
    "gemini-3.6-flash": ThinkingLevel.MINIMAL,
    "gemini-3.5-flash-lite": ThinkingLevel.MINIMAL,
    "gemini-3.5-flash": ThinkingLevel.MINIMAL,
    "gemini-3.1-flash-lite": ThinkingLevel.MINIMAL,
}
"""The lowest level each model takes; every other model of the third generation and later takes LOW."""


def thinking(model: str) -> ThinkingConfig:
    """As little thinking as the model allows: a level, or for the second generation a budget, never both."""
    if _generation(model) == 2:
        return ThinkingConfig(thinking_budget=128 if "pro" in model else 0)
    known = max((name for name in _LEAST if is_same(name, model)), key=len, default="")
    return ThinkingConfig(thinking_level=_LEAST.get(known, ThinkingLevel.LOW))


def signs(model: str) -> bool:
    """Whether the model wants its calls back with a signature."""
    return _generation(model) != 2


def is_same(asked: str, answered: str) -> bool:
    """Whether the model that answered is the one asked for: itself, or a dated build of it. Aliases are never sure."""
    asked, answered = asked.removeprefix("models/"), answered.removeprefix("models/")
    if asked.endswith("-latest"):
        return True
    return re.fullmatch(rf"{re.escape(asked)}(-(\d|preview|exp).*)?", answered) is not None


def _generation(model: str) -> int | None:
    found = re.search(r"gemini-(\d+)", model)
    return int(found[1]) if found else None
