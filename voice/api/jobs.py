"""/v1/jobs: what is done for a person unasked, and asking for it now."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from fastapi import APIRouter
from pydantic import BaseModel

from integrations.errors import NotFound
from integrations.store.owed import Debt, Debts, State
from voice.api import shapes
from voice.api.paging import Pages
from voice.deps import TheServices, Who

router = APIRouter(prefix="/jobs", tags=["jobs"])

COPIES = frozenset({"calendar.sync", "tasks.sync", "mail.sync"})
ASKED = COPIES | {"email.digest", "suggestions.make", "briefing.write", "memory.fold"}
"""What a person may ask for themselves."""


class Job(BaseModel):
    """One piece of work. `at` is when it was last heard of, `next` when it is tried next."""

    id: str
    job: str
    state: State
    slot: str
    due: shapes.Moment
    at: shapes.Moment | None
    attempts: int
    say: str
    next: shapes.Moment | None


class Asked(BaseModel):
    """`new`: it wasn't waiting or under way already."""

    job: str
    new: bool


@router.get("")
async def list_jobs(services: TheServices, asking: Who, pages: Pages) -> shapes.Page[Job]:
    """What is owed first, then what is over; newest first."""
    async with services.database.look() as session:
        found = await Debts(session, asking.person.id).newest(pages.reach)
    cut, following = pages.cut(found)
    shown = _shown_in(services.zone_of(asking.person))
    return shapes.Page[Job](items=[shown(debt) for debt in cut], next=following)


@router.post("/{job}", status_code=202)
async def ask(job: str, services: TheServices, asking: Who) -> Asked:
    """Do it now, beside everything else; what is under way already isn't begun twice."""
    if job not in ASKED:
        raise NotFound("There is no such job to ask for.")
    slot = "copy" if job in COPIES else services.now(asking.person).date().isoformat()
    new = await services.queue.ask_again(job, asking.person.id, slot=slot)
    return Asked(job=job, new=new)


def _shown_in(zone: ZoneInfo) -> Callable[[Debt], Job]:
    def moment(at: datetime | None) -> str | None:
        return at.astimezone(zone).isoformat() if at else None

    def shown(debt: Debt) -> Job:
        return Job(
            id=debt.id,
            job=debt.job,
            state=debt.state,
            slot=debt.slot,
            due=debt.due.astimezone(zone).isoformat(),
            at=moment(debt.done_at or debt.beat_at),
            attempts=debt.attempts,
            say=debt.say,
            next=moment(debt.next_at) if debt.state == "waiting" else None,
        )

    return shown
