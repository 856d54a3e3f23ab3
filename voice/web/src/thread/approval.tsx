// Something others would see or that cannot be undone: exactly what would happen, to whom, and a yes or a no.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { approvals, decide } from "../day/store";
import type { Pending } from "../shapes";
import { clock, now } from "../time";
import { Icon } from "../ui/icons";
import { turns } from "./store";
import { waitsFor } from "./waits";
import { label, weighed, yes } from "./words";

const OVER: Record<string, string> = {
  approved: "Done, as you approved it.",
  declined: "Not done. You said no.",
  expired: "Not done. The question ran out; ask again if you still want it.",
  failed: "It did not work. Nothing was sent or deleted twice.",
};

// Beside its full card in the thread, a short one is enough.
const inThread = (pending: Pending): boolean => turns.value.some((turn) => waitsFor(turn)?.id === pending.id);

export function Approval({ pending, place, told = false }: { pending: Pending; place: "thread" | "side"; told?: boolean }): JSX.Element {
  const [busy, setBusy] = useState<"approve" | "decline" | null>(null);
  const latest = approvals.value?.find((item) => item.id === pending.id) ?? pending;
  const late = new Date(latest.expires_at) < now.value;
  const status = (latest.status ?? "pending") === "pending" && late ? "expired" : latest.status ?? "pending";
  const answer = async (verdict: "approve" | "decline"): Promise<void> => {
    setBusy(verdict);
    await decide(latest, verdict);
    setBusy(null);
  };
  const heading = `${place}-${latest.id}`;
  const brief = place === "side" && inThread(latest);
  return (
    <div role="group" class="approval" data-state={status} data-effect={latest.effect} data-brief={brief} aria-labelledby={heading} tabIndex={-1}>
      <p id={heading} class={told ? "unseen" : "what"}>{latest.say}</p>
      <dl>
        {weighed(latest.arguments).map(([key, value]) => (
          <div key={key} data-field={key}>
            <dt>{label(key)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {status === "pending" && <Led pending={latest} />}
      {status !== "pending" ? <p class="over">{OVER[status]}</p> : (
        <div class="answers">
          <button type="button" class={latest.effect === "destructive" ? "primary harm" : "primary"} disabled={busy !== null} onClick={() => answer("approve")}>
            {busy === "approve" ? "Doing it…" : yes(latest.tool)}
          </button>
          <button type="button" class="quiet" disabled={busy !== null} onClick={() => answer("decline")}>{busy === "decline" ? "Leaving it…" : "No"}</button>
          <span class="until">{latest.consent && !latest.by_click && <>or say <q>{latest.consent}</q>, </>}until {clock(new Date(latest.expires_at))}</span>
        </div>
      )}
    </div>
  );
}

// What others wrote may have led to it: then it is said, and looked at twice.
function Led({ pending }: { pending: Pending }): JSX.Element | null {
  if (pending.by_click) return <p class="led"><Icon name="warn" size={16} /> I came to this after reading what somebody else wrote, and you have never written to them. It takes a click here; no word of mine or yours is enough.</p>;
  if (pending.origin === "third party") return <p class="led"><Icon name="warn" size={16} /> I came to this after reading what somebody else wrote.</p>;
  return null;
}
