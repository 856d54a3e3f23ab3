// What is read from the server, by name: the newest answer is what is shown, and what could not be read is told.
import { signal } from "@preact/signals";
import { words } from "./api";

// What could not be shown, by name; the rest of the page stays.
export const troubles = signal<Record<string, string>>({});

// What has been answered at least once, with what there is or with a refusal.
export const answered = signal<ReadonlySet<string>>(new Set());

const asked = new Map<string, number>();
const shown = new Map<string, number>();

// Answers may overtake each other: one that was asked for before another is never shown after it.
export async function load<T>(name: string, read: () => Promise<T>, show: (found: T) => void = () => undefined): Promise<void> {
  const turn = (asked.get(name) ?? 0) + 1;
  asked.set(name, turn);
  let found: T | undefined;
  let trouble: string | null = null;
  try {
    found = await read();
  } catch (problem) {
    trouble = words(problem);
  }
  if (turn < (shown.get(name) ?? 0)) return;
  shown.set(name, turn);
  if (trouble === null) show(found as T);
  const { [name]: before, ...others } = troubles.value;
  if (trouble !== null) troubles.value = { ...others, [name]: trouble };
  else if (before !== undefined) troubles.value = others;
  if (!answered.value.has(name)) answered.value = new Set([...answered.value, name]);
}

const readers = new Map<string, () => Promise<void>>();

// A list that is read again together with all others, whenever anything may have changed.
export function reader<T>(name: string, read: () => Promise<T>, show: (found: T) => void = () => undefined): () => Promise<void> {
  const again = (): Promise<void> => load(name, read, show);
  readers.set(name, again);
  return again;
}

export const readAll = async (): Promise<void> => void (await Promise.all([...readers.values()].map((again) => again())));

// Changed here just now: whatever was asked for before that is old, however late it comes.
export const outdate = (name: string): void => void shown.set(name, (asked.get(name) ?? 0) + 1);
