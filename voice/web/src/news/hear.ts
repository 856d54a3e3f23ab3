// What the stream tells, and what the page makes of it: a reminder rings, news is said, and what changed is read again.
import { loadBriefing } from "../briefing/store";
import { loadAll, loadChanges, loadEvents, loadMail, loadReminders, loadSuggestions, loadTasks, readSync } from "../day/store";
import { loadDigest } from "../digest/store";
import { loadJobs } from "../pages/work";
import { loadCalls, loadMessages, loadPhone } from "../phone/store";
import { rung } from "../ring/ringing";
import type { Part } from "../shapes";
import { announce } from "../ui/announce";
import { keep } from "./store";
import { listen } from "./stream";

const READ: Record<Part, () => Promise<unknown>> = {
  calendar: () => Promise.all([loadEvents(), loadChanges()]),
  tasks: () => Promise.all([loadTasks(), loadChanges()]),
  mail: loadMail,
  briefing: loadBriefing,
  digest: loadDigest,
  suggestions: loadSuggestions,
  reminders: () => Promise.all([loadReminders(), loadChanges()]),
  calls: () => Promise.all([loadCalls(), loadPhone()]),
  messages: loadMessages,
  jobs: () => Promise.all([loadJobs(), readSync()]),
};
const TOGETHER = 150;

// Read again exactly what changed; what comes in a burst, once.
export function hear(): void {
  const parts = new Set<Part>();
  let soon: ReturnType<typeof setTimeout> | undefined;
  const read = (): void => {
    soon = undefined;
    for (const part of parts) void READ[part]?.();
    parts.clear();
  };
  listen({
    stands: () => void loadAll(),
    notification(one) {
      const fresh = keep(one);
      if (one.about === "reminder") void rung(one);
      else if (fresh && !one.read) announce(one.say);
    },
    changed(what) {
      for (const part of what) parts.add(part);
      soon ??= setTimeout(read, TOGETHER);
    },
  });
}
