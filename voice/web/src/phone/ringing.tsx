// While Chronus rings the person's telephone, every page says so, and it can be told not to.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { notice } from "../day/store";
import { Icon } from "../ui/icons";
import { callOff, ringing } from "./store";

const STATE: Record<string, string> = { waiting: "I am about to ring your telephone", ringing: "Your telephone is ringing", answered: "You are on the telephone with me" };
const ABOUT: Record<string, string> = { briefing: "for your briefing", reminder: "for a reminder", code: "with a code" };

export function Ringing(): JSX.Element | null {
  const [busy, setBusy] = useState(false);
  const call = ringing.value;
  if (!call) return null;
  const about = call.state === "answered" ? "" : ABOUT[call.about ?? ""];
  const stop = async (): Promise<void> => {
    setBusy(true);
    notice.value = await callOff(call.id);
    setBusy(false);
  };
  return (
    <div class="ringing" data-state={call.state}>
      <Icon name="phone" size={16} /> <span role="status">{STATE[call.state]}{about ? ` ${about}` : ""}.</span>
      {call.state !== "answered" && <button type="button" class="link" disabled={busy} onClick={stop}>Don’t ring</button>}
    </div>
  );
}
