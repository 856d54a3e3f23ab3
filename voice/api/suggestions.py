"""/v1/suggestions: something for the free hours, to accept or to decline."""

from contextlib import AbstractAsyncContextManager
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query

from agent.context import Context
from agent.effects import Effect
from agent.suggestions import refresh, show
from agent.tools.base import record
from agent.tools.shapes import change_json, suggestion_json
from agent.tools.suggestions import dismissal
from integrations.errors import ChronusError, Conflict, NotConnected, NotFound, Unavailable
from voice.api import shapes
from voice.api.paging import Pages, page
from voice.deps import TheServices, Who, Writing

_REFUSALS: dict[str, type[ChronusError]] = {one.code: one for one in (NotFound, NotConnected, Unavailable)}
router = APIRouter(prefix="/suggestions", tags=["suggestions"])


@router.get("", response_model=shapes.Page[shapes.Suggestion])
async def list_suggestions(
    ctx: Writing, pages: Pages, state: Annotated[Literal["open", "all"], Query()] = "open"
) -> Any:
    """Those that stand as things are now, the most pressing first; `state=all`: whatever became of them, newest first."""
    if state == "open":
        standing = await refresh(ctx)
        await show(ctx, standing)
        shown, following = pages.cut(standing)
    else:
        before, skipped = pages.before()
        found = await ctx.suggestions.all(first=skipped + pages.limit + 1, before=before)
        shown, following = pages.back_from(found, skipped, [one.at for one in found])
    return page([suggestion_json(one, ctx.zone) for one in shown], following)


@router.post("/{suggestion_id}/accept", response_model=shapes.Accepted)
async def accept_suggestion(services: TheServices, asking: Who, suggestion_id: str) -> Any:
    """Put it on the calendar, once however often it is asked."""
    person = asking.person
    async with services.context(person, channel="api", write=False) as ctx:
        key = (await ctx.suggestions.get(suggestion_id)).key

    def opening(write: bool, key: str | None = None) -> AbstractAsyncContextManager[Context]:
        return services.context(person, channel="api", write=write, key=key)

    outcome = await services.toolbox.call(opening, "accept_suggestion", {"suggestion": suggestion_id}, key=key)
    async with services.context(person, channel="api", write=False) as ctx:
        change = await ctx.changes.by_key(key)  # of two who press at once one is refused, but it is done
        if change is None:
            raise _REFUSALS.get(outcome.action["error"], Conflict)(str(outcome.content["say"]))
        one = await ctx.suggestions.get(suggestion_id)
        return {"suggestion": suggestion_json(one, ctx.zone), "change": change_json(change)}


@router.post("/{suggestion_id}/dismiss", response_model=shapes.Suggestion)
async def dismiss_suggestion(ctx: Writing, suggestion_id: str) -> Any:
    """Say no: never this again, and its kind not for a while; that can be undone."""
    done = await dismissal(ctx, await ctx.suggestions.held(suggestion_id))
    await record(ctx, "dismiss_suggestion", {"suggestion": suggestion_id}, Effect.PRIVATE, done)
    return done.receipt
