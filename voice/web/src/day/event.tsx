// One event, whole: when, where, with whom.
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { signal } from "@preact/signals";
import { linked } from "../google/account";
import { calendarName, calendars, loadCalendars } from "../google/calendars";
import { WaitingMark } from "../google/marks";
import type { CalendarEvent } from "../shapes";
import { clock, longDay, wall } from "../time";
import { Icon } from "../ui/icons";

const opened = signal<CalendarEvent | null>(null);

export function openEvent(event: CalendarEvent): void {
  opened.value = event;
  if (linked.value && calendars.value === null) void loadCalendars();
}

// As one would say it within a sentence: a capital only where the whole word has them.
const spoken = (title: string): string => (/^[A-Z][a-z]/.test(title) ? title.charAt(0).toLowerCase() + title.slice(1) : title);

function when(event: CalendarEvent): string {
  if (event.all_day) return `${longDay(event.starts.slice(0, 10))}, all day`;
  const starts = new Date(event.starts);
  const ends = new Date(event.ends);
  const [first, last] = [wall(starts).day, wall(ends).day];
  return `${longDay(first)}, ${clock(starts)} – ${last === first ? "" : `${longDay(last)} `}${clock(ends)}`;
}

export function EventSheet(): JSX.Element {
  const sheet = useRef<HTMLDialogElement>(null);
  const event = opened.value;
  useEffect(() => {
    if (event && !sheet.current?.open) sheet.current?.showModal();
    else if (!event) sheet.current?.close();
  }, [event]);
  const calendar = event ? calendarName(event.calendar) : "";
  const shut = (): void => void (opened.value = null);
  return (
    <dialog class="sheet" ref={sheet} onClose={shut} onClick={(click) => click.target === sheet.current && shut()} aria-labelledby="event-title">
      {event && (
        <div class="inside">
          <button type="button" class="bare close" aria-label="Close" onClick={shut}><Icon name="close" /></button>
          <h2 id="event-title">{event.title}</h2>
          <p>{when(event)}</p>
          {event.pending && <p class="line"><WaitingMark words /></p>}
          {calendar && <p class="line"><Icon name="today" size={16} /> {calendar}</p>}
          {event.recurrence && <p class="line"><Icon name="repeat" size={16} /> Repeats</p>}
          {event.place && <p class="line"><Icon name="place" size={16} /> {event.place}</p>}
          {event.guests.length > 0 && <p class="line"><Icon name="people" size={16} /> {event.guests.join(", ")}</p>}
          {event.notes && <p class="notes">{event.notes}</p>}
          <p class="say">Say <q>move {spoken(event.title)} to four</q></p>
        </div>
      )}
    </dialog>
  );
}
