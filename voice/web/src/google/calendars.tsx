// Which of the person's Google calendars count: only these are shown, told and make them busy.
import type { JSX } from "preact";
import { signal } from "@preact/signals";
import { all, patch, words } from "../api";
import { loadEvents, notice } from "../day/store";
import type { Calendar } from "../shapes";
import { zone } from "../time";
import { Trouble } from "../ui/parts";

export const calendars = signal<Calendar[] | null>(null);
const trouble = signal("");

export async function loadCalendars(): Promise<void> {
  try {
    calendars.value = inOrder(await all<Calendar>("/v1/calendar/calendars"));
    trouble.value = "";
  } catch (problem) {
    calendars.value ??= [];
    trouble.value = words(problem);
  }
}

// What an event's calendar is called; the person's own needs no word, and nor does one they have not got.
export function calendarName(id: string): string {
  const found = (calendars.value ?? []).find((one) => one.id === id);
  return found && !found.primary ? found.name : "";
}

const inOrder = (found: Calendar[]): Calendar[] =>
  found.sort((a, b) => Number(b.primary) - Number(a.primary) || Number(b.writable) - Number(a.writable) || a.name.localeCompare(b.name));

// At once, because the same press takes it back; put back if the server would not.
async function show(calendar: Calendar, shown: boolean): Promise<void> {
  const set = (to: boolean): void => void (calendars.value = (calendars.value ?? []).map((one) => (one.id === calendar.id ? { ...one, shown: to } : one)));
  set(shown);
  try {
    await patch(`/v1/calendar/calendars/${encodeURIComponent(calendar.id)}`, { shown });
    await loadEvents();
  } catch (problem) {
    set(!shown);
    notice.value = words(problem);
  }
}

export function Calendars(): JSX.Element {
  const known = calendars.value ?? [];
  return (
    <section class="fields" aria-labelledby="calendars-title">
      <h2 id="calendars-title">Calendars that count</h2>
      <p class="aside">Only these are shown and told, and make you busy.</p>
      {trouble.value && <Trouble what={`I could not read your list of calendars. ${trouble.value}`} again={loadCalendars} />}
      <ul class="calendars">{known.map((one, at) => <Row key={one.id} one={one} at={at} />)}</ul>
    </section>
  );
}

const COLOR = /^#[0-9a-f]{6}$/i;

function Row({ one, at }: { one: Calendar; at: number }): JSX.Element {
  const notes = [one.primary && "Your own; new events go here", !one.writable && "You may only read it", one.zone !== zone.value && one.zone.replaceAll("_", " ")].filter(Boolean);
  return (
    <li class="setting">
      <span class="dot" aria-hidden="true" style={COLOR.test(one.color ?? "") ? { background: one.color as string } : undefined} />
      <span class="name"><span id={`calendar-${at}`}>{one.name}</span>{notes.length > 0 && <small id={`calendar-${at}-notes`}>{notes.join(" · ")}</small>}</span>
      <button type="button" class="switch" role="switch" aria-checked={one.shown} aria-labelledby={`calendar-${at}`} {...(notes.length ? { "aria-describedby": `calendar-${at}-notes` } : {})} onClick={() => show(one, !one.shown)} />
    </li>
  );
}
