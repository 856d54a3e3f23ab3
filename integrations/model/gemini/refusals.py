"""Google's errors, finish reasons and blocks in the house's words; none of them leaves anybody in silence."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
from google.genai.errors import APIError
from google.genai.types import FinishReason

from integrations.errors import ChronusError, RateLimited, Unavailable
from integrations.model import Blocked, KeyRefused, NoAnswer, QuotaSpent

log = logging.getLogger(__name__)

AWAY = "Gemini isn't answering."
KEY = "Gemini doesn't accept my key."
QUOTA = "Gemini's daily allowance is used up."
WONT = "Gemini won't answer that. Please put it another way."
CUT = "I lost the thread in the middle of that. Please ask me again."
TRANSIENT = frozenset({408, 429, 500, 502, 503, 504})
_GARBLED = (ValueError, TypeError, AttributeError, LookupError)
"""What the library raises where a body isn't what it should be."""


class Malformed(NoAnswer):
    """The call it wanted to make was garbled; asked again it may get it right."""


class ModelGone(Unavailable):
    """There is no such model (any more)."""

    code, say = "model_gone", "The Gemini model I was told to use doesn't exist any more."


_BLOCKS: dict[str, str] = {
    "SPII": "Gemini won't handle the personal details in that. Please put it another way.",
    "RECITATION": "Gemini stopped, because that came too close to a published text.",
    "LANGUAGE": "Gemini doesn't speak that language. Please try it in English.",
}
_REFUSING = frozenset({"SAFETY", "RECITATION", "PROHIBITED_CONTENT", "SPII", "BLOCKLIST", "LANGUAGE"})


def ended(finish: FinishReason, *, said: bool, called: bool) -> ChronusError | None:
    """Why an answer can't be used as it is; None where it can."""
    reason = str(finish.value)
    if reason == "STOP":
        return None if said or called else NoAnswer()
    if reason == "MAX_TOKENS" and said and not called:
        return None
    if reason == "MALFORMED_FUNCTION_CALL":
        return Malformed()
    if reason in _REFUSING:
        return blocked(reason)
    return NoAnswer()


def blocked(reason: str) -> Blocked:
    """It won't speak about this: the sentence says what kind of thing it was."""
    return Blocked(_BLOCKS.get(reason, WONT))


@contextmanager
def our_words() -> Iterator[None]:
    """Whatever goes wrong between us and Google, as one of ours. A deadline is not its business."""
    try:
        yield
    except APIError as error:
        log.warning("Gemini refused: %s %s", error.code, error.status)
        raise refusal(error) from error
    except httpx.HTTPError as error:
        log.warning("Gemini can't be reached: %s", type(error).__name__)
        raise Unavailable(AWAY) from error
    except _GARBLED as error:
        # its words may be the person's: only the kind is written down
        log.warning("Gemini sent what can't be read: %s", type(error).__name__)
        raise Unavailable(AWAY) from error


def refusal(error: APIError) -> Unavailable:
    """One of Google's error answers."""
    details, status = _details(error), str(error.status or "")
    reasons = {str(one.get("reason", "")) for one in details}
    if error.code in (401, 403) or "API_KEY_INVALID" in reasons or status == "FAILED_PRECONDITION":
        return KeyRefused(KEY)
    if error.code == 400 and "api key" in str(error.message or "").lower():
        return KeyRefused(KEY)
    if error.code == 404 and status == "NOT_FOUND":  # else it is no answer of Google's
        return ModelGone()
    if error.code == 429:
        wait = _retry_after(details)
        return QuotaSpent(QUOTA, retry_after=wait) if _per_day(details) else RateLimited(AWAY, retry_after=wait)
    if error.code in TRANSIENT or error.code == 404 or not 400 <= (error.code or 0) < 500:
        return Unavailable(AWAY)
    return NoAnswer()  # it doesn't like what we sent: another turn may be fine


def worth_another_try(error: BaseException) -> bool:
    """Whether the same request may work in a moment."""
    if isinstance(error, APIError):
        return error.code in TRANSIENT and not isinstance(refusal(error), QuotaSpent)
    return isinstance(error, httpx.TransportError)


def _details(error: APIError) -> list[dict[str, Any]]:
    body = error.details
    inner = body.get("error", body) if isinstance(body, dict) else {}
    found = inner.get("details", []) if isinstance(inner, dict) else []
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _per_day(details: list[dict[str, Any]]) -> bool:
    """Whether a quota of the day is what is used up."""
    violations = [one for detail in details for one in detail.get("violations", []) if isinstance(one, dict)]
    named = [str(one.get(key, "")) for one in violations for key in ("quotaId", "quotaMetric", "subject")]
    named += [str(detail.get("metadata", {}).get("quota_limit", "")) for detail in details]
    return any("perday" in name.lower().replace("_", "") for name in named)


def _retry_after(details: list[dict[str, Any]]) -> float | None:
    """Seconds that RetryInfo names ("17s", "0.5s")."""
    for detail in details:
        if (told := str(detail.get("retryDelay", ""))).endswith("s"):
            try:
                return float(told[:-1])
            except ValueError:
                return None
    return None
