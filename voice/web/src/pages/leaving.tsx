// Everything about the person goes: asked twice, and told what it takes along.
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { gone, remove, signed, words } from "../api";
import { notice } from "../day/store";
import { account } from "../google/account";

const SURE = "delete everything";

export function Leaving(): JSX.Element {
  const [asking, setAsking] = useState(false);
  const [typed, setTyped] = useState("");
  const [busy, setBusy] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), [asking]);
  const end = async (event: Event): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    try {
      await remove("/v1/me");
      gone.value = true;
      signed.value = "out";
    } catch (problem) {
      notice.value = words(problem);
      setBusy(false);
    }
  };
  if (!asking) {
    return (
      <div class="setting">
        <span class="name">Delete everything about me<small>What I keep of you, here and in every store. It cannot be undone.</small></span>
        <button type="button" class="quiet" onClick={() => setAsking(true)}>Delete…</button>
      </div>
    );
  }
  return (
    <form class="approval leaving" aria-label="Delete everything about me?" data-state="pending" onSubmit={end}>
      <p class="what">Delete everything about you?</p>
      <p class="why">Conversations, memories, calendar, tasks and mail kept here, recordings, your telephone number.{account.value?.connected && " My access to Google ends; nothing is deleted there."} Download it first if you want to keep it.</p>
      <label for="sure">Type <q>{SURE}</q></label>
      <input id="sure" ref={field} autocomplete="off" value={typed} onInput={(event) => setTyped(event.currentTarget.value)} />
      <div class="answers">
        <button type="submit" class="primary harm" disabled={busy || typed.trim().toLowerCase() !== SURE}>{busy ? "Deleting…" : "Delete everything"}</button>
        <button type="button" class="quiet" disabled={busy} onClick={() => setAsking(false)}>Keep it</button>
      </div>
    </form>
  );
}
