"""The day told."""

from agent.briefing.telling import Move, tell
from agent.context import Context
from agent.effects import Effect
from agent.origins import Origin
from agent.tools.base import Data, WordForWord, tool


@tool(Effect.READ, writes=True, gives=Origin.THIRD_PARTY)
async def get_briefing(ctx: Context, move: Move = "continue") -> Data | WordForWord:
    """Tell the day (events, conflicts, what is due, mail that matters), word for word by code: it starts or goes on where they stopped.

    While it is told: next (skip), back, repeat, restart, more (about the item just heard), source (where that is from),
    changes (what changed since). "current" says nothing: it gives the item just heard, for "do that" (then call its
    offer's tool with the offer's arguments) and for "remind me of that at three" (then set_reminder with its name).
    """
    told = await tell(ctx, move)
    return told.data if move == "current" else WordForWord(say=told.say, result={"told": "word for word"})
