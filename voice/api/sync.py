"""/v1/sync: how old the copies of an outside account are, and reading them now."""

from typing import Literal

from fastapi import APIRouter
from pydantic import BaseModel

from agent.ages import Age, State
from integrations.store.mirrors import Kind
from voice.api import shapes
from voice.deps import TheServices, Who

router = APIRouter(prefix="/sync", tags=["sync"])


class Progress(BaseModel):
    """A reading under way; `total` is null where it isn't known."""

    done: int
    total: int | None


class Copy(BaseModel):
    """How one copy stands; `waiting` counts writes that haven't reached the other side."""

    kind: Kind
    state: State
    synced_at: shapes.Moment | None
    age_s: float | None
    say: str
    waiting: int
    progress: Progress | None


class Started(BaseModel):
    """A reading was begun."""

    started: Literal[True] = True


@router.get("")
async def list_copies(services: TheServices, asking: Who) -> shapes.Page[Copy]:
    """One for each kind of thing that is copied; nothing where no account is connected."""
    person_id, now = asking.person.id, services.clock()
    found = await services.outside.ages(person_id)

    async def shown(age: Age) -> Copy:
        read = await services.syncing.read_so_far(person_id, age.kind)
        return Copy(
            kind=age.kind,
            state=age.state,
            synced_at=age.synced_at.astimezone(services.zone_of(asking.person)).isoformat() if age.synced_at else None,
            age_s=round((now - age.synced_at).total_seconds(), 1) if age.synced_at else None,
            say=age.say,
            waiting=age.waiting,
            progress=Progress(done=read[0], total=read[1]) if read else None,
        )

    return shapes.Page[Copy](items=[await shown(age) for age in found])


@router.post("", status_code=202)
async def read_now(services: TheServices, asking: Who) -> Started:
    """Read everything that is copied, beside everything else."""
    await services.syncing.soon(asking.person.id)
    return Started()
