// Days and clocks in the person's own zone, whatever zone the browser is in.
import { signal } from "@preact/signals";

export const zone = signal(Intl.DateTimeFormat().resolvedOptions().timeZone);
export const now = signal(new Date());

const DAY = 86_400_000;
const cache = new Map<string, Intl.DateTimeFormat>();

export function keepTime(): () => void {
  const tick = setInterval(() => (now.value = new Date()), 15_000);
  return () => clearInterval(tick);
}

function form(key: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const name = `${key}|${zone.value}`;
  const found = cache.get(name) ?? new Intl.DateTimeFormat(key === "parts" ? "en-GB" : undefined, { timeZone: zone.value, ...options });
  cache.set(name, found);
  return found;
}

interface Wall {
  day: string;
  minutes: number;
}

// What the wall calendar and clock say at an instant: "2026-11-23" and minutes since midnight.
export function wall(at: Date): Wall {
  const parts = form("parts", {
    year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hourCycle: "h23",
  }).formatToParts(at);
  const of = (type: string): string => parts.find((p) => p.type === type)?.value ?? "0";
  return { day: `${of("year")}-${of("month")}-${of("day")}`, minutes: Number(of("hour")) * 60 + Number(of("minute")) };
}

export function addDays(day: string, count: number): string {
  return new Date(Date.parse(`${day}T12:00:00Z`) + count * DAY).toISOString().slice(0, 10);
}

// The instant a day begins; asked twice because the offset may change in between.
export function startOf(day: string): Date {
  const target = Date.parse(`${day}T00:00:00Z`);
  let guess = new Date(target);
  for (let round = 0; round < 2; round++) {
    const here = wall(guess);
    guess = new Date(guess.getTime() + target - (Date.parse(`${here.day}T00:00:00Z`) + here.minutes * 60_000));
  }
  return guess;
}

export const today = (): string => wall(now.value).day;

export const clock = (at: Date): string => form("clock", { timeStyle: "short" }).format(at);

const noon = (day: string): Date => new Date(startOf(day).getTime() + DAY / 2);

// Whether the person's clock shows another time than the one on this machine's wall.
export function clockElsewhere(): boolean {
  const here = now.value;
  return wall(here).minutes !== here.getHours() * 60 + here.getMinutes();
}

export const weekday = (day: string): string => form("weekday", { weekday: "long" }).format(noon(day));
export const shortDay = (day: string): string => form("short", { weekday: "short", day: "numeric", month: "short" }).format(noon(day));
export const longDay = (day: string): string => form("long", { weekday: "long", day: "numeric", month: "long" }).format(noon(day));

export function daysFrom(day: string): number {
  return Math.round((Date.parse(`${day}T00:00:00Z`) - Date.parse(`${today()}T00:00:00Z`)) / DAY);
}

// A day as one would say it.
export function nearDay(day: string): string {
  const days = daysFrom(day);
  if (days === 0) return "Today";
  if (days === 1) return "Tomorrow";
  if (days === -1) return "Yesterday";
  return days > 1 && days < 7 ? weekday(day) : shortDay(day);
}

export function moment(at: string): string {
  const when = new Date(at);
  if (Number.isNaN(when.getTime())) return at;
  const day = wall(when).day;
  return day === today() ? clock(when) : `${nearDay(day)} ${clock(when)}`;
}

export function greeting(): string {
  const hour = wall(now.value).minutes / 60;
  if (hour < 5 || hour >= 18) return "Good evening";
  return hour < 12 ? "Good morning" : "Good afternoon";
}
