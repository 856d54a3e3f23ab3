// Nobody is signed in: what happened, what is safe, and the door that is open here.
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { gone, signedOutBecause } from "../api";
import { outcome, signInAt } from "../google/account";
import { told } from "../google/outcome";
import { loadWays, ways } from "../ways";

export function SignedOut({ again }: { again: () => void }): JSX.Element | null {
  const open = ways.value;
  useEffect(() => void loadWays(), []);
  if (!open) return null;
  if (gone.value) return <Gone again={again} />;
  const why = (outcome.value && outcome.value.what !== "connected" && told(outcome.value)) || (open.google && !open.local ? "" : signedOutBecause.value || "Chronus could not tell that it is you.");
  return (
    <main id="main" class="alone" data-state="signed-out">
      <h1>{open.google ? "Sign in to Chronus" : "You are not signed in"}</h1>
      {why && <p>{why}</p>}
      {open.google && <p>Google tells me who you are, and nothing else yet. What I may see of your calendar, tasks and mail, you choose afterwards.</p>}
      {(open.local || !open.google) && <p>Nothing was changed. Open Chronus on the machine it runs on, at <a href="http://127.0.0.1:8000/">127.0.0.1</a> with the port it was started with, and it signs you in by itself.</p>}
      <div class="answers">
        {open.google && <a class="primary" href={signInAt()}>Sign in with Google</a>}
        {(open.local || !open.google) && <button type="button" class={open.google ? "quiet" : "primary"} onClick={again}>Try again</button>}
      </div>
    </main>
  );
}

function Gone({ again }: { again: () => void }): JSX.Element {
  const anew = (): void => {
    gone.value = false;
    again();
  };
  return (
    <main id="main" class="alone" data-state="gone">
      <h1>Everything about you is deleted</h1>
      <p>If you want to begin anew, you begin with nothing.</p>
      <div class="answers"><button type="button" class="quiet" onClick={anew}>Begin anew</button></div>
    </main>
  );
}
