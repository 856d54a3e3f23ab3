// The telephone as the page knows it: whose number it is, calls both ways, and what unknown callers left.
import { computed, signal } from "@preact/signals";
import { all, get, post, put, remove, words } from "../api";
import { load, outdate } from "../lists";
import { now } from "../time";
import type { Phone, PhoneCall, PhoneMessage } from "../shapes";

export const phone = signal<Phone | null>(null);
export const calls = signal<PhoneCall[] | null>(null);
export const messages = signal<PhoneMessage[] | null>(null);

const SOON = 10_000;
// A call to the person that is going on, or begins now; one that is wanted for later does not ring yet.
export const ringing = computed(() => (calls.value ?? []).find((one) => one.direction === "out"
  && (one.state === "ringing" || one.state === "answered" || (one.state === "waiting" && Date.parse(one.at) <= now.value.getTime() + SOON))));

export const loadPhone = (): Promise<void> => load("phone", () => get<Phone>("/v1/me/phone"), (found) => (phone.value = found));
export const loadCalls = (): Promise<void> => load("calls", () => all<PhoneCall>("/v1/phone/calls", 1), (found) => (calls.value = found));
export const loadMessages = (): Promise<void> => load("messages", () => all<PhoneMessage>("/v1/phone/messages", 1), (found) => (messages.value = found));
export const loadTelephone = async (): Promise<void> => void (await Promise.all([loadPhone(), loadCalls(), loadMessages()]));

// What went wrong, as a sentence; empty when it is done. Nothing shows as done before the server says so.
async function tried(work: () => Promise<unknown>): Promise<string> {
  try {
    await work();
    return "";
  } catch (problem) {
    return words(problem);
  }
}

// The same, of what changes how the telephone stands.
const changed = (work: () => Promise<unknown>): Promise<string> => tried(async () => {
  await work();
  outdate("phone");
  await loadPhone();
});

export const saveNumber = (number: string): Promise<string> => changed(() => put("/v1/me/phone", { number }));
export const savePin = (pin: string): Promise<string> => changed(() => put("/v1/me/pin", { pin }));
export const ringWithCode = (): Promise<string> => tried(() => post("/v1/me/phone/verify"));
export const showCode = (code: string): Promise<string> => changed(() => post("/v1/me/phone/verify", { code }));
export const forgetPhone = (): Promise<string> => changed(() => remove("/v1/me/phone"));

export async function callMe(): Promise<string> {
  // It is asked for here and now, so quiet hours do not count.
  const trouble = await tried(() => post("/v1/phone/calls", { even_if_quiet: true }));
  await loadCalls();
  return trouble;
}

export async function callOff(id: string): Promise<string> {
  const trouble = await tried(() => remove(`/v1/phone/calls/${encodeURIComponent(id)}`));
  outdate("calls");
  await loadCalls();
  return trouble;
}

export async function dropMessage(id: string): Promise<string> {
  const trouble = await tried(() => remove(`/v1/phone/messages/${encodeURIComponent(id)}`));
  outdate("messages");
  await loadMessages();
  return trouble;
}
