// Whose telephone it is: the number, shown to be theirs by a code that is read to it, and the PIN.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Phone } from "../shapes";
import { moment } from "../time";
import { announce } from "../ui/announce";
import { Icon } from "../ui/icons";
import { forgetPhone, ringWithCode, saveNumber, savePin, showCode } from "./store";

const CODE = 6;

// A form that says what came of it, in its own place.
function useTrying(): { busy: boolean; said: string; attempt: (work: () => Promise<string>, done: string) => Promise<boolean> } {
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState("");
  const attempt = async (work: () => Promise<string>, done: string): Promise<boolean> => {
    setBusy(true);
    const trouble = await work();
    setSaid(trouble || done);
    if (!trouble && done) announce(done);
    setBusy(false);
    return !trouble;
  };
  return { busy, said, attempt };
}

export function Number({ mine }: { mine: Phone }): JSX.Element {
  const { busy, said, attempt } = useTrying();
  const [number, setNumber] = useState(mine.number ?? "");
  const same = number.replaceAll(/[^+\d]/g, "") === mine.number;
  const save = async (event: Event): Promise<void> => {
    event.preventDefault();
    await attempt(() => saveNumber(number), "Kept. I know you by this number now.");
  };
  const forget = async (): Promise<void> => {
    if (await attempt(forgetPhone, "Forgotten, with its PIN.")) setNumber("");
  };
  return (
    <section class="fields" aria-labelledby="number-title" data-state={mine.verified ? "verified" : mine.number ? "unverified" : "none"}>
      <h2 id="number-title">Your number</h2>
      <form class="correct" onSubmit={save}>
        <input type="tel" aria-label="Your telephone number" autocomplete="tel" placeholder="+1 555 123 4567" value={number} onInput={(event) => setNumber(event.currentTarget.value)} />
        <button type="submit" class={same ? "quiet" : "primary"} disabled={busy || same || !number.trim()}>{mine.number ? "Change" : "Keep"}</button>
        {mine.number && <button type="button" class="quiet" disabled={busy} onClick={forget}>Forget it</button>}
      </form>
      <p class="aside" role="status">{said || "With its country. A number alone opens nothing: I ask for the PIN before I say anything private."}</p>
      {mine.number && (mine.verified ? <p class="allowed"><Icon name="check" size={16} /> I may ring this number: you have shown that it is yours.</p> : mine.calls && <Verify />)}
    </section>
  );
}

function Verify(): JSX.Element {
  const { busy, said, attempt } = useTrying();
  const [rung, setRung] = useState(false);
  const [code, setCode] = useState("");
  const ring = async (): Promise<void> => {
    if (await attempt(ringWithCode, "I am ringing you now. Listen for six digits.")) setRung(true);
  };
  const show = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (!(await attempt(() => showCode(code), "Right. I may ring this number now."))) setCode("");
  };
  return (
    <div class="verify">
      <p class="aside">Before I ring this number I make sure that it is yours: I ring it and read a code to whoever answers.</p>
      {rung && (
        <form class="correct" onSubmit={show}>
          <input aria-label="The code you heard" inputMode="numeric" autocomplete="one-time-code" pattern={`[0-9]{${CODE}}`} maxLength={CODE} placeholder="6 digits" autoFocus value={code} onInput={(event) => setCode(event.currentTarget.value.replaceAll(/\D/g, ""))} />
          <button type="submit" class="primary" disabled={busy || code.length !== CODE}>That is the code</button>
        </form>
      )}
      <div class="answers"><button type="button" class={rung ? "quiet" : "primary"} disabled={busy} onClick={ring}>{rung ? "Ring me again" : "Ring me with a code"}</button></div>
      {said && <p class="aside" role="status">{said}</p>}
    </div>
  );
}

export function Pin({ mine }: { mine: Phone }): JSX.Element {
  const { busy, said, attempt } = useTrying();
  const [pin, setPin] = useState("");
  const [again, setAgain] = useState("");
  const differs = again.length > 0 && again !== pin;
  const save = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (!(await attempt(() => savePin(pin), "Kept. It is never spoken, only entered by keypad."))) return;
    setPin("");
    setAgain("");
  };
  const field = (label: string, value: string, set: (value: string) => void): JSX.Element => (
    <input type="password" aria-label={label} placeholder={label} inputMode="numeric" autocomplete="new-password" pattern="[0-9]{6,12}" maxLength={12}
      value={value} onInput={(event) => set(event.currentTarget.value.replaceAll(/\D/g, ""))} />
  );
  return (
    <section class="fields" aria-labelledby="pin-title" data-state={mine.locked_until ? "locked" : mine.pin ? "set" : "none"}>
      <h2 id="pin-title">PIN</h2>
      {mine.locked_until && <div class="trouble" role="alert"><p>Locked until {moment(mine.locked_until)}: too many wrong PINs. If that was not you, somebody else tried. A new PIN unlocks it.</p></div>}
      <form class="correct" onSubmit={save}>
        {field(mine.pin ? "A new PIN" : "A PIN", pin, setPin)}
        {field("Once more", again, setAgain)}
        <button type="submit" class="primary" disabled={busy || pin.length < 6 || again !== pin}>{mine.pin ? "Change" : "Keep"}</button>
      </form>
      <p class="aside" role="status">{differs && again.length >= pin.length ? "The two differ." : said || (mine.pin ? "There is one. You enter it when you call, and when I call you." : "Six to twelve digits. Without one nobody is put through.")}</p>
    </section>
  );
}
