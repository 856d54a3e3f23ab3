"""Ringing a person: when that may be, how it is done once, and what comes of it.

ringer     within one piece of work: may they be rung, and a ring that is owed
dialing    the ring itself, at its time: intent, provider, record
outcome    what the provider tells of it: taken, by a machine, busy, over; once again later
verifying  a code by telephone, before anything else is rung there
"""

from agent.calling.ringer import ADVANCE, JOB, SETTLE, Ringer

__all__ = ["ADVANCE", "JOB", "SETTLE", "Ringer"]
