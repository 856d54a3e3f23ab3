// Today's briefing: what it says, how far it was heard, here or in conversation.
import { computed, signal } from "@preact/signals";
import { Refusal, get, patch, post, words } from "../api";
import { outdate, reader } from "../lists";
import type { Briefing } from "../shapes";
import { today } from "../time";

// Undefined: not known yet; null: none was written yet.
export const briefing = signal<Briefing | null | undefined>(undefined);
// Where it is heard now: by the sound while that plays, else as the server knows it.
export const heardTo = signal(0);
export const writing = signal(false);
export const wroteBadly = signal("");

// A page left open overnight does not give out yesterday's as today's.
export const todays = computed(() => (briefing.value && briefing.value.date >= today() ? briefing.value : briefing.value === undefined ? undefined : null));
export const length = computed(() => (todays.value ? count(todays.value.text) : 0));
export const unheard = computed(() => length.value > 0 && heardTo.value < length.value);

const count = (text: string): number => text.split(/\s+/).filter(Boolean).length;
// Unheard it stands before the rest; once it has been placed it stays there, so that nothing moves under the hand.
export const lead = signal(false);
let held = false;
// As the server knows it.
let saved = -1;

// While the sound plays here, this page knows better than the server how far it has come.
export const hold = (on: boolean): void => void (held = on);

function show(found: Briefing | null): void {
  const first = found !== null && !briefing.value;
  briefing.value = found;
  saved = found?.cursor ?? -1;
  if (!held) heardTo.value = found?.cursor ?? 0;
  if (first) lead.value = heardTo.value < count(found.text);
}

async function read(): Promise<Briefing | null> {
  try {
    return await get<Briefing>("/v1/briefing/today");
  } catch (problem) {
    if (problem instanceof Refusal && problem.status === 404) return null;
    throw problem;
  }
}

export const loadBriefing = reader("briefing", read, show);

export async function write(): Promise<void> {
  writing.value = true;
  try {
    const found = await post<Briefing>("/v1/briefing");
    outdate("briefing");
    show(found);
    wroteBadly.value = "";
  } catch (problem) {
    wroteBadly.value = words(problem);
  }
  writing.value = false;
}

export async function saveHeard(): Promise<void> {
  const cursor = heardTo.value;
  if (!todays.value || cursor === saved) return;
  saved = cursor;
  outdate("briefing");
  try {
    const found = await patch<Briefing>("/v1/briefing/today", { cursor });
    outdate("briefing");
    if (found?.id === briefing.value?.id) briefing.value = found;
  } catch {
    // Tried again with the next words.
    saved = -1;
  }
}

// The page is going: nobody waits for the answer.
export function saveAsLeaving(): void {
  if (!todays.value || heardTo.value === saved) return;
  saved = heardTo.value;
  void fetch("/v1/briefing/today", {
    method: "PATCH", keepalive: true, credentials: "same-origin",
    headers: { "content-type": "application/json" }, body: JSON.stringify({ cursor: saved }),
  }).catch(() => undefined);
}

// The item that is heard at this word.
export function itemAt(word: number): number {
  const items = todays.value?.items ?? [];
  const later = items.findIndex((item) => item.begins > word);
  return Math.max(0, (later < 0 ? items.length : later) - 1);
}
