"""/v1/tasks and /v1/reminders"""

from datetime import date, timedelta
from typing import Annotated, Any, Literal

from fastapi import APIRouter
from pydantic import AwareDatetime, Field

from agent.context import Context
from agent.effects import Effect
from agent.saying import say_when
from agent.tools import times
from agent.tools.base import Done, record
from agent.tools.reminders import called_off, put_off
from agent.tools.shapes import reminder_json, task_json
from agent.tools.tasks import honestly
from agent.when import When
from integrations.errors import Invalid
from integrations.store.reminders import Reminder, undoing
from integrations.tasks import DEFAULT_LIST, NewTask, TaskChange, TaskWritten
from voice.api import shapes
from voice.api.calendar import Etag, unquoted
from voice.api.paging import Pages, page
from voice.api.times import moment
from voice.deps import Reading, Writing

router = APIRouter(tags=["tasks"])

Title = Annotated[str, Field(min_length=1, max_length=300)]
Note = Annotated[str, Field(max_length=5000)]
ListName = Annotated[str, Field(min_length=1, max_length=80)]


class AddTask(shapes.Body):
    title: Title
    due: date | None = None
    notes: Note = ""
    list: ListName = DEFAULT_LIST


class ChangeTask(shapes.Body):
    """What is left out stays as it is; `due: null` takes the date away."""

    title: Title | None = None
    due: date | None = None
    notes: Note | None = None
    list: ListName | None = None
    done: bool | None = None
    before: Annotated[str | None, Field(max_length=100, description="The task it should stand before.")] = None


class AddReminder(shapes.Body):
    """Either the moment, or the person's own words for it ("tomorrow at nine")."""

    text: Annotated[str, Field(min_length=1, max_length=500)]
    due: AwareDatetime | None = None
    when: Annotated[str | None, Field(min_length=1, max_length=300)] = None


class Snooze(shapes.Body):
    """How long to be left alone."""

    minutes: Annotated[int, Field(ge=1, le=7 * 24 * 60)] = 10


@router.get("/tasks", response_model=shapes.Page[shapes.Task])
async def list_tasks(
    ctx: Reading, pages: Pages, list: ListName | None = None, done: Literal["true", "false"] | None = None
) -> Any:
    """Things to do in their order, done ones too unless `done` says which."""
    tasks = await ctx.tasks.all(list=list, done=None if done is None else done == "true")
    found, following = pages.cut(tasks)
    return page([task_json(task) for task in found], following)


@router.post("/tasks", status_code=201, response_model=shapes.Task)
async def add_task(ctx: Writing, body: AddTask) -> Any:
    """Write down something to do."""
    written = await ctx.tasks.add(NewTask(title=body.title, due=body.due, notes=body.notes, list=body.list))
    say = f"{written.task.title} is on your list."
    return await _noted(ctx, "add_task", body.model_dump(mode="json", exclude_unset=True), written, say)


@router.patch("/tasks/{task_id}", response_model=shapes.Task)
async def change_task(ctx: Writing, task_id: str, body: ChangeTask, etag: Etag = None) -> Any:
    """Change it, tick it off or put it elsewhere."""
    given = body.model_dump(mode="json", exclude_unset=True)
    change = TaskChange(
        title=body.title, due=body.due, no_due="due" in given and body.due is None, list=body.list, done=body.done,
        notes=(body.notes or "") if "notes" in given else None, before=body.before,
    )  # fmt: skip
    if change == TaskChange():
        raise Invalid("What should I change about it?")
    written = await ctx.tasks.change(task_id, change, etag=unquoted(etag))
    title = written.task.title
    ticked = given.keys() == {"done"} and body.done
    say = f"{title} is done." if ticked else f"{title} is to do again." if given == {"done": False} else f"I've changed {title}."  # fmt: skip
    return await _noted(ctx, "complete_task" if ticked else "change_task", {"task": task_id, **given}, written, say)


@router.delete("/tasks/{task_id}", status_code=204)
async def delete_task(ctx: Writing, task_id: str, etag: Etag = None) -> None:
    """Take it off its list without doing it."""
    written = await ctx.tasks.delete(task_id, etag=unquoted(etag))
    say = f"{written.task.title} is off your list."
    await _noted(ctx, "delete_task", {"task": task_id}, written, say, Effect.DESTRUCTIVE)


@router.get("/reminders", response_model=shapes.Page[shapes.Reminder])
async def list_reminders(ctx: Reading, pages: Pages) -> Any:
    """Those still to ring, soonest first."""
    found, following = pages.cut(await ctx.reminders.all(ctx.now))
    return page([_shown(ctx, reminder) for reminder in found], following)


@router.post("/reminders", status_code=201, response_model=shapes.Reminder)
async def set_reminder(ctx: Writing, body: AddReminder) -> Any:
    """Be told of something at a time."""
    if (body.due is None) == (body.when is None):
        raise Invalid("Give either due, a moment, or when, words for it.")
    due = moment(body.due, ctx.zone) if body.due else times.moment(ctx, body.when or "")
    if due <= ctx.now:
        raise Invalid("That is already past.")
    reminder = await ctx.reminders.add(body.text, due, ctx.zone.key)
    told = say_when(When(starts=due), now=ctx.now, zone=ctx.zone, full=True)
    done = Done(
        receipt=_shown(ctx, reminder), say=f"I'll remind you {told}: {body.text}.", keeper="reminders",
        inverse=undoing(reminder, None),
    )  # fmt: skip
    await record(ctx, "set_reminder", body.model_dump(mode="json", exclude_unset=True), Effect.PRIVATE, done)
    return done.receipt


@router.post("/reminders/{reminder_id}/snooze", response_model=shapes.Reminder)
async def snooze_reminder(ctx: Writing, reminder_id: str, body: Snooze) -> Any:
    """Let it ring again in so many minutes, whether or not it has rung."""
    done = await put_off(ctx, reminder_id, ctx.now + timedelta(minutes=body.minutes))
    await record(ctx, "snooze_reminder", {"reminder": reminder_id, "minutes": body.minutes}, Effect.PRIVATE, done)
    return done.receipt


@router.delete("/reminders/{reminder_id}", status_code=204)
async def cancel_reminder(ctx: Writing, reminder_id: str) -> None:
    """Take it away."""
    done = await called_off(ctx, reminder_id)
    await record(ctx, "cancel_reminder", {"reminder": reminder_id}, Effect.PRIVATE, done)


async def _noted(
    ctx: Context, tool: str, arguments: dict[str, Any], written: TaskWritten, say: str, effect: Effect = Effect.PRIVATE
) -> dict[str, Any]:
    receipt = task_json(written.task)
    done = Done(receipt=receipt, say=honestly(written, say), keeper="tasks", inverse=written.inverse)
    await record(ctx, tool, arguments, effect, done)
    return receipt


def _shown(ctx: Context, reminder: Reminder) -> dict[str, Any]:
    return {**reminder_json(reminder), "due": reminder.due.astimezone(ctx.zone).isoformat()}
