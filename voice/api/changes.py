"""/v1/approvals and /v1/changes: what waits for a yes, and what was done."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query

from agent.approval import pending_json
from agent.changes import undo_all
from agent.tools.shapes import change_json
from integrations.errors import Conflict
from voice.api import shapes
from voice.api.paging import Pages, page
from voice.deps import Reading, TheServices, Who, Writing

router = APIRouter(tags=["trust"])

Status = Literal["pending", "approved", "declined", "expired", "failed"]


@router.get("/approvals", response_model=shapes.Page[shapes.Pending])
async def list_approvals(ctx: Writing, pages: Pages, status: Annotated[Status | None, Query()] = None) -> Any:
    """What was asked, newest first; what nobody answered in time has expired."""
    approvals = await ctx.approvals.all(status, first=pages.reach, now=ctx.now)
    found, following = pages.cut(approvals)
    return page([pending_json(approval) for approval in found], following)


@router.post("/approvals/{approval_id}/approve", response_model=shapes.Decided)
async def approve(services: TheServices, asking: Who, approval_id: str) -> Any:
    """Say yes: exactly what was read back is done, once."""
    return await services.assistant.decide(asking.person, approval_id, True)


@router.post("/approvals/{approval_id}/decline", response_model=shapes.Decided)
async def decline(services: TheServices, asking: Who, approval_id: str) -> Any:
    """Say no."""
    return await services.assistant.decide(asking.person, approval_id, False)


@router.get("/changes", response_model=shapes.Page[shapes.Change])
async def list_changes(ctx: Reading, pages: Pages) -> Any:
    """Everything done for the person, newest first."""
    before, skipped = pages.before()
    found = await ctx.changes.all(first=skipped + pages.limit + 1, before=before)
    shown, following = pages.back_from(found, skipped, [change.at for change in found])
    return page([change_json(change) for change in shown], following)


@router.post("/changes/{change_id}/undo", response_model=shapes.Change)
async def undo_change(ctx: Writing, change_id: str, notify: shapes.Notify = None) -> Any:
    """Take one thing back, with its corrections. Guests of an event are mailed with `notify=true` only."""
    change = await ctx.changes.get(change_id)
    if not change.inverse or change.undone_at:
        raise Conflict("That has been undone already." if change.inverse else "That can't be taken back.")
    act = await ctx.changes.of_act(change.act)
    await ctx.changes.begin_undo(ctx.key, [one.id for one in act], ctx.now)
    _, stopped = await undo_all(ctx, act, tell=bool(notify))
    if stopped:
        raise stopped
    now = change_json(await ctx.changes.get(change_id))
    await ctx.changes.end_undo(ctx.key, now, "")
    return now
