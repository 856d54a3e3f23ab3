// The person's Google account: whether it is connected, what it allows, and the way to Google's page and back.
import { computed, signal } from "@preact/signals";
import { get, noteRenewed, remove } from "../api";
import type { Disconnected, Feature, GoogleAccount } from "../shapes";
import type { Outcome } from "./outcome";

export const FEATURES: Feature[] = ["calendar", "tasks", "mail_read", "mail_send"];
const FIRST: Feature[] = ["calendar", "tasks"];
export const PAGE = "/settings/google";

export const account = signal<GoogleAccount | null>(null);
// There is one, even if Google no longer lets us in to it.
export const linked = computed(() => account.value !== null && (account.value.connected || account.value.reconnect));

// Why it has to be connected again; what to do is the button beside it.
export const shutBecause = (): string => (account.value?.say ?? "").replace(/ ?Please connect [^.]*\.$/, "") || "Google no longer lets me in.";

// What became of the way to Google, told once on coming back and then gone from the address.
export const outcome = signal<Outcome | null>(cameBack());

function cameBack(): Outcome | null {
  const told = new URLSearchParams(location.search);
  const what = told.get("google");
  if (what === null) return null;
  const missing = (told.get("missing") ?? "").split(",");
  told.delete("google");
  told.delete("missing");
  history.replaceState(null, "", location.pathname + (told.size ? `?${told}` : "") + location.hash);
  // Whoever signed in there has their cookies already.
  if (what === "connected") noteRenewed();
  return { what, missing: FEATURES.filter((one) => missing.includes(one)) };
}

export async function loadAccount(): Promise<void> {
  account.value = await get<GoogleAccount>("/v1/auth/google");
}

const door = (features: string, next: string): string => `/v1/auth/google/start?features=${features}&next=${encodeURIComponent(next).replaceAll("%2F", "/")}`;

// Straight after a request that counted: with a sign-in that has run out Google's page would be a new sign-in instead.
export async function connect(features: Feature[]): Promise<void> {
  await loadAccount();
  location.assign(door(features.join(","), PAGE));
}

// The same permissions once more.
export const reconnect = (): Promise<void> => connect(account.value?.features.length ? account.value.features : FIRST);

// Who they are and nothing else; what I may use is asked on the page.
export const signInAt = (): string => door("none", location.pathname);

export async function disconnect(): Promise<string> {
  const answer = await remove<Disconnected | null>("/v1/auth/google");
  await loadAccount();
  return answer?.say ?? "Google is disconnected.";
}
