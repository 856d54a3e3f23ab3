"""One step of Gemini's thinking, streamed as it comes and never waited for too long."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import AsyncExitStack, aclosing
from dataclasses import dataclass
from typing import cast

from google.genai import types

from integrations.errors import ChronusError, Unavailable
from integrations.model import Call, Declaration, NoAnswer, Prompt, Step, Words
from integrations.model.gemini.client import Gemini, watching
from integrations.model.gemini.contents import contents
from integrations.model.gemini.models import thinking
from integrations.model.gemini.reading import Reading
from integrations.model.gemini.refusals import AWAY, CUT, Malformed, our_words
from integrations.model.gemini.schema import plain

LONGEST = 4096
"""Tokens of one step, thoughts included."""
_AFTER_A_CALL = 1.0
"""Seconds in which the rest of a batch of calls has to follow."""
_NEARLY = 0.75
"""The part of its time that is still a fair chance: later rounds of a turn get less."""

Chunks = AsyncGenerator[types.GenerateContentResponse, None]

_Begun = tuple[Reading, types.GenerateContentResponse | None, Chunks, AsyncExitStack]


@dataclass
class _Waiting:
    """Until when something has to come; loop time."""

    until: float
    full: bool
    """Whether the model had all the time it is due: only then is being late its fault."""


class GeminiMind:
    """Keeps the port of minds."""

    def __init__(self, gemini: Gemini) -> None:
        self._gemini = gemini
        self._tools: tuple[list[Declaration], list[types.Tool]] = ([], [])

    @property
    def name(self) -> str:
        """The model that is asked."""
        return self._gemini.model

    async def think(self, prompt: Prompt) -> AsyncIterator[Step]:
        """Words and calls as they come.

        Raises `Blocked`, `NoAnswer`, `KeyRefused`, `QuotaSpent` or another `Unavailable`.
        """
        waiting = self._waiting(prompt)
        said = False
        try:
            async with aclosing(self._once(prompt, waiting)) as steps:
                async for step in steps:
                    said = said or isinstance(step, Words)
                    yield step
        except Malformed as error:
            self._gemini.failed(error)
            if said:
                raise
        else:
            return
        async with aclosing(self._once(prompt, waiting)) as steps:
            async for step in steps:
                yield step

    def _waiting(self, prompt: Prompt) -> _Waiting:
        pace = self._gemini.pace
        due = pace.first if prompt.channel == "text" else pace.spoken
        patience = min(due, prompt.patience)
        return _Waiting(asyncio.get_running_loop().time() + patience, full=patience >= due * _NEARLY)

    async def _once(self, prompt: Prompt, waiting: _Waiting) -> AsyncGenerator[Step, None]:
        began = asyncio.get_running_loop().time()
        reading: Reading | None = None
        try:
            reading, chunk, chunks, hang_up = await self._begin(prompt, waiting)
            kept: list[Words | Call] = []
            async with hang_up, aclosing(chunks):
                while chunk is not None:
                    for step in reading.take(chunk):
                        self._first(reading, began)
                        if reading.called:
                            kept.append(step)  # nothing is done before it is known that the batch is whole
                        else:
                            yield step
                    chunk = await self._next(chunks, reading, waiting)
            for step in [*kept, *reading.over()]:
                yield step
        except ChronusError as error:
            if not isinstance(error, Malformed):
                self._gemini.failed(error)
            raise
        finally:
            if reading:
                self._gemini.note(reading, prompt.person)

    def _first(self, reading: Reading, began: float) -> None:
        if not reading.begun:
            reading.begun = True
            self._gemini.figures.first.labels(reading.model).observe(asyncio.get_running_loop().time() - began)

    async def _begin(self, prompt: Prompt, waiting: _Waiting) -> _Begun:
        """The first chunk, and what follows it. Only until here may a request be made again."""

        async def ask(model: str) -> _Begun:
            with watching() as lines:
                stream = await self._gemini.aio.generate_content_stream(
                    model=model, contents=list(contents(prompt, model)), config=self._config(prompt, model)
                )
                chunks = cast("Chunks", stream)
                first = await anext(chunks, None)
            hang_up = AsyncExitStack()
            for line in lines:
                hang_up.push_async_callback(line.aclose)
            return Reading(model), first, chunks, hang_up

        try:
            async with asyncio.timeout_at(waiting.until):
                return await self._gemini.retrying(ask, job=False)
        except TimeoutError as error:
            raise _late(waiting) from error

    async def _next(self, chunks: Chunks, reading: Reading, waiting: _Waiting) -> types.GenerateContentResponse | None:
        now = asyncio.get_running_loop().time()
        until = waiting.until
        if reading.said:
            until = now + self._gemini.pace.idle
        elif reading.called:
            until = max(until, now + _AFTER_A_CALL)
        try:
            async with asyncio.timeout_at(until):
                with our_words():
                    return await anext(chunks, None)
        except TimeoutError as error:
            raise Unavailable(CUT) if reading.said else _late(waiting) from error

    def _config(self, prompt: Prompt, model: str) -> types.GenerateContentConfig:
        """The part that stays the same through a conversation, byte for byte. No temperature and its like, ever."""
        return types.GenerateContentConfig(
            system_instruction=prompt.system,
            tools=self._declared(prompt),
            thinking_config=thinking(model),
            max_output_tokens=LONGEST,
            # declarations only: given functions, the library would run them itself
            automatic_function_calling=types.AutomaticFunctionCallingConfig(disable=True),
        )

    def _declared(self, prompt: Prompt) -> list[types.Tool]:
        declared = list(prompt.tools)
        if declared != self._tools[0]:
            functions = [
                types.FunctionDeclaration(
                    name=one.name, description=one.description, parameters_json_schema=plain(one.parameters)
                )
                for one in declared
            ]
            self._tools = declared, [types.Tool(function_declarations=functions)] if functions else []
        return self._tools[1]


def _late(waiting: _Waiting) -> Unavailable:
    return Unavailable(AWAY) if waiting.full else NoAnswer(AWAY)
