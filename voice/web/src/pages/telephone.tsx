// The telephone: calling Chronus, being called by it, and what came of calls.
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { patch, words } from "../api";
import { loadMe, me, notice } from "../day/store";
import { troubles } from "../lists";
import { Calls, Messages } from "../phone/lists";
import { Number, Pin } from "../phone/number";
import { callMe, loadTelephone, phone, ringing } from "../phone/store";
import type { Me, Phone } from "../shapes";
import { announce } from "../ui/announce";
import { PageLink, Trouble, Waiting } from "../ui/parts";
import { Frame } from "./frame";
import { Row } from "./row";
import { Switch } from "./switch";

export function Telephone(): JSX.Element {
  useEffect(() => {
    void loadTelephone();
    void loadMe().catch(() => undefined);
  }, []);
  const trouble = troubles.value["phone"];
  const mine = phone.value;
  return (
    <Frame title="Telephone" lead="The same conversation as here, from any telephone.">
      {trouble && <Trouble what={`I could not see how the telephone stands. ${trouble}`} again={loadTelephone} />}
      {!mine && !trouble && <Waiting rows={6} label="the telephone" />}
      {mine && <Known mine={mine} />}
    </Frame>
  );
}

function Known({ mine }: { mine: Phone }): JSX.Element {
  return (
    <>
      <section class="fields account" data-state={mine.call ? "connected" : "unconnected"}>
        {mine.call ? <p>Call me at <a class="to-call" href={`tel:${mine.call}`}>{mine.call}</a>, enter your PIN, and talk.</p> : (
          <>
            <p>This Chronus has no telephone number yet. Whoever runs it finds the steps in <code>docs/phone.md</code>.</p>
            <p class="aside">What you set here counts as soon as it has one.</p>
          </>
        )}
      </section>
      <Number mine={mine} />
      {mine.number && <Pin mine={mine} />}
      {me.value && <Calling mine={mine} person={me.value} />}
      <Messages />
      <Calls />
    </>
  );
}

function Calling({ mine, person }: { mine: Phone; person: Me }): JSX.Element {
  const [busy, setBusy] = useState(false);
  const may = mine.verified && mine.pin;
  const save = async (change: Partial<Me>): Promise<void> => {
    try {
      me.value = { ...person, ...(await patch<Me>("/v1/me", change)) };
      announce("Saved");
    } catch (problem) {
      notice.value = words(problem);
    }
  };
  const ring = async (): Promise<void> => {
    setBusy(true);
    const trouble = await callMe();
    if (trouble) notice.value = trouble;
    else announce("I am ringing you now.");
    setBusy(false);
  };
  return (
    <section class="fields" aria-labelledby="calling-title">
      <h2 id="calling-title">When I call you</h2>
      {!mine.calls && <p class="aside">This Chronus cannot ring anybody yet. Whoever runs it finds the steps in <code>docs/phone.md</code>.</p>}
      {mine.calls && !may && <p class="aside">{mine.number ? "For that I need your PIN, and to know that the number is yours." : "For that I need your number and a PIN."}</p>}
      <Row name="Ring me with my briefing" id="briefing-call" note="When it is ready. I ask for the PIN, then I begin.">
        <Switch id="briefing-call" on={person.briefing_call === true} off={!may && !person.briefing_call} flip={() => save({ briefing_call: !person.briefing_call })} />
      </Row>
      <Row name="Ring me when I miss a reminder" id="reminder-calls" note="When nobody has seen or heard it for a while.">
        <Switch id="reminder-calls" on={person.reminder_calls === true} off={!may && !person.reminder_calls} flip={() => save({ reminder_calls: !person.reminder_calls })} />
      </Row>
      <Row name="Quiet hours" note="I don’t ring you between these."><output>{hours(person)} <PageLink to="/settings" class="link">Change</PageLink></output></Row>
      <Row name="Let callers I don’t know leave a message" id="phone-messages" note="Written down for you. They learn nothing about you.">
        <Switch id="phone-messages" on={person.phone_messages !== false} flip={() => save({ phone_messages: person.phone_messages === false })} />
      </Row>
      {may && mine.calls && <div class="answers"><button type="button" class="quiet" disabled={busy || ringing.value !== undefined} onClick={ring}>{busy || ringing.value ? "Ringing…" : "Call me now"}</button></div>}
    </section>
  );
}

function hours(person: Me): string {
  const quiet = person.quiet_hours;
  return quiet ? `${quiet.start.slice(0, 5)} to ${quiet.end.slice(0, 5)}` : "None";
}
