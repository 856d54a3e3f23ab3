// How the work stands that is done unasked: when each ran last, when next, and what was given up and why.
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { signal } from "@preact/signals";
import { all, post, words } from "../api";
import { notice, readSync } from "../day/store";
import { NAMES, synced } from "../google/sync";
import { load, outdate, troubles } from "../lists";
import type { Job, Synced } from "../shapes";
import { moment } from "../time";
import { announce } from "../ui/announce";
import { PageLink, Trouble, Waiting } from "../ui/parts";
import { Frame } from "./frame";

export const jobs = signal<Job[] | null>(null);
let looking = false;

const read = (): Promise<void> => load("jobs", () => all<Job>("/v1/jobs", 1), (found) => (jobs.value = found));
// Only while somebody looks.
export const loadJobs = async (): Promise<void> => void (looking && (await read()));

const WORK: Record<string, string> = {
  "calendar.sync": "Read the calendar", "tasks.sync": "Read the tasks", "mail.sync": "Read the mail",
  "email.digest": "Go through the mail", "reminders.ring": "Ring reminders", "suggestions.make": "Look for suggestions",
  "briefing.write": "Write the briefing", "memory.fold": "Keep what was said", "memory.habits": "Look for habits", upkeep: "Tidy up",
};
const nameOf = (job: string): string => WORK[job] ?? `${job.charAt(0).toUpperCase()}${job.slice(1)}`.replaceAll(/[._]/g, " ");

export function Work(): JSX.Element {
  useEffect(() => {
    looking = true;
    void read();
    return () => void (looking = false);
  }, []);
  const trouble = troubles.value["jobs"];
  const known = byWork(jobs.value ?? []);
  return (
    <Frame title="How my work stands" lead="What I do unasked: when it ran, and when it runs next.">
      <p><PageLink to="/settings" class="link">Back to the settings</PageLink></p>
      {trouble && <Trouble what={`I could not see how it stands. ${trouble}`} again={read} />}
      {jobs.value === null && !trouble && <Waiting rows={6} label="how the work stands" />}
      {jobs.value?.length === 0 && <p class="empty" data-state="empty-work">Nothing has run yet. It begins by itself, at the times you chose in the settings.</p>}
      {known.length > 0 && <ul class="works">{known.map((one) => <Line key={one.job} one={one} />)}</ul>}
      {(synced.value ?? []).length > 0 && (
        <section class="fields" aria-labelledby="copies-title">
          <h2 id="copies-title">Your copies of Google</h2>
          <ul class="works">{(synced.value ?? []).map((one) => <Copy key={one.kind} one={one} />)}</ul>
        </section>
      )}
    </Frame>
  );
}

// What a person may ask for; the rest runs only by itself.
const ASKED = ["calendar.sync", "tasks.sync", "mail.sync", "email.digest", "suggestions.make", "briefing.write", "memory.fold"];

// Of several of one kind, what the person has to know most: what was given up, then what runs, then the newest.
function byWork(found: Job[]): Job[] {
  const over = (one: Job): boolean => one.state === "parked" && found.some((other) => other.job === one.job && other.state === "done" && other.due > one.due);
  const rank = (one: Job): number => (one.state === "parked" ? 0 : one.state === "running" ? 1 : 2);
  const sorted = found.filter((one) => !over(one)).sort((a, b) => rank(a) - rank(b) || (b.at ?? b.due).localeCompare(a.at ?? a.due));
  const kinds = new Map<string, Job>();
  for (const one of sorted) {
    const kept = kinds.get(one.job);
    kinds.set(one.job, kept ? { ...kept, at: kept.at ?? one.at, say: kept.say || one.say, next: kept.next ?? one.next } : one);
  }
  return [...kinds.values()].sort((a, b) => Number(b.state === "parked") - Number(a.state === "parked") || nameOf(a.job).localeCompare(nameOf(b.job)));
}

const inSentence = (at: string): string => moment(at).replace(/^(Yesterday|Tomorrow)/, (day) => day.toLowerCase());

function told(one: Job): string {
  const next = one.next ? ` Next ${inSentence(one.next)}.` : "";
  const at = one.at ? inSentence(one.at) : "";
  switch (one.state) {
    case "running": return `Running since ${at || "a moment ago"}.`;
    case "parked": return `Given up after ${one.attempts} tries${at ? `, ${at}` : ""}.${next}`;
    case "failed": return `Did not work${at ? ` ${at}` : ""}; tried ${one.attempts} ${one.attempts === 1 ? "time" : "times"}.${next || " I try again by myself."}`;
    case "waiting": return `${at ? `Last ${at}.` : "Has not run yet."}${next || ` Next ${inSentence(one.due)}.`}`;
    case "done": return `Last ${at}.${next}`;
  }
}

function Line({ one }: { one: Job }): JSX.Element {
  const [busy, setBusy] = useState(false);
  const name = nameOf(one.job);
  const parked = one.state === "parked";
  const again = async (): Promise<void> => {
    setBusy(true);
    try {
      await post(`/v1/jobs/${encodeURIComponent(one.job)}`);
      outdate("jobs");
      announce(`${name}: begun.`);
      await read();
    } catch (problem) {
      notice.value = words(problem);
    }
    setBusy(false);
  };
  return (
    <li data-job={one.job} data-state={one.state}>
      <span class="name">{name}<small>{told(one)}</small>{one.say && <small class="reason">{one.say}{parked && " The rest goes on."}</small>}</span>
      {one.state !== "running" && ASKED.includes(one.job) && <button type="button" class={parked ? "primary" : "quiet"} disabled={busy} aria-label={`${parked ? "Try again" : "Run now"}: ${name}`} onClick={again}>{busy ? "Beginning…" : parked ? "Try again" : "Run now"}</button>}
      {one.state === "running" && <span class="runs">Running…</span>}
    </li>
  );
}

const COPY: Record<Synced["state"], string> = { fresh: "Up to date", reading: "Being read", stale: "Behind", failed: "Could not be read", reconnect: "Google needs reconnecting" };

function Copy({ one }: { one: Synced }): JSX.Element {
  return (
    <li data-kind={one.kind} data-state={one.state}>
      <span class="name">{NAMES[one.kind]}<small>{COPY[one.state]}{one.synced_at && `, as of ${inSentence(one.synced_at)}`}.{one.say && ` ${one.say}`}</small></span>
      {one.state !== "fresh" && one.state !== "reading" && <button type="button" class="quiet" onClick={readSync}>Look again</button>}
    </li>
  );
}
