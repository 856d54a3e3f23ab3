"""Every way the world can refuse us, named once.

ChronusError
├── Invalid             the request makes no sense as it stands
├── NotFound            there is no such thing
├── Conflict            it has changed, or is already so
├── NotConnected        an account is missing or has been revoked
├── Denied              not allowed
│   └── NeedsApproval   allowed after the person's yes to exactly this
└── Unavailable         the other side is down or busy; later it may work
    └── RateLimited     too much at once; `retry_after` says when
"""


class ChronusError(Exception):
    """A refusal the person should hear about.

    `code` is for programs; `say` is one short sentence that can be shown, spoken or
    handed to a model exactly as it stands.
    """

    code = "failed"
    say = "Something went wrong on my side."

    def __init__(self, say: str | None = None) -> None:
        self.say = say or self.say
        super().__init__(self.say)


class Invalid(ChronusError):
    """The request makes no sense as it stands."""

    code, say = "invalid", "I can't make sense of that."


class NotFound(ChronusError):
    """There is no such thing."""

    code, say = "not_found", "I couldn't find that."


class Conflict(ChronusError):
    """The thing has changed meanwhile, or is already as asked."""

    code, say = "conflict", "That has changed in the meantime."


class NotConnected(ChronusError):
    """An outside account is missing, or its permission was taken back."""

    code, say = "not_connected", "That account isn't connected yet."


class Denied(ChronusError):
    """Not allowed for this person, from this place or at this time."""

    code, say = "denied", "I'm not allowed to do that."


class NeedsApproval(Denied):
    """Allowed only after the person's yes to exactly these arguments."""

    code, say = "needs_approval", "I need your yes for that."


class Unavailable(ChronusError):
    """The other side is down or busy; the same request may work later."""

    code, say = "unavailable", "That service isn't answering right now."

    def __init__(self, say: str | None = None, *, retry_after: float | None = None) -> None:
        super().__init__(say)
        self.retry_after = retry_after


class RateLimited(Unavailable):
    """Too much at once; `retry_after` is in seconds."""

    code, say = "rate_limited", "That's too much at once. Please try again in a moment."
