// Pending work for the free hours; one press puts it there.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { suggestions, takeUp } from "../day/store";
import type { Suggestion } from "../shapes";

export function Suggestions(): JSX.Element | null {
  const [hidden, setHidden] = useState<string[]>([]);
  const all = (suggestions.value ?? []).filter((one) => !hidden.includes(one.id)).slice(0, 1);
  if (!all.length) return null;
  return (
    <section class="block suggestions" aria-labelledby="suggestions-title">
      <h2 id="suggestions-title">Suggestions</h2>
      <ul>{all.map((one) => <One key={one.id} one={one} hide={() => setHidden([...hidden, one.id])} />)}</ul>
    </section>
  );
}

function One({ one, hide }: { one: Suggestion; hide: () => void }): JSX.Element {
  const [busy, setBusy] = useState(false);
  const take = async (): Promise<void> => {
    setBusy(true);
    await takeUp(one);
    hide();
  };
  return (
    <li>
      <p>{one.text}</p>
      <div class="answers">
        <button type="button" class="quiet" disabled={busy} onClick={take}>{busy ? "Adding…" : "Put it in"}</button>
        <button type="button" class="link" onClick={hide}>Not now</button>
      </div>
    </li>
  );
}
