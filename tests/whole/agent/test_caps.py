"""There is an end to what may be done by words, and a sentence that says so."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from integrations.email import NewDraft
from integrations.errors import RateLimited
from integrations.tasks import NewTask
from tests.asking import INVITE_ANNA, MAIL_ANNA, TO_ANNA, outbox, put
from tests.minds import ScriptedMind, calls, says
from tests.worlds import World, open_world


@pytest.fixture
def mind() -> ScriptedMind:
    return ScriptedMind()


@pytest.fixture
async def world(tmp_path: Path, mind: ScriptedMind) -> AsyncIterator[World]:
    limits = {"mails_per_hour": 2, "invitations_per_hour": 1, "deletions_per_day": 2}
    async with open_world(tmp_path, model=mind, limits=limits) as world:
        await put(world, TO_ANNA)
        yield world


async def test_so_many_mails_an_hour(world: World, mind: ScriptedMind) -> None:
    """The third isn't even asked about, and the person hears why; after the hour it may go."""
    for _ in range(2):
        mind.then([MAIL_ANNA])
        await world.say("mail Anna")
        await world.say("send to Anna")
    mind.then([MAIL_ANNA])

    refused = await world.say("mail Anna")

    assert (len(await outbox(world)), refused["pending"], refused["actions"][0]["error"]) == (2, None, "rate_limited")
    assert "2 mails have gone out by your word within the hour" in refused["reply"]
    world.clock.forward(minutes=61)
    mind.then([MAIL_ANNA])
    assert (await world.say("mail Anna"))["pending"]


async def test_what_was_asked_before_the_limit_is_held_to_it(world: World, mind: ScriptedMind) -> None:
    """Three questions may stand open; two of them can be answered, by however many clicks at once."""
    asked = []
    for _ in range(3):
        mind.then([MAIL_ANNA])
        asked.append((await world.say("mail Anna"))["pending"]["id"])

    await world.services.assistant.decide(world.person, asked[0], True)
    await world.services.assistant.decide(world.person, asked[1], True)
    with pytest.raises(RateLimited):
        await world.services.assistant.decide(world.person, asked[2], True)

    assert len(await outbox(world)) == 2


async def test_what_is_sent_by_hand_does_not_count(world: World, mind: ScriptedMind) -> None:
    """The limit is for words, which may be misheard or put into a mind; a click on the page is the person's own."""
    for _ in range(3):
        async with world.services.context(world.person) as ctx:
            draft = (await ctx.mail.draft(NewDraft(to=("anna@example.org",), body="Hi."))).message
            await ctx.mail.send(draft.id)
    mind.then([MAIL_ANNA])

    assert (await world.say("mail Anna"))["pending"]


async def test_so_many_invitations_an_hour(world: World, mind: ScriptedMind) -> None:
    """Guests hear of one thing within it."""
    mind.then([INVITE_ANNA])
    await world.say("lunch with Anna on friday at noon")
    await world.say("invite Anna")
    mind.then([calls("cancel_event", event="lunch")])

    refused = await world.say("cancel lunch")

    assert refused["actions"][0]["error"] == "rate_limited"
    assert await world.titles() == ["Lunch"]


@pytest.mark.parametrize("ask_before", ["always", "others"])
async def test_so_many_deletions_a_day(world: World, mind: ScriptedMind, ask_before: str) -> None:
    """Also of what is deleted without a question."""
    world.person.ask_before = ask_before
    async with world.services.context(world.person) as ctx:
        for title in ("Milk", "Bread", "Salt"):
            await ctx.tasks.add(NewTask(title=title))
    for title in ("milk", "bread"):
        mind.then([calls("delete_task", task=title)], [says("Gone.")])
        await world.say(f"delete {title}")
        if ask_before == "always":
            await world.say(f"delete {title}")
        mind.forget()
    mind.then([calls("delete_task", task="salt")], [says("No.")])

    refused = await world.say("delete salt")

    async with world.services.context(world.person, write=False) as ctx:
        assert [task.title for task in await ctx.tasks.all()] == ["Salt"]
    assert refused["actions"][0]["error"] == "rate_limited"


async def test_a_mind_makes_so_many_calls_a_turn_and_no_more(world: World, mind: ScriptedMind) -> None:
    """However many it wants at once."""
    mind.then([calls("add_task", title=f"Task {number}") for number in range(1000)])

    answer = await world.say("go on")

    assert len(answer["actions"]) == 24
    assert answer["reply"].endswith("That was more than I do at once, so I stopped there.")
