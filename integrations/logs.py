"""The log: one line an event, and never what was said."""

import logging
import re
import sys
import traceback
from typing import Any

import structlog

_SECRETS = re.compile(
    r"(?i)\beyJ[\w-]+\.[\w-]+\.[\w-]*|(\bbearer\s+|\b(?:ticket|token|access_token|refresh_token|code|state|secret|password|pin|key)=)[^\s&\"']+"
    r"|\b(?:ya29\.|1//|GOCSPX-)[\w./-]+"  # Google's tokens, and the secret of our client there
)


_FRAMES = 12  # of a traceback, the innermost
_BREAKS = {number: f"\\x{number:02x}" for number in (*range(32), *range(127, 160))} | {
    ord("\n"): "\\n", ord("\r"): "\\r", ord("\t"): " ", 0x2028: "\\u2028", 0x2029: "\\u2029",
}  # fmt: skip
"""What would begin another line, or colour this one, is written out."""
_LEVELS = {
    # uvicorn's own lines about sockets name the whole address, ticket and all; the others' name addresses with searches in them
    logging.WARNING: (
        "uvicorn", "uvicorn.error", "uvicorn.access", "websockets", "httpx", "httpcore", "sqlalchemy", "aiosqlite",
        "alembic", "celery", "kombu", "amqp", "faster_whisper", "google_genai", "qdrant_client", "sentence_transformers",
        "transformers", "urllib3", "grpc", "multipart", "piper", "fakeredis",
    ),
    logging.ERROR: ("googleapiclient", "google_auth_httplib2", "google.auth"),
}  # fmt: skip


def configure_logging(*, readable: bool | None = None) -> None:
    """One line an event on stderr: for eyes at a terminal, JSON elsewhere. Called once, where the process starts."""
    readable = sys.stderr.isatty() if readable is None else readable
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
    ]
    last: Any = structlog.dev.ConsoleRenderer() if readable else structlog.processors.JSONRenderer()
    renderers = [structlog.stdlib.ProcessorFormatter.remove_processors_meta, _located, _scrubbed, last]
    out = logging.StreamHandler()
    out.setFormatter(structlog.stdlib.ProcessorFormatter(foreign_pre_chain=shared, processors=renderers))
    logging.basicConfig(handlers=[out], level=logging.INFO, force=True)
    _quieten()


def _quieten() -> None:
    """Libraries that would write down what was said, or where it was looked for."""
    for level, names in _LEVELS.items():
        for name in names:
            logging.getLogger(name).setLevel(level)
    from loguru import logger

    # pipecat writes transcripts and sentences at lower levels, and may quote them in what it calls an error
    logger.remove()
    logger.add(
        lambda line: logging.getLogger("pipecat").error(line.rstrip()),
        level="ERROR",
        format=lambda record: f"{_kind(record)} at {{name}}:{{line}} {{function}}\n",
        backtrace=False,
        diagnose=False,
    )


def _kind(record: Any) -> str:
    return record["exception"].type.__name__ if record["exception"] else "an error"


def _located(_: Any, __: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """An exception as its kind and its places: its message may quote what a person said or wrote."""
    info = event.pop("exc_info", None)
    info = sys.exc_info() if info is True else info
    error = info if isinstance(info, BaseException) else info[1] if info else None
    if error is not None:
        event["failed"] = where(error)
    if event.get("logger") == "asyncio":  # what follows shows tasks with the messages of their exceptions
        event["event"] = str(event.get("event", "")).partition("\n")[0].partition("<")[0].strip()
    return event


def where(error: BaseException) -> str:
    """Its kind and where it was raised, the innermost place first; never its message."""
    frames = traceback.extract_tb(error.__traceback__)[-_FRAMES:]
    places = " < ".join(f"{one.filename.rsplit('/', 1)[-1]}:{one.lineno} {one.name}" for one in reversed(frames))
    return f"{type(error).__name__} at {places or 'an unknown place'}"


def _scrubbed(_: Any, __: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """The second net: whatever still looks like a secret is blotted out, and a line stays one line."""
    return {key: _blotted(value) if isinstance(value, str) else value for key, value in event.items()}


def _blotted(text: str) -> str:
    return _SECRETS.sub(lambda found: f"{found[1] or ''}***", text).translate(_BREAKS)
