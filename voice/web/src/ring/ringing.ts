// When a reminder's time comes: the server says so and it rings once; without the server's word the page's own clock does.
import { effect } from "@preact/signals";
import { awaySince, signed } from "../api";
import { due, loadReminders, reminders } from "../day/store";
import { reminderOf } from "../news/store";
import { streaming } from "../news/stream";
import { titled } from "../route";
import type { Notification, Reminder } from "../shapes";
import { now } from "../time";
import { alarm, announce } from "../ui/announce";
import { toNeeds } from "../ui/keys";
import { chime } from "./chime";
import { notify } from "./notification";

const OPENED = new Date();
const READ_AGAIN = 4 * 60_000;
const LONGEST_WAIT = 3_600_000;
const CHECK_FOR = 2_000;
// How long the server has to say that it rings, while we hear it.
const SERVER_FIRST = 20_000;
// What is told again much later, by a stream that was taken up again, does not ring.
const RINGS_FOR = 2 * 60_000;
const told = new Set<string>();
const coming = new Set<string>();

// Put off, it rings another time.
const nameOf = (reminder: Reminder): string => `${reminder.id} ${Date.parse(reminder.due)}`;

// Its time came while the page was closed: it is shown, but no longer rung.
export const missed = (reminder: Reminder): boolean => new Date(reminder.due) < OPENED;

async function sound(names: string[], say: string): Promise<void> {
  alarm(say);
  for (const name of names) notify(name, toNeeds);
  await chime(names.join());
}

// The server's word. Rung here already, or read elsewhere, it does not ring.
export async function rung(one: Notification): Promise<void> {
  now.value = new Date();
  const its = (): Reminder[] => due.value.filter((item) => item.id === reminderOf(one));
  const before = told.has(one.id) || (its().length > 0 && its().every((item) => told.has(nameOf(item))));
  const settle = (): void => [one.id, ...its().map(nameOf)].forEach((name) => told.add(name));
  settle();
  if (!one.read && !before && Date.now() - Date.parse(one.at) < RINGS_FOR) void sound([one.id], one.say);
  await loadReminders();
  settle();
}

// By the page's own clock: while the server is heard only if its word does not come.
async function ring(all: Reminder[]): Promise<void> {
  const fresh = all.filter((item) => !told.has(nameOf(item)) && !coming.has(nameOf(item)));
  const late = fresh.filter(missed);
  for (const item of late) told.add(nameOf(item));
  if (late.length) announce(late.length === 1 ? "A reminder is waiting." : "Reminders are waiting.");
  const timely = fresh.filter((item) => !missed(item));
  if (!timely.length) return;
  for (const item of timely) coming.add(nameOf(item));
  if (streaming.value) await new Promise((over) => setTimeout(over, SERVER_FIRST));
  // Another tab or the voice may have seen to it. Without an answer it rings: better once too often than not at all.
  await Promise.race([loadReminders(), new Promise((give) => setTimeout(give, CHECK_FOR))]);
  const still = timely.filter((item) => !told.has(nameOf(item)) && due.value.some((one) => nameOf(one) === nameOf(item)));
  for (const item of timely) {
    coming.delete(nameOf(item));
    told.add(nameOf(item));
  }
  if (still.length) await sound(still.map((item) => item.id), still.map((item) => `Reminder: ${item.text}`).join(". "));
}

function wakeForNext(): () => void {
  const times = (reminders.value ?? []).map((item) => Date.parse(item.due)).filter((at) => at > now.value.getTime());
  const wait = Math.min(...times, Date.now() + LONGEST_WAIT) - Date.now();
  const timer = setTimeout(() => (now.value = new Date()), Math.max(20, wait + 20));
  return () => clearTimeout(timer);
}

export function keepRinging(): void {
  effect(wakeForNext);
  effect(() => {
    const all = due.value;
    document.title = all.length ? `(${all.length}) ${titled.value}` : titled.value;
    queueMicrotask(() => void ring(all));
  });
  // Also while the page is hidden: what was set elsewhere should ring here. The stream tells of it by itself.
  const read = (): void => {
    if (signed.value === "in" && awaySince.value === null && !streaming.value) void loadReminders();
  };
  setInterval(read, READ_AGAIN);
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) return;
    now.value = new Date();
    read();
  });
}
