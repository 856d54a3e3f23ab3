// Whose mind answers: a name one can say, and a word only while it is not the one that was chosen.
import { computed } from "@preact/signals";
import { me } from "./day/store";

export const AWAY = "Gemini isn’t answering. The built-in mind does the basics.";
export const away = computed(() => me.value?.mind_away === true);

// "gemini-3.5-flash-lite" → "Gemini 3.5 Flash Lite"
export function mindName(name: string | null | undefined): string {
  if (!name) return "";
  if (/^built.?in/i.test(name)) return "Built-in mind";
  return name.replace(/^models\//, "").split("-").map((part) => part.charAt(0).toUpperCase() + part.slice(1)).join(" ");
}
