// Google no longer lets Chronus in: one card among what needs the person.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { words } from "../api";
import { notice } from "../day/store";
import type { Feature } from "../shapes";
import { account, connect, reconnect, shutBecause } from "./account";
import { allWaiting, asOf, waitingWords } from "./sync";

// To Google's page. It says that it is going, until this page is left.
export function Going({ children, to, label, plain = false }: { children: string; to?: Feature[]; label?: string; plain?: boolean }): JSX.Element {
  const [going, setGoing] = useState(false);
  const go = async (): Promise<void> => {
    setGoing(true);
    // Back from there by the browser's back, it can be pressed again.
    addEventListener("pagehide", () => setGoing(false), { once: true });
    try {
      await (to ? connect(to) : reconnect());
    } catch (problem) {
      setGoing(false);
      notice.value = words(problem);
    }
  };
  return <button type="button" class={plain ? "quiet" : "primary"} disabled={going || to?.length === 0} aria-label={label} onClick={go}>{going ? "Opening Google…" : children}</button>;
}

export function ReconnectCard(): JSX.Element | null {
  if (!account.value?.reconnect) return null;
  const age = asOf("calendar") || asOf("tasks") || asOf("mail");
  const waits = allWaiting();
  return (
    <div role="group" class="approval" data-state="reconnect" aria-labelledby="reconnect-title" tabIndex={-1}>
      <p id="reconnect-title" class="what">Google needs reconnecting</p>
      <p class="why">{shutBecause()} {age ? `What you see is as of ${age}; nothing is lost.` : "Nothing is lost."}{waits > 0 && ` ${waitingWords(waits)}.`}</p>
      <div class="answers"><Going>Reconnect</Going></div>
    </div>
  );
}
