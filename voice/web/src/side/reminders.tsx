// The reminders that are still to come: each can be put off or dropped.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { ahead, dropReminder, putOff } from "../day/reminders";
import { loadReminders, reminders } from "../day/store";
import { troubles } from "../lists";
import type { Reminder } from "../shapes";
import { moment } from "../time";
import { announce } from "../ui/announce";
import { Icon } from "../ui/icons";
import { Trouble } from "../ui/parts";

const HOUR = 3_600_000;
// So far ahead the server puts one off.
const LONGEST = 7 * 24 * HOUR;

export function Reminders(): JSX.Element | null {
  const trouble = troubles.value["reminders"];
  if (trouble) return <Trouble what={`I could not read the reminders. ${trouble} They ring all the same.`} again={loadReminders} />;
  if (!reminders.value || !ahead.value.length) return null;
  return (
    <>
      <h3 class="reminders-title" id="reminders-title">Reminders</h3>
      <ul class="reminders" id="reminders" aria-labelledby="reminders-title">{ahead.value.map((one) => <Line key={one.id} one={one} />)}</ul>
    </>
  );
}

function Line({ one }: { one: Reminder }): JSX.Element {
  const [busy, setBusy] = useState(false);
  const canWait = Date.parse(one.due) + HOUR < Date.now() + LONGEST;
  const later = async (): Promise<void> => {
    setBusy(true);
    const until = new Date(Date.parse(one.due) + HOUR);
    if (await putOff(one, until)) announce(`I’ll remind you ${moment(until.toISOString())}.`);
    setBusy(false);
  };
  return (
    <li>
      <Icon name="bell" />
      <span class="title">{one.text}<span class="due">{moment(one.due)}</span></span>
      <button type="button" class="bare" disabled={busy || !canWait} aria-label={`An hour later: ${one.text}`} title="An hour later" onClick={later}><Icon name="later" size={16} /></button>
      <button type="button" class="bare" aria-label={`Drop the reminder: ${one.text}`} title="Drop it" onClick={() => dropReminder(one)}><Icon name="close" size={16} /></button>
    </li>
  );
}
