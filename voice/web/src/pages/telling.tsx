// How Chronus tells of what it did: while the page is open, and when it is not.
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { words } from "../api";
import { loadPushing, pushing, setPushing, type Pushing } from "../news/push";
import { notifying, setNotifying, type Notifying } from "../ring/notification";
import type { Me } from "../shapes";
import { announce } from "../ui/announce";
import { Row } from "./row";
import { Switch } from "./switch";

const BLOCKED = "This browser blocks it. Allow notifications for this page beside its address, then try again.";
const OPEN: Record<Notifying, string> = { on: "On, in this browser", off: "Off", blocked: BLOCKED, unable: "This browser cannot, here." };
const CLOSED: Record<Pushing, string> = {
  unknown: "…", on: "On, in this browser", off: "Off", blocked: BLOCKED,
  unable: "This browser cannot, here. It needs Chronus on its own machine or over https; on an iPhone, first add it to the home screen.",
};

export function Telling({ mine, save }: { mine: Me; save: (change: Partial<Me>) => Promise<void> }): JSX.Element {
  return (
    <section class="fields">
      <h2>How I tell you</h2>
      <WhileOpen />
      <WhenClosed />
      <Row name="Say there what it is about" id="push-private" note="Off: a locked screen shows only that there is something.">
        <Switch id="push-private" on={mine.push_private === true} flip={() => save({ push_private: !mine.push_private })} />
      </Row>
    </section>
  );
}

function WhileOpen(): JSX.Element {
  const state = notifying.value;
  const turn = async (): Promise<void> => announce(OPEN[await setNotifying(state !== "on")]);
  return (
    <Row name="Ring with a browser notification" id="notify" note="While this page is open. Only that a reminder is due, never which.">
      <span class="pair">
        <Switch id="notify" on={state === "on"} flip={turn} off={state === "unable"} told="notifying" />
        <output id="notifying" data-state={state}>{OPEN[state]}</output>
      </span>
    </Row>
  );
}

function WhenClosed(): JSX.Element {
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState("");
  useEffect(() => void loadPushing(), []);
  const state = pushing.value;
  const turn = async (): Promise<void> => {
    setBusy(true);
    setTrouble("");
    try {
      await setPushing(state !== "on");
      announce(CLOSED[pushing.value]);
    } catch (problem) {
      await loadPushing();
      const why = problem instanceof DOMException ? "The browser’s push service did not take it." : words(problem);
      setTrouble(`It stays as it was. ${why}`);
    }
    setBusy(false);
  };
  return (
    <Row name="Tell me when this page is closed" id="push" note="Through this browser’s push service: reminders, the briefing, your mail.">
      <span class="pair">
        <Switch id="push" on={state === "on"} flip={turn} off={busy || state === "unable" || state === "unknown"} told="pushing" />
        <output id="pushing" data-state={trouble ? "failed" : state} role="status">{busy ? "One moment…" : trouble || CLOSED[state]}</output>
      </span>
    </Row>
  );
}
