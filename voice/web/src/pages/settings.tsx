// How the person lives: zone, hours, voice, light; and what this Chronus runs on.
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { patch, words } from "../api";
import { loadMe, me } from "../day/store";
import type { Hours, Me } from "../shapes";
import { zone } from "../time";
import { notifying, setNotifying } from "../ring/notification";
import { announce } from "../ui/announce";
import { SampleDay, Waiting } from "../ui/parts";
import { setTheme, theme, type Theme } from "../ui/theme";
import { Frame } from "./frame";

type Saved = "" | "saving" | "saved" | { failed: string };

export function Settings(): JSX.Element {
  const [saved, setSaved] = useState<Saved>("");
  useEffect(() => void loadMe().catch(() => undefined), []);
  const mine = me.value;
  const save = async (change: Partial<Me>): Promise<void> => {
    setSaved("saving");
    try {
      me.value = { ...(me.value as Me), ...(await patch<Me>("/v1/me", change)) };
      zone.value = me.value.zone;
      setSaved("saved");
      announce("Saved");
    } catch (problem) {
      setSaved({ failed: words(problem) });
    }
  };
  return (
    <Frame title="Settings">
      <p class="saved" role="status">{saved === "saving" ? "Saving…" : saved === "saved" ? "Saved." : saved ? `Not saved. ${saved.failed}` : "Changes are kept at once."}</p>
      {mine ? <Fields mine={mine} save={save} /> : <Waiting rows={6} label="settings" />}
    </Frame>
  );
}

function Fields({ mine, save }: { mine: Me; save: (change: Partial<Me>) => Promise<void> }): JSX.Element {
  return (
    <>
      <section class="fields">
        <h2>Your day</h2>
        <Row name="What I call you" id="name"><input id="name" value={mine.name ?? ""} autocomplete="name" onChange={(event) => save({ name: event.currentTarget.value })} /></Row>
        <Row name="Time zone" id="zone" note="Every time you say or see is in this zone.">
          <select id="zone" value={mine.zone} onChange={(event) => save({ zone: event.currentTarget.value })}>
            {zones(mine.zone).map((name) => <option key={name} value={name}>{name.replaceAll("_", " ")}</option>)}
          </select>
        </Row>
        <Span name="Working hours" id="work" value={mine.working_hours} keep={(working_hours) => save({ working_hours })} />
        <Span name="Quiet hours" id="quiet" note="I say nothing unasked between these." value={mine.quiet_hours} keep={(quiet_hours) => save({ quiet_hours })} />
        <Row name="Morning briefing at" id="briefing"><input id="briefing" type="time" value={(mine.briefing_time ?? "").slice(0, 5)} onChange={(event) => event.currentTarget.value && save({ briefing_time: event.currentTarget.value })} /></Row>
      </section>
      <section class="fields">
        <h2>Look and sound</h2>
        <Row name="Light or dark" id="theme">
          <select id="theme" value={theme.value} onChange={(event) => setTheme(event.currentTarget.value as Theme)}>
            <option value="system">As the system</option>
            <option value="light">Light</option>
            <option value="dark">Dark</option>
          </select>
        </Row>
        <Row name="Voice" id="voice">
          {mine.voices?.length
            ? <select id="voice" value={mine.voice ?? ""} onChange={(event) => save({ voice: event.currentTarget.value })}>{mine.voices.map((one) => <option key={one.id} value={one.id}>{one.name}</option>)}</select>
            : <output id="voice">{mine.voice || mine.synthesizer || "None"}</output>}
        </Row>
        <Notifying />
      </section>
      <section class="fields">
        <h2>What I run on</h2>
        <Row name="Mind"><output>{mine.mind || "built-in"}</output></Row>
        <Row name="Hearing"><output>{mine.recognizer || "none"}</output></Row>
        <Row name="Speaking"><output>{mine.synthesizer || "none"}</output></Row>
        <Row name="Google"><output>{google(mine.google)}</output></Row>
      </section>
      <section class="fields">
        <h2>Your data</h2>
        <Row name="Take it with you"><a class="quiet" href="/v1/me/export" download>Download everything</a></Row>
        <Row name="Look around" note="Events, tasks and mail, dated from today."><SampleDay /></Row>
      </section>
    </>
  );
}

function Row({ name, id, note, children }: { name: string; id?: string; note?: string; children: JSX.Element }): JSX.Element {
  return (
    <div class="setting">
      {id ? <label for={id}>{name}{note && <small>{note}</small>}</label> : <span class="name">{name}{note && <small>{note}</small>}</span>}
      {children}
    </div>
  );
}

function Span({ name, id, note, value, keep }: { name: string; id: string; note?: string; value: Hours | null; keep: (hours: Hours) => void }): JSX.Element {
  const [start, end] = [(value?.start ?? "").slice(0, 5), (value?.end ?? "").slice(0, 5)];
  const set = (change: Partial<Hours>): void => {
    const next = { start, end, ...change };
    if (next.start && next.end) keep(next);
  };
  return (
    <div class="setting" role="group" aria-label={name}>
      <span class="name">{name}{note && <small>{note}</small>}</span>
      <span class="pair">
        <input id={`${id}-from`} type="time" aria-label={`${name}, from`} value={start} onChange={(event) => set({ start: event.currentTarget.value })} />
        to
        <input id={`${id}-until`} type="time" aria-label={`${name}, until`} value={end} onChange={(event) => set({ end: event.currentTarget.value })} />
      </span>
    </div>
  );
}

const NOTIFYING = {
  on: "On, in this browser",
  off: "Off",
  blocked: "This browser blocks it. Allow notifications for this page beside its address, then try again.",
  unable: "This browser cannot, here.",
};

function Notifying(): JSX.Element {
  const state = notifying.value;
  const turn = async (): Promise<void> => announce(NOTIFYING[await setNotifying(state !== "on")]);
  return (
    <Row name="Tell me with a browser notification" id="notify" note="Only that a reminder is due, never which. While Chronus is open.">
      <span class="pair">
        <button type="button" id="notify" class="switch" role="switch" aria-checked={state === "on"} aria-describedby="notifying" disabled={state === "unable"} onClick={turn} />
        <output id="notifying" data-state={state}>{NOTIFYING[state]}</output>
      </span>
    </Row>
  );
}

function zones(mine: string): string[] {
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return [...new Set([here, mine, "Etc/UTC", ...Intl.supportedValuesOf("timeZone")])];
}

function google(found: unknown): string {
  const told = found as { connected?: boolean; email?: string; reconnect?: boolean } | null;
  if (!told?.connected) return "Not connected. Your calendar, tasks and mail are kept here.";
  return told.reconnect ? "Needs connecting again" : told.email ?? "Connected";
}
