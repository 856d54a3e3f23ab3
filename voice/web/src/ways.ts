// How one may sign in here, which anybody may ask; and out again.
import { signal } from "@preact/signals";
import { post } from "./api";
import type { Ways } from "./shapes";

export const ways = signal<Ways | null>(null);

const OWN_MACHINE: Ways = { local: true, google: false };

// A server that does not know the question has the door of its own machine only.
export async function loadWays(): Promise<void> {
  try {
    const answer = await fetch("/v1/auth/ways", { headers: { accept: "application/json" } });
    ways.value = answer.ok ? ((await answer.json()) as Ways) : OWN_MACHINE;
  } catch {
    ways.value ??= OWN_MACHINE;
  }
}

// All that was read goes with the page itself.
export async function signOut(): Promise<void> {
  await post("/v1/auth/logout");
  location.assign("/");
}
