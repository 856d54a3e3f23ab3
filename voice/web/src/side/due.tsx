// A reminder whose time has come: done with, or once more in ten minutes.
import type { JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import { dropReminder, remindAgain } from "../day/store";
import { missed } from "../ring/ringing";
import type { Reminder } from "../shapes";
import { clock, moment } from "../time";
import { announce } from "../ui/announce";

const AGAIN_AFTER = 10 * 60_000;

export function DueReminder({ reminder }: { reminder: Reminder }): JSX.Element {
  const [busy, setBusy] = useState(false);
  const card = useRef<HTMLDivElement>(null);
  const heading = `due-${reminder.id}`;
  const at = moment(reminder.due).replace(/^Yesterday/, "yesterday");
  const done = async (): Promise<void> => {
    stepOn(card.current);
    await dropReminder(reminder);
  };
  const again = async (): Promise<void> => {
    setBusy(true);
    const next = new Date(Date.now() + AGAIN_AFTER);
    if (await remindAgain(reminder, next)) {
      announce(`I’ll remind you again at ${clock(next)}.`);
      stepOn(card.current);
    }
    setBusy(false);
  };
  return (
    <div role="group" class="approval" data-state="due" aria-labelledby={heading} tabIndex={-1} ref={card}>
      <p id={heading} class="what"><span class="when">Reminder · {missed(reminder) ? `since ${at}` : at}<span class="unseen"> —</span></span> {reminder.text}</p>
      <div class="answers">
        <button type="button" class="primary" disabled={busy} onClick={done}>Done</button>
        <button type="button" class="quiet" disabled={busy} onClick={again}>In 10 minutes</button>
      </div>
    </div>
  );
}

// The card is about to go; whoever was on it by keyboard goes to the next one, or to the heading.
function stepOn(card: HTMLElement | null): void {
  if (!card || !(card.contains(document.activeElement) || document.activeElement === document.body)) return;
  const cards = [...document.querySelectorAll<HTMLElement>(".needs .approval")].filter((one) => one !== card);
  (cards[0] ?? document.getElementById("needs-title"))?.focus();
}
