// The copy of Google's calendar, tasks and mail: how fresh it is, how far the first reading has come, what waits.
import { signal } from "@preact/signals";
import { Refusal, all, post, signed } from "../api";
import type { Kind, Synced } from "../shapes";
import { moment } from "../time";
import { linked } from "./account";

export const synced = signal<Synced[] | null>(null);

const LOOK = 3_000;
const LOOK_LATER = 15_000;
const ASKED_FOR = 15_000;
let askedAt = 0;
let lookedAt = 0;

// Without an account there is no copy to ask about.
export async function loadSync(): Promise<void> {
  if (!linked.value) {
    synced.value = [];
    return;
  }
  try {
    synced.value = await all<Synced>("/v1/sync", 1);
  } catch (problem) {
    if (!(problem instanceof Refusal)) throw problem;
    // Not knowing how old it is is no reason to show nothing.
    synced.value ??= [];
  }
}

export async function readAgain(): Promise<void> {
  await post("/v1/sync");
  askedAt = Date.now();
  await loadSync();
}

const of = (kind: Kind): Synced | undefined => synced.value?.find((one) => one.kind === kind);

const YOURS: Record<Kind, string> = { calendar: "your calendar", tasks: "your tasks", mail: "your mail" };
const COUNTED: Record<Kind, string> = { calendar: "events", tasks: "tasks", mail: "messages" };
export const NAMES: Record<Kind, string> = { calendar: "Calendar", tasks: "Tasks", mail: "Mail" };

// A first reading, or one over again: worth a word. A look for news is not.
export const reading = (one: Synced): boolean => one.state === "reading" && (one.progress !== null || one.synced_at === null);

const count = (many: number): string => many.toLocaleString();

export function readingWords(one: Synced): string {
  const { done, total } = one.progress ?? { done: 0, total: null };
  const far = total === null ? count(done) : `${count(done)} of ${count(total)}`;
  return `Reading ${YOURS[one.kind]}${done || total ? `: ${far} ${COUNTED[one.kind]}` : ""}`;
}

const OLD = ["stale", "failed", "reconnect"];
// One look that failed makes a copy no older than it is.
const YOUNG = 15 * 60;

// "09:10", or "Yesterday 18:02", when what is shown is from then; nothing while it is fresh.
export function asOf(kind: Kind): string {
  const one = of(kind);
  if (!one?.synced_at || !OLD.includes(one.state) || (one.state === "failed" && (one.age_s ?? 0) < YOUNG)) return "";
  return moment(one.synced_at).replace(/^Yesterday/, "yesterday");
}

export const waitingWords = (many: number): string => (many === 1 ? "One change waits for Google" : `${count(many)} changes wait for Google`);
export const waitingOf = (kind: Kind): number => of(kind)?.waiting ?? 0;
export const allWaiting = (): number => (synced.value ?? []).reduce((sum, one) => sum + one.waiting, 0);

export const readingOf = (kind: Kind): Synced | null => {
  const one = of(kind);
  return one && reading(one) ? one : null;
};

// While nothing has been read yet, an empty list says nothing about the day.
export function notYet(kind: Kind): string {
  const one = of(kind);
  if (!one || one.synced_at !== null) return "";
  return one.state === "reading" ? `${readingWords(one)}${one.progress ? "." : "…"}` : one.say || `I have not been able to read ${YOURS[kind]} yet.`;
}

const told = (one: Synced | undefined): string => JSON.stringify([one?.state, one?.waiting, one?.progress?.done, one?.synced_at]);

// Looks again soon while something is being read, now and then while something waits; what has moved is shown anew.
export function keepReading(lists: Record<Kind, () => Promise<void>>): void {
  const look = async (): Promise<void> => {
    const now = synced.value ?? [];
    const soon = now.some((one) => one.state === "reading") || Date.now() - askedAt < ASKED_FOR;
    const later = now.some((one) => one.waiting > 0 || OLD.includes(one.state)) && Date.now() - lookedAt >= LOOK_LATER;
    if (document.hidden || signed.value !== "in" || !(soon || later)) return;
    lookedAt = Date.now();
    const before = new Map(now.map((one) => [one.kind, told(one)]));
    await loadSync();
    for (const one of synced.value ?? []) if (told(one) !== before.get(one.kind)) void lists[one.kind]();
  };
  setInterval(() => void look().catch(() => undefined), LOOK);
}
