// Light or dark: the system's, until the person chooses.
import { signal } from "@preact/signals";

export type Theme = "system" | "light" | "dark";
const chosen = document.documentElement.dataset["theme"];
export const theme = signal<Theme>(chosen === "light" || chosen === "dark" ? chosen : "system");
const system = matchMedia("(prefers-color-scheme: dark)");

export const isDark = (): boolean => (theme.value === "system" ? system.matches : theme.value === "dark");

export function setTheme(next: Theme): void {
  theme.value = next;
  if (next === "system") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = next;
  try {
    localStorage.setItem("theme", next);
  } catch {
    // Kept for this visit only.
  }
}
