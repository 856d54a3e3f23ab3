// What Chronus told unasked: read and unread, newest first.
import { computed, signal } from "@preact/signals";
import { all, post, words } from "../api";
import { notice } from "../day/store";
import { outdate, reader } from "../lists";
import type { Notification } from "../shapes";

export const notifications = signal<Notification[] | null>(null);
export const unread = computed(() => (notifications.value ?? []).filter((one) => !one.read).length);

export const loadNotifications = reader("notifications", () => all<Notification>("/v1/notifications", 1), (found) => (notifications.value = found));

// True if it was not known before.
export function keep(one: Notification): boolean {
  const known = (notifications.value ?? []).some((other) => other.id === one.id);
  const rest = (notifications.value ?? []).filter((other) => other.id !== one.id);
  notifications.value = [one, ...rest].sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
  // A list that is on its way may not know of it yet; this one does.
  void loadNotifications();
  return !known;
}

async function settle(which: (one: Notification) => boolean, path: string): Promise<void> {
  const before = notifications.value;
  if (!before?.some((one) => !one.read && which(one))) return;
  notifications.value = before.map((one) => (which(one) ? { ...one, read: true } : one));
  outdate("notifications");
  try {
    await post(path);
    outdate("notifications");
  } catch (problem) {
    notifications.value = before;
    notice.value = words(problem);
  }
}

export const markRead = (id: string): Promise<void> => settle((one) => one.id === id, `/v1/notifications/${encodeURIComponent(id)}/read`);
export const markAllRead = (): Promise<void> => settle(() => true, "/v1/notifications/read");

// A reminder that was seen to needs no further telling.
export function seenTo(reminder: string): void {
  for (const one of notifications.value ?? []) if (!one.read && reminderOf(one) === reminder) void markRead(one.id);
}

// The reminder a notification is about, by the address it leads to.
export const reminderOf = (one: Notification): string => /#reminder-(.+)$/.exec(one.link)?.[1] ?? "";
