"""What using a tool does to the world, in order of how much it asks of the person."""

from enum import StrEnum


class Effect(StrEnum):
    """Only the first two happen without asking."""

    READ = "read"
    PRIVATE = "private"
    """Changes something that nobody else sees, and can be undone."""
    OUTBOUND = "outbound"
    """Another person can see it."""
    DESTRUCTIVE = "destructive"
    """Something of the person's own is taken away."""
    SECURITY = "security"
    """Changes who may do what; only ever by a click."""

    @property
    def needs_yes(self) -> bool:
        """Whether it waits for the person's approval."""
        return self in (Effect.OUTBOUND, Effect.DESTRUCTIVE, Effect.SECURITY)
