"""What the assistant can do with a list of things to do."""

from typing import Annotated, Literal

from pydantic import Field

from agent.context import Context
from agent.effects import Effect
from agent.saying import say_day
from agent.tools.arguments import Note, Title, Which, Words
from agent.tools.base import Data, Done, ask_first, tool
from agent.tools.references import matching, one_task
from agent.tools.shapes import task_json
from agent.tools.times import day, span
from integrations.errors import Conflict, Invalid
from integrations.tasks import DEFAULT_LIST, NewTask, Task, TaskChange, TaskWritten

ListName = Annotated[str, Field(min_length=1, max_length=80)]


@tool(Effect.READ)
async def list_tasks(
    ctx: Context,
    which: Literal["open", "overdue", "today", "done", "all"] = "open",
    list: ListName | None = None,
    about: str | None = None,
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
    """Write down something to do, on a list if one was named ("shopping")."""
    new = NewTask(
        title=title,
        due=day(ctx, due) if due else None,
        notes=notes or "",
        list=await _list(ctx, list, new=True) or DEFAULT_LIST,
    )
    written = await ctx.tasks.add(new)
    return _done(written, f"{written.task.title} is on your {_list_name(written.task)}{_due(ctx, written.task)}.")


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
    return _done(written, f"{say}.")


@tool(Effect.PRIVATE)
async def complete_task(ctx: Context, task: Which) -> Done:
    """Mark a task as done."""
    old = await one_task(ctx, task)
    if old.done:
        raise Conflict(f"{old.title} is already done.")
    written = await ctx.tasks.change(old.id, TaskChange(done=True), etag=old.etag)
    return _done(written, f"{written.task.title} is done.")


@tool(Effect.DESTRUCTIVE)
async def delete_task(ctx: Context, task: Which) -> Done:
    """Take a task off its list without doing it."""
    old = await one_task(ctx, task, done=None)
    exact = {"task": old.id, "etag": old.etag}
    ask_first(ctx, "delete_task", Effect.DESTRUCTIVE, exact, f"This deletes {old.title} from your {_list_name(old)}. Shall I?")  # fmt: skip
    written = await ctx.tasks.delete(old.id, etag=old.etag)
    return _done(written, f"{old.title} is off your {_list_name(old)}.")


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


def _done(written: TaskWritten, say: str) -> Done:
    return Done(receipt=task_json(written.task), say=say, keeper="tasks", inverse=written.inverse)
