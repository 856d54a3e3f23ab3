// What happens unasked, as it happens: one stream for all tabs of the browser, taken up again where it broke off.
import { effect, signal } from "@preact/signals";
import { ask, signed } from "../api";
import { events } from "../sse";
import type { Notification, Part } from "../shapes";

export interface News {
  // The stream stands again: whatever happened meanwhile has to be read.
  stands(): void;
  notification(one: Notification): void;
  changed(parts: Part[]): void;
}

// While it stands, nothing has to be asked for again and again.
export const streaming = signal(false);

type Told = { kind: "state"; up: boolean } | { kind: "event"; id: string; event: string; data: unknown } | { kind: "hello" };

const NAME = "chronus-news";
const WAITS = [1_000, 2_000, 5_000, 15_000, 30_000];
// The server shows every few seconds that the line still stands.
const SILENCE = 60_000;
const others = "BroadcastChannel" in window ? new BroadcastChannel(NAME) : null;
let last = "";
let mine = false;

function take(told: Told, on: News): void {
  if (told.kind === "hello") {
    if (mine) others?.postMessage({ kind: "state", up: streaming.value } satisfies Told);
  } else if (told.kind === "state") {
    const again = told.up && !streaming.value;
    streaming.value = told.up;
    if (again) on.stands();
  } else {
    last = told.id || last;
    if (told.event === "notification") on.notification(told.data as Notification);
    else if (told.event === "changed") on.changed([(told.data as { what: Part | Part[] }).what].flat());
  }
}

async function follow(pass: (told: Told) => void): Promise<void> {
  const gone = new AbortController();
  let silence: ReturnType<typeof setTimeout> | undefined;
  const alive = (): void => {
    clearTimeout(silence);
    silence = setTimeout(() => gone.abort(), SILENCE);
  };
  try {
    const answer = await ask("/v1/notifications", { headers: { accept: "text/event-stream", ...(last ? { "last-event-id": last } : {}) }, signal: gone.signal });
    if (!answer.headers.get("content-type")?.startsWith("text/event-stream") || !answer.body) {
      void answer.body?.cancel();
      return;
    }
    pass({ kind: "state", up: true });
    for await (const { id, event, data } of events(answer.body, alive)) pass({ kind: "event", id, event, data: JSON.parse(data) });
  } catch {
    // Broken off, refused, or silent for too long: it is tried again.
  } finally {
    clearTimeout(silence);
    pass({ kind: "state", up: false });
  }
}

async function keep(on: News): Promise<never> {
  mine = true;
  const pass = (told: Told): void => {
    others?.postMessage(told);
    take(told, on);
  };
  let tries = 0;
  for (;;) {
    const began = Date.now();
    if (signed.value === "in") await follow(pass);
    if (Date.now() - began > SILENCE) tries = 0;
    const wait = WAITS[Math.min(tries, WAITS.length - 1)] as number;
    tries += 1;
    await new Promise((over) => setTimeout(over, wait));
  }
}

// A browser keeps few lines open to one server, so one tab holds this one for all.
export function listen(on: News): void {
  if (others) others.onmessage = ({ data }) => take(data as Told, on);
  let begun = false;
  effect(() => {
    if (begun || signed.value !== "in") return;
    begun = true;
    others?.postMessage({ kind: "hello" } satisfies Told);
    void (navigator.locks ? navigator.locks.request(NAME, () => keep(on)) : keep(on));
  });
}
