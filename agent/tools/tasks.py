"""What the assistant can do with a list of things to do."""

from typing import Annotated, Literal

from pydantic import Field

from agent.asking import ask_first
from agent.calling_things import yes_about
from agent.context import Context
from agent.effects import Effect
from agent.saying import say_day, shortly
from agent.tools.arguments import Called, Note, Title, Which, Words
from agent.tools.base import Data, Done, tool
from agent.tools.receipts import task_receipt
from agent.tools.references import matching, one_task
from agent.tools.reminders import remind
from agent.tools.shapes import task_json
from agent.tools.times import day, has_hour, span
from integrations.errors import Conflict, Invalid
from integrations.tasks import DEFAULT_LIST, NewTask, Task, TaskChange, TaskWritten

NO_HOUR = "A task has a day and no hour; ask me for a reminder if you want one."
QUEUED = "Google isn't answering. I've noted it and will put it there as soon as I can:"
UNSURE = "Google's answer got lost, so I don't know yet whether it is there. I'll find out:"
ListName = Annotated[str, Field(min_length=1, max_length=80)]


@tool(Effect.READ)
async def list_tasks(
    ctx: Context,
    which: Literal["open", "overdue", "today", "done", "all"] = "open",
    list: ListName | None = None,
    about: Called | None = None,
    when: Words | None = None,
) -> Data:
    """List tasks: the open ones, those overdue or due today, or those due in a stretch of time."""
    done = {"done": True, "all": None}.get(which, False)
    tasks = await ctx.tasks.all(list=await _list(ctx, list), done=done)
    today = ctx.now.date()
    if which == "overdue":
        tasks = [t for t in tasks if t.due and t.due < today]
    elif which == "today":
        tasks = [t for t in tasks if t.due and t.due <= today]
    if when:
        looked = span(ctx, when)
        tasks = [t for t in tasks if t.due and looked.starts.date() <= t.due < looked.after]
    if about:
        tasks = matching(tasks, about, lambda t: t.title)
    return {"tasks": [task_json(t) for t in tasks], "which": which, "list": list}


@tool(Effect.PRIVATE)
async def add_task(
    ctx: Context, title: Title, due: Words | None = None, list: ListName | None = None, notes: Note | None = None
) -> Done:
    """Write down something to do, on a list if one was named ("shopping"). Tasks have a day and no hour: with one it becomes a reminder."""
    name = await _list(ctx, list, new=True) or DEFAULT_LIST
    hour = bool(due and has_hour(ctx, due))
    if due and hour and name == DEFAULT_LIST:
        return await remind(ctx, title, due, lead="A task has no hour, so this is a reminder now,")
    written = await ctx.tasks.add(
        NewTask(title=title, due=day(ctx, due) if due else None, notes=notes or "", list=name)
    )
    task = written.task
    say = f"{task.title} is on your {_list_name(task)}{_due(ctx, task)}."
    return await _done(ctx, written, f"{say} {NO_HOUR}" if hour else say)


@tool(Effect.PRIVATE)
async def change_task(
    ctx: Context,
    task: Which,
    title: Title | None = None,
    due: Words | None = None,
    list: ListName | None = None,
    notes: Note | None = None,
) -> Done:
    """Rename a task, give it another date or put it on another list."""
    old = await one_task(ctx, task)
    change = TaskChange(
        title=title, due=day(ctx, due) if due else None, notes=notes, list=await _list(ctx, list, new=True)
    )
    if change == TaskChange():
        raise Invalid("What should I change about it?")
    await _ask_others(ctx, "change_task", old, {"title": title, "due": due, "list": list, "notes": notes})
    written = await ctx.tasks.change(old.id, change, etag=old.etag)
    new = written.task
    if change.due:
        say = f"{new.title} is now{_due(ctx, new).removeprefix(',')}"
    elif change.title:
        say = f"{old.title} is now called {new.title}"
    elif change.list:
        say = f"{new.title} is now on your {_list_name(new)}"
    else:
        say = f"I've changed {new.title}"
    say = f"{say}. {NO_HOUR}" if due and has_hour(ctx, due) else f"{say}."
    return await _done(ctx, written, say, Effect.OUTBOUND if old.origin else None)


@tool(Effect.PRIVATE)
async def complete_task(ctx: Context, task: Which) -> Done:
    """Mark a task as done."""
    old = await one_task(ctx, task)
    if old.done:
        raise Conflict(f"{old.title} is already done.")
    await _ask_others(ctx, "complete_task", old, {})
    written = await ctx.tasks.change(old.id, TaskChange(done=True), etag=old.etag)
    return await _done(ctx, written, f"{old.title} is done.", Effect.OUTBOUND if old.origin else None)


@tool(Effect.DESTRUCTIVE)
async def delete_task(ctx: Context, task: Which) -> Done:
    """Take a task off its list without doing it."""
    old = await one_task(ctx, task, done=None)
    exact = {"task": old.id, "etag": old.etag}
    there_too = f", and what it comes from in {old.origin} too" if old.origin else ""
    say = f"This deletes {shortly(old.title)} from your {_list_name(old)}{there_too}."
    await ask_first(
        ctx,
        "delete_task",
        Effect.DESTRUCTIVE,
        exact,
        say,
        consent=yes_about("delete", old.title, it=True),
        reversible=not old.origin,
    )
    written = await ctx.tasks.delete(old.id, etag=old.etag)
    return await _done(ctx, written, f"{old.title} is off your {_list_name(old)}.")


async def _ask_others(ctx: Context, tool_name: str, old: Task, asked: Data) -> None:
    """Whoever assigned it sees what becomes of it. Raises `AskFirst`."""
    if not old.origin:
        return
    verb = "complete" if tool_name == "complete_task" else "change"
    what = f"This {'marks' if verb == 'complete' else 'changes'} {shortly(old.title)}{' as done' if verb == 'complete' else ''}"
    exact = {**asked, "task": old.id, "etag": old.etag}
    say = f"{what}, and in {old.origin} others see that."
    await ask_first(ctx, tool_name, Effect.OUTBOUND, exact, say, consent=yes_about(verb, old.title))


async def _list(ctx: Context, named: str | None, *, new: bool = False) -> str | None:
    """The list that was meant, in its own spelling; a new one may be made up only when something is written."""
    if named is None:
        return None
    wanted = named.lower().removesuffix(" list").removeprefix("my ").strip()
    if wanted in ("task", "tasks", "to do", "to-do", "todo", "to dos", "todos", "default"):
        return DEFAULT_LIST
    for name in await ctx.tasks.lists():
        plain = name.lower().removesuffix(" list")
        if wanted in (plain, plain.removesuffix("s")) or plain == wanted.removesuffix("s"):
            return name
    if new:
        return wanted[:1].upper() + wanted[1:]
    return named


def _list_name(task: Task) -> str:
    return "task list" if task.list == DEFAULT_LIST else f"{task.list.lower().removesuffix(' list')} list"


def _due(ctx: Context, task: Task) -> str:
    return f", due {say_day(task.due, today=ctx.now.date(), full=True)}" if task.due else ""


def honestly(written: TaskWritten, say: str) -> str:
    """The sentence, without a claim that what is still to come is done."""
    if not written.task.pending:
        return say
    return f"{UNSURE if written.unsure else QUEUED} {say}"


async def _done(ctx: Context, written: TaskWritten, say: str, effect: Effect | None = None) -> Done:
    _, receipt = await task_receipt(ctx, written)
    return Done(receipt=receipt, say=honestly(written, say), keeper="tasks", inverse=written.inverse, effect=effect)
