// Tasks and reminders, the late ones first.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { addTask, dropReminder, due, loadTasks, reminders, setDone, tasks, troubles } from "../day/store";
import type { Task } from "../shapes";
import { daysFrom, moment, nearDay } from "../time";
import { Icon } from "../ui/icons";
import { Empty, Trouble, Waiting } from "../ui/parts";

function inOrder(all: Task[]): Task[] {
  return [...all].sort((a, b) => Number(a.done) - Number(b.done) || (a.due ?? "9999").localeCompare(b.due ?? "9999"));
}

export function Tasks(): JSX.Element {
  const all = tasks.value;
  const trouble = troubles.value["tasks"];
  const open = inOrder((all ?? []).filter((task) => !task.done));
  const done = (all ?? []).filter((task) => task.done);
  return (
    <section class="block tasks" aria-labelledby="tasks-title">
      <h2 id="tasks-title">Tasks{open.length > 0 && <span class="count">{open.length}</span>}</h2>
      {trouble && <Trouble what={`I could not read the tasks. ${trouble}`} again={loadTasks} />}
      {all === null && !trouble && <Waiting rows={4} label="tasks" />}
      {all !== null && open.length === 0 && <Empty state="empty-tasks" say="add milk to my shopping list" sample={all.length === 0}>{done.length ? "All done." : "No tasks."}</Empty>}
      <ul>{open.map((task) => <Row key={task.id} task={task} />)}</ul>
      <Add />
      <Reminders />
      {done.length > 0 && (
        <details class="done">
          <summary>Done ({done.length})</summary>
          <ul>{done.map((task) => <Row key={task.id} task={task} />)}</ul>
        </details>
      )}
    </section>
  );
}

const inSentence = (day: string): string => (["Today", "Tomorrow", "Yesterday"].includes(day) ? day.toLowerCase() : day);

function Row({ task }: { task: Task }): JSX.Element {
  // Everything is in some list; only one of the person's own is worth a word.
  const list = task.list === "Tasks" ? "" : task.list;
  const late = task.due !== null && !task.done && daysFrom(task.due) < 0;
  return (
    <li class="task" data-late={late}>
      <label>
        <input type="checkbox" checked={task.done} onChange={(event) => setDone(task, event.currentTarget.checked)} />
        <span class="title">
          {task.title}
          {(task.due || list) && (
            <small>
              {task.due && <span class="due">{late ? `Overdue since ${inSentence(nearDay(task.due))}` : nearDay(task.due)}</span>}
              {task.due && list && " · "}
              {list}
            </small>
          )}
        </span>
      </label>
    </li>
  );
}

function Add(): JSX.Element {
  const [title, setTitle] = useState("");
  const add = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (title.trim() && (await addTask(title.trim()))) setTitle("");
  };
  return (
    <form class="add" onSubmit={add}>
      <Icon name="plus" />
      <input aria-label="Add a task" placeholder="Add a task" value={title} autocomplete="off" onInput={(event) => setTitle(event.currentTarget.value)} />
    </form>
  );
}

function Reminders(): JSX.Element | null {
  const all = (reminders.value ?? []).filter((item) => !due.value.includes(item)).sort((a, b) => Date.parse(a.due) - Date.parse(b.due));
  if (!all.length) return null;
  return (
    <ul class="reminders" aria-label="Reminders">
      {all.map((reminder) => (
        <li key={reminder.id}>
          <Icon name="bell" />
          <span class="title">{reminder.text}</span>
          <span class="due">{moment(reminder.due)}</span>
          <button type="button" class="bare" aria-label={`Drop the reminder: ${reminder.text}`} onClick={() => dropReminder(reminder)}><Icon name="close" size={16} /></button>
        </li>
      ))}
    </ul>
  );
}
