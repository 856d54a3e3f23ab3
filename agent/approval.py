"""The exact-arguments yes: what others will see, or what takes something away, waits for it."""

import hashlib
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from agent.consent import Consent
from agent.conversation import ALOUD
from agent.effects import Effect
from integrations.errors import NeedsApproval
from integrations.store.approvals import Approval

if TYPE_CHECKING:
    from agent.context import Context
    from agent.tools.base import Done

GOOD_FOR = timedelta(seconds=60)


@dataclass(frozen=True, kw_only=True)
class PutAside:
    """What was written without being sent: from now on a yes is to that."""

    exact: Mapping[str, Any]
    tool: str
    done: "Done"


Aside = Callable[["Context"], Awaitable[PutAside]]
"""Keeps what was asked for where nobody else sees it, until there is a yes."""


class AskFirst(NeedsApproval):
    """Raised by a tool, before it does anything, when the person's yes is missing."""

    def __init__(
        self,
        say: str,
        *,
        effect: Effect,
        exact: Mapping[str, Any],
        consent: Consent,
        by_click: bool = False,
        aside: Aside | None = None,
    ) -> None:
        super().__init__(say)
        self.effect = effect
        self.exact = dict(exact)
        self.consent = consent
        self.by_click = by_click
        self.aside = aside


def digest(tool: str, exact: Mapping[str, Any]) -> str:
    """What a yes is given to: the tool and its exact arguments, and nothing else."""
    canonical = json.dumps([tool, exact], sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


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
        "consent": Consent.of(approval.consent).words,
        "by_click": approval.by_click,
        "origin": approval.origin,
        "origins": approval.origins or {},
    }


def what_to_say(consent: Consent, channel: str) -> str:
    """How the yes is given on this channel. A yes before it is what the small recogniser needs to hear the rest."""
    spoken = "yes, " if channel in ALOUD else ""
    return f"Say “{spoken}{consent.words}”{', or press 1; press 2 to cancel' if channel == 'phone' else ''}."


def expiry(now: datetime) -> datetime:
    """Until when a yes counts that is asked for now."""
    return now + GOOD_FOR
