// How the person lives: zone, hours, voice, light; and what this Chronus runs on.
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { patch, words } from "../api";
import { loadMe, me } from "../day/store";
import { PAGE } from "../google/account";
import { mindName } from "../mind";
import type { GoogleAccount, Hours, Me } from "../shapes";
import { zone } from "../time";
import { announce } from "../ui/announce";
import { PageLink, SampleDay, Waiting } from "../ui/parts";
import { setTheme, theme, type Theme } from "../ui/theme";
import { Frame } from "./frame";
import { Leaving } from "./leaving";
import { Row } from "./row";
import { Telling } from "./telling";
import { Unasked } from "./unasked";
import { VoiceChoice } from "./voices";

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
      </section>
      <section class="fields">
        <h2>What waits for your yes</h2>
        <Row name="I ask before" id="ask-before" note="What others would see always waits, and so does whatever others’ words led to.">
          <select id="ask-before" value={mine.ask_before ?? "always"} onChange={(event) => save({ ask_before: event.currentTarget.value as "always" | "others" })}>
            <option value="always">Anything is taken away</option>
            <option value="others">Only what cannot be undone</option>
          </select>
        </Row>
      </section>
      <Unasked mine={mine} save={save} />
      <Telling mine={mine} save={save} />
      <section class="fields">
        <h2>Look and sound</h2>
        <Row name="Light or dark" id="theme">
          <select id="theme" value={theme.value} onChange={(event) => setTheme(event.currentTarget.value as Theme)}>
            <option value="system">As the system</option>
            <option value="light">Light</option>
            <option value="dark">Dark</option>
          </select>
        </Row>
        <VoiceChoice mine={mine} save={save} />
      </section>
      <section class="fields">
        <h2>What I run on</h2>
        <Row name="Mind"><output>{mindName(mine.mind) || "Built-in mind"}</output></Row>
        <Row name="Hearing"><output>{mine.recognizer || "none"}</output></Row>
        <Row name="Speaking"><output>{mine.synthesizer || "none"}</output></Row>
        <Row name="Work unasked"><output><PageLink to="/settings/work" class="link">How it stands</PageLink></output></Row>
        <Row name="Google"><output>{google(mine.google)} <PageLink to={PAGE} class="link">{mine.google?.connected || mine.google?.reconnect ? "See and change" : "Connect"}</PageLink></output></Row>
      </section>
      <section class="fields">
        <h2>Your data</h2>
        <Row name="Take it with you"><a class="quiet" href="/v1/me/export" download>Download everything</a></Row>
        <Row name="Look around" note="Events, tasks and mail, dated from today."><SampleDay /></Row>
        <Leaving />
      </section>
    </>
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

function zones(mine: string): string[] {
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return [...new Set([here, mine, "Etc/UTC", ...Intl.supportedValuesOf("timeZone")])];
}

function google(found: GoogleAccount | null): string {
  if (!found?.connected && !found?.reconnect) return "Not connected. Your calendar, tasks and mail are kept here.";
  return found.reconnect ? "Needs connecting again." : found.email ?? "Connected.";
}
