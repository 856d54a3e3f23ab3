"""/v1/suggestions: pending work for the free hours."""

from typing import Any

from fastapi import APIRouter

from agent.suggestions import suggest
from agent.tools.shapes import task_json
from voice.api import shapes
from voice.api.paging import page
from voice.deps import Reading

router = APIRouter(tags=["suggestions"])


@router.get("/suggestions", response_model=shapes.Page[shapes.Suggestion])
async def list_suggestions(ctx: Reading) -> Any:
    """What could be done in the free hours of today and tomorrow, as things stand now."""
    found = [
        {
            "id": f"{one.task.id}-{one.starts:%Y%m%dT%H%M}",
            "text": one.text,
            "task": task_json(one.task),
            "starts": one.starts.isoformat(),
            "ends": one.ends.isoformat(),
        }
        for one in await suggest(ctx)
    ]
    return page(found, None)
