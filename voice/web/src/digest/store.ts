// The day's mail in short, and what it asks for: yes makes a task of it, no lets it be.
import { computed, signal } from "@preact/signals";
import { Refusal, get, post, words } from "../api";
import { changes, loadChanges, loadMail, loadTasks, notice, undo } from "../day/store";
import { outdate, reader } from "../lists";
import type { Change, Digest, DigestItem } from "../shapes";
import { announce } from "../ui/announce";

// Undefined: not known yet; null: none was written yet.
export const digest = signal<Digest | null | undefined>(undefined);
export const reading = signal(false);
export const readBadly = signal("");
export const proposed = computed(() => (digest.value?.items ?? []).filter((item) => item.state === "proposed"));
// What was decided in this visit stays in sight, so that it can be taken back.
export const decided = signal<string[]>([]);

async function read(): Promise<Digest | null> {
  try {
    return await get<Digest>("/v1/email/digest");
  } catch (problem) {
    if (problem instanceof Refusal && problem.status === 404) return null;
    throw problem;
  }
}

export const loadDigest = reader("digest", read, (found) => (digest.value = found));

export async function readNow(): Promise<void> {
  reading.value = true;
  try {
    const found = await post<Digest>("/v1/email/digest");
    outdate("digest");
    digest.value = found;
    readBadly.value = "";
    announce(found.say);
    void loadMail();
  } catch (problem) {
    readBadly.value = words(problem);
  }
  reading.value = false;
}

const put = (id: string, change: Partial<DigestItem>): void => {
  if (digest.value) digest.value = { ...digest.value, items: digest.value.items.map((item) => (item.id === id ? { ...item, ...change } : item)) };
  outdate("digest");
};

// At once, because either can be taken back; put back if the server would not.
export async function decide(item: DigestItem, verdict: "accept" | "dismiss"): Promise<void> {
  decided.value = [...decided.value, item.id];
  put(item.id, { state: verdict === "accept" ? "accepted" : "dismissed" });
  try {
    put(item.id, await post<DigestItem>(`/v1/email/digest/items/${encodeURIComponent(item.id)}/${verdict}`));
    if (verdict === "accept") await Promise.all([loadTasks(), loadChanges()]);
  } catch (problem) {
    put(item.id, item);
    notice.value = words(problem);
  }
}

export async function acceptAll(): Promise<void> {
  const all = proposed.value;
  announce(all.length === 1 ? "Added to your tasks" : `${all.length} added to your tasks`);
  // One after the other: an account at Google takes them no faster.
  for (const item of all) await decide(item, "accept");
}

const changeOf = (item: DigestItem): Change | undefined =>
  (changes.value ?? []).find((one) => !one.undone_at && item.task_id !== null && one.receipt?.["id"] === item.task_id);

// Its task is in the ledger, like any other.
export async function takeBack(item: DigestItem): Promise<void> {
  if (!changeOf(item)) await loadChanges();
  const change = changeOf(item);
  if (!change) {
    notice.value = `I no longer know how to take “${item.text}” back. Delete the task instead.`;
    return;
  }
  put(item.id, { state: "proposed", task_id: null });
  await undo(change);
  await loadDigest();
}
