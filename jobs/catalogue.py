"""Every family of jobs, imported so that `JOBS` knows them all."""

from jobs import briefing, calls, email_digest, memory, reminders, suggestions, sync, upkeep

__all__ = ["briefing", "calls", "email_digest", "memory", "reminders", "suggestions", "sync", "upkeep"]
