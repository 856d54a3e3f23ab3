"""What is a yes, on which channel, and when: nothing that others see happens without one."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from agent.conversation import Turn
from agent.deciding import SURE
from agent.events import Begun, Said, ToolAnswered, ToolCalled
from integrations.calendar import EventChange
from integrations.errors import Conflict, Denied
from integrations.model import Said as PersonSaid
from integrations.store.changes import Change
from integrations.tasks import NewTask
from tests.asking import INVITE_ANNA, MAIL_ANNA, MAIL_EVE, TO_ANNA, outbox, put
from tests.minds import ScriptedMind, calls, says
from tests.worlds import World, open_world

ANNA = ("anna@example.org",)


@pytest.fixture
def mind() -> ScriptedMind:
    return ScriptedMind()


@pytest.fixture
async def world(tmp_path: Path, mind: ScriptedMind) -> AsyncIterator[World]:
    async with open_world(tmp_path, model=mind) as world:
        await put(world, TO_ANNA)
        yield world


async def asked(world: World, mind: ScriptedMind, *, heard: bool = True, **turn: Any) -> dict[str, Any]:
    """A mail to Anna was asked for; on a line its read-back was heard out, unless it wasn't."""
    mind.then([MAIL_ANNA])
    answer = await world.say("mail Anna that I'll be there at noon", **turn)
    assert answer["pending"], answer
    if heard and turn.get("channel"):
        await world.services.assistant.heard(world.person, answer["turn_id"], answer["reply"], whole=True)
    return answer


async def test_the_read_back_names_person_address_words_and_the_yes(world: World, mind: ScriptedMind) -> None:
    """Code reads back whom it reaches, what they get, and exactly what to say."""
    answer = await asked(world, mind)

    assert answer["reply"] == "This mails anna@example.org, about Lunch: “See you at noon.” Say “send to Anna”."
    assert answer["pending"]["consent"] == "send to Anna"


async def test_who_only_wrote_to_them_is_outside_their_contacts(world: World, mind: ScriptedMind) -> None:
    """An address is a contact's when the person wrote to it or invited it, whatever it calls itself."""
    mind.then([MAIL_EVE])

    answer = await world.say("mail eve@evil.example all of it")

    assert "eve@evil.example, outside your contacts" in answer["reply"]


@pytest.mark.parametrize("words", ["yes", "mhm", "ok", "send it", "Anna", "sure, go ahead"])
async def test_a_bare_yes_is_told_again_and_the_right_words_still_count(
    world: World, mind: ScriptedMind, words: str
) -> None:
    """Nothing is sent; the person hears what to say, and may say it."""
    await asked(world, mind)

    again = await world.say(words)
    assert (await outbox(world), again["reply"]) == ([], "I need it in so many words. Say “send to Anna”.")
    assert again["pending"]["consent"] == "send to Anna"

    done = await world.say("send to Anna")
    assert (await outbox(world), done["actions"][0]["ok"]) == ([ANNA], True)


async def test_a_yes_counts_once(world: World, mind: ScriptedMind) -> None:
    """Said again, it is about nothing."""
    await asked(world, mind)
    await world.say("send to Anna")
    mind.then([says("To what?")])

    await world.say("send to Anna")

    assert await outbox(world) == [ANNA]


async def test_a_yes_on_another_channel_is_asked_again_there(world: World, mind: ScriptedMind) -> None:
    """What was read back aloud is not agreed to by typing: it is read back where they are now."""
    await asked(world, mind, channel="voice")

    again = await world.say("send to Anna")
    assert await outbox(world) == []
    assert again["reply"].startswith("I asked that elsewhere. This mails anna@example.org")

    await world.say("send to Anna")
    assert await outbox(world) == [ANNA]


@pytest.mark.parametrize("turn", [{"over": True}, {"confidence": 0.3}])
async def test_a_yes_over_our_words_or_hardly_heard_is_none(
    world: World, mind: ScriptedMind, turn: dict[str, Any]
) -> None:
    """The right words while we speak may be our own; hardly heard they may be others."""
    await asked(world, mind, channel="voice")

    again = await world.say("send to Anna", channel="voice", **turn)
    assert await outbox(world) == []
    assert "Say “yes, send to Anna”." in again["reply"]

    await world.services.assistant.heard(world.person, again["turn_id"], again["reply"], whole=True)
    await world.say("send to Anna", channel="voice", confidence=0.9)
    assert await outbox(world) == [ANNA]


async def test_what_was_not_heard_out_cannot_be_agreed_to(world: World, mind: ScriptedMind) -> None:
    """Cut off before its end, the whole of it is read again; heard as far as the question it counts."""
    first = await asked(world, mind, heard=False, channel="voice")
    await world.services.assistant.heard(world.person, first["turn_id"], "This mails anna@example.org, about")

    again = await world.say("send to Anna", channel="voice")
    assert await outbox(world) == []
    assert again["reply"].startswith("You should hear all of it first. This mails anna@example.org")

    await world.services.assistant.heard(world.person, again["turn_id"], again["reply"])
    await world.say("send to Anna", channel="voice")
    assert await outbox(world) == [ANNA]


async def test_typed_on_a_line_it_was_not_misheard(world: World, mind: ScriptedMind) -> None:
    """What the person types while it is being read is nobody's echo."""
    await asked(world, mind, heard=False, channel="voice")

    await world.say("send to Anna", channel="voice", typed=True)

    assert await outbox(world) == [ANNA]


@pytest.mark.parametrize("words", ["no", "don't send it", "never mind", "cancel"])
async def test_a_no_counts_however_it_came(world: World, mind: ScriptedMind, words: str) -> None:
    """Over our words and hardly heard, a no is a no."""
    await asked(world, mind, heard=False, channel="voice")

    told = await world.say(words, channel="voice", over=True, confidence=0.2)
    await world.say("send to Anna", channel="voice", confidence=0.9)

    assert told["reply"] == "All right, I won't."
    assert await outbox(world) == []
    async with world.services.context(world.person) as ctx:
        [approval] = await ctx.approvals.all("declined", now=ctx.now)
        assert approval.tool == "send_email"


async def test_of_several_things_one_is_asked_after_the_other(world: World, mind: ScriptedMind) -> None:
    """Two questions in one breath can't be told apart: the second comes after the answer to the first, with time of its own."""
    mind.then([MAIL_ANNA, INVITE_ANNA])
    first = await world.say("mail Anna and invite her to lunch on friday at noon")
    assert "invites" not in first["reply"]
    world.clock.forward(seconds=50)

    second = await world.say("send to Anna")
    assert (await outbox(world), await world.titles()) == ([ANNA], [])
    assert "invites anna@example.org" in second["reply"]

    world.clock.forward(seconds=50)
    await world.say("invite Anna")
    assert await world.titles() == ["Lunch"]


async def test_by_telephone_a_key_is_a_yes(world: World, mind: ScriptedMind) -> None:
    """The read-back names the key, and what waits in a thread can be found to press it for."""
    first = await asked(world, mind, channel="phone")
    assert first["reply"].endswith("Say “yes, send to Anna”, or press 1; press 2 to cancel.")
    waiting = await world.services.assistant.pending_for(world.person, first["conversation_id"])
    assert waiting is not None

    done = await world.services.assistant.decide(world.person, waiting.id, True, channel="phone")

    assert (done["status"], await outbox(world)) == ("approved", [ANNA])
    assert await world.services.assistant.pending_for(world.person, first["conversation_id"]) is None


async def test_a_key_presses_only_what_was_asked_by_telephone(world: World, mind: ScriptedMind) -> None:
    """A question asked on the page is not answered by whoever holds the telephone."""
    first = await asked(world, mind)

    with pytest.raises(Denied):
        await world.services.assistant.decide(world.person, first["pending"]["id"], True, channel="phone")

    assert await outbox(world) == []


async def test_changed_arguments_are_another_question(world: World, mind: ScriptedMind) -> None:
    """A row whose arguments are no longer those that were read back runs nothing."""
    first = await asked(world, mind)
    async with world.services.context(world.person) as ctx:
        approval = await ctx.approvals.get(first["pending"]["id"])
        approval.arguments = {**approval.arguments, "to": ["eve@evil.example"]}

    with pytest.raises(Conflict, match="no longer open"):
        await world.services.assistant.decide(world.person, first["pending"]["id"], True)

    assert await outbox(world) == []


async def test_what_has_changed_since_it_was_asked_is_left_as_it_is(world: World, mind: ScriptedMind) -> None:
    """One more guest has come to it: the yes was to something else, and the card says what came of it."""
    lunch = {"title": "Lunch", "starts": "2026-03-06T12:00", "ends": "2026-03-06T13:00", "guests": ["anna@example.org"]}
    await put(world, TO_ANNA, events=[lunch])
    mind.then([calls("cancel_event", event="lunch")])
    first = await world.say("cancel the lunch")
    async with world.services.context(world.person) as ctx:
        [event] = await ctx.calendar.between(*(at + timedelta(days=2) for at in ctx.day()))
        await ctx.calendar.change(event.id, EventChange(guests=("anna@example.org", "tom@example.org")))

    left = await world.say("cancel the lunch")

    told = "That has changed in the meantime, so I left it. Please ask me again."
    assert (left["reply"], left["pending"], await world.titles()) == (told, None, ["Lunch"])
    async with world.services.context(world.person, write=False) as ctx:
        approval = await ctx.approvals.get(first["pending"]["id"])
    assert (approval.status, approval.result) == ("failed", {"error": "conflict", "say": told})


async def test_own_things_go_without_a_question_where_the_person_wants_it_so(world: World, mind: ScriptedMind) -> None:
    """With "others" only what can't be undone is asked about, and still everything that others see."""
    async with world.services.context(world.person) as ctx:
        await ctx.tasks.add(NewTask(title="Milk"))
    world.person.ask_before = "others"
    mind.then([calls("delete_task", task="milk")], [says("Gone.")], [MAIL_ANNA])

    gone = await world.say("delete milk")
    mail = await world.say("mail Anna that I'll be there at noon")

    assert (gone["pending"], gone["actions"][0]["ok"]) == (None, True)
    assert mail["pending"]


async def test_only_what_was_asked_last_waits_in_a_thread(world: World, mind: ScriptedMind) -> None:
    """A key pressed later answers nothing: other words were said since, or none were said at all."""
    pending_for = world.services.assistant.pending_for
    first = await asked(world, mind, channel="phone")
    thread = first["conversation_id"]
    waiting = await pending_for(world.person, thread)
    assert waiting
    assert waiting.id == first["pending"]["id"]

    mind.then([says("Sunny.")])
    await world.say("what's the weather", channel="phone")

    assert await pending_for(world.person, thread) is None
    async with world.services.context(world.person) as ctx:
        silent = await ctx.conversations.start(ctx.now)
    assert await pending_for(world.person, silent.id) is None


async def test_what_was_heard_out_need_not_be_heard_again(world: World, mind: ScriptedMind) -> None:
    """After a bare yes only the words to say are told; they count as soon as they are said."""
    await asked(world, mind, channel="voice")

    again = await world.say("yes", channel="voice")
    assert again["reply"] == "I need it in so many words. Say “yes, send to Anna”."

    await world.say("yes, send to Anna", channel="voice")
    assert await outbox(world) == [ANNA]


async def test_asked_by_typing_it_is_heard_out_before_it_can_be_agreed_to_aloud(
    world: World, mind: ScriptedMind
) -> None:
    """It was read on the screen by whoever typed; who speaks now hears it first."""
    await asked(world, mind)

    elsewhere = await world.say("send to Anna", channel="voice")
    unheard = await world.say("send to Anna", channel="voice")

    assert elsewhere["reply"].startswith("I asked that elsewhere. This mails anna@example.org")
    assert unheard["reply"].startswith("You should hear all of it first. This mails anna@example.org")
    assert await outbox(world) == []


async def test_what_was_not_read_out_yet_is_not_agreed_to_because_the_first_was_clicked(
    world: World, mind: ScriptedMind
) -> None:
    """Of two things asked aloud the first is told again, then clicked on the page: the second has never been heard."""
    mind.then([MAIL_ANNA, INVITE_ANNA])
    first = await world.say("mail Anna and invite her to lunch on friday at noon", channel="voice")
    await world.services.assistant.heard(world.person, first["turn_id"], first["reply"], whole=True)
    await world.say("yes", channel="voice")
    await world.services.assistant.decide(world.person, first["pending"]["id"], True)

    second = await world.say("yes, invite Anna", channel="voice")

    assert second["reply"].startswith("You should hear all of it first. This puts Lunch, Friday")
    assert (await outbox(world), await world.titles()) == ([ANNA], [])


async def test_the_thread_keeps_what_was_agreed_to_and_what_came_of_it(world: World, mind: ScriptedMind) -> None:
    """The turn of the yes has the call with its answer, for the mind to go on from and for "why did you do that?"."""
    await asked(world, mind)
    done = await world.say("send to Anna")

    async with world.services.context(world.person, write=False) as ctx:
        turn = await ctx.conversations.turn(done["turn_id"])

    assert turn.understood
    assert turn.understood["tool"] == "send_email"
    exact = turn.understood["arguments"]
    assert (exact["to"], exact["body"]) == (["anna@example.org"], "See you at noon.")
    call, answer, *_ = turn.lines
    assert (call["tool"], call["arguments"]) == ("send_email", exact)
    assert call["id"]
    assert call["id"] == answer["id"]
    assert answer["tool"] == "send_email"

    mind.then([says("Anything else?")])
    await world.say("thanks, that's all for the garden")
    lines = mind.prompts[-1].lines
    assert [line.text for line in lines if isinstance(line, PersonSaid)][-2] == "send to Anna"


async def written(world: World, turn_id: str) -> list[Change]:
    """What stands in the ledger of a turn."""
    async with world.services.context(world.person, write=False) as ctx:
        return list(await ctx.changes.of_turn(turn_id))


async def test_what_is_done_on_a_yes_stands_under_the_turn_of_the_yes(world: World, mind: ScriptedMind) -> None:
    """With the words that agreed to it; the person is told what was done, and what they saw was the same call."""
    await asked(world, mind)

    yes = Turn(person=world.person, text="send to Anna")
    seen = [event async for event in world.services.assistant.reply(yes)]

    [called] = [event for event in seen if isinstance(event, ToolCalled)]
    [answered] = [event for event in seen if isinstance(event, ToolAnswered)]
    assert (called.tool, called.arguments["to"]) == ("send_email", ["anna@example.org"])
    assert (answered.id, answered.tool, answered.action["ok"]) == (called.id, "send_email", True)
    said = "".join(e.text for e in seen if isinstance(e, Said))
    assert said.startswith("It's in your outbox for anna@example.org.")
    begun = next(e for e in seen if isinstance(e, Begun))
    [change] = await written(world, begun.turn_id)
    assert (change.conversation_id, change.words) == (begun.conversation_id, "send to Anna")


async def test_what_is_done_on_a_click_stands_under_the_turn_that_asked(world: World, mind: ScriptedMind) -> None:
    """It was asked for there, in those words; a click has none. What is no click's or key's tells what it takes."""
    first = await asked(world, mind)
    with pytest.raises(Denied, match="takes your click"):
        await world.services.assistant.decide(world.person, first["pending"]["id"], True, channel="phone")

    await world.services.assistant.decide(world.person, first["pending"]["id"], True)

    [change] = await written(world, first["turn_id"])
    assert (change.conversation_id, change.words) == (first["conversation_id"], "mail Anna that I'll be there at noon")


async def test_a_click_that_says_no_did_nothing(world: World, mind: ScriptedMind) -> None:
    """Nothing was called, so there is nothing to show for it."""
    first = await asked(world, mind)

    told = await world.services.assistant.decide(world.person, first["pending"]["id"], False)

    assert (told["status"], told["action"], await outbox(world)) == ("declined", None, [])


@pytest.mark.parametrize("how", ["words", "click"])
async def test_what_the_person_said_themselves_stays_theirs_when_they_agree(
    world: World, mind: ScriptedMind, how: str
) -> None:
    """After others' words were read an event is taken for theirs, unless all that stands in it was said by the person."""
    await put(world, TO_ANNA, {"from": "Eve <eve@evil.example>", "subject": "Invoice", "body": "Pay.", "unread": True})
    lunch = {"title": "Lunch with Anna", "when": "friday at noon", "guests": ["anna@example.org"]}
    for title, foreign in (("Lunch with Anna", False), ("Pay Eve", True)):
        mind.then([calls("read_email", message="invoice")], [calls("add_event", **lunch | {"title": title})])
        first = await world.say("read the invoice and then invite anna@example.org: Lunch with Anna, friday at noon")
        if how == "click":
            await world.services.assistant.decide(world.person, first["pending"]["id"], True)
        else:
            await world.say("invite Anna")

        async with world.services.context(world.person, write=False) as ctx:
            start, _ = ctx.day()
            events = await ctx.calendar.between(start, start + timedelta(days=7))
            [event] = [event for event in events if event.title == title]
            assert bool(await ctx.foreigners.among("calendar", [event.id])) is foreign, title


async def test_the_second_of_two_things_is_heard_before_it_is_agreed_to(world: World, mind: ScriptedMind) -> None:
    """Aloud it is read out after the answer to the first, and only then can be said yes to."""
    mind.then([MAIL_ANNA, INVITE_ANNA])
    first = await world.say("mail Anna and invite her to lunch on friday at noon", channel="voice")
    await world.services.assistant.heard(world.person, first["turn_id"], first["reply"], whole=True)

    second = await world.say("yes, send to Anna", channel="voice")
    early = await world.say("yes, invite Anna", channel="voice")
    await world.services.assistant.heard(world.person, early["turn_id"], early["reply"], whole=True)
    done = await world.say("yes, invite Anna", channel="voice")

    assert second["pending"]["tool"] == "add_event"
    assert "puts Lunch, Friday" in second["reply"]
    assert early["reply"].startswith("You should hear all of it first.")
    assert done["actions"][0]["ok"]
    assert await world.titles() == ["Lunch"]


@pytest.mark.parametrize(("confidence", "sent"), [(SURE, True), (SURE - 0.01, False), (None, True)])
async def test_how_surely_a_yes_has_to_be_heard(
    world: World, mind: ScriptedMind, confidence: float | None, sent: bool
) -> None:
    """At the measure it counts, below it the person is told why it doesn't; where nobody can say how sure it is, it counts."""
    await asked(world, mind, channel="voice")

    told = await world.say("yes, send to Anna", channel="voice", confidence=confidence)

    assert bool(await outbox(world)) is sent
    if not sent:
        assert told["reply"] == "I'm not sure I heard you right. Say “yes, send to Anna”."


async def test_the_next_question_is_said_and_not_only_written(world: World, mind: ScriptedMind) -> None:
    """Whoever listens hears it with the answer to the first, after a yes as after a no."""
    for words in ("send to Anna", "no"):
        mind.then([MAIL_ANNA, INVITE_ANNA])
        await world.say("mail Anna and invite her to lunch on friday at noon")
        said = "".join(await world.words(words))
        assert "puts Lunch, Friday" in said
        await world.say("no")


async def test_several_are_invited_in_one_yes(world: World, mind: ScriptedMind) -> None:
    """All of them by name, with or without an "and"; only some of them is no yes."""
    await put(world, TO_ANNA, {"from": None, "to": ["tom@example.org"], "subject": "Hello", "body": "Hi."})
    both = calls("send_email", to=["anna@example.org", "tom@example.org"], subject="Lunch", body="At noon.")
    for words, sent in (("send to Anna", 0), ("send to Anna and Tom", 1), ("send to Tom, Anna", 2)):
        mind.then([both])
        await world.say("mail both that it's at noon")
        await world.say(words)
        assert len(await outbox(world)) == sent, words
