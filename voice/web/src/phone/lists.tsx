// Calls, and what callers left who are not known.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { notice } from "../day/store";
import type { PhoneCall, PhoneMessage } from "../shapes";
import { moment, now } from "../time";
import { announce } from "../ui/announce";
import { PageLink } from "../ui/parts";
import { callOff, calls, dropMessage, messages } from "./store";

const STATE: Record<string, string> = {
  waiting: "still to come", ringing: "ringing", answered: "going on", ended: "", no_answer: "nobody answered", busy: "it was engaged",
  machine: "an answering machine, so I left one sentence", failed: "it did not get through", cancelled: "called off",
};
const ABOUT: Record<string, string> = { briefing: " for your briefing", reminder: " for a reminder", code: " with a code", asked: ", as you asked" };

export function Calls(): JSX.Element {
  const known = calls.value ?? [];
  return (
    <section class="fields" aria-labelledby="calls-title">
      <h2 id="calls-title">Calls</h2>
      {known.length === 0 && <p class="nothing">None yet.</p>}
      <ul class="works calls">{known.map((one) => <Call key={one.id} one={one} />)}</ul>
    </section>
  );
}

function Call({ one }: { one: PhoneCall }): JSX.Element {
  const later = one.state === "waiting" && new Date(one.at) > now.value;
  const who = one.direction === "in" ? "You called me" : `I ${later ? "will call" : "called"} you${ABOUT[one.about ?? ""] ?? ""}`;
  const state = [later ? "" : STATE[one.state], one.tries > 1 ? "the second try" : "", one.seconds ? length(one.seconds) : ""].filter(Boolean).join(", ");
  const drop = async (): Promise<void> => {
    const trouble = await callOff(one.id);
    if (trouble) notice.value = trouble;
    else announce("I will not call.");
  };
  return (
    <li data-direction={one.direction} data-state={one.state}>
      <span class="name">{who}<small><time dateTime={one.at}>{moment(one.at)}</time>{state && ` · ${state}`}</small>{one.why && one.state !== "ended" && <small>{one.why}</small>}</span>
      {one.conversation_id && <PageLink to={`/history/${encodeURIComponent(one.conversation_id)}`} class="link" aria-label={`What was said, ${moment(one.at)}`}>What was said</PageLink>}
      {later && <button type="button" class="quiet" aria-label={`Don’t call, ${moment(one.at)}`} onClick={drop}>Don’t call</button>}
    </li>
  );
}

const length = (seconds: number): string => (seconds < 60 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`);

export function Messages(): JSX.Element | null {
  const known = messages.value ?? [];
  if (known.length === 0) return null;
  return (
    <section class="fields" aria-labelledby="messages-title">
      <h2 id="messages-title">Messages</h2>
      <p class="aside">Left by callers I do not know, as I understood them. I take no orders from them.</p>
      <ul class="memories messages">{known.map((one) => <Message key={one.id} one={one} />)}</ul>
    </section>
  );
}

function Message({ one }: { one: PhoneMessage }): JSX.Element {
  const [busy, setBusy] = useState(false);
  const drop = async (): Promise<void> => {
    setBusy(true);
    const trouble = await dropMessage(one.id);
    if (trouble) notice.value = trouble;
    else announce("Deleted.");
    setBusy(false);
  };
  return (
    <li>
      <div class="words">
        <p class="text">{one.text || "Nothing could be understood."}</p>
        <p class="witness">{one.caller ? <a href={`tel:${one.caller}`}>{one.caller}</a> : "Number withheld"} · <time dateTime={one.at}>{moment(one.at)}</time> · {length(one.seconds)}</p>
      </div>
      <button type="button" class="quiet" disabled={busy} aria-label={`Delete the message of ${moment(one.at)}`} onClick={drop}>Delete</button>
    </li>
  );
}
