"""What is kept of a call while it goes on: that it came, which conversation it was, and how long it took."""

from agent.services import Services
from integrations.store.calls import Call, Calls, call_of_provider
from integrations.store.people import Person
from integrations.store.phones import Phone
from integrations.telephone import Asked


async def began(services: Services, phone: Phone, asked: Asked) -> None:
    """Somebody who shows this person's number calls."""
    now = services.clock()
    async with services.database.work() as session:
        await Calls(session, phone.person_id).add(
            key=f"in:{asked.call_id}", direction="in", number=asked.caller, about=None, at=now,
            provider_id=asked.call_id, state="answered", answered_at=now,
        )  # fmt: skip
    await services.telling.changed(phone.person_id, "calls")


async def ended(services: Services, asked: Asked) -> None:
    """A call to us is over."""
    async with services.database.look() as session:
        found = await call_of_provider(session, asked.call_id)
    if found is None:
        return
    async with services.database.work() as session:
        call = await Calls(session, found.person_id).held(found.id)
        if call.direction == "in" and call.ended_at is None:
            call.state, call.ended_at, call.seconds = "ended", services.clock(), asked.seconds
    await services.telling.changed(found.person_id, "calls")


async def call_of(services: Services, person: Person, provider_id: str) -> Call | None:
    """The call that a socket carries, where it stands among theirs."""
    async with services.database.look() as session:
        found = await call_of_provider(session, provider_id)
    return found if found and found.person_id == person.id else None


async def talked(services: Services, person: Person, call: Call, conversation_id: str) -> None:
    """It has led to this conversation."""
    async with services.database.work() as session:
        await Calls(session, person.id).talked(call.id, conversation_id)
