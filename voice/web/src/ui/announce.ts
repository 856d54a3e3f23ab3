// What a screen reader is told: whole words and states, never half of one.
import { signal } from "@preact/signals";

export const announced = signal("");

// What cannot wait for the end of a sentence: a reminder whose time has come.
export const alarmed = signal("");

export function alarm(text: string): void {
  alarmed.value = alarmed.value === text ? `${text}\u00a0` : text;
}

export function announce(text: string): void {
  // The same words twice must still be read twice.
  announced.value = announced.value === text ? `${text}\u00a0` : text;
}
