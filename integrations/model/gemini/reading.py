"""A streamed answer, chunk by chunk: words in whole words, calls with their signatures, how it ended, what it cost."""

from dataclasses import dataclass, field
from uuid import uuid4

from google.genai.types import FinishReason, GenerateContentResponse, GenerateContentResponseUsageMetadata, Part

from integrations.errors import Unavailable
from integrations.model import Call, Words
from integrations.model.gemini.figures import MindFigures
from integrations.model.gemini.refusals import CUT, blocked, ended

UNNAMED = "unnamed-"
"""Begins the ids of calls that came without one; they go back without one."""
MORE = " That is as much as I can say at once; ask me to go on."


@dataclass
class Reading:
    """What has come of one request so far."""

    model: str
    begun: bool = False
    said: bool = False
    called: bool = False
    finish: FinishReason | None = None
    block: str | None = None
    version: str = ""
    usage: GenerateContentResponseUsageMetadata | None = None
    _held: str = ""
    """The beginning of a word whose end is still to come."""
    _texts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Everything said, in one piece."""
        return "".join(self._texts)

    @property
    def tokens(self) -> int:
        """What was spent, thoughts included."""
        return (self.usage.total_token_count or 0) if self.usage else 0

    def take(self, chunk: GenerateContentResponse) -> list[Words | Call]:
        """What the chunk adds."""
        # counts so far, not counts of this chunk
        self.usage = chunk.usage_metadata or self.usage
        self.version = chunk.model_version or self.version
        if chunk.prompt_feedback and chunk.prompt_feedback.block_reason:
            self.block = str(chunk.prompt_feedback.block_reason.value)
        candidate = chunk.candidates[0] if chunk.candidates else None
        if candidate is None:
            return []
        self.finish = candidate.finish_reason or self.finish
        parts = (candidate.content.parts if candidate.content else None) or []
        return [step for part in parts for step in self._part(part)]

    def over(self) -> list[Words | Call]:
        """The rest, now that nothing follows. Raises `Unavailable`, `NoAnswer` or `Blocked`."""
        rest = self._flush()
        if self.block:
            raise blocked(self.block)
        if self.finish is None:
            raise Unavailable(CUT)
        if problem := ended(self.finish, said=self.said, called=self.called):
            raise problem
        if self.finish is FinishReason.MAX_TOKENS:
            rest.append(Words(text=MORE, mind=self.model))
        return rest

    def note(self, figures: MindFigures) -> None:
        """Tell Prometheus how it ended."""
        finish = f"BLOCKED_{self.block}" if self.block else str(self.finish.value) if self.finish else "none"
        figures.answers.labels(self.model, finish).inc()
        if self.usage:
            for kind, count in (
                ("prompt", self.usage.prompt_token_count),
                ("cached", self.usage.cached_content_token_count),
                ("answer", self.usage.candidates_token_count),
                ("thoughts", self.usage.thoughts_token_count),
            ):
                figures.tokens.labels(self.model, kind).inc(count or 0)

    def _part(self, part: Part) -> list[Words | Call]:
        if part.thought:
            return []
        if part.function_call:
            self.called = True
            call = part.function_call
            made = Call(
                id=call.id or f"{UNNAMED}{uuid4().hex}", tool=call.name or "", arguments=call.args or {},
                signature=part.thought_signature, mind=self.model,
            )  # fmt: skip
            return [*self._flush(), made]
        if part.thought_signature:
            # stays on a part of its own: it must go back on the part it came on
            signed = Words(text=part.text or "", signature=part.thought_signature, mind=self.model)
            self._note_text(signed.text)
            return [*self._flush(), signed]
        return self._words(part.text or "")

    def _words(self, text: str) -> list[Words | Call]:
        """Up to the last space: whoever speaks or joins the pieces must not find half a word, or "3." of "3.30"."""
        self._note_text(text)
        together = self._held + text
        cut = max(together.rfind(" "), together.rfind("\n")) + 1
        whole, self._held = together[:cut], together[cut:]
        return [Words(text=whole, mind=self.model)] if whole else []

    def _flush(self) -> list[Words | Call]:
        rest, self._held = self._held, ""
        return [Words(text=rest, mind=self.model)] if rest else []

    def _note_text(self, text: str) -> None:
        self._texts.append(text)
        self.said = self.said or bool(text.strip())
