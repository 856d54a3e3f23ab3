// What a screen reader is told: whole words and states, never half of one.
import { signal } from "@preact/signals";

export const announced = signal("");

export function announce(text: string): void {
  // The same words twice must still be read twice.
  announced.value = announced.value === text ? `${text}\u00a0` : text;
}
