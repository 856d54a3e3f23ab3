"""/v1/demo: a believable day, or the given things, to try Chronus on; only on one's own machine."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import AwareDatetime, BaseModel, Field

from agent.context import Context
from integrations.errors import Denied
from integrations.store import demo
from voice.api import shapes
from voice.api.calendar import AddEvent
from voice.api.tasks import AddTask
from voice.deps import TheServices, Who

router = APIRouter(prefix="/demo", tags=["demo"])


class GivenTask(AddTask):
    """A task that may be done already."""

    done: bool = False


class GivenMessage(shapes.Body):
    """A mail that has come in; `from` and `to` are addresses, with or without a name, `body` is text or HTML.

    Those of the same `thread`, whatever it is called, are one conversation.
    """

    from_: Annotated[str, Field(alias="from", max_length=320)]
    to: list[shapes.Address] | shapes.Address = Field(default_factory=list)
    cc: list[shapes.Address] = Field(default_factory=list)
    subject: Annotated[str, Field(max_length=300)] = ""
    body: Annotated[str, Field(max_length=100_000)] = ""
    at: AwareDatetime | None = None
    unread: bool = True
    important: bool = False
    thread: Annotated[str | None, Field(max_length=100)] = None


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
    async with services.database.work() as session:
        now = services.now(asking.person)
        await demo.load(session, asking.person, now, _events(body), _plain(body.tasks), _plain(body.messages))
    return Loaded(events=len(body.events or ()), tasks=len(body.tasks or ()), messages=len(body.messages or ()))


def _plain(things: Sequence[BaseModel] | None) -> list[dict[str, Any]] | None:
    return None if things is None else [thing.model_dump(by_alias=True) for thing in things]


def _events(body: Given) -> list[dict[str, Any]] | None:
    events = _plain(body.events)
    for event in events or ():
        event["all_day"] = event["all_day"] or not isinstance(event["starts"], datetime)
    return events


async def _counted(ctx: Context) -> Loaded:
    near = timedelta(days=30)
    return Loaded(
        events=len(await ctx.calendar.between(ctx.now - near, ctx.now + near)),
        tasks=len(await ctx.tasks.all(done=None)),
        messages=len(await ctx.mail.search("in:inbox", first=500)),
    )
