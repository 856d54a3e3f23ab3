"""A strict Gemini on a real socket: what it is asked is checked as Google checks it, what it answers is a script.

    with served_gemini() as gemini:
        gemini.then(calls(("add_event", {"title": "Lunch", "when": "tomorrow at noon"})), says("Done."))
        ... CHRONUS_GEMINI__API_KEY=gemini.key, CHRONUS_GEMINI__BASE_URL=gemini.url ...
        gemini.asked[-1].body

One reply a request, in order; with none left it says "All right.". A reply may be a function of the request.
"""

import asyncio
import base64
import json
import os
import socket
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import uvicorn
from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse, StreamingResponse
from pydantic import ValidationError

from tests.emulators.gemini_rules import LEVELS, GenerateContent, Wrong, check

Json = dict[str, Any]

ENOUGH_TO_CACHE = 4096
"""Tokens that a prefix must have to be found again."""


@dataclass(frozen=True, kw_only=True)
class Chunk:
    """One event of a stream: parts, how long it takes to come, and what else it says."""

    parts: Sequence[Json] = ()
    after: float = 0.0
    """Seconds."""
    finish: str | None = None
    thoughts: int = 0


@dataclass(frozen=True, kw_only=True)
class Reply:
    """What a request is answered with."""

    chunks: Sequence[Chunk] = ()
    hangs: bool = False
    """Nothing follows, and the line stays open."""
    cut: bool = False
    """The line breaks after the last chunk."""
    block: str | None = None
    status: int = 200
    error: Json | None = None
    garbage: bytes | None = None
    version: str | None = None


Scripted = Reply | Callable[[Json], Reply]


def says(*pieces: str, first: float = 0.0, every: float = 0.0, finish: str = "STOP", signed: bool = True) -> Reply:
    """Words in pieces; a signature in an empty piece at the end, as the third generation does."""
    chunks = [Chunk(parts=[{"text": piece}], after=every if at else first) for at, piece in enumerate(pieces)]
    last = [{"text": "", "thoughtSignature": "text"}] if signed else []
    return Reply(chunks=[*chunks, Chunk(parts=last, finish=finish)])


def calls(
    *wanted: tuple[str, Json], text: str = "", signed: bool = True, apart: float = 0.0, first: float = 0.0
) -> Reply:
    """Calls in one batch, each in a chunk of its own; only the first is signed."""
    chunks = [Chunk(parts=[{"text": text}], after=first)] if text else []
    for at, (name, args) in enumerate(wanted):
        part: Json = {"functionCall": {"id": f"fc-{uuid4().hex[:12]}", "name": name, "args": args}}
        if signed and at == 0:
            part["thoughtSignature"] = "call"
        chunks.append(Chunk(parts=[part], after=apart if at else 0.0 if text else first))
    return Reply(chunks=[*chunks, Chunk(finish="STOP")])


def gives(*parts: str, thought: str = "", finish: str = "STOP") -> Reply:
    """Parts of one answer, such as a form, after a thought."""
    thoughts = [{"text": thought, "thought": True}] if thought else []
    return Reply(chunks=[Chunk(parts=[*thoughts, *({"text": part} for part in parts)], finish=finish)])


def ends(finish: str, *pieces: str) -> Reply:
    """An answer that ended for a reason of its own, perhaps after some words."""
    return Reply(chunks=[*(Chunk(parts=[{"text": piece}]) for piece in pieces), Chunk(finish=finish)])


def blocks(reason: str) -> Reply:
    """The prompt is refused: no candidates at all."""
    return Reply(block=reason, chunks=[Chunk()])


def hangs(*pieces: str) -> Reply:
    """Accepts, perhaps begins, and then sends nothing more."""
    return Reply(chunks=[Chunk(parts=[{"text": piece}]) for piece in pieces], hangs=True)


def cuts(*pieces: str) -> Reply:
    """Begins, and then the line breaks."""
    return Reply(chunks=[Chunk(parts=[{"text": piece}]) for piece in pieces], cut=True)


def garbage(body: bytes = b"<html>Sorry</html>") -> Reply:
    """Something else than an answer, with status 200."""
    return Reply(garbage=body)


def fails(status: int, *, quota: str | None = None, retry: str | None = None, reason: str | None = None) -> Reply:
    """One of Google's errors; `quota` such as "GenerateRequestsPerDayPerProjectPerModel"."""
    names = {400: "INVALID_ARGUMENT", 401: "UNAUTHENTICATED", 403: "PERMISSION_DENIED", 404: "NOT_FOUND", 408: "DEADLINE_EXCEEDED", 429: "RESOURCE_EXHAUSTED", 500: "INTERNAL", 503: "UNAVAILABLE", 504: "DEADLINE_EXCEEDED"}  # fmt: skip
    details: list[Json] = []
    if quota:
        details.append({"@type": "type.googleapis.com/google.rpc.QuotaFailure", "violations": [{"quotaMetric": "generativelanguage.googleapis.com/generate_content_requests", "quotaId": quota, "quotaValue": "250"}]})  # fmt: skip
    if retry:
        details.append({"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": retry})
    if reason:
        details.append({"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": reason, "domain": "googleapis.com"})  # fmt: skip
    status_name = names.get(status, "UNKNOWN")
    return Reply(status=status, error=_error(status, f"Scripted {status_name}.", status_name, details))


def _error(code: int, message: str, status: str, details: Sequence[Json] = ()) -> Json:
    told: Json = {"code": code, "message": message, "status": status}
    return {"error": told | ({"details": list(details)} if details else {})}


@dataclass
class Asked:
    """One request as it came."""

    method: str
    """generateContent, streamGenerateContent or get."""
    path: str
    model: str
    headers: dict[str, str]
    raw: str
    body: Json
    at: float
    hung_up: bool = False
    """The caller left before the answer was over."""
    begun_at: float | None = None
    """When the first piece of the answer was sent; `time.monotonic()`, as all moments here."""
    over_at: float | None = None


@dataclass
class GeminiDouble:
    """The other side. Everything it is asked stands in `asked`."""

    key: str = "AQ.test-key"
    models: set[str] = field(default_factory=lambda: set(LEVELS))
    version: str | None = None
    """What it says it is; else the model that was asked for."""
    url: str = ""
    asked: list[Asked] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    """Why requests were answered with 400."""
    broken: Reply | None = None
    """While set, every request for content is answered with this."""
    mind: Callable[[Json], Reply] | None = None
    """While set, it thinks of what every request for content is answered with."""
    enough_to_cache: int = ENOUGH_TO_CACHE
    _script: list[Scripted] = field(default_factory=list)
    _issued: dict[str, tuple[str, str | None]] = field(default_factory=dict)
    _prefixes: list[str] = field(default_factory=list)

    def then(self, *replies: Scripted) -> None:
        """The next replies."""
        self._script += replies

    def forget(self) -> None:
        """Drop the replies nobody has asked for."""
        self._script.clear()

    def anew(self) -> None:
        """Forget what was asked so far: looking for beginnings that came before takes longer with every request."""
        self.asked.clear()
        self._prefixes.clear()

    @property
    def turns(self) -> list[Asked]:
        """The requests for content."""
        return [one for one in self.asked if one.method != "get"]

    @property
    def left(self) -> int:
        """Replies nobody has asked for yet."""
        return len(self._script)

    def app(self) -> FastAPI:
        """Its doors."""
        app = FastAPI()

        @app.get("/{version}/models/{model}")
        async def get(request: Request, version: str, model: str) -> Response:
            self._note("get", model, request, "")
            if refusal := self._refused(request, version, model):
                return refusal
            return JSONResponse({"name": f"models/{model}", "version": "001", "displayName": model, "inputTokenLimit": 1048576, "outputTokenLimit": 65536, "supportedGenerationMethods": ["generateContent", "countTokens"], "thinking": True})  # fmt: skip

        @app.post("/{version}/models/{rest}")
        async def post(request: Request, version: str, rest: str, alt: str = "") -> Response:
            model, _, method = rest.partition(":")
            raw = (await request.body()).decode()
            asked = self._note(method, model, request, raw)
            if refusal := self._refused(request, version, model):
                return refusal
            if method not in ("generateContent", "streamGenerateContent") or (method[0] == "s" and alt != "sse"):
                return JSONResponse(_error(404, "Not found.", "NOT_FOUND"), 404)
            reply = self._next(asked.body)
            if reply.error:
                return JSONResponse(reply.error, reply.status)
            try:
                check(GenerateContent.model_validate(asked.body), model, self._issued)
            except (Wrong, ValidationError) as wrong:
                self.refused.append(str(wrong))
                return JSONResponse(_error(400, str(wrong), "INVALID_ARGUMENT"), 400)
            if reply.garbage is not None:
                return Response(reply.garbage, media_type="text/event-stream")
            if method == "generateContent":
                return await self._whole(reply, model, asked, request)
            if reply.hangs and not reply.chunks:
                return await self._hang(asked, request)
            return StreamingResponse(self._streamed(reply, model, asked), media_type="text/event-stream")

        return app

    def _note(self, method: str, model: str, request: Request, raw: str) -> Asked:
        try:
            body = json.loads(raw) if raw else {}
        except ValueError:
            body = {}
        asked = Asked(method, request.url.path, model, dict(request.headers), raw, body, time.monotonic())
        self.asked.append(asked)
        return asked

    def _refused(self, request: Request, version: str, model: str) -> Response | None:
        given = request.headers.get("x-goog-api-key")
        if not given:
            return JSONResponse(_error(403, "Method doesn't allow unregistered callers.", "PERMISSION_DENIED"), 403)
        if given != self.key:
            wrong = [{"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "API_KEY_INVALID", "domain": "googleapis.com"}]  # fmt: skip
            return JSONResponse(_error(400, "API key not valid. Please pass a valid API key.", "INVALID_ARGUMENT", wrong), 400)  # fmt: skip
        if version not in ("v1", "v1beta") or model not in self.models:
            return JSONResponse(_error(404, f"models/{model} is not found for API version {version}, or is not supported for generateContent.", "NOT_FOUND"), 404)  # fmt: skip
        return None

    def _next(self, body: Json) -> Reply:
        if self.broken:
            return self.broken
        if self.mind:
            return self.mind(body)
        scripted: Scripted = self._script.pop(0) if self._script else says("All right.")
        return scripted(body) if callable(scripted) else scripted

    async def _hang(self, asked: Asked, request: Request) -> Response:
        while (await request.receive())["type"] != "http.disconnect":
            pass
        asked.hung_up, asked.over_at = True, time.monotonic()
        return Response()

    async def _whole(self, reply: Reply, model: str, asked: Asked, request: Request) -> Response:
        if reply.hangs:
            return await self._hang(asked, request)
        for chunk in reply.chunks:
            await asyncio.sleep(chunk.after)
        parts = [part for chunk in reply.chunks for part in chunk.parts]
        finish = next((chunk.finish for chunk in reply.chunks if chunk.finish), None)
        whole = self._event(reply, Chunk(parts=parts, finish=finish), model, asked, len(json.dumps(parts)))
        asked.over_at = time.monotonic()
        return JSONResponse(whole)

    async def _streamed(self, reply: Reply, model: str, asked: Asked) -> AsyncIterator[bytes]:
        letters = 0
        try:
            for chunk in reply.chunks:
                await asyncio.sleep(chunk.after)
                letters += sum(len(json.dumps(part)) for part in chunk.parts)
                event = self._event(reply, chunk, model, asked, letters)
                asked.begun_at = asked.begun_at or time.monotonic()
                yield f"data: {json.dumps(event, ensure_ascii=False)}\r\n\r\n".encode()
            if reply.hangs:
                await asyncio.Event().wait()
            if reply.cut:
                raise ConnectionAbortedError
        except (asyncio.CancelledError, GeneratorExit):
            asked.hung_up = True
            raise
        finally:
            asked.over_at = time.monotonic()

    def _event(self, reply: Reply, chunk: Chunk, model: str, asked: Asked, letters: int) -> Json:
        prompt = len(asked.raw) // 4
        answer = letters // 4 + 1
        usage: Json = {"promptTokenCount": prompt, "candidatesTokenCount": answer, "thoughtsTokenCount": chunk.thoughts, "totalTokenCount": prompt + answer + chunk.thoughts, "promptTokensDetails": [{"modality": "TEXT", "tokenCount": prompt}]}  # fmt: skip
        if (known := self._known(asked)) >= self.enough_to_cache:
            usage["cachedContentTokenCount"] = known
        event: Json = {
            "usageMetadata": usage,
            "modelVersion": reply.version or self.version or model,
            "responseId": f"r-{id(asked):x}",
        }
        if reply.block:
            return event | {"promptFeedback": {"blockReason": reply.block}}
        candidate: Json = {"index": 0}
        if chunk.parts:
            candidate["content"] = {"role": "model", "parts": [self._signed(part, model) for part in chunk.parts]}
        if chunk.finish:
            candidate["finishReason"] = chunk.finish
        return event | {"candidates": [candidate]}

    def _signed(self, part: Json, model: str) -> Json:
        if "thoughtSignature" not in part:
            return part
        signature = base64.b64encode(uuid4().bytes * 4).decode()
        self._issued[signature] = (model, part["functionCall"].get("id") if "functionCall" in part else "text")
        return part | {"thoughtSignature": signature}

    def _known(self, asked: Asked) -> int:
        """Tokens of the longest beginning that an earlier request had too: system, tools, then contents."""
        body = asked.body
        stable = [body.get("systemInstruction"), body.get("tools"), *body.get("contents", [])]
        whole = f"{asked.model}{json.dumps(stable)}"
        others = [other for other in self._prefixes if other != whole]
        best = max((len(os.path.commonprefix([whole, other])) for other in others), default=0)  # noqa: RUF071, letters are meant
        if whole not in self._prefixes:
            self._prefixes.append(whole)
        return best // 4


@contextmanager
def served_gemini(**given: Any) -> Iterator[GeminiDouble]:
    """Served on a free port, in a thread of its own, for as long as the block lasts."""
    double = GeminiDouble(**given)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        double.url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        server = uvicorn.Server(
            uvicorn.Config(double.app(), log_level="critical", lifespan="off", timeout_graceful_shutdown=0)
        )
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, name="gemini", daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.005)
        try:
            yield double
        finally:
            server.should_exit = server.force_exit = True
            thread.join(10)
