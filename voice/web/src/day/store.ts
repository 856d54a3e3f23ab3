// What the side columns show: the week's events, tasks, reminders, mail that matters, approvals, changes.
import { computed, signal } from "@preact/signals";
import { Refusal, all, get, patch, post, remove, words } from "../api";
import { addDays, now, today, zone } from "../time";
import type { Action, CalendarEvent, Change, Mail, Me, Pending, Reminder, Suggestion, Task } from "../shapes";

export const me = signal<Me | null>(null);
export const events = signal<CalendarEvent[] | null>(null);
export const tasks = signal<Task[] | null>(null);
export const reminders = signal<Reminder[] | null>(null);
export const mail = signal<Mail[] | null>(null);
export const suggestions = signal<Suggestion[] | null>(null);
export const approvals = signal<Pending[] | null>(null);
export const changes = signal<Change[] | null>(null);
// What could not be shown, by name; the rest of the page stays.
export const troubles = signal<Record<string, string>>({});
export const notice = signal("");
export const DAYS_SHOWN = 8;

export const stillAsked = (item: Pending): boolean => (item.status ?? "pending") === "pending" && new Date(item.expires_at) > now.value;
export const waiting = computed(() => (approvals.value ?? []).filter(stillAsked));

// Reminders whose time has come and that nobody has seen to, oldest first.
export const due = computed(() =>
  (reminders.value ?? []).filter((item) => new Date(item.due) <= now.value).sort((a, b) => Date.parse(a.due) - Date.parse(b.due)));
export const needing = computed(() => waiting.value.length + due.value.length);

// The side column is drawn once, when all of it is known or known to be missing, so that nothing moves as it arrives.
const known = (name: string, value: unknown): boolean => value !== null || name in troubles.value;
export const sideKnown = computed(
  () => known("approvals", approvals.value) && known("tasks", tasks.value) && known("reminders", reminders.value) && known("suggestions", suggestions.value) && known("mail", mail.value),
);

async function load(name: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
    const { [name]: _gone, ...others } = troubles.value;
    if (_gone !== undefined) troubles.value = others;
  } catch (problem) {
    troubles.value = { ...troubles.value, [name]: words(problem) };
  }
}

export async function loadMe(): Promise<void> {
  me.value = await get<Me>("/v1/me");
  if (me.value.zone) zone.value = me.value.zone;
}

export const loadEvents = (): Promise<void> =>
  load("events", async () => {
    events.value = await all<CalendarEvent>(`/v1/calendar/events?from=${today()}&to=${addDays(today(), DAYS_SHOWN)}`);
  });
export const loadTasks = (): Promise<void> => load("tasks", async () => void (tasks.value = await all<Task>("/v1/tasks")));
export const loadReminders = (): Promise<void> => load("reminders", async () => void (reminders.value = await all<Reminder>("/v1/reminders")));
export const loadMail = (): Promise<void> => load("mail", async () => void (mail.value = await all<Mail>("/v1/email/messages?q=is:important", 1)));
export const loadSuggestions = (): Promise<void> =>
  load("suggestions", async () => void (suggestions.value = await all<Suggestion>("/v1/suggestions", 1)));
export const loadApprovals = (): Promise<void> => load("approvals", async () => void (approvals.value = await all<Pending>("/v1/approvals", 1)));
export const loadChanges = (): Promise<void> => load("changes", async () => void (changes.value = await all<Change>("/v1/changes", 2)));

export async function loadAll(): Promise<void> {
  await Promise.all([loadEvents(), loadTasks(), loadReminders(), loadMail(), loadSuggestions(), loadChanges()]);
}

export async function loadSampleDay(): Promise<void> {
  try {
    await post("/v1/demo");
    await Promise.all([loadAll(), loadApprovals()]);
  } catch (problem) {
    notice.value = words(problem);
  }
}

// Ticked at once, because it can be unticked; put back if the server would not.
export async function setDone(task: Task, done: boolean): Promise<void> {
  const before = tasks.value;
  tasks.value = (before ?? []).map((item) => (item.id === task.id ? { ...item, done } : item));
  try {
    await patch(`/v1/tasks/${encodeURIComponent(task.id)}`, { done });
    void loadChanges();
  } catch (problem) {
    tasks.value = before;
    notice.value = words(problem);
  }
}

export async function addTask(title: string): Promise<boolean> {
  try {
    const added = await post<Task>("/v1/tasks", { title });
    tasks.value = [...(tasks.value ?? []), added];
    return true;
  } catch (problem) {
    notice.value = words(problem);
    return false;
  }
}

// Into one's own calendar, seen by nobody else; "What I did" takes it back.
export async function takeUp(suggestion: Suggestion): Promise<void> {
  try {
    const { starts, ends, task } = suggestion;
    await post("/v1/calendar/events", { title: task.title, starts, ends });
    await loadAll();
  } catch (problem) {
    notice.value = words(problem);
  }
}

export async function dropReminder(reminder: Reminder): Promise<void> {
  const before = reminders.value;
  reminders.value = (before ?? []).filter((item) => item.id !== reminder.id);
  try {
    await forget(reminder);
    void loadChanges();
  } catch (problem) {
    reminders.value = before;
    notice.value = words(problem);
  }
}

// One that another tab or the voice has already dropped is gone all the same.
async function forget(reminder: Reminder): Promise<void> {
  try {
    await remove(`/v1/reminders/${encodeURIComponent(reminder.id)}`);
  } catch (problem) {
    if (!(problem instanceof Refusal && [404, 409].includes(problem.status))) throw problem;
  }
}

// The new one first: should the line drop in between, it is kept twice rather than not at all.
export async function remindAgain(reminder: Reminder, at: Date): Promise<boolean> {
  try {
    const later = await post<Reminder>("/v1/reminders", { text: reminder.text, due: at.toISOString() });
    reminders.value = [...(reminders.value ?? []), later];
    await forget(reminder);
    reminders.value = reminders.value.filter((item) => item.id !== reminder.id);
    void loadChanges();
    return true;
  } catch (problem) {
    notice.value = words(problem);
    return false;
  }
}

// Never shown as done before the server says so: others would see it.
export async function decide(pending: Pending, verdict: "approve" | "decline"): Promise<void> {
  try {
    const answer = await post<Partial<Pending> | null>(`/v1/approvals/${encodeURIComponent(pending.id)}/${verdict}`);
    const status = answer?.status ?? (verdict === "approve" ? "approved" : "declined");
    approvals.value = (approvals.value ?? []).map((item) => (item.id === pending.id ? { ...item, status } : item));
    await loadAll();
  } catch (problem) {
    notice.value = words(problem);
    if (problem instanceof Refusal) await loadApprovals();
  }
}

export async function undo(change: Change): Promise<void> {
  try {
    await post(`/v1/changes/${encodeURIComponent(change.id)}/undo`);
  } catch (problem) {
    notice.value = words(problem);
  }
  await loadAll();
}

// The ledger's line for something done in the thread, so that it can be undone where it was said.
export function changeOf(action: Action): Change | undefined {
  if (!action.ok || action.effect === "read") return undefined;
  return (changes.value ?? []).find((change) => change.id === action.change_id);
}
