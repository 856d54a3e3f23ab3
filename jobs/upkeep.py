"""Throwing away what nobody needs any more."""

from datetime import timedelta

from agent.services import Services
from integrations.store.notices import forget_notices
from integrations.store.owed import OwedWork
from integrations.store.retention import forget_old
from integrations.store.sessions import SignIns
from jobs.run import Owed, job

OVER = timedelta(days=14)
"""How long what was done is still told in the list of jobs."""
TOLD = timedelta(days=30)
"""How long a notice stays once it was told."""
KEPT = timedelta(days=90)
"""How long notifications, digests, briefings, suggestions and answered questions can be looked at again."""


@job("upkeep")
async def look_after(services: Services, _: Owed) -> str:
    """Once a day, for everybody: it is owed to the owner."""
    now = services.clock()
    async with services.database.work() as session:
        sign_ins = await SignIns(session).forget_expired(now)
        jobs = await OwedWork(session).forget(now - OVER)
        notices = await forget_notices(session, now - TOLD)
        old = await forget_old(session, now - KEPT)
    await services.recordings.sweep()
    sealed = await services.look_after_words()
    gone = f"Gone: {sign_ins} expired sign-ins, {jobs} old jobs, {notices} old notices, {old} other old things."
    return f"{gone} Sealed: {sealed} old values." if sealed else gone
