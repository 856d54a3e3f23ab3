"""/v1/notifications: what there is to tell, as a list or as it comes, and the browsers that are told while no page is open."""

from typing import Annotated, Any

from fastapi import APIRouter, Header
from pydantic import BaseModel, Field

from agent.tools.shapes import notification_json
from integrations.errors import RateLimited, Unavailable
from voice.api import shapes
from voice.api.following import followed
from voice.api.paging import Pages, page
from voice.deps import TheLifetime, TheServices, Who
from voice.stream import EVENT_STREAM, EventStream

router = APIRouter(prefix="/notifications", tags=["notifications"])

STREAMS = 8
"""Pages of one person that are told at once by one process."""
Endpoint = Annotated[str, Field(min_length=1, max_length=1000)]
Key = Annotated[str, Field(min_length=1, max_length=200)]


class Keys(BaseModel):
    """What seals what we tell the browser."""

    p256dh: Key
    auth: Key


class Browser(BaseModel):
    """A browser's PushSubscription as it writes it itself, with more than we need."""

    endpoint: Endpoint
    keys: Keys


class Ended(shapes.Body):
    """The browser that isn't to be told any more."""

    endpoint: Endpoint


class Pushing(BaseModel):
    """`key` goes into `subscribe({applicationServerKey})`; `subscribed` browsers are told."""

    key: str
    subscribed: int


class Told(shapes.Page[shapes.Notification]):
    """`unread` counts all there are, on whatever page of the list."""

    unread: int


@router.get(
    "",
    response_model=Told,
    responses={200: {"content": {EVENT_STREAM: {"schema": {"type": "string"}}}, "description": "A list, or a stream of what comes."}},
)  # fmt: skip
async def list_notifications(
    services: TheServices,
    asking: Who,
    lifetime: TheLifetime,
    pages: Pages,
    accept: Annotated[str, Header()] = "",
    last_event_id: Annotated[str, Header(max_length=40)] = "",
) -> Any:
    """What there was to tell, newest first; with `Accept: text/event-stream` what comes from now on.

    A stream has `notification` (a new one, or one that was read meanwhile) and `changed` (something is no longer as it was).
    """
    if EVENT_STREAM in accept:
        if lifetime.leaving:
            raise Unavailable("I'm about to restart. Please try again in a minute.", retry_after=5)
        if services.news.following(asking.person.id) >= STREAMS:
            raise RateLimited("You have too many pages open for me to tell them all.", retry_after=30)
        return EventStream(followed(services, asking, lifetime, last_event_id))
    async with services.context(asking.person, channel="api", write=False) as ctx:
        before, skipped = pages.before()
        found = await ctx.notifications.all(first=skipped + pages.limit + 1, before=before)
        unread = await ctx.notifications.unread()
    shown, following = pages.back_from(found, skipped, [one.at for one in found])
    return {**page([notification_json(one, ctx.zone) for one in shown], following), "unread": unread}


@router.post("/read", status_code=204)
async def read_all(services: TheServices, asking: Who) -> None:
    """I have seen them all."""
    await services.telling.read_all(asking.person.id)


@router.post("/{notification_id}/read", response_model=shapes.Notification)
async def read(services: TheServices, asking: Who, notification_id: str) -> Any:
    """I have seen it; it isn't said in the next turn any more."""
    told = await services.telling.read(asking.person.id, notification_id)
    return notification_json(told, services.zone_of(asking.person))


@router.get("/push")
async def pushing(services: TheServices, asking: Who) -> Pushing:
    """What a browser needs to subscribe, and how many of mine have."""
    return Pushing(key=await services.pushes.key(), subscribed=await services.pushes.count(asking.person.id))


@router.put("/push")
async def subscribe(
    services: TheServices, asking: Who, body: Browser, user_agent: Annotated[str, Header()] = ""
) -> Pushing:
    """Tell this browser too; a browser tells one person at a time."""
    await services.pushes.subscribe(
        asking.person.id, body.endpoint, body.keys.p256dh, body.keys.auth, browser=user_agent
    )  # fmt: skip
    return await pushing(services, asking)


@router.delete("/push", status_code=204)
async def unsubscribe(services: TheServices, asking: Who, body: Ended) -> None:
    """Tell that browser no more."""
    await services.pushes.unsubscribe(asking.person.id, body.endpoint)
