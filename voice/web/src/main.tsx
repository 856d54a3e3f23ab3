// Starts the page: signs in, reads the day, and keeps it fresh while it is looked at.
import { render } from "preact";
import { App } from "./app";
import { awaySince, signed } from "./api";
import { loadAll, loadApprovals, loadMe, notice } from "./day/store";
import { openThread, turns } from "./thread/store";
import { keepRinging } from "./ring/ringing";
import { keepTime } from "./time";
import { listenToKeys } from "./ui/keys";
import "./styles/index.css";

const FRESH_FOR = 60_000;
const LOOK_AGAIN = 4_000;
let readAt = 0;

async function begin(): Promise<void> {
  try {
    await loadMe();
    readAt = Date.now();
    await Promise.allSettled([loadAll(), loadApprovals(), turns.value === null ? openThread() : Promise.resolve()]);
  } catch (problem) {
    if (signed.value !== "out" && awaySince.value === null) notice.value = problem instanceof Error ? problem.message : String(problem);
  } finally {
    if (awaySince.value === null) turns.value ??= [];
  }
}

function keepFresh(): void {
  const look = (): void => {
    if (document.hidden || signed.value !== "in" || Date.now() - readAt < FRESH_FOR) return;
    readAt = Date.now();
    void Promise.allSettled([loadAll(), loadApprovals()]);
  };
  setInterval(look, FRESH_FOR / 4);
  document.addEventListener("visibilitychange", look);
  // Away: knock until it answers, then read everything again.
  setInterval(() => {
    if (awaySince.value !== null && !document.hidden) void begin();
  }, LOOK_AGAIN);
}

render(<App again={() => void begin()} />, document.getElementById("app") as HTMLElement);
keepTime();
listenToKeys();
keepRinging();
keepFresh();
void begin();
