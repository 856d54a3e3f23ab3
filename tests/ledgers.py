"""Somebody who uses every tool that writes, as it comes, and all that they have, to be looked at before and after."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from typing import Any

from agent.context import Context, Where
from agent.tools.base import Outcome
from integrations.store.changes import Change
from integrations.store.suggestions import Suggestion
from integrations.store.tables import new_id
from tests.worlds import NOW, World

WHEN = ("tomorrow at 3pm", "friday at 10am", "next monday at 9am", "on 2026-03-20", "every tuesday at 6pm", "every day at 8am", "on 2026-03-27 at noon")  # fmt: skip
TO = ("4pm", "next thursday", "on 2026-03-18 at 11am")
DUE = (None, "tomorrow", "next friday")
SCOPES = ("one", "one", "following", "all")
Doing = tuple[str, dict[str, Any]]


@dataclass
class Hand:
    """Does something at random, with what there is."""

    world: World
    random: Random
    thread: str = ""
    """A thread of its own, once something was said on it."""
    said: int = 0
    done: list[str] = field(default_factory=list)

    async def use(self, tool: str, words: str = "", **arguments: Any) -> Outcome:
        """One call in a turn of its own; where it is asked for, the yes is given."""
        services, person = self.world.services, self.world.person
        async with services.context(person) as ctx:
            self.thread = self.thread or (await ctx.conversations.start(ctx.now)).id
            turn = await ctx.conversations.add_turn(self.thread, channel="text", said=words, now=ctx.now)
        where = Where(turn_id=turn.id, conversation_id=self.thread, words=words)

        def opening(write: bool, key: str | None = None) -> Any:
            return services.context(person, write=write, where=where, key=key)

        outcome = await services.toolbox.call(opening, tool, arguments, key=new_id())
        if outcome.pending:
            decided = await services.assistant.decide(person, outcome.pending["id"], True)
            outcome.action.update(decided["action"] or {})
        self.world.clock.forward(minutes=1)
        return outcome

    async def act(self) -> None:
        """Something, if it can be done; what is refused is no change."""
        async with self.world.services.context(self.world.person, write=False) as ctx:
            doing = await self.random.choice(DOINGS)(self, ctx)
        if doing is None:
            return
        tool, arguments = doing
        self.done.append(f"{tool} {arguments}")
        outcome = await self.use(tool, **{"words": self._words(tool), **arguments})
        self.done[-1] += f" -> {'ok' if outcome.action['ok'] else outcome.action['error']}"

    def _words(self, tool: str) -> str:
        """Now and then they put right what was done just now."""
        return "no, not like that" if tool.startswith("change_") and self.random.random() < 0.3 else "please"

    def name(self) -> str:
        """Of something new."""
        self.said += 1
        return f"Thing {self.said}"


async def _add_event(hand: Hand, ctx: Context) -> Doing | None:
    return "add_event", {"title": hand.name(), "when": hand.random.choice(WHEN)}


async def _event(hand: Hand, ctx: Context) -> dict[str, Any] | None:
    events = await ctx.calendar.between(ctx.now, ctx.now + timedelta(days=20))
    if not events:
        return None
    chosen = hand.random.choice(events)
    return {"event": chosen.id} | ({"scope": hand.random.choice(SCOPES)} if chosen.series else {})


async def _change_event(hand: Hand, ctx: Context) -> Doing | None:
    which = await _event(hand, ctx)
    new: dict[str, Any] = hand.random.choice(
        [{"title": hand.name()}, {"when": hand.random.choice(TO)}, {"minutes": 90}, {"place": "Room 2"}, {"notes": "x"}]
    )
    return ("change_event", which | new) if which else None


async def _cancel_event(hand: Hand, ctx: Context) -> Doing | None:
    which = await _event(hand, ctx)
    return ("cancel_event", which) if which else None


async def _add_task(hand: Hand, ctx: Context) -> Doing | None:
    given = {"title": hand.name(), "due": hand.random.choice(DUE), "list": hand.random.choice([None, "shopping"])}
    return "add_task", {name: value for name, value in given.items() if value}


def _of_task(tool: str, **new: Sequence[Any]) -> Callable[[Hand, Context], Awaitable[Doing | None]]:
    async def doing(hand: Hand, ctx: Context) -> Doing | None:
        tasks = await ctx.tasks.all(done=False if tool == "complete_task" else None)
        if not tasks:
            return None
        name = hand.random.choice([*new]) if new else None
        given = {name: hand.random.choice(new[name])} if name else {}
        return tool, {"task": hand.random.choice(tasks).id, **given}

    return doing


async def _set_reminder(hand: Hand, ctx: Context) -> Doing | None:
    return "set_reminder", {"text": hand.name(), "when": hand.random.choice(["tomorrow at 9am", "friday at noon"])}


def _of_reminder(tool: str, **given: Any) -> Callable[[Hand, Context], Awaitable[Doing | None]]:
    async def doing(hand: Hand, ctx: Context) -> Doing | None:
        reminders = await ctx.reminders.all(ctx.now)
        return (tool, {"reminder": hand.random.choice(reminders).id, **given}) if reminders else None

    return doing


async def _draft(hand: Hand, ctx: Context) -> Doing | None:
    return "draft_email", {"to": ["dana@acme.example"], "subject": hand.name(), "body": "See you then."}


async def _draft_anew(hand: Hand, ctx: Context) -> Doing | None:
    drafts = await ctx.mail.search("in:drafts", first=20)
    if not drafts:
        return None
    told = {"to": ["dana@acme.example"], "subject": hand.name(), "body": "Later.", "words": "no, say later"}
    return "draft_email", {**told, "instead_of": hand.random.choice(drafts).id}


async def _send(hand: Hand, ctx: Context) -> Doing | None:
    drafts = await ctx.mail.search("in:drafts", first=20)
    return ("send_email", {"draft": hand.random.choice(drafts).id}) if drafts else None


async def _remember(hand: Hand, ctx: Context) -> Doing | None:
    like = hand.random.choice(["tea", "coffee", "water"])
    text = hand.random.choice(
        [f"I drink my {like} hot", f"I drink my {like} cold", f"My {hand.name()} is in the attic"]
    )
    return "remember", {"text": text, "words": text}


def _of_suggestion(tool: str) -> Callable[[Hand, Context], Awaitable[Doing | None]]:
    async def doing(hand: Hand, ctx: Context) -> Doing | None:
        there = await ctx.suggestions.open()
        return (tool, {"suggestion": hand.random.choice(there).id}) if there else None

    return doing


async def _undo(hand: Hand, ctx: Context) -> Doing | None:
    return "undo", {"count": hand.random.choice([1, 1, 2])}


DOINGS: list[Callable[[Hand, Context], Awaitable[Doing | None]]] = [
    _add_event, _add_event, _change_event, _change_event, _cancel_event, _add_task, _add_task,
    _of_task("change_task", title=["Other"], due=["tomorrow"], list=["shopping"], notes=["x"]), _of_task("complete_task"),
    _of_task("delete_task"), _set_reminder, _of_reminder("change_reminder", when="10am"),
    _of_reminder("change_reminder", text="Otherwise"), _of_reminder("snooze_reminder", when="in two days"),
    _of_reminder("cancel_reminder"), _draft, _draft_anew, _send, _remember, _of_suggestion("accept_suggestion"),
    _of_suggestion("dismiss_suggestion"), _undo,
]  # fmt: skip


async def everything(world: World) -> dict[str, Any]:
    """All that a person sees of their things, without etags and dates of writing."""
    async with world.services.context(world.person, write=False) as ctx:
        start = NOW.replace(day=1, hour=0)
        events = await ctx.calendar.between(start, start + timedelta(days=120))
        mails = [one for box in ("drafts", "outbox", "sent") for one in await ctx.mail.search(f"in:{box}", first=500)]
        return {
            "events": sorted(event_seen(event) for event in events),
            "tasks": [task_seen(task) for task in await ctx.tasks.all(done=None)],
            "reminders": [(one.text, one.due) for one in await ctx.reminders.all(ctx.now)],
            "mails": sorted((one.box, one.subject, one.body.strip(), one.to) for one in mails),
            "memories": sorted((one.text, one.quote, one.type) for one in await ctx.memory.all()),
            "suggestions": sorted((one.title, one.state, str(one.quiet_until)) for one in await ctx.suggestions.all()),
        }


async def by_name(world: World) -> dict[str, list[Any]]:
    """The same by their ids, each series as a whole."""
    found: dict[str, list[Any]] = {}
    async with world.services.context(world.person, write=False) as ctx:
        start = NOW.replace(day=1, hour=0)
        for event in await ctx.calendar.between(start, start + timedelta(days=120)):
            found.setdefault(event.id.split("_")[0], []).append(event_seen(event))
        found |= {task.id: [task_seen(task)] for task in await ctx.tasks.all(done=None)}
        found |= {one.id: [(one.text, one.due)] for one in await ctx.reminders.all(ctx.now)}
        found |= {one.id: [(one.text, one.quote)] for one in await ctx.memory.all()}
    return found


def event_seen(event: Any) -> tuple[Any, ...]:
    """What a person sees of an event."""
    shown = (event.starts.isoformat(), event.ends.isoformat(), event.title, event.all_day, event.place, event.notes)
    return (*shown, event.guests, event.recurrence or "")


def task_seen(task: Any) -> tuple[Any, ...]:
    """What a person sees of a task."""
    return (task.list, task.title, str(task.due), task.notes, task.done)


async def furnished(world: World) -> None:
    """A few things that were there before: an event of every kind, tasks in their order, suggestions."""
    async with world.services.context(world.person) as ctx:
        for number, kind in enumerate(("deadline", "focus", "break")):
            starts = ctx.now.replace(hour=11 + number, minute=0) + timedelta(days=1)
            new = Suggestion(
                kind=kind, fingerprint=kind, title=f"Do {kind}", text="x", why="y", starts=starts, state="open",
                ends=starts + timedelta(minutes=30), at=ctx.now,
            )  # fmt: skip
            await ctx.suggestions.put(new)
    hand = Hand(world, Random(0))
    for when in WHEN[:6]:
        await hand.use("add_event", title=f"There {when}", when=when)
    for title in ("One", "Two", "Three"):
        await hand.use("add_task", title=title)
    await hand.use("set_reminder", text="There", when="friday at noon")
    await hand.use("remember", words="I drink my tea hot", text="I drink my tea hot")
    async with world.services.context(world.person) as ctx:  # all that came before is not to be undone
        for change in await ctx.changes.latest(100):
            await ctx.changes.mark_undone(change.id, ctx.now)


async def standing(world: World) -> list[Change]:
    """The lines of the ledger that are not undone, newest first."""
    async with world.services.context(world.person, write=False) as ctx:
        return list(await ctx.changes.latest(1000))


async def synced(world: World) -> None:
    """Every copy as Google has it now."""
    for copy in await world.services.outside.copies(world.person.id):
        await copy.sync(lambda done, total: None)
