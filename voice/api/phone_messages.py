"""/v1/phone/messages: what callers said whose number isn't known. Words of third parties, for reading only."""

from fastapi import APIRouter
from pydantic import BaseModel

from integrations.store.phone_messages import PhoneMessages
from voice.api import shapes
from voice.api.paging import Pages, page
from voice.deps import Reading, TheServices, Who

router = APIRouter(prefix="/phone/messages", tags=["phone"])


class PhoneMessage(BaseModel):
    """`caller` is the number that was shown, which anybody can forge; `text` what was understood, kept as it is."""

    id: str
    at: shapes.Moment
    caller: str
    text: str
    seconds: float
    origin: str = "third party"


@router.get("")
async def list_messages(services: TheServices, asking: Who, ctx: Reading, pages: Pages) -> shapes.Page[PhoneMessage]:
    """The newest first."""
    before, skipped = pages.before()
    async with services.database.look() as session:
        found = await PhoneMessages(session, asking.person.id).all(first=skipped + pages.limit + 1, before=before)
    shown, following = pages.back_from(found, skipped, [one.at for one in found])
    items = [
        PhoneMessage(
            id=one.id, at=one.at.astimezone(ctx.zone).isoformat(), caller=one.caller, text=one.text, seconds=one.seconds
        )
        for one in shown
    ]
    return shapes.Page(**page(items, following))


@router.delete("/{message_id}", status_code=204)
async def delete_message(services: TheServices, asking: Who, message_id: str) -> None:
    """I have read it."""
    async with services.database.work() as session:
        await PhoneMessages(session, asking.person.id).delete(message_id)
