// Starts the page: signs in, reads the day, and keeps it fresh while it is looked at.
import { render } from "preact";
import { App } from "./app";
import { awaySince, signed } from "./api";
import { keepHearing } from "./briefing/sound";
import { loadAll, loadApprovals, loadEvents, loadMail, loadMe, loadMeAgain, loadTasks, notice } from "./day/store";
import { keepReading } from "./google/sync";
import { troubles } from "./lists";
import { hear } from "./news/hear";
import { followAddress } from "./news/places";
import { streaming } from "./news/stream";
import { openThread, threadKnown } from "./thread/store";
import { keepRinging } from "./ring/ringing";
import { keepTime, today } from "./time";
import { listenToKeys } from "./ui/keys";
import "./styles/index.css";

const FRESH_FOR = 60_000;
const LOOK = 15_000;
const LOOK_AGAIN = 4_000;
let readAt = 0;
let readOn = "";

async function begin(): Promise<void> {
  try {
    await loadMe();
    readAt = Date.now();
    readOn = today();
    await Promise.allSettled([loadAll(), loadApprovals(), threadKnown.value ? undefined : openThread()]);
  } catch (problem) {
    if (signed.value !== "out" && awaySince.value === null) notice.value = problem instanceof Error ? problem.message : String(problem);
  } finally {
    if (awaySince.value === null && signed.value !== "out") threadKnown.value = true;
  }
}

function keepFresh(): void {
  const look = (): void => {
    // What could not be read is tried again sooner.
    const failed = Object.keys(troubles.value).length > 0;
    const day = today();
    if (document.hidden || signed.value !== "in" || (day === readOn && Date.now() - readAt < (failed ? LOOK : FRESH_FOR))) return;
    // The stream tells what changes of itself; a new day, and what it never told, is looked at all the same.
    const quiet = streaming.value && !failed && day === readOn;
    readAt = Date.now();
    readOn = day;
    void Promise.allSettled([quiet ? undefined : loadAll(), loadApprovals(), loadMeAgain()]);
  };
  setInterval(look, LOOK);
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
keepHearing();
hear();
followAddress();
keepReading({ calendar: loadEvents, tasks: loadTasks, mail: loadMail });
void begin();
