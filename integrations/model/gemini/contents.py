"""The lines of a thread as Gemini's contents.

What Gemini insists on, and gets: the answers to one batch of calls stand together, in one user content right after
it, each with the id and name of its call; the first call of a batch is signed; nothing ends with a model's content.
"""

from collections.abc import Sequence
from typing import Any

from google.genai.types import Content, FunctionCall, FunctionResponse, Part

from integrations.model import Answer, Call, Line, Prompt, Replied, Said
from integrations.model.gemini.models import signs
from integrations.model.gemini.reading import UNNAMED

UNSIGNED = b"skip_thought_signature_validator"
"""Stands where a signature has to be and this model never made one."""
_NEVER_RUN = {"error": "interrupted", "say": "This was not done: the person went on speaking."}


def contents(prompt: Prompt, model: str) -> list[Content]:
    """Oldest first; what changes from turn to turn (`facts`) comes last, beside the person's latest words."""
    lines = list(prompt.lines)
    latest = max((i for i, line in enumerate(lines) if isinstance(line, Said)), default=None)
    made: list[Content] = []
    at = 0
    while at < len(lines):
        line = lines[at]
        if isinstance(line, Said):
            facts = prompt.facts if at == latest else ""
            made.append(_person(line.text, facts))
            at += 1
        elif isinstance(line, Answer):
            at += 1  # stands with its call
        else:
            run = _run(lines, at)
            made += _step(run, lines[at + len(run) :], model)
            at += len(run)
    if not made or made[-1].role == "model":
        made.append(_person(".", prompt.facts if latest is None else ""))
    return made


def _person(words: str, facts: str) -> Content:
    parts = [Part(text=words)]
    if facts:
        parts.append(Part(text=f"(Known at this moment, not said by the person: {facts})"))
    return Content(role="user", parts=parts)


def _run(lines: Sequence[Line], start: int) -> list[Replied | Call]:
    """What the assistant said and called in one step."""
    run: list[Replied | Call] = []
    for line in lines[start:]:
        if not isinstance(line, Replied | Call):
            break
        run.append(line)
    return run


def _step(run: Sequence[Replied | Call], after: Sequence[Line], model: str) -> list[Content]:
    calls = [line for line in run if isinstance(line, Call)]
    parts = [part for line in run if (part := _part(line, model, first=bool(calls) and line is calls[0]))]
    if not parts:
        return []
    made = [Content(role="model", parts=parts)]
    if calls:
        answers = _answers(after)
        made.append(Content(role="user", parts=[_answered(call, answers.get(call.id)) for call in calls]))
    return made


def _part(line: Replied | Call, model: str, *, first: bool) -> Part | None:
    signature = line.signature if line.mind == model else None
    if isinstance(line, Replied):
        return Part(text=line.text, thought_signature=signature) if line.text or signature else None
    if first and signature is None and signs(model):
        signature = UNSIGNED
    call = FunctionCall(id=_id(line), name=line.tool, args=dict(line.arguments))
    return Part(function_call=call, thought_signature=signature)


def _answers(after: Sequence[Line]) -> dict[str, Answer]:
    """The answers up to the person's next words."""
    found: dict[str, Answer] = {}
    for line in after:
        if isinstance(line, Said):
            break
        if isinstance(line, Answer):
            found.setdefault(line.id, line)
    return found


def _answered(call: Call, answer: Answer | None) -> Part:
    content: dict[str, Any] = dict(answer.content) if answer else dict(_NEVER_RUN)
    if content.get("result") == content.get("receipt") is not None:
        del content["result"]  # the same again; tokens are time
    return Part(function_response=FunctionResponse(id=_id(call), name=call.tool, response=content))


def _id(call: Call) -> str | None:
    return None if call.id.startswith(UNNAMED) else call.id
