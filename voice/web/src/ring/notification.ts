// The browser's own notification, where the person asked for it; it never says what the reminder is about.
import { signal } from "@preact/signals";

export type Notifying = "on" | "off" | "blocked" | "unable";
const WANTED = "notify";

function wanted(): boolean {
  try {
    return localStorage.getItem(WANTED) === "on";
  } catch {
    return false;
  }
}

function found(): Notifying {
  if (!("Notification" in window) || !isSecureContext) return "unable";
  if (Notification.permission === "denied") return "blocked";
  return Notification.permission === "granted" && wanted() ? "on" : "off";
}

export const notifying = signal<Notifying>(found());

export async function setNotifying(on: boolean): Promise<Notifying> {
  if (notifying.value === "unable") return "unable";
  if (on) await Notification.requestPermission();
  const allowed = on && Notification.permission === "granted";
  try {
    localStorage.setItem(WANTED, allowed ? "on" : "off");
    notifying.value = found();
  } catch {
    // Kept for this visit only.
    notifying.value = allowed ? "on" : found();
  }
  return notifying.value;
}

export function notify(id: string, onClick: () => void): void {
  if (notifying.value !== "on") return;
  try {
    // The same tag in every tab, so that the person sees one.
    const shown = new Notification("Chronus: a reminder is due", { tag: `chronus-${id}`, icon: "/icon.svg" });
    shown.onclick = () => {
      window.focus();
      shown.close();
      onClick();
    };
  } catch {
    // Some phones know the word but let no page do it.
    notifying.value = "unable";
  }
}
