// The one word for what the conversation is doing, and since when; every state of it is drawn and tested by this name.
import { computed, signal } from "@preact/signals";

export type LiveState =
  | "idle" | "connecting" | "listening" | "muted" | "hearing" | "thinking" | "speaking" | "interrupted"
  | "reconnecting" | "gone" | "denied" | "no-microphone" | "insecure" | "elsewhere" | "full" | "ended" | "failed";

export const live = signal<LiveState>("idle");
export const liveSince = signal(Date.now());
// What the server said when it ended or refused, and when to try again.
export const liveWhy = signal("");
export const retryAt = signal<number | null>(null);

const OPEN: LiveState[] = ["connecting", "listening", "muted", "hearing", "thinking", "speaking", "interrupted", "reconnecting", "gone"];
export const isOpen = computed(() => OPEN.includes(live.value));
export const isTalking = computed(() => isOpen.value && !["connecting", "reconnecting", "gone"].includes(live.value));

export function become(state: LiveState, why = ""): void {
  if (live.value !== state) liveSince.value = Date.now();
  live.value = state;
  liveWhy.value = why;
  if (state !== "full" && state !== "reconnecting" && state !== "gone") retryAt.value = null;
}
