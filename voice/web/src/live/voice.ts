// The conversation aloud: open the line, follow what happens on it, open it again when it drops, and let the person stop it.
import { Away, Refusal, post, words } from "../api";
import { announce } from "../ui/announce";
import { afterTurn, voiceThread } from "../thread/store";
import type { LineMessage, TurnTold } from "../shapes";
import type { Line, LineEvents } from "./line";
import { askMicrophone } from "./microphone";
import { become, isOpen, live, retryAt } from "./state";

const THINKING_AFTER = 700;
const INTERRUPTED_FOR = 900;
const WAITS = [250, 750, 2000, 4000, 8000, 15_000];
const GONE_AFTER = 4;

let line: Line | null = null;
let wanted = false;
let heldOnly = false;
let tries = 0;
let botTalks = false;
let userTalks = false;
let sounding = false;
let pause: ReturnType<typeof setTimeout> | undefined;
let retry: ReturnType<typeof setTimeout> | undefined;

const otherTabs = "BroadcastChannel" in window ? new BroadcastChannel("chronus-live") : null;
if (otherTabs) {
  otherTabs.onmessage = () => {
    if (isOpen.value) void stop("elsewhere");
  };
}

export const levels = (): { heard: number; spoken: number } => line?.levels() ?? { heard: 0, spoken: 0 };

export async function start(held = false): Promise<void> {
  if (wanted) return;
  wanted = true;
  heldOnly = held;
  tries = 0;
  become("connecting");
  otherTabs?.postMessage("live");
  const microphone = await askMicrophone();
  if (typeof microphone === "string") {
    wanted = false;
    become(microphone);
    return;
  }
  await open();
  for (const track of microphone.getTracks()) track.stop();
}

export async function stop(because: "idle" | "elsewhere" | "ended" | "full" | "failed" = "idle", why = ""): Promise<void> {
  wanted = false;
  clearTimeout(pause);
  clearTimeout(retry);
  const closing = line;
  line = null;
  botTalks = sounding = false;
  voiceThread.close();
  become(because, why);
  await closing?.close().catch(() => undefined);
}

// Be quiet now; whatever was being done goes on.
export function hush(): void {
  if (!line || live.value !== "speaking") return;
  line.hush();
  botTalks = sounding = false;
  cut();
}

export function holding(held: boolean): void {
  if (!line) {
    if (held && !wanted) void start(true);
    return;
  }
  if (held) hush();
  if (!heldOnly) return;
  line.mute(!held);
  if (held && live.value === "muted") become("listening");
  else if (!held && live.value === "listening") become("muted");
}

async function open(): Promise<void> {
  try {
    const [{ openLine }, { ws_url }] = await Promise.all([import("./line"), post<{ ws_url: string }>("/v1/voice/connect")]);
    if (!wanted) return;
    const opened = await openLine(ws_url, follow());
    if (!wanted) {
      await opened.close();
      return;
    }
    line = opened;
  } catch (problem) {
    if (wanted) refused(problem);
  }
}

function refused(problem: unknown): void {
  if (problem instanceof Refusal && problem.status === 429) {
    wanted = false;
    become("full", problem.title);
    retryAt.value = Date.now() + (problem.retryAfter ?? 30) * 1000;
  } else if (problem instanceof Refusal && problem.status === 409) {
    void stop("elsewhere", problem.title);
  } else if (problem instanceof Refusal && (problem.status < 500 || tries === 0)) {
    // A server that never had ears says so at once; one that is restarting is waited for.
    void stop("failed", words(problem));
  } else {
    again(problem instanceof Away);
  }
}

function again(away: boolean): void {
  if (!wanted) return;
  const wait = WAITS[Math.min(tries, WAITS.length - 1)] as number;
  tries += 1;
  line = null;
  botTalks = sounding = false;
  clearTimeout(pause);
  become(away && tries >= GONE_AFTER ? "gone" : "reconnecting");
  retryAt.value = Date.now() + wait;
  retry = setTimeout(() => void open(), wait);
}

export function tryNow(): void {
  if (!wanted) return;
  clearTimeout(retry);
  void open();
}

function rest(): void {
  become(heldOnly && live.value === "muted" ? "muted" : "listening");
}

function cut(): void {
  voiceThread.cut();
  become("interrupted");
  clearTimeout(pause);
  pause = setTimeout(() => live.value === "interrupted" && rest(), INTERRUPTED_FOR);
}

function settle(): void {
  if (botTalks || sounding) {
    clearTimeout(pause);
    if (live.value !== "hearing") become("speaking");
  } else if (live.value === "speaking") rest();
}

// What each thing that happens on the line means for the page.
function follow(): LineEvents {
  let current = true;
  return {
    ready() {
      tries = 0;
      rest();
    },
    closed() {
      if (!current) return;
      current = false;
      if (wanted && line) again(false);
    },
    microphoneLost: () => void stop("failed", "The microphone went away. What was said is kept; plug it in and press Talk."),
    userStarted() {
      clearTimeout(pause);
      userTalks = true;
      voiceThread.listen();
      become("hearing");
    },
    userStopped() {
      userTalks = false;
      clearTimeout(pause);
      pause = setTimeout(() => live.value === "hearing" && become("thinking"), THINKING_AFTER);
    },
    heard: (text, final) => voiceThread.heard(text, final),
    says: (segment, text) => voiceThread.says(segment, text),
    botStarted() {
      botTalks = true;
      voiceThread.resume();
      clearTimeout(pause);
      become("speaking");
    },
    botStopped() {
      botTalks = false;
      settle();
    },
    interrupted() {
      const wasSpeaking = botTalks || sounding;
      botTalks = sounding = false;
      if (wasSpeaking) cut();
    },
    sounding(now) {
      sounding = now;
      settle();
    },
    message: (message) => told(message),
    failed: (what) => what && announce(what),
  };
}

function told(message: LineMessage): void {
  if (message.type === "tool") voiceThread.tool(message.action);
  else if (message.type === "approval") voiceThread.approval(message.pending);
  else if (message.type === "turn") {
    voiceThread.turn(message);
    if (!userTalks && ["hearing", "thinking", "speaking"].includes(live.value)) answered(message);
    if (message.heard === null) void afterTurn();
  } else if (message.type === "ended") {
    void over(message.reason, message.say ?? "");
  }
}

// The words are there, the voice is about to follow; or it has come to its end.
function answered(told: TurnTold): void {
  clearTimeout(pause);
  if (told.heard === null && told.reply) become("speaking");
  else if (!botTalks && !sounding) rest();
}

async function over(reason: string, say: string): Promise<void> {
  if (reason !== "restart") return stop(reason === "elsewhere" ? "elsewhere" : "ended", say);
  const closing = line;
  again(false);
  await closing?.close().catch(() => undefined);
}

addEventListener("online", () => live.value !== "connecting" && !line && tryNow());
addEventListener("pagehide", () => void line?.close());
