// The person's Google account: connect it, see what was granted and how fresh it is, choose calendars, disconnect.
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { signal } from "@preact/signals";
import { words } from "../api";
import { loadAll, notice } from "../day/store";
import { account, disconnect, linked, loadAccount, outcome, shutBecause } from "../google/account";
import { Calendars, calendars, loadCalendars } from "../google/calendars";
import { ReadingBar } from "../google/marks";
import { told as cameTo } from "../google/outcome";
import { Choose, Granted } from "../google/permissions";
import { Going } from "../google/reconnect";
import { NAMES, allWaiting, loadSync, readAgain, reading, synced, waitingWords } from "../google/sync";
import type { GoogleAccount, Synced } from "../shapes";
import { moment } from "../time";
import { announce } from "../ui/announce";
import { Trouble, Waiting } from "../ui/parts";
import { Frame } from "./frame";

const trouble = signal("");
const told = signal("");
const known = signal(false);

// Drawn once, when all of it is there.
async function load(): Promise<void> {
  try {
    await loadAccount();
    const { reconnect, features } = account.value as GoogleAccount;
    if (linked.value) await Promise.all([loadSync(), features.includes("calendar") && !reconnect ? loadCalendars() : undefined]);
    trouble.value = "";
    known.value = true;
  } catch (problem) {
    trouble.value = words(problem);
  }
}

export function Google(): JSX.Element {
  useEffect(() => {
    told.value = outcome.value ? cameTo(outcome.value) : "";
    if (told.value) announce(told.value);
    outcome.value = null;
    void load();
  }, []);
  const mine = account.value;
  return (
    <Frame title="Google" lead="Your own calendar, tasks and mail, as far as you let me.">
      {told.value && <p class="came-to" data-state="outcome">{told.value}</p>}
      {trouble.value && <Trouble what={`I could not see how Google stands. ${trouble.value}`} again={load} />}
      {!trouble.value && (!known.value || !mine) && <Waiting rows={8} label="Google" />}
      {known.value && mine && (linked.value ? <Connected mine={mine} /> : mine.available ? <Choose /> : <NotSetUp />)}
    </Frame>
  );
}

function NotSetUp(): JSX.Element {
  return (
    <section class="fields" data-state="google-unavailable">
      <p>This Chronus has no Google client yet, so no account can be connected. Whoever runs it finds the steps in{" "}<code>docs/connecting-google.md</code>.</p>
      <p class="aside">Until then your calendar, tasks and mail are kept here, and everything works on them.</p>
    </section>
  );
}

function Connected({ mine }: { mine: GoogleAccount }): JSX.Element {
  return (
    <>
      <section class="fields account" data-state={mine.reconnect ? "reconnect" : "connected"}>
        <p>{mine.reconnect ? "Was connected as " : "Connected as "}<strong>{mine.email ?? "your Google account"}</strong></p>
        {mine.reconnect && (
          <div class="approval" role="group" aria-label="Google needs reconnecting" data-state="reconnect">
            <p class="what">Google needs reconnecting</p>
            <p class="why">{shutBecause()} What I have read of it stays here meanwhile.</p>
            <div class="answers"><Going>Reconnect</Going></div>
          </div>
        )}
      </section>
      {(synced.value ?? []).length > 0 && <Freshness all={synced.value ?? []} />}
      {calendars.value !== null && mine.features.includes("calendar") && !mine.reconnect && <Calendars />}
      <Granted />
      <Disconnect mine={mine} />
    </>
  );
}

function Freshness({ all }: { all: Synced[] }): JSX.Element {
  const [busy, setBusy] = useState(false);
  const again = async (): Promise<void> => {
    setBusy(true);
    try {
      await readAgain();
      announce("I am reading it again.");
    } catch (problem) {
      notice.value = words(problem);
    }
    setBusy(false);
  };
  const shut = all.some((one) => one.state === "reconnect");
  // The same reason for all of them is told once.
  const says = new Set(all.map((one) => one.say).filter(Boolean));
  const shared = !shut && all.length > 1 && says.size === 1 && all.every((one) => one.say) ? [...says][0] : "";
  const reads = busy || all.some((one) => one.state === "reading" || one.progress !== null);
  return (
    <section class="fields" aria-labelledby="fresh-title">
      <h2 id="fresh-title">How fresh it is</h2>
      {shared && <p class="aside">{shared}</p>}
      <ul class="freshness">{all.map((one) => <Fresh key={one.kind} one={one} say={!shared && !shut} />)}</ul>
      {!shut && <div class="answers"><button type="button" class="quiet" disabled={reads} onClick={again}>{reads ? "Reading…" : "Read again now"}</button></div>}
    </section>
  );
}

function Fresh({ one, say }: { one: Synced; say: boolean }): JSX.Element {
  return (
    <li class="setting" data-kind={one.kind} data-state={one.state}>
      <span class="name">{NAMES[one.kind]}{one.waiting > 0 && <small>{waitingWords(one.waiting)}</small>}</span>
      {reading(one) ? <ReadingBar one={one} /> : <span class="age">{age(one)}{say && one.say && `. ${one.say}`}</span>}
    </li>
  );
}

function age(one: Synced): string {
  const at = one.synced_at ? moment(one.synced_at).replace(/^Yesterday/, "yesterday") : "";
  if (!at) return "Not read yet";
  return one.state === "fresh" ? `Up to date, ${at}` : `As of ${at}`;
}

function Disconnect({ mine }: { mine: GoogleAccount }): JSX.Element {
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const keep = useRef<HTMLButtonElement>(null);
  const waits = allWaiting();
  useEffect(() => keep.current?.focus(), [asking]);
  const end = async (): Promise<void> => {
    setBusy(true);
    try {
      told.value = await disconnect();
      announce(told.value);
      calendars.value = synced.value = null;
      document.querySelector("h1")?.focus();
      await loadAll();
    } catch (problem) {
      notice.value = words(problem);
    }
    setBusy(false);
  };
  return (
    <section class="fields" aria-labelledby="disconnect-title">
      <h2 id="disconnect-title">Disconnect</h2>
      {asking ? (
        <div class="approval" role="group" aria-label="Disconnect Google?" data-state="pending">
          <p class="what">Disconnect {mine.email ?? "Google"}?</p>
          <p class="why">I delete what I have read from it, and give my access back. Nothing is deleted at Google.</p>
          {waits > 0 && <p class="why"><strong>{waitingWords(waits)}, and would be lost.</strong></p>}
          <div class="answers">
            <button type="button" class="primary harm" disabled={busy} onClick={end}>{busy ? "Disconnecting…" : "Disconnect"}</button>
            <button type="button" class="quiet" ref={keep} disabled={busy} onClick={() => setAsking(false)}>Keep it</button>
          </div>
        </div>
      ) : (
        <div class="setting">
          <span class="name">Take everything back<small>What I have read is deleted here; nothing is deleted at Google.</small></span>
          <button type="button" class="quiet" onClick={() => setAsking(true)}>Disconnect…</button>
        </div>
      )}
    </section>
  );
}
