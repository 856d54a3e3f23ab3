"""The exact-arguments yes: what others will see, or what takes something away, waits for it."""

import hashlib
import json
import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from agent.effects import Effect
from integrations.errors import NeedsApproval
from integrations.store.approvals import Approval

GOOD_FOR = timedelta(seconds=60)

_POLITE = r"(?:please|thanks|thank you|chronus|now)"
_YES = re.compile(
    rf"(?:{_POLITE} )*(?:(?:yes|yeah|yep|yup|sure|ok|okay|correct|right|absolutely|definitely|of course|confirm(?:ed)?|approved?)"
    r"|(?:(?:yes|yeah|yep|yup|sure|ok|okay) )?(?:(?:please )?(?:do it|do that|go ahead|send it|cancel it|delete it|forget it all|remove it|that's right|you may|you can|sounds good|please do)))"
    rf"(?: {_POLITE})*"
)
_NO = re.compile(
    rf"(?:{_POLITE} )*(?:(?:no|nope|nah|never mind|nevermind|don't|do not|stop|leave it|keep it|wait|not now|cancel that|forget it|better not|no way|rather not)"
    r"|(?:no |nope )(?:don't|do not|leave it|keep it|not now|thanks|thank you|wait|stop)(?: (?:do|send|delete|cancel) (?:it|that))?"
    rf"|(?:don't|do not) (?:do|send|delete|cancel|remove) (?:it|that))(?: {_POLITE})*"
)


class AskFirst(NeedsApproval):
    """Raised by a tool, before it does anything, when the person's yes is missing."""

    def __init__(self, say: str, *, effect: Effect, exact: Mapping[str, Any]) -> None:
        super().__init__(say)
        self.effect = effect
        self.exact = dict(exact)


def digest(tool: str, exact: Mapping[str, Any]) -> str:
    """What a yes is given to: the tool and its exact arguments, and nothing else."""
    canonical = json.dumps([tool, exact], sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def verdict(words: str) -> bool | None:
    """True for a plain yes, False for a plain no, None for anything else."""
    plain = re.sub(r"[^a-z' ]+", " ", words.lower().replace("’", "'"))
    plain = re.sub(r"\b(?:um+|uh+|er+|well|oh)\b", " ", plain)
    plain = " ".join(plain.split())
    if _YES.fullmatch(plain):
        return True
    if _NO.fullmatch(plain):
        return False
    return None


def pending_json(approval: Approval) -> dict[str, Any]:
    """An approval as clients see it."""
    return {
        "id": approval.id,
        "tool": approval.tool,
        "effect": approval.effect,
        "arguments": approval.arguments,
        "say": approval.say,
        "expires_at": approval.expires_at.isoformat(),
        "status": approval.status,
    }


def expiry(now: datetime) -> datetime:
    """Until when a yes counts that is asked for now."""
    return now + GOOD_FOR
