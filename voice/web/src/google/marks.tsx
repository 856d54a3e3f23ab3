// Small signs that what is shown is not quite what Google has: its age, a reading under way, a change that waits.
import type { JSX } from "preact";
import type { Kind, Synced } from "../shapes";
import { Icon } from "../ui/icons";
import { PageLink } from "../ui/parts";
import { PAGE } from "./account";
import { asOf, readingOf, readingWords, waitingOf, waitingWords } from "./sync";

export const WAITS = "waiting for Google";

export function WaitingMark({ words = false }: { words?: boolean }): JSX.Element {
  return (
    <span class="waits" title="Not at Google yet. I put it there as soon as Google answers." data-state="waiting-for-google">
      <Icon name="clock" size={16} />{words ? <span>Waiting for Google</span> : <span class="unseen">, {WAITS}</span>}
    </span>
  );
}

export function ReadingBar({ one }: { one: Synced }): JSX.Element {
  const { done, total } = one.progress ?? { done: 0, total: null };
  const known = total !== null && total > 0;
  const words = readingWords(one);
  return (
    <div class="reading" data-state="reading">
      <p>{words}</p>
      <div class="reading-bar" role="progressbar" aria-label={words} data-known={known} aria-valuemin={0}
        {...(known ? { "aria-valuemax": total, "aria-valuenow": Math.min(done, total) } : {})}>
        {known && <span style={{ width: `${Math.min(100, (done / total) * 100)}%` }} />}
      </div>
    </div>
  );
}

// Beside a heading, only when it is not fresh; an empty list says itself that it is being read.
export function AsOf({ kind, empty }: { kind: Kind; empty: boolean }): JSX.Element | null {
  const one = readingOf(kind);
  const age = asOf(kind);
  if (one) return empty ? null : <span class="as-of"><span class="unseen">, </span>Reading…</span>;
  return age ? <span class="as-of" data-state="stale"><span class="unseen">, </span>as of {age}</span> : null;
}

// Under the day. It lies over the time line's end, so that nothing moves when it comes.
export function CalendarFoot(): JSX.Element {
  const one = readingOf("calendar");
  const age = asOf("calendar");
  const waits = waitingOf("calendar");
  const says = [age && `Calendar as of ${age}`, waits > 0 && waitingWords(waits)].filter((line) => typeof line === "string" && line !== "");
  return (
    <div class="calendar-foot" data-shown={one !== null || says.length > 0} data-state={one ? "reading" : age ? "stale" : waits ? "waiting-for-google" : "fresh"}>
      {one && <ReadingBar one={one} />}
      <p role="status">{!one && says.length > 0 && <PageLink to={PAGE}><span>{says.map((line) => <span key={line}>{line}<span class="unseen">. </span></span>)}</span><Icon name="more" size={16} /></PageLink>}</p>
    </div>
  );
}
