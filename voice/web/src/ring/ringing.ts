// When a reminder's time comes: said at once, rung once, and the page's title shows it until somebody has seen to it.
import { effect } from "@preact/signals";
import { awaySince, signed } from "../api";
import { due, loadReminders, reminders } from "../day/store";
import { titled } from "../route";
import type { Reminder } from "../shapes";
import { now } from "../time";
import { alarm, announce } from "../ui/announce";
import { toNeeds } from "../ui/keys";
import { chime } from "./chime";
import { notify } from "./notification";

const OPENED = new Date();
const READ_AGAIN = 4 * 60_000;
const LONGEST_WAIT = 3_600_000;
const CHECK_FOR = 2_000;
const told = new Set<string>();

// Its time came while the page was closed: it is shown, but no longer rung.
export const missed = (reminder: Reminder): boolean => new Date(reminder.due) < OPENED;

async function ring(all: Reminder[]): Promise<void> {
  const fresh = all.filter((item) => !told.has(item.id));
  for (const item of fresh) told.add(item.id);
  const timely = fresh.filter((item) => !missed(item));
  if (fresh.length > timely.length) announce(fresh.length === 1 ? "A reminder is waiting." : "Reminders are waiting.");
  if (!timely.length) return;
  // Another tab or the voice may have seen to it. Without an answer it rings: better once too often than not at all.
  await Promise.race([loadReminders(), new Promise((give) => setTimeout(give, CHECK_FOR))]);
  const still = timely.filter((item) => reminders.value?.some((one) => one.id === item.id));
  if (!still.length) return;
  alarm(still.map((item) => `Reminder: ${item.text}`).join(". "));
  for (const item of still) notify(item.id, toNeeds);
  await chime(still.map((item) => item.id).join());
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
  // Also while the page is hidden: what was set elsewhere should ring here.
  const read = (): void => {
    if (signed.value === "in" && awaySince.value === null) void loadReminders();
  };
  setInterval(read, READ_AGAIN);
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) return;
    now.value = new Date();
    read();
  });
}
