// Tasks and reminders, the late ones first.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { addTask, loadTasks, setDone, tasks } from "../day/store";
import { troubles } from "../lists";
import { AsOf, WaitingMark } from "../google/marks";
import { notYet } from "../google/sync";
import type { Task } from "../shapes";
import { daysFrom, nearDay } from "../time";
import { Icon } from "../ui/icons";
import { Empty, Trouble, Waiting } from "../ui/parts";
import { Reminders } from "./reminders";

function inOrder(all: Task[]): Task[] {
  return [...all].sort((a, b) => Number(a.done) - Number(b.done) || (a.due ?? "9999").localeCompare(b.due ?? "9999"));
}

export function Tasks(): JSX.Element {
  const all = tasks.value;
  const trouble = troubles.value["tasks"];
  const open = inOrder((all ?? []).filter((task) => !task.done));
  const done = (all ?? []).filter((task) => task.done);
  return (
    <section class="block tasks" id="tasks" tabIndex={-1} aria-labelledby="tasks-title">
      <h2 id="tasks-title">Tasks{open.length > 0 && <span class="count">{open.length}</span>}<AsOf kind="tasks" empty={all?.length === 0} /></h2>
      {trouble && <Trouble what={`I could not read the tasks. ${trouble}`} again={loadTasks} />}
      {all === null && !trouble && <Waiting rows={4} label="tasks" />}
      {all?.length === 0 && notYet("tasks") && <p class="empty" data-state="unread-tasks">{notYet("tasks")}</p>}
      {all !== null && open.length === 0 && !(all.length === 0 && notYet("tasks")) && <Empty state="empty-tasks" say="add milk to my shopping list" sample={all.length === 0}>{done.length ? "All done." : "No tasks."}</Empty>}
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
    <li class="task" id={`task-${task.id}`} tabIndex={-1} data-late={late}>
      <label>
        <input type="checkbox" checked={task.done} onChange={(event) => setDone(task, event.currentTarget.checked)} />
        <span class="title">
          {task.title}
          {(task.due || list || task.pending) && (
            <small>
              {task.due && <span class="due">{late ? `Overdue since ${inSentence(nearDay(task.due))}` : nearDay(task.due)}</span>}
              {task.due && list && " · "}
              {list}
              {task.pending && <WaitingMark words />}
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
