// The next days as a list.
import type { JSX } from "preact";
import { WaitingMark } from "../google/marks";
import { notYet } from "../google/sync";
import type { CalendarEvent } from "../shapes";
import { addDays, clock, nearDay, shortDay, today, wall } from "../time";
import { Waiting } from "../ui/parts";
import { openEvent } from "./event";
import { covers, place } from "./layout";
import { DAYS_SHOWN, events } from "./store";

export function Week(): JSX.Element {
  const all = events.value;
  if (all === null) return <Waiting rows={8} label="the week" />;
  if (!all.length && notYet("calendar")) return <p class="empty" data-state="unread-day">{notYet("calendar")}</p>;
  const days = Array.from({ length: DAYS_SHOWN - 1 }, (_, at) => addDays(today(), at));
  return <div class="week" tabIndex={0} aria-label="The next days">{days.map((day) => <Day key={day} day={day} all={all} />)}</div>;
}

function Day({ day, all }: { day: string; all: CalendarEvent[] }): JSX.Element {
  const whole = all.filter((event) => event.all_day && covers(event, day));
  const clashing = new Set(place(all, day).filter((one) => one.conflict).map((one) => one.event.id));
  const timed = all.filter((event) => !event.all_day && wall(new Date(event.starts)).day === day)
    .sort((a, b) => Date.parse(a.starts) - Date.parse(b.starts));
  const name = nearDay(day);
  return (
    <section>
      <h3>{name === shortDay(day) ? name : <>{name} <span>{shortDay(day)}</span></>}</h3>
      {!whole.length && !timed.length && <p class="free">Free</p>}
      <ul>
        {[...whole, ...timed].map((event) => (
          <li key={event.id + event.starts} data-conflict={clashing.has(event.id)}>
            <button type="button" onClick={() => openEvent(event)}>
              <span class="when">{event.all_day ? "All day" : clock(new Date(event.starts))}</span>
              <span>{event.title}{event.pending && <WaitingMark />}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
