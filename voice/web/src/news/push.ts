// Being told when no page is open: this browser's subscription with its push service, under the server's key.
import { signal } from "@preact/signals";
import { ask, get } from "../api";

export type Pushing = "unknown" | "on" | "off" | "blocked" | "unable";
export const pushing = signal<Pushing>("unknown");

interface Offer {
  key: string;
  subscribed: number;
}

const WORKER = "/sw.js";
const PATH = "/v1/notifications/push";

const able = (): boolean => isSecureContext && "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;

async function present(): Promise<PushSubscription | null> {
  const registered = await navigator.serviceWorker.getRegistration(WORKER);
  return (await registered?.pushManager.getSubscription()) ?? null;
}

export async function loadPushing(): Promise<void> {
  if (!able()) pushing.value = "unable";
  else if (Notification.permission === "denied") pushing.value = "blocked";
  else pushing.value = (await present().catch(() => null)) ? "on" : "off";
}

// Base64url, as the server gives its key.
function bytes(key: string): Uint8Array<ArrayBuffer> {
  const plain = atob(key.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

const send = (method: string, body: unknown): Promise<Response> =>
  ask(PATH, { method, headers: { "content-type": "application/json", accept: "application/json" }, body: JSON.stringify(body) });

async function subscribe(): Promise<void> {
  if ((await Notification.requestPermission()) !== "granted") return;
  const { key } = await get<Offer>(PATH);
  await navigator.serviceWorker.register(WORKER);
  const ready = await navigator.serviceWorker.ready;
  const made = await ready.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes(key) });
  try {
    await send("PUT", made.toJSON());
  } catch (problem) {
    // What the server does not know would never be used.
    await made.unsubscribe();
    throw problem;
  }
}

async function unsubscribe(): Promise<void> {
  const found = await present();
  if (!found) return;
  await send("DELETE", { endpoint: found.endpoint });
  await found.unsubscribe();
}

export async function setPushing(on: boolean): Promise<void> {
  await (on ? subscribe() : unsubscribe());
  await loadPushing();
}
