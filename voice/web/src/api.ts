// Every request to the server: signed in by itself, renewed once when it has run out, refusals as one kind of error.
import { signal } from "@preact/signals";
import type { Page, Problem } from "./shapes";

export class Refusal extends Error {
  constructor(
    readonly title: string,
    readonly status: number,
    readonly retryAfter: number | null = null,
  ) {
    super(title);
  }
}

// The server could not be reached at all.
export class Away extends Error {
  constructor() {
    super("Chronus is not answering.");
  }
}

export type Signed = "unknown" | "in" | "out";
export const signed = signal<Signed>("unknown");
export const signedOutBecause = signal("");
// The person has just had everything about themselves deleted.
export const gone = signal(false);
// Since when the server has not answered, or null while it does.
export const awaySince = signal<number | null>(null);

const RENEWED = "renewed";

async function reach(path: string, init: RequestInit): Promise<Response> {
  try {
    // Nothing said here is kept by the browser; its cache would also make each read wait for an earlier one of the same, up to 20 s.
    const answer = await fetch(path, { credentials: "same-origin", cache: "no-store", ...init });
    awaySince.value = null;
    return answer;
  } catch (problem) {
    if (init.signal?.aborted) throw problem;
    awaySince.value ??= Date.now();
    throw new Away();
  }
}

async function refusal(answer: Response): Promise<Refusal> {
  const wait = Number(answer.headers.get("retry-after"));
  const after = Number.isFinite(wait) && wait > 0 ? wait : null;
  try {
    const problem = (await answer.json()) as Problem;
    return new Refusal(problem.title || answer.statusText, answer.status, after);
  } catch {
    return new Refusal(answer.statusText || `The server answered ${answer.status}.`, answer.status, after);
  }
}

let renewedHere = 0;

// By any tab; a browser that keeps nothing knows only of this one.
function renewedAt(): number {
  try {
    return Math.max(renewedHere, Number(localStorage.getItem(RENEWED)) || 0);
  } catch {
    return renewedHere;
  }
}

export function noteRenewed(): void {
  renewedHere = Date.now();
  try {
    localStorage.setItem(RENEWED, String(renewedHere));
  } catch {
    // Then each tab renews for itself.
  }
}

// An answer nobody reads keeps its connection.
const unread = (answer: Response): void => void answer.body?.cancel().catch(() => undefined);

// One tab renews at a time: the refresh token is good for one use, and a second use would look like theft.
async function renew(askedAt: number): Promise<void> {
  const once = async (): Promise<void> => {
    if (renewedAt() >= askedAt) return;
    const knock = (door: string): Promise<Response> => reach(`/v1/auth/${door}`, { method: "POST" });
    const [first, second] = renewedAt() ? ["refresh", "local"] : ["local", "refresh"];
    let answer = await knock(first);
    if (!answer.ok) {
      const other = await knock(second);
      // If neither opens: what the door of this machine says is what the person can do something about.
      const better = other.ok || second === "local";
      unread(better ? answer : other);
      if (better) answer = other;
    }
    if (!answer.ok) {
      const why = await refusal(answer);
      signedOutBecause.value = why.title;
      if (answer.status < 500 && answer.status !== 429) signed.value = "out";
      throw why;
    }
    unread(answer);
    noteRenewed();
    signed.value = "in";
  };
  if (navigator.locks) await navigator.locks.request("chronus-sign-in", once);
  else await once();
}

export async function ask(path: string, init: RequestInit = {}): Promise<Response> {
  const askedAt = Date.now();
  if (!renewedAt()) await renew(askedAt);
  let answer = await reach(path, init);
  if (answer.status === 401) {
    unread(answer);
    await renew(askedAt);
    answer = await reach(path, init);
  }
  if (!answer.ok) throw await refusal(answer);
  signed.value = "in";
  return answer;
}

async function json<T>(method: string, path: string, body?: unknown): Promise<T> {
  const init: RequestInit = { method, headers: { accept: "application/json" } };
  if (body !== undefined) {
    init.headers = { accept: "application/json", "content-type": "application/json" };
    init.body = JSON.stringify(body);
  }
  const answer = await ask(path, init);
  const text = await answer.text();
  return (text ? JSON.parse(text) : null) as T;
}

export const get = <T>(path: string): Promise<T> => json<T>("GET", path);
// A whole list, page by page; so many pages are more than anybody looks through.
const MOST_PAGES = 10;

export async function all<T>(path: string, pages = MOST_PAGES): Promise<T[]> {
  const found: T[] = [];
  let next: string | null = "";
  for (let page = 0; page < pages && next !== null; page++) {
    const more: string = next ? `${path.includes("?") ? "&" : "?"}next=${encodeURIComponent(next)}` : "";
    const got: Page<T> = await get<Page<T>>(path + more);
    found.push(...got.items);
    next = got.next;
  }
  return found;
}

export const post = <T>(path: string, body?: unknown): Promise<T> => json<T>("POST", path, body);
export const put = <T>(path: string, body: unknown): Promise<T> => json<T>("PUT", path, body);
export const patch = <T>(path: string, body: unknown): Promise<T> => json<T>("PATCH", path, body);
export const remove = <T>(path: string): Promise<T> => json<T>("DELETE", path);

export function words(problem: unknown): string {
  if (problem instanceof Refusal) return problem.title;
  if (problem instanceof Away) return "Chronus is not answering. Nothing was changed; try again in a moment.";
  return problem instanceof Error ? problem.message : String(problem);
}
