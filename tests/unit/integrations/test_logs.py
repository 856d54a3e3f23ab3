"""The log says what happened, on one line, and never what was said."""

import asyncio
import io
import json
import logging
from collections.abc import Iterator

import pytest
from loguru import logger

from integrations import logs

CANARY = "pomegranate"


@pytest.fixture(params=["json", "readable"])
def out(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """What is written to stderr, for eyes and for machines; afterwards everything logs as before."""
    root, stream = logging.getLogger(), io.StringIO()
    before, level = root.handlers[:], root.level
    levels = {name: one.level for name, one in root.manager.loggerDict.items() if isinstance(one, logging.Logger)}
    monkeypatch.setattr("sys.stderr", stream)
    logs.configure_logging(readable=request.param == "readable")
    yield stream
    root.handlers[:], root.level = before, level
    for name, one in levels.items():
        logging.getLogger(name).setLevel(one)


def fail(words: str) -> None:
    """As something of ours would."""
    raise ValueError(words)


def test_a_traceback_tells_places_and_no_words(out: io.StringIO) -> None:
    """Neither the message of an exception, nor that of its cause, nor any local variable."""
    try:
        try:
            fail(CANARY)
        except ValueError as error:
            raise RuntimeError(f"about {CANARY}") from error
    except RuntimeError:
        logging.getLogger("agent").exception("it failed")
    told = out.getvalue()
    assert "RuntimeError at test_logs.py:" in told
    assert "it failed" in told
    assert CANARY not in told
    assert told.count("\n") == 1


async def test_a_task_nobody_waited_for_tells_no_words(out: io.StringIO) -> None:
    """asyncio's own line would show the exception with its message."""

    async def failing() -> None:
        fail(CANARY)

    task = asyncio.create_task(failing())
    await asyncio.wait([task])
    asyncio.get_running_loop().call_exception_handler({
        "message": "Task exception was never retrieved", "exception": task.exception(), "future": task,
    })  # fmt: skip
    assert "ValueError at test_logs.py:" in out.getvalue()
    assert CANARY not in out.getvalue()


def test_pipecat_tells_places_and_no_words(out: io.StringIO) -> None:
    """Its transcripts at lower levels are not written at all, its errors without what they quote."""
    logger.debug(f"transcript: {CANARY}")
    logger.info(f"said: {CANARY}")
    logger.error(f"could not say {CANARY}")
    try:
        fail(CANARY)
    except ValueError:
        logger.exception(f"while saying {CANARY}")
    told = out.getvalue()
    assert "ValueError at " in told
    assert told.count("\n") == 2
    assert CANARY not in told


@pytest.mark.parametrize("library", ["httpx", "sqlalchemy.engine", "celery.app.trace", "google_genai.models", "googleapiclient.discovery", "faster_whisper", "aiosqlite", "qdrant_client.qdrant_remote"])  # fmt: skip
def test_libraries_are_quiet(out: io.StringIO, library: str) -> None:
    """What they say as information may be addresses with searches in them, statements or sentences."""
    logging.getLogger(library).info("GET https://example.com/?q=%s", CANARY)
    logging.getLogger(library).debug("%s", CANARY)
    assert out.getvalue() == ""


@pytest.mark.parametrize("forged", ["\n", "\r\n", "\r", "\x1b[2K", "\u2028", "\x85", "\x0b"])
def test_nobody_writes_a_line_of_their_own(out: io.StringIO, forged: str) -> None:
    """Breaks and escapes in what is logged are written out, wherever they stand."""
    words = f'x{forged}{{"event": "owner signed in", "level": "info"}}'
    logging.getLogger("voice").warning("refused: %s", words, extra={"path": words})
    told = out.getvalue()
    assert len(told.splitlines()) == 1
    assert "\x1b[2K" not in told


def test_what_looks_like_a_secret_is_blotted_out(out: io.StringIO) -> None:
    """The second net, in words and in what stands beside them."""
    seen = "ya29.a0AfH6SMBx", "eyJhbGciOi.eyJzdWIi.c2ln", "GOCSPX-abcdef", "123456"
    logging.getLogger("voice").info("Authorization: Bearer %s pin=%s", seen[0], seen[3], extra={"a": f"token={seen[1]}", "b": seen[2]})  # fmt: skip
    assert not any(one in out.getvalue() for one in seen)
    assert "***" in out.getvalue()


def test_a_machine_can_read_each_line(out: io.StringIO, request: pytest.FixtureRequest) -> None:
    """One JSON object an event, with time, level and who says it."""
    logging.getLogger("voice").info("request", extra={"status": 200})
    if "json" in request.node.name:
        line = json.loads(out.getvalue())
        assert (line["event"], line["level"], line["logger"], line["status"]) == ("request", "info", "voice", 200)
