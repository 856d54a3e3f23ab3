// Reminders: dropped, or put off; a reminder that was seen to is no longer told.
import { computed } from "@preact/signals";
import { Refusal, post, remove, words } from "../api";
import { outdate } from "../lists";
import { seenTo } from "../news/store";
import type { Reminder } from "../shapes";
import { now, startOf, today, addDays } from "../time";
import { loadChanges, loadReminders, notice, reminders } from "./store";

const MINUTE = 60_000;
const MORNING = 9 * 60;

// What has not come yet, the next first.
export const ahead = computed(() =>
  (reminders.value ?? []).filter((item) => new Date(item.due) > now.value).sort((a, b) => Date.parse(a.due) - Date.parse(b.due)));

export const tomorrowMorning = (): Date => new Date(startOf(addDays(today(), 1)).getTime() + MORNING * MINUTE);

export async function dropReminder(reminder: Reminder): Promise<void> {
  const before = reminders.value;
  reminders.value = (before ?? []).filter((item) => item.id !== reminder.id);
  outdate("reminders");
  try {
    await remove(`/v1/reminders/${encodeURIComponent(reminder.id)}`).catch(gone);
    outdate("reminders");
    seenTo(reminder.id);
    void Promise.all([loadReminders(), loadChanges()]);
  } catch (problem) {
    reminders.value = before;
    notice.value = words(problem);
  }
}

// One that another tab or the voice has already dropped is gone all the same.
function gone(problem: unknown): void {
  if (!(problem instanceof Refusal && [404, 409].includes(problem.status))) throw problem;
}

export async function putOff(reminder: Reminder, until: Date): Promise<boolean> {
  const minutes = Math.max(1, Math.round((until.getTime() - Date.now()) / MINUTE));
  try {
    const later = await post<Reminder>(`/v1/reminders/${encodeURIComponent(reminder.id)}/snooze`, { minutes });
    reminders.value = [...(reminders.value ?? []).filter((item) => item.id !== reminder.id && item.id !== later.id), later];
    outdate("reminders");
    seenTo(reminder.id);
    void loadChanges();
    return true;
  } catch (problem) {
    notice.value = words(problem);
    if (problem instanceof Refusal) await loadReminders();
    return false;
  }
}
