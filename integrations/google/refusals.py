"""What Google says when it refuses, in our words; the only place that reads its reasons.

Sources: the error pages of Calendar v3, Gmail v1 and Tasks v1; a 403 means four different things.
"""

import json
from collections.abc import Mapping
from typing import Any

from googleapiclient.errors import HttpError

from integrations.errors import (
    ChronusError,
    Conflict,
    Denied,
    Invalid,
    NotConnected,
    NotFound,
    RateLimited,
    Unavailable,
)

BUSY = frozenset({"rateLimitExceeded", "userRateLimitExceeded", "RATE_LIMIT_EXCEEDED"})
SPENT = frozenset({"quotaExceeded", "dailyLimitExceeded", "calendarUsageLimitsExceeded"})
NOT_GRANTED = frozenset({"insufficientPermissions", "ACCESS_TOKEN_SCOPE_INSUFFICIENT", "insufficientScopes"})
SWITCHED_OFF = frozenset({"accessNotConfigured", "SERVICE_DISABLED"})
AWAY = "Google isn't answering right now."


class AlreadyThere(Conflict):
    """Something with that id exists already, or did."""

    say = "That exists already."


class CursorGone(Conflict):
    """Google has forgotten how far we had read; everything has to be read again."""

    say = "I have to read everything from Google again."


class Unsure(Unavailable):
    """The request went out and its answer was lost: it may have happened or not."""

    code, say = "unsure", "Google's answer got lost, so I don't know yet whether that happened."


class Spent(Unavailable):
    """Today's allowance is used up: asking again soon is of no use."""

    code, say = "quota", "Google lets me do no more of that today."


class SwitchedOff(Unavailable):
    """The account, or this Chronus, doesn't have that service: asking again is of no use until somebody changes that."""

    code, say = "switched_off", "That Google service isn't switched on for this Chronus."


def refusal(error: HttpError) -> ChronusError:
    """Our name for what came back instead of an answer."""
    reasons, message = _reasons(error.content)
    match error.resp.status:
        case 400:
            return Invalid(
                f"Google can't make sense of that: {message}" if message else "Google can't make sense of that."
            )
        case 401:
            return NotConnected("Google no longer lets me in. Please connect your account again.")
        case 403:
            return _forbidden(reasons, error.resp)
        case 404:
            return NotFound()
        case 409:
            return AlreadyThere()
        case 410:
            return CursorGone() if "fullSyncRequired" in reasons or "updatedMinTooLongAgo" in reasons else NotFound()
        case 412:
            return Conflict()
        case 429:
            return Spent() if reasons & SPENT else RateLimited(retry_after=_seconds(error.resp))
        case _:
            return Unavailable(AWAY, retry_after=_seconds(error.resp))


def _forbidden(reasons: set[str], headers: Mapping[str, str]) -> ChronusError:
    if reasons & BUSY:
        return RateLimited(retry_after=_seconds(headers))
    if reasons & SPENT:
        return Spent()
    if reasons & NOT_GRANTED:
        return NotConnected("You haven't given me permission for that yet. You can do so under Settings, Google.")
    if reasons & SWITCHED_OFF:
        return SwitchedOff()
    return Denied("Google doesn't let me do that.")


def _reasons(content: bytes) -> tuple[set[str], str]:
    """Old and new shapes of Google's errors; what isn't one has no reason."""
    try:
        error: Any = json.loads(content)["error"]
        found = {str(part["reason"]) for part in error.get("errors", []) + error.get("details", []) if "reason" in part}
        return found | {str(error.get("status", ""))}, str(error.get("message", ""))[:200]
    except (ValueError, KeyError, TypeError, AttributeError):
        return set(), ""


def _seconds(headers: Mapping[str, str]) -> float | None:
    value = headers.get("retry-after", "")
    return float(value) if value.isdecimal() else None
