// What a tool call is called when it is told to a person.
import type { Action, Fields } from "../shapes";
import { moment } from "../time";

// done, to do
const told: Record<string, [string, string]> = {
  list_events: ["Looked at the calendar", "look at the calendar"],
  find_free_time: ["Looked for free time", "look for free time"],
  list_tasks: ["Looked at tasks", "look at tasks"],
  list_reminders: ["Looked at reminders", "look at reminders"],
  search_email: ["Searched mail", "search mail"],
  read_email: ["Read a mail", "read the mail"],
  summarize_inbox: ["Went through the inbox", "go through the inbox"],
  recall: ["Recalled", "recall"],
  get_briefing: ["Fetched the briefing", "fetch the briefing"],
  get_suggestions: ["Looked for suggestions", "look for suggestions"],
  list_changes: ["Looked at changes", "look at changes"],
  get_time: ["Looked at the clock", "look at the clock"],
  add_event: ["Added to the calendar", "add to the calendar"],
  change_event: ["Changed the calendar", "change the calendar"],
  cancel_event: ["Cancelled", "cancel"],
  add_task: ["Added a task", "add the task"],
  change_task: ["Changed a task", "change the task"],
  complete_task: ["Ticked off", "tick off"],
  delete_task: ["Deleted a task", "delete the task"],
  set_reminder: ["Set a reminder", "set the reminder"],
  change_reminder: ["Changed a reminder", "change the reminder"],
  snooze_reminder: ["Put a reminder off", "put the reminder off"],
  cancel_reminder: ["Dropped a reminder", "drop the reminder"],
  draft_email: ["Drafted a mail", "draft the mail"],
  send_email: ["Put a mail in the outbox", "send the mail"],
  remember: ["Remembered", "remember"],
  forget: ["Forgot", "forget"],
  undo: ["Undid", "undo"],
  call_me: ["Called you", "call you"],
  end_call: ["Hung up", "hang up"],
};

export function deed(action: Action): string {
  const [done, todo] = told[became(action)] ?? [action.tool.replaceAll("_", " "), action.tool.replaceAll("_", " ")];
  if (action.ok) return done;
  return action.error === "needs_approval" ? `Waited for your yes to ${todo}` : `Could not ${todo}`;
}

// A task has no hour: one with an hour has become a reminder, and only its receipt says so.
const became = (action: Action): string => (action.tool === "add_task" && typeof action.receipt?.["text"] === "string" ? "set_reminder" : action.tool);

const TOUCHED = ["title", "text", "subject", "task", "event", "query", "q", "day", "when", "to", "name"];

export function touched(action: Action): string {
  for (const fields of [action.receipt, action.arguments]) {
    for (const key of TOUCHED) {
      const found = fields?.[key];
      if (typeof found === "string" && found.trim() && !NUMBER.test(found)) return found.replaceAll(/\b(in|is):/g, "").trim();
    }
  }
  return "";
}

export function took(ms: number | null | undefined): string {
  if (ms === null || ms === undefined) return "";
  return ms < 1000 ? `${Math.max(1, Math.round(ms))} ms` : `${(ms / 1000).toFixed(1)} s`;
}

const LABELS: Record<string, string> = { starts: "From", ends: "Until", guests: "Guests", to: "To", cc: "Copy to", body: "Text", id: "Id" };

export const label = (key: string): string => LABELS[key] ?? (key.charAt(0).toUpperCase() + key.slice(1)).replaceAll("_", " ");

export function shown(value: unknown): string {
  if (Array.isArray(value)) return value.map(shown).join(", ");
  if (value !== null && typeof value === "object") return Object.entries(value as Fields).map(([key, part]) => `${label(key)}: ${shown(part)}`).join("\n");
  return value === null || value === undefined ? "" : String(value);
}

// Fields worth a line, in the order they came.
export const lines = (fields: Fields | null): [string, string][] =>
  Object.entries(fields ?? {}).map(([key, value]): [string, string] => [key, shown(value)]).filter(([, value]) => value !== "");

// What a person can weigh, recipients first; numbers that only a machine reads, and the same words twice, are left out.
const FIRST = ["to", "cc", "guests", "title", "starts", "ends", "when", "place", "subject"];
const MACHINE = /^(id|etag|reply_to|.*_id)$/;
const NUMBER = /^[0-9a-f]{16,}(_\w+)?$/;
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d/;

export function weighed(fields: Fields): [string, string][] {
  const place = (key: string): number => (FIRST.includes(key) ? FIRST.indexOf(key) : FIRST.length);
  const known = Object.keys(fields).includes("starts");
  const rows = lines(fields)
    .filter(([key, value]) => !MACHINE.test(key) && !NUMBER.test(value) && !(known && key === "when"))
    .map(([key, value]): [string, string] => [key, MOMENT.test(value) ? moment(value) : value])
    .sort(([a], [b]) => place(a) - place(b));
  return rows.filter(([, value], at) => rows.findIndex(([, other]) => other === value) === at);
}

const YES: Record<string, string> = {
  send_email: "Send", add_event: "Invite", change_event: "Change", cancel_event: "Cancel it", delete_task: "Delete", forget: "Forget", call_me: "Call",
};

export const yes = (tool: string): string => YES[tool] ?? "Yes, do it";
