// The keyboard: hold Space to talk, Esc to stop it speaking, and a few single letters, never while typing.
import { playOrPause } from "../briefing/sound";
import { needing } from "../day/store";
import { span } from "../day/view";
import { live } from "../live/state";
import { holding, hush } from "../live/voice";
import { go, path } from "../route";
import { announce } from "./announce";
import { keysShown } from "./menu";
import { tab } from "./tabs";

const TYPES = "input, textarea, select, [contenteditable]";
const PRESSES = "button, a, summary, input, [role=button]";
let held = false;

const within = (event: Event, selector: string): boolean => event.target instanceof Element && event.target.closest(selector) !== null;

// To the first thing that needs the person, wherever they are.
export function toNeeds(): void {
  if (path.value !== "/") go("/");
  tab.value = "tasks";
  requestAnimationFrame(() => toFirst(20));
}

// The column may not be drawn yet, while what needs the person is known already.
function toFirst(tries: number): void {
  const first = [...document.querySelectorAll<HTMLElement>(".approval:is([data-state=pending], [data-state=due], [data-state=reconnect])")].filter((card) => card.offsetParent !== null);
  const card = first.find((one) => one.closest(".needs")) ?? first[0];
  if (card) card.focus();
  else if (needing.value > 0 && tries > 0) setTimeout(() => toFirst(tries - 1), 100);
  else announce("Nothing needs you.");
}

function pressed(event: KeyboardEvent): void {
  if (event.key === "Escape") {
    if (live.value === "speaking") hush();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || within(event, TYPES) || document.querySelector("dialog[open]")) return;
  if (event.code === "Space" && !within(event, PRESSES)) {
    event.preventDefault();
    if (!held) holding((held = true));
    return;
  }
  if (event.repeat) return;
  const letter = event.key.toLowerCase();
  if (letter === "a") toNeeds();
  else if (letter === "1") span.value = "today";
  else if (letter === "2") span.value = "tomorrow";
  else if (letter === "3") span.value = "week";
  else if (letter === "b") playOrPause();
  else if (letter === "?") keysShown.value = true;
  else if (letter === "/") {
    event.preventDefault();
    document.getElementById("say")?.focus();
  } else return;
}

function letGo(): void {
  if (held) holding((held = false));
}

export function listenToKeys(): void {
  addEventListener("keydown", pressed);
  addEventListener("keyup", (event) => event.code === "Space" && letGo());
  addEventListener("blur", letGo);
}
