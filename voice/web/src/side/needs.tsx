// What waits for the person's yes or no.
import type { JSX } from "preact";
import { loadApprovals, troubles, waiting } from "../day/store";
import { Approval } from "../thread/approval";
import { Trouble } from "../ui/parts";

export function Needs(): JSX.Element {
  const trouble = troubles.value["approvals"];
  const all = waiting.value;
  return (
    <section class="block needs" aria-labelledby="needs-title" data-state={all.length ? "waiting" : "none"}>
      <h2 id="needs-title">Needs you{all.length > 0 && <span class="count">{all.length}</span>}</h2>
      {trouble && <Trouble what={`I could not read what waits for you. ${trouble}`} again={loadApprovals} />}
      {all.length === 0 && !trouble && <p class="nothing">Nothing. Whatever others would see waits here for your yes.</p>}
      {all.map((pending) => <Approval key={pending.id} pending={pending} place="side" />)}
    </section>
  );
}
