"""/v1/email/digest: the mail of the day in short, and what it asks for."""

from typing import Any

from fastapi import APIRouter

from agent.digest.accepting import accept
from agent.digest.today import digest_of, item_json
from agent.digest.writing import write_digest
from agent.effects import Effect
from agent.tools.base import record
from agent.tools.digest import dismissal
from integrations.errors import NotFound
from voice.api import shapes
from voice.deps import Reading, TheServices, Who, Writing

router = APIRouter(prefix="/email/digest", tags=["email"])


@router.get("", response_model=shapes.Digest)
async def get_digest(ctx: Reading) -> Any:
    """Today's, as it was written; 404 as long as it isn't."""
    digest = await digest_of(ctx)
    if digest is None:
        raise NotFound("There is no digest of today's mail yet.")
    return digest.json


@router.post("", response_model=shapes.Digest)
async def make_digest(services: TheServices, asking: Who) -> Any:
    """Write it now, or take in what came since; what was decided stays decided."""
    return (await write_digest(services, asking.person)).json


@router.post("/items/{item_id}/accept", response_model=shapes.DigestItem)
async def accept_item(services: TheServices, asking: Who, item_id: str) -> Any:
    """Make it a task, which can be undone like any other; asked twice it is the same task."""
    return item_json(await accept(services, asking.person, item_id))


@router.post("/items/{item_id}/dismiss", response_model=shapes.DigestItem)
async def dismiss_item(ctx: Writing, item_id: str) -> Any:
    """It is not to be done; that can be undone."""
    done = await dismissal(ctx, [await ctx.digests.item(item_id)])
    await record(ctx, "dismiss_action", {"action": item_id}, Effect.PRIVATE, done)
    return done.receipt
