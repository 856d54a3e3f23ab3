"""What providers send: forms whose every field counts, messages, sound as base64, and how a call goes in their words."""

import base64
import binascii
import json
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import parse_qsl

from integrations.errors import Denied, Invalid
from integrations.telephone import Course, Event

_FORM = "application/x-www-form-urlencoded"
_FIELDS = 100
_LONGEST = 8000
"""Bytes of mu-law in a message: a second. A provider sends 160."""
_COURSES: dict[str, Course] = {
    "in-progress": "answered", "answered": "answered", "completed": "ended", "busy": "busy",
    "no-answer": "no_answer", "timeout": "no_answer", "failed": "failed", "canceled": "failed", "cancel": "failed",
}  # fmt: skip


def form(headers: Mapping[str, str], body: bytes) -> dict[str, str]:
    """The fields of a form; one that says something twice says nothing for certain. Raises `Denied`."""
    if headers.get("content-type", "").partition(";")[0].strip().lower() != _FORM:
        raise Denied
    try:
        fields = parse_qsl(body.decode(), keep_blank_values=True, errors="strict", max_num_fields=_FIELDS)
    except ValueError as error:
        raise Denied from error
    told = dict(fields)
    if len(told) != len(fields):
        raise Denied
    return told


def read_message(message: str, event: Callable[[str, dict[str, Any]], Event | None], provider: str) -> Event | None:
    """A message of the media socket, as `event` reads its kind and its fields. Raises `Invalid` for what isn't one."""
    try:
        told = json.loads(message)
        return event(told["event"], told)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, binascii.Error) as error:
        raise Invalid(f"That is no message of {provider}'s.") from error


def call_named(told: Mapping[str, str], field: str) -> str:
    """The call that a form is about. Raises `Denied` without one."""
    call_id = told.get(field, "")
    if not call_id or len(call_id) > 120 or not call_id.isascii():
        raise Denied
    return call_id


def course(status: str) -> Course:
    """How far the call has come; whatever comes before it is taken is ringing."""
    return _COURSES.get(status, "ringing")


def by_machine(answered_by: object) -> bool:
    """Whether it is nobody who answered, in the words of Twilio and those who speak like it."""
    return str(answered_by or "").startswith(("machine", "fax"))


def seconds(told: object) -> int | None:
    """How long it was, where that is told, as a number or in digits."""
    text = "" if told is None else str(told)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else None


def mulaw(payload: str) -> bytes:
    """The sound of a message. Raises `ValueError`."""
    if len(payload) > _LONGEST * 4 // 3 + 4:
        raise ValueError
    return base64.b64decode(payload, validate=True)


def payload(sound: bytes) -> str:
    """Sound as a message carries it."""
    return base64.b64encode(sound).decode()


def plain_name(*names: object) -> tuple[str, ...]:
    """Names that we give back as they are. Raises `ValueError` for what no provider would call anything."""
    found = tuple(str(name) for name in names)
    if not all(name.isascii() and len(name) <= 200 for name in found):
        raise ValueError
    return found
