// What waits for the person: reminders whose time has come, then what needs a yes or a no.
import type { JSX } from "preact";
import { due, loadApprovals, needing, waiting } from "../day/store";
import { troubles } from "../lists";
import { ReconnectCard } from "../google/reconnect";
import { Approval } from "../thread/approval";
import { Trouble } from "../ui/parts";
import { DueReminder } from "./due";

export function Needs(): JSX.Element {
  const trouble = troubles.value["approvals"];
  const all = waiting.value;
  return (
    <section class="block needs" id="needs" aria-labelledby="needs-title" data-state={needing.value ? "waiting" : "none"}>
      <h2 id="needs-title" tabIndex={-1}>Needs you{needing.value > 0 && <span class="count">{needing.value}</span>}</h2>
      {trouble && <Trouble what={`I could not read what waits for you. ${trouble}`} again={loadApprovals} />}
      {needing.value === 0 && !trouble && <p class="nothing">Nothing. Whatever others would see waits here for your yes.</p>}
      <ReconnectCard />
      {due.value.map((reminder) => <DueReminder key={reminder.id} reminder={reminder} />)}
      {all.map((pending) => <Approval key={pending.id} pending={pending} place="side" />)}
    </section>
  );
}
