// The briefing aloud: played, paused, skipped and sped up, going on where it stopped, in one tab and never over a conversation.
import { effect, signal } from "@preact/signals";
import { ask, get, words } from "../api";
import { isOpen } from "../live/state";
import { stop } from "../live/voice";
import type { Briefing } from "../shapes";
import { announce } from "../ui/announce";
import { briefing, heardTo, hold, itemAt, length, saveAsLeaving, saveHeard, todays } from "./store";
import { Timing } from "./timing";

export type Sounding = "still" | "fetching" | "waiting" | "playing" | "failed";
export const sounding = signal<Sounding>("still");
export const silentBecause = signal("");
export const PACES = [0.8, 1, 1.25, 1.5, 2];
export const pace = signal(keptPace());

const AUDIO = "/v1/briefing/today/audio";
const SAVE_EACH = 5_000;
const WAIT = 3;
const AGAIN = 3;
const HERE = "chronus-briefing";

const sound = new Audio();
sound.preload = "none";
let timing: Timing | null = null;
let loaded = "";
let wait: ReturnType<typeof setTimeout> | undefined;
let keeping: ReturnType<typeof setInterval> | undefined;
const others = "BroadcastChannel" in window ? new BroadcastChannel(HERE) : null;

function keptPace(): number {
  try {
    const kept = Number(localStorage.getItem("briefing-pace"));
    return PACES.includes(kept) ? kept : 1;
  } catch {
    return 1;
  }
}

export function setPace(to: number): void {
  pace.value = sound.playbackRate = sound.defaultPlaybackRate = to;
  try {
    localStorage.setItem("briefing-pace", String(to));
  } catch {
    // Kept for this visit only.
  }
}

export const playOrPause = (): void => void (["still", "failed"].includes(sounding.value) ? play() : pause());

export async function play(): Promise<void> {
  const told = todays.value;
  if (!told) return;
  if (isOpen.value) await stop();
  clearTimeout(wait);
  if (heardTo.value >= length.value) heardTo.value = 0;
  become("fetching");
  hold(true);
  try {
    if (loaded !== told.written_at && !(await fetched(told))) return;
    if ((sounding.value as Sounding) !== "fetching") return;
    sound.currentTime = timing?.timeOf(heardTo.value) ?? 0;
    setPace(pace.value);
    await sound.play();
  } catch (problem) {
    // Paused before it began is no failure.
    if (problem instanceof DOMException && problem.name === "AbortError") return;
    fail(words(problem));
  }
}

// Whether it is there; it may still be on its way, and then it is asked for again.
async function fetched(told: Briefing): Promise<boolean> {
  const answer = await ask(AUDIO, { headers: { range: "bytes=0-0" } });
  void answer.body?.cancel().catch(() => undefined);
  if (answer.status === 202) {
    if (sounding.value !== "fetching") return false;
    if (!silentBecause.value) announce("The sound is still being made. You can read it meanwhile.");
    become("waiting", "Making the sound…");
    wait = setTimeout(() => void play(), (Number(answer.headers.get("retry-after")) || WAIT) * 1000);
    return false;
  }
  sound.src = `${AUDIO}?written=${encodeURIComponent(told.written_at)}`;
  sound.preload = "auto";
  sound.load();
  await new Promise<void>((known, failed) => {
    sound.onloadedmetadata = () => known();
    sound.onerror = () => failed(new Error("The sound could not be played. You can read it below."));
  });
  timing = new Timing(told.text, todays.value?.items ?? told.items, sound.duration);
  loaded = told.written_at;
  return true;
}

export function pause(): void {
  clearTimeout(wait);
  sound.pause();
  become("still");
  settle();
}

function settle(): void {
  clearInterval(keeping);
  hold(false);
  void saveHeard();
}

function fail(why: string): void {
  loaded = "";
  become("failed", why);
  settle();
  announce(why);
}

function become(state: Sounding, why = ""): void {
  sounding.value = state;
  silentBecause.value = why;
}

// To a word, heard on from there if it is being heard.
export function moveTo(word: number): void {
  heardTo.value = Math.max(0, Math.min(word, length.value));
  if (timing && loaded === briefing.value?.written_at) sound.currentTime = timing.timeOf(heardTo.value);
  if (sounding.value !== "playing") void saveHeard();
}

// Back to the beginning of the item, or from there to the one before.
export function skip(by: 1 | -1): void {
  const items = todays.value?.items ?? [];
  const here = itemAt(heardTo.value);
  const begins = (at: number): number => (at >= items.length ? length.value : items[Math.max(0, at)]?.begins ?? 0);
  if (by > 0) moveTo(begins(here + 1));
  else moveTo(heardTo.value - begins(here) > AGAIN ? begins(here) : begins(here - 1));
}

sound.addEventListener("playing", () => {
  become("playing");
  others?.postMessage("playing");
  clearInterval(keeping);
  keeping = setInterval(() => void saveHeard(), SAVE_EACH);
  showAway();
});
sound.addEventListener("timeupdate", () => {
  if (timing && sounding.value === "playing" && !sound.ended) heardTo.value = timing.wordAt(sound.currentTime);
});
// By the keys of a headset, or by the system.
sound.addEventListener("pause", () => {
  if (sounding.value === "playing" && !sound.ended) pause();
});
sound.addEventListener("ended", () => {
  heardTo.value = length.value;
  become("still");
  settle();
  announce("That was the briefing.");
});
sound.addEventListener("error", () => {
  if (sounding.value !== "playing") return;
  // The sign-in may have run out in the middle; any request renews it, and it goes on from the same word.
  loaded = "";
  become("fetching");
  get("/v1/briefing/today").then(play, (problem: unknown) => fail(words(problem)));
});

function showAway(): void {
  if (!("mediaSession" in navigator)) return;
  navigator.mediaSession.metadata = new MediaMetadata({ title: "Morning briefing", artist: "Chronus", artwork: [{ src: "/icon.svg", sizes: "any", type: "image/svg+xml" }] });
  const on = (what: MediaSessionAction, act: () => void): void => {
    try {
      navigator.mediaSession.setActionHandler(what, act);
    } catch {
      // A browser that does not know this key.
    }
  };
  on("play", () => void play());
  on("pause", pause);
  on("previoustrack", () => skip(-1));
  on("nexttrack", () => skip(1));
}

export function keepHearing(): void {
  if (others) others.onmessage = () => sounding.value !== "still" && pause();
  // A conversation has the word.
  effect(() => {
    if (isOpen.value && sounding.peek() !== "still") pause();
  });
  addEventListener("pagehide", saveAsLeaving);
  document.addEventListener("visibilitychange", () => document.hidden && saveAsLeaving());
}
