// A reminder whose time has come: done with, or once more later.
import type { JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import { dropReminder, putOff, tomorrowMorning } from "../day/reminders";
import { missed } from "../ring/ringing";
import type { Reminder } from "../shapes";
import { clock, moment, today, wall } from "../time";
import { announce } from "../ui/announce";

const MINUTE = 60_000;

const LATER: [name: string, at: () => Date][] = [
  ["In 10 minutes", () => new Date(Date.now() + 10 * MINUTE)],
  ["In an hour", () => new Date(Date.now() + 60 * MINUTE)],
  ["Tomorrow", tomorrowMorning],
];

export function DueReminder({ reminder }: { reminder: Reminder }): JSX.Element {
  const [busy, setBusy] = useState(false);
  const card = useRef<HTMLDivElement>(null);
  const heading = `due-${reminder.id}`;
  const at = moment(reminder.due).replace(/^Yesterday/, "yesterday");
  const done = async (): Promise<void> => {
    stepOn(card.current);
    await dropReminder(reminder);
  };
  const again = async (at: Date): Promise<void> => {
    setBusy(true);
    if (await putOff(reminder, at)) {
      announce(`I’ll remind you again ${said(at)}.`);
      stepOn(card.current);
    }
    setBusy(false);
  };
  return (
    <div role="group" class="approval" id={`reminder-${reminder.id}`} data-state="due" aria-labelledby={heading} tabIndex={-1} ref={card}>
      <p id={heading} class="what"><span class="when">Reminder · {missed(reminder) ? `since ${at}` : at}<span class="unseen"> —</span></span> {reminder.text}</p>
      <div class="answers">
        <button type="button" class="primary" disabled={busy} onClick={done}>Done</button>
        {LATER.map(([name, until]) => <button type="button" key={name} class="quiet" disabled={busy} onClick={() => again(until())}>{name}</button>)}
      </div>
    </div>
  );
}

const said = (at: Date): string => (wall(at).day === today() ? `at ${clock(at)}` : `tomorrow at ${clock(at)}`);

// The card is about to go; whoever was on it by keyboard goes to the next one, or to the heading.
function stepOn(card: HTMLElement | null): void {
  if (!card || !(card.contains(document.activeElement) || document.activeElement === document.body)) return;
  const cards = [...document.querySelectorAll<HTMLElement>(".needs .approval")].filter((one) => one !== card);
  (cards[0] ?? document.getElementById("needs-title"))?.focus();
}
