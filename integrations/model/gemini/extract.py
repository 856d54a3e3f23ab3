"""A form filled in from what others wrote: no tools, an instruction of its own, and what comes is checked."""

import asyncio
import json

from google.genai import types
from pydantic import ValidationError

from integrations.errors import ChronusError, Unavailable
from integrations.model import NoAnswer, Shape
from integrations.model.gemini.client import Gemini
from integrations.model.gemini.models import thinking
from integrations.model.gemini.reading import Reading
from integrations.model.gemini.refusals import AWAY
from integrations.model.gemini.schema import plain

LONGEST = 8192
"""Tokens of one form, thoughts included."""
UNSHAPED = "I couldn't make sense of what I read."


class GeminiExtractor:
    """Keeps the port of extractors."""

    def __init__(self, gemini: Gemini) -> None:
        self._gemini = gemini

    async def extract(self, instruction: str, material: str, shape: type[Shape], *, person: str = "") -> Shape:
        """The form, filled in; asked a second time when what came doesn't fit. Raises as the port says."""
        config = self._config(instruction, shape)
        try:
            async with asyncio.timeout(self._gemini.pace.extraction):
                try:
                    return await self._once(config, material, shape, person)
                except NoAnswer as error:
                    self._gemini.failed(error)
                return await self._once(config, material, shape, person)
        except TimeoutError as error:
            raise Unavailable(AWAY) from error
        except ChronusError as error:
            self._gemini.failed(error)
            raise

    async def _once(self, config: types.GenerateContentConfig, material: str, shape: type[Shape], person: str) -> Shape:
        async def ask(model: str) -> tuple[Reading, types.GenerateContentResponse]:
            own = config.model_copy(update={"thinking_config": thinking(model)})
            return Reading(model), await self._gemini.aio.generate_content(model=model, contents=material, config=own)

        reading, response = await self._gemini.retrying(ask, job=True)
        try:
            reading.take(response)
            reading.over()
            return shape.model_validate(json.loads(reading.text))
        except (ValidationError, json.JSONDecodeError) as error:
            raise NoAnswer(UNSHAPED) from error
        finally:
            self._gemini.note(reading, person)

    def _config(self, instruction: str, shape: type[Shape]) -> types.GenerateContentConfig:
        return types.GenerateContentConfig(
            system_instruction=instruction,
            response_mime_type="application/json",
            # not `response_schema`: that one lets through what Google then refuses
            response_json_schema=plain(shape.model_json_schema()),
            max_output_tokens=LONGEST,
            automatic_function_calling=types.AutomaticFunctionCallingConfig(disable=True),
        )
