// The day as a time line with a line for now; tomorrow and the week are one key away.
import type { JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { signal } from "@preact/signals";
import { CalendarFoot, WAITS, WaitingMark } from "../google/marks";
import { notYet, readingOf } from "../google/sync";
import { addDays, clock, longDay, now, today, wall } from "../time";
import { Empty, Trouble } from "../ui/parts";
import { openEvent } from "./event";
import { covers, place, type Placed } from "./layout";
import { events, loadEvents } from "./store";
import { troubles } from "../lists";
import { Week } from "./week";
import { tab } from "../ui/tabs";

export type Span = "today" | "tomorrow" | "week";
export const span = signal<Span>("today");
const SPANS: [Span, string][] = [["today", "Today"], ["tomorrow", "Tomorrow"], ["week", "Week"]];
const HOUR = 48;

export function DayColumn(): JSX.Element {
  const day = span.value === "tomorrow" ? addDays(today(), 1) : today();
  const trouble = troubles.value["events"];
  return (
    <section class="day" id="day" tabIndex={-1} aria-label="Calendar">
      <header class="column-head">
        <h2>{span.value === "week" ? "The next days" : longDay(day)}</h2>
        <div class="spans" role="group" aria-label="Which days">
          {SPANS.map(([name, text], at) => (
            <button type="button" key={name} aria-pressed={span.value === name} title={`Key ${at + 1}`} onClick={() => (span.value = name)}>{text}</button>
          ))}
        </div>
      </header>
      {trouble && <Trouble what={`I could not read the calendar. ${trouble}`} again={loadEvents} />}
      {span.value === "week" ? <Week /> : <TimeLine day={day} />}
      <CalendarFoot />
    </section>
  );
}

function TimeLine({ day }: { day: string }): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const all = events.value;
  const placed = place(all ?? [], day);
  const whole = (all ?? []).filter((event) => event.all_day && covers(event, day));
  const here = wall(now.value);
  const start = day === here.day ? here.minutes : Math.min(placed[0]?.from ?? 480, 540) + 60;
  const loaded = all !== null;
  useLayoutEffect(() => {
    if (box.current) box.current.scrollTop = Math.max(0, (start / 60 - 2) * HOUR);
  }, [day, loaded, tab.value]);
  return (
    <>
      <div class="all-day" aria-label="All day">
        {whole.map((event) => <button type="button" key={event.id} onClick={() => openEvent(event)}>{event.title}{event.pending && <WaitingMark />}</button>)}
      </div>
      <div class="time-line" ref={box} tabIndex={0} aria-label="Time line" data-state={loaded ? "ready" : "loading"}>
        <div class="hours">
          {Array.from({ length: 24 }, (_, hour) => <div class="hour" key={hour}><span>{String(hour).padStart(2, "0")}</span></div>)}
          {day === here.day && <div class="now" style={{ top: `${(here.minutes / 60) * HOUR}px` }} aria-hidden="true" />}
          <ol class="events">
            {placed.map((one) => <Block key={`${one.event.id}-${one.from}`} one={one} minutes={day === here.day ? here.minutes : -1} />)}
          </ol>
        </div>
      </div>
      {loaded && !placed.length && !whole.length && !troubles.value["events"] && (
        notYet("calendar")
          ? !readingOf("calendar") && <p class="empty" data-state="unread-day">{notYet("calendar")}</p>
          : <Empty state="empty-day" say="put lunch with Sam on Friday at one" sample={events.value?.length === 0}>Nothing on this day.</Empty>
      )}
    </>
  );
}

function Block({ one, minutes }: { one: Placed; minutes: number }): JSX.Element {
  const { event, from, until, column, columns, conflict } = one;
  const height = Math.max(((until - from) / 60) * HOUR, 20) - 2;
  const phase = minutes < 0 || minutes < from ? "ahead" : minutes < until ? "live" : "past";
  const times = `${clock(new Date(event.starts))} – ${clock(new Date(event.ends))}`;
  const size = height < 40 ? "short" : height < 60 ? "medium" : "tall";
  return (
    <li style={{ top: `${(from / 60) * HOUR + 1}px`, height: `${height}px`, left: `${(column / columns) * 100}%`, width: `${100 / columns}%` }}>
      <button type="button" class="event" data-phase={phase} data-conflict={conflict} data-size={size} onClick={() => openEvent(event)}
        aria-label={`${event.title}, ${times}${conflict ? ", overlaps another" : ""}${event.pending ? `, ${WAITS}` : ""}`}>
        <strong>{event.pending && <WaitingMark />}{event.title}</strong>
        <span>{size === "short" ? clock(new Date(event.starts)) : times}{event.place && size === "tall" ? ` · ${event.place}` : ""}</span>
      </button>
    </li>
  );
}
