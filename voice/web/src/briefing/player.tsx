// The morning briefing: heard, read, and each thing in it one press from where it comes from.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { me } from "../day/store";
import { troubles } from "../lists";
import { follow } from "../news/places";
import type { Briefing, BriefingItem } from "../shapes";
import { moment } from "../time";
import { Icon, type IconName } from "../ui/icons";
import { Empty, Trouble, Waiting } from "../ui/parts";
import { PACES, moveTo, pace, play, playOrPause, setPace, silentBecause, skip, sounding } from "./sound";
import { heardTo, itemAt, length, loadBriefing, todays, unheard, write, writing, wroteBadly } from "./store";

const WORDS_A_MINUTE = 165;
const SHORT = 4;
const SHOWN = 3;

export function BriefingPlayer(): JSX.Element {
  const told = todays.value;
  const trouble = troubles.value["briefing"];
  return (
    <section class="block briefing" id="briefing" aria-labelledby="briefing-title" data-state={trouble ? "failed" : told ? (unheard.value ? "unheard" : "heard") : "none"} tabIndex={-1}>
      <h2 id="briefing-title">Briefing{told && <span class="as-of"><span class="unseen">, written </span>{moment(told.written_at)}</span>}</h2>
      {trouble && <Trouble what={`I could not read the briefing. ${trouble} It is kept.`} again={loadBriefing} />}
      {told === undefined && !trouble && <Waiting rows={3} label="the briefing" />}
      {told === null && !trouble && <NotYet />}
      {told && <Player told={told} />}
    </section>
  );
}

function NotYet(): JSX.Element {
  const at = (me.value?.briefing_time ?? "").slice(0, 5);
  return (
    <div data-state="no-briefing">
      <Empty state="empty-briefing" say="brief me">{at ? `I write it at ${at}.` : "Not written yet."}</Empty>
      {wroteBadly.value && <p class="trouble" role="alert">I could not write it. {wroteBadly.value} Nothing is lost.</p>}
      <button type="button" class="quiet" disabled={writing.value} onClick={write}>{writing.value ? "Writing…" : "Write it now"}</button>
    </div>
  );
}

function standing(told: Briefing): string {
  const many = told.items.length;
  if (sounding.value === "waiting") return silentBecause.value;
  if (heardTo.value >= length.value) return told.fresh.length ? "Heard; some is new" : "Heard";
  if (sounding.value === "fetching" && heardTo.value === 0) return "One moment…";
  if (heardTo.value > 0 || sounding.value === "playing") return `${itemAt(heardTo.value) + 1} of ${many}`;
  const minutes = Math.max(1, Math.round(length.value / WORDS_A_MINUTE / pace.value));
  return `${many} ${many === 1 ? "thing" : "things"} · ${minutes} min`;
}

function Player({ told }: { told: Briefing }): JSX.Element {
  const state = sounding.value;
  const goes = state === "playing" || state === "fetching" || state === "waiting";
  const here = told.items[itemAt(heardTo.value)];
  const name = goes ? "Pause the briefing" : heardTo.value >= length.value ? "Play the briefing again" : heardTo.value > 0 ? "Go on with the briefing" : "Play the briefing";
  return (
    <>
      <div class="player" role="group" aria-label="Briefing player" data-state={state}>
        {told.audio === "none" ? <span class="mute"><Icon name="read" /></span> : (
          <button type="button" class="play" aria-label={name} title={`${name} (key B)`} onClick={playOrPause}><Icon name={goes ? "pause" : "play"} size={24} /></button>
        )}
        <p class="standing">{standing(told)}</p>
        <div class="steps">
          <button type="button" class="bare" aria-label="Back" title="Back" onClick={() => skip(-1)}><Icon name="previous" /></button>
          <button type="button" class="bare" aria-label="Skip" title="Skip" onClick={() => skip(1)}><Icon name="next" /></button>
          {told.audio !== "none" && (
            <select class="speed" aria-label="Speed" title="Speed" value={String(pace.value)} onChange={(event) => setPace(Number(event.currentTarget.value))}>
              {PACES.map((one) => <option key={one} value={String(one)}>{one}×</option>)}
            </select>
          )}
        </div>
        <input type="range" class="progress" min={0} max={length.value} step={1} value={heardTo.value} aria-label="How far it was heard"
          aria-valuetext={here ? `${itemAt(heardTo.value) + 1} of ${told.items.length}: ${here.text}` : ""} style={{ "--done": `${(heardTo.value / Math.max(1, length.value)) * 100}%` }}
          onInput={(event) => moveTo(Number(event.currentTarget.value))} />
      </div>
      {told.audio === "none" && <p class="aside">No voice is here to read it. You can read it, or say “brief me”.</p>}
      {state === "failed" && <Trouble what={`${silentBecause.value} What was heard is kept.`} again={play} />}
      <Items told={told} />
    </>
  );
}

// A long one shows what comes next; the rest is one press away.
function Items({ told }: { told: Briefing }): JSX.Element {
  const [all, setAll] = useState(false);
  const over = heardTo.value >= length.value;
  const here = itemAt(heardTo.value);
  const whole = all || told.items.length <= SHORT;
  const from = whole ? 0 : over ? told.items.length : Math.min(here, told.items.length - SHOWN);
  const shown = told.items.map((item, at) => ({ item, at })).filter(({ item, at }) => whole || (at >= from && at < from + SHOWN) || (over && told.fresh.includes(item.id)));
  return (
    <>
      <ol class="items" aria-label="What it says">
        {shown.map(({ item, at }) => <One key={item.id} item={item} at={at} current={at === here && !over && (heardTo.value > 0 || sounding.value === "playing")} heard={over || at < here} fresh={told.fresh.includes(item.id)} />)}
      </ol>
      {told.items.length > SHORT && <button type="button" class="link" aria-expanded={all} onClick={() => setAll(!all)}>{all ? "Show less" : `All ${told.items.length}`}</button>}
    </>
  );
}

// What each is from: its sign, what the way there is called, and where it stands on this page.
const FROM: Record<string, [IconName, string, string]> = {
  event: ["today", "In the calendar", "event"], conflict: ["warn", "In the calendar", "event"], task: ["tasks", "In your tasks", "task"],
  mail: ["mail", "The mail", "mail"], action: ["mail", "The mail", "mail"], suggestion: ["idea", "The suggestion", "suggestions"],
};

function One({ item, at, current, heard, fresh }: { item: BriefingItem; at: number; current: boolean; heard: boolean; fresh: boolean }): JSX.Element {
  const [icon, place, kind] = FROM[item.kind] ?? ["chat", "", ""];
  const address = kind === "suggestions" ? "/#suggestions" : item.source ? `/#${kind}-${item.source}` : "";
  return (
    <li data-kind={item.kind} data-heard={heard} data-current={current} aria-current={current ? "step" : undefined}>
      <Icon name={icon} size={16} />
      <button type="button" class="words" title="From here" onClick={() => moveTo(item.begins)}><span class="unseen">From here: </span>{fresh && <span class="new">New</span>}{item.text}</button>
      {place && address && <button type="button" class="bare small" aria-label={`${place}: item ${at + 1}`} title={place} onClick={() => follow(address)}><Icon name="more" size={16} /></button>}
    </li>
  );
}
