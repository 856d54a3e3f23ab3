"""The day told, and something to do with it."""

from agent.briefing import brief, greeting
from agent.context import Context
from agent.effects import Effect
from agent.suggestions import suggest
from agent.tools.base import Data, tool
from agent.tools.shapes import task_json


@tool(Effect.READ)
async def get_briefing(ctx: Context) -> Data:
    """Tell the day: events, conflicts, what is due, the mail that matters."""
    items = await brief(ctx)
    text = " ".join([greeting(ctx.now), *(item.text for item in items)])
    return {"text": text, "items": [item.json for item in items]}


@tool(Effect.READ)
async def get_suggestions(ctx: Context) -> Data:
    """Suggest pending work for the free hours of today and tomorrow."""
    found = await suggest(ctx)
    return {
        "suggestions": [
            {"text": s.text, "task": task_json(s.task), "starts": s.starts.isoformat(), "ends": s.ends.isoformat()}
            for s in found
        ]
    }
