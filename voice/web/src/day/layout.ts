// Where each event of a day stands on its time line: minutes down, columns across where they overlap.
import type { CalendarEvent } from "../shapes";
import { addDays, wall } from "../time";

export interface Placed {
  event: CalendarEvent;
  from: number;
  until: number;
  column: number;
  columns: number;
  conflict: boolean;
}

const DAY_MINUTES = 1440;
const SHORTEST = 20;

// An all-day event's last day is the one before it ends.
export function covers(event: CalendarEvent, day: string): boolean {
  if (event.all_day) {
    const first = event.starts.slice(0, 10);
    const last = event.ends ? event.ends.slice(0, 10) : addDays(first, 1);
    return first <= day && (day < last || day === first);
  }
  const starts = wall(new Date(event.starts));
  const ends = wall(new Date(event.ends));
  return starts.day <= day && (ends.day > day || (ends.day === day && (ends.minutes > 0 || starts.day === day)));
}

export function place(events: CalendarEvent[], day: string): Placed[] {
  const placed = events
    .filter((event) => !event.all_day && covers(event, day))
    .map((event): Placed => {
      const starts = wall(new Date(event.starts));
      const ends = wall(new Date(event.ends));
      const from = starts.day < day ? 0 : starts.minutes;
      const until = ends.day > day ? DAY_MINUTES : Math.max(ends.minutes, from + 1);
      return { event, from, until, column: 0, columns: 1, conflict: false };
    })
    .sort((a, b) => a.from - b.from || b.until - a.until);
  let cluster: Placed[] = [];
  let reach = 0;
  for (const one of placed) {
    if (cluster.length && one.from >= reach) {
      spread(cluster);
      cluster = [];
    }
    cluster.push(one);
    reach = cluster.length === 1 ? seen(one) : Math.max(reach, seen(one));
  }
  spread(cluster);
  return placed;
}

// A short event is drawn tall enough to read, so it takes that much room.
const seen = (one: Placed): number => Math.max(one.until, one.from + SHORTEST);

function spread(cluster: Placed[]): void {
  const ends: number[] = [];
  for (const one of cluster) {
    let column = ends.findIndex((end) => end <= one.from);
    if (column < 0) column = ends.length;
    ends[column] = seen(one);
    one.column = column;
    one.conflict = cluster.some((other) => other !== one && other.from < one.until && one.from < other.until);
  }
  for (const one of cluster) one.columns = ends.length;
}
