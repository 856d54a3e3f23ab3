// What each permission is for, which were granted, and the way to one more.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Feature } from "../shapes";
import { Icon } from "../ui/icons";
import { FEATURES, account } from "./account";
import { Going } from "./reconnect";

const FOR: Record<Feature, { name: string; why: string }> = {
  calendar: { name: "Calendar", why: "See your events and free time, add, move and cancel. Guests are told only after your yes." },
  tasks: { name: "Tasks", why: "See your lists, add and tick off. Google keeps a day for a task but no hour, so a time becomes a reminder here." },
  mail_read: { name: "Read mail", why: "Find and read mail, and tell you each morning what matters. Nothing is deleted or marked as read." },
  mail_send: { name: "Send mail", why: "Send what you have said yes to, word for word. It waits a moment first, so that you can take it back." },
};

export function Choose(): JSX.Element {
  const [chosen, setChosen] = useState<Feature[]>(["calendar", "tasks"]);
  const toggle = (one: Feature, on: boolean): void => setChosen(FEATURES.filter((each) => (each === one ? on : chosen.includes(each))));
  return (
    <section class="fields" aria-labelledby="permissions-title">
      <h2 id="permissions-title">What I may use</h2>
      <p class="aside">Choose now, add more later. Google’s own page asks you once more.</p>
      <ul class="permissions">
        {FEATURES.map((one) => (
          <li key={one}>
            <label>
              <input type="checkbox" checked={chosen.includes(one)} aria-describedby={`why-${one}`} onChange={(event) => toggle(one, event.currentTarget.checked)} />
              <span class="name">{FOR[one].name}</span>
            </label>
            <small id={`why-${one}`}>{FOR[one].why}</small>
          </li>
        ))}
      </ul>
      <div class="answers"><Going to={chosen}>Connect Google</Going></div>
      <p class="aside">I never see your password. What I get is kept encrypted on this server, and you can take it back here.</p>
    </section>
  );
}

export function Granted(): JSX.Element {
  const granted = account.value?.features ?? [];
  return (
    <section class="fields" aria-labelledby="permissions-title">
      <h2 id="permissions-title">What I may use</h2>
      <ul class="permissions">
        {FEATURES.map((one) => (
          <li key={one} class="setting" data-granted={granted.includes(one)}>
            <span class="name">{FOR[one].name}<small>{FOR[one].why}</small></span>
            {granted.includes(one)
              ? <span class="allowed"><Icon name="check" size={16} /> Allowed</span>
              : <Going to={[one]} label={`Allow: ${FOR[one].name}`} plain>Allow</Going>}
          </li>
        ))}
      </ul>
      {granted.length > 0 && <p class="aside">Google takes permissions back only all together: disconnect, then connect with the ones you want.</p>}
    </section>
  );
}
