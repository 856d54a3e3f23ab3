"""/v1/demo: a believable day, or the given things, to try Chronus on; only on one's own machine."""

from datetime import datetime, timedelta
from typing import Annotated

from fastapi import APIRouter
from pydantic import AwareDatetime, BaseModel, Field
from sqlalchemy.ext.asyncio import AsyncSession

from agent.context import Context
from integrations.email.headers import parted
from integrations.errors import Denied
from integrations.store.messages import MessageRow
from integrations.store.tables import new_id
from integrations.tasks import NewTask, TaskChange
from voice.api import shapes
from voice.api.calendar import AddEvent, new_event
from voice.api.tasks import AddTask
from voice.deps import TheServices, Who

router = APIRouter(prefix="/demo", tags=["demo"])


class GivenTask(AddTask):
    """A task that may be done already."""

    done: bool = False


class GivenMessage(shapes.Body):
    """A mail that has come in; `from` and `to` are addresses, with or without a name."""

    from_: Annotated[str, Field(alias="from", max_length=320)]
    to: list[shapes.Address] | shapes.Address = Field(default_factory=list)
    cc: list[shapes.Address] = Field(default_factory=list)
    subject: Annotated[str, Field(max_length=300)] = ""
    body: Annotated[str, Field(max_length=100_000)] = ""
    at: AwareDatetime | None = None
    unread: bool = True
    important: bool = False


class Given(shapes.Body):
    """Nothing at all means the sample day."""

    events: Annotated[list[AddEvent], Field(max_length=1000)] | None = None
    tasks: Annotated[list[GivenTask], Field(max_length=1000)] | None = None
    messages: Annotated[list[GivenMessage], Field(max_length=1000)] | None = None


class Loaded(BaseModel):
    """How many of each there are now from this."""

    events: int
    tasks: int
    messages: int


@router.post("", status_code=201)
async def load(services: TheServices, asking: Who, body: Given | None = None) -> Loaded:
    """Put the given things, or the sample day, into the calendar, tasks and mailbox kept here."""
    if services.settings.environment != "local":
        raise Denied("That works only on your own machine.")
    if body is None or (body.events is None and body.tasks is None and body.messages is None):
        await services.load_sample_day()
        async with services.context(asking.person, write=False) as ctx:
            return await _counted(ctx)
    async with services.context(asking.person, channel="api", write=True) as ctx:
        for event in body.events or ():
            await ctx.calendar.add(new_event(event, ctx.zone))
        for task in body.tasks or ():
            written = await ctx.tasks.add(NewTask(title=task.title, due=task.due, notes=task.notes, list=task.list))
            if task.done:
                await ctx.tasks.change(written.task.id, TaskChange(done=True))
    if body.messages:
        async with services.database.work() as session:
            await _deliver(session, asking.person.id, body.messages, services.now(asking.person))
    return Loaded(events=len(body.events or ()), tasks=len(body.tasks or ()), messages=len(body.messages or ()))


async def _deliver(session: AsyncSession, person_id: str, messages: list[GivenMessage], now: datetime) -> None:
    for message in messages:
        name, address = parted(message.from_)
        to = [message.to] if isinstance(message.to, str) else message.to
        session.add(
            MessageRow(
                person_id=person_id, thread=new_id(), box="inbox", from_name=name, from_address=address, to=list(to),
                cc=list(message.cc), subject=message.subject, body=message.body, at=message.at or now,
                unread=message.unread, important=message.important,
            )
        )  # fmt: skip


async def _counted(ctx: Context) -> Loaded:
    near = timedelta(days=30)
    return Loaded(
        events=len(await ctx.calendar.between(ctx.now - near, ctx.now + near)),
        tasks=len(await ctx.tasks.all(done=None)),
        messages=len(await ctx.mail.search("in:inbox", first=500)),
    )
