// What the side columns show: the week's events, tasks, reminders, mail that matters, approvals, changes.
import { computed, signal } from "@preact/signals";
import { Refusal, all, get, patch, post, words } from "../api";
import { account, linked } from "../google/account";
import { loadSync } from "../google/sync";
import { answered, load, outdate, readAll, reader } from "../lists";
import { announce } from "../ui/announce";
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
export const notice = signal("");
export const DAYS_SHOWN = 8;

export const stillAsked = (item: Pending): boolean => (item.status ?? "pending") === "pending" && new Date(item.expires_at) > now.value;
export const waiting = computed(() => (approvals.value ?? []).filter(stillAsked));

// Reminders whose time has come and that nobody has seen to, oldest first.
export const due = computed(() =>
  (reminders.value ?? []).filter((item) => new Date(item.due) <= now.value).sort((a, b) => Date.parse(a.due) - Date.parse(b.due)));
export const needing = computed(() => waiting.value.length + due.value.length + (account.value?.reconnect ? 1 : 0));

// The side column is drawn once, when all of it is known or known to be missing, so that nothing moves as it arrives.
const SIDE = ["approvals", "tasks", "reminders", "suggestions", "mail", "sync", "briefing", "digest"];
export const sideKnown = computed(() => SIDE.every((name) => answered.value.has(name)));

export async function loadMe(): Promise<void> {
  const before = account.value?.reconnect;
  me.value = await get<Me>("/v1/me");
  if (me.value.zone) zone.value = me.value.zone;
  if (me.value.google || linked.value) account.value = me.value.google;
  if (account.value?.reconnect && !before) announce("Google needs reconnecting.");
}

// Once signed in: whose mind answers and whether Google still lets us in may have changed meanwhile.
export const loadMeAgain = (): Promise<void> => load("me", loadMe);
export const readSync = reader("sync", loadSync);

const list = <T>(name: string, into: { value: T[] | null }, path: () => string, pages?: number): (() => Promise<void>) =>
  reader(name, () => all<T>(path(), pages), (found) => (into.value = found));

export const loadEvents = list("events", events, () => `/v1/calendar/events?from=${today()}&to=${addDays(today(), DAYS_SHOWN)}`);
export const loadTasks = list("tasks", tasks, () => "/v1/tasks");
export const loadReminders = list("reminders", reminders, () => "/v1/reminders");
export const loadMail = list("mail", mail, () => "/v1/email/messages?q=is:important", 1);
export const loadSuggestions = list("suggestions", suggestions, () => "/v1/suggestions", 1);
export const loadChanges = list("changes", changes, () => "/v1/changes", 2);
export const loadAll = readAll;
export const loadApprovals = (): Promise<void> =>
  load("approvals", () => all<Pending>("/v1/approvals", 1), (found) => (approvals.value = found));

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
  outdate("tasks");
  try {
    await patch(`/v1/tasks/${encodeURIComponent(task.id)}`, { done });
    outdate("tasks");
    void Promise.all([loadTasks(), loadChanges()]);
  } catch (problem) {
    tasks.value = before;
    notice.value = words(problem);
  }
}

export async function addTask(title: string): Promise<boolean> {
  try {
    const added = await post<Task>("/v1/tasks", { title });
    tasks.value = [...(tasks.value ?? []), added];
    outdate("tasks");
    void Promise.all([loadTasks(), loadChanges()]);
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

// Whether it is undone now.
export async function undo(change: Change): Promise<boolean> {
  let done = true;
  try {
    await post(`/v1/changes/${encodeURIComponent(change.id)}/undo`);
  } catch (problem) {
    done = false;
    notice.value = words(problem);
  }
  await loadAll();
  return done;
}

// The ledger's line for something done in the thread, so that it can be undone where it was said.
export function changeOf(action: Action): Change | undefined {
  if (!action.ok || action.effect === "read") return undefined;
  return (changes.value ?? []).find((change) => change.id === action.change_id);
}

// Said of a thing just done only as long as the list still says so: it may have got there meanwhile.
export function waitsForGoogle(action: Action): boolean {
  const id = action.receipt?.["id"];
  return action.ok && [events, tasks].some((list) => (list.value ?? []).some((one) => one.id === id && one.pending));
}
