// Something for a free stretch, and why; one press puts it on the calendar, and one takes it off again.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { signal } from "@preact/signals";
import { post, words } from "../api";
import { loadAll, loadSuggestions, notice, suggestions, undo } from "../day/store";
import { outdate, troubles } from "../lists";
import type { Accepted, Suggestion } from "../shapes";
import { announce } from "../ui/announce";
import { clock, nearDay, wall } from "../time";
import { Icon } from "../ui/icons";
import { Trouble } from "../ui/parts";

// What was put on the calendar in this visit, so that it can be taken off where it was said.
const accepted = signal<Accepted[]>([]);

export function Suggestions(): JSX.Element | null {
  const [all, setAll] = useState(false);
  const trouble = troubles.value["suggestions"];
  const done = accepted.value;
  const open = (suggestions.value ?? []).filter((one) => one.state === "open" && !done.some(({ suggestion }) => suggestion.id === one.id));
  if (!open.length && !done.length && !trouble) return null;
  return (
    <section class="block suggestions" id="suggestions" aria-labelledby="suggestions-title" tabIndex={-1}>
      <h2 id="suggestions-title">Suggestions</h2>
      {trouble && <Trouble what={`I could not read the suggestions. ${trouble}`} again={loadSuggestions} />}
      <ul>
        {done.map((one) => <Taken key={one.suggestion.id} one={one} />)}
        {(all ? open : open.slice(0, 1)).map((one) => <One key={one.id} one={one} />)}
      </ul>
      {open.length > 1 && <button type="button" class="link" aria-expanded={all} onClick={() => setAll(!all)}>{all ? "Show one" : `${open.length - 1} more`}</button>}
    </section>
  );
}

const when = (one: Suggestion): string => {
  const [starts, ends] = [new Date(one.starts), new Date(one.ends)];
  return `${nearDay(wall(starts).day)} ${clock(starts)} – ${clock(ends)}`;
};

function One({ one }: { one: Suggestion }): JSX.Element {
  const [busy, setBusy] = useState(false);
  // Its time may have been taken since: only the server can say that it is on the calendar.
  const take = async (): Promise<void> => {
    setBusy(true);
    try {
      const came = await post<Accepted>(`/v1/suggestions/${encodeURIComponent(one.id)}/accept`);
      accepted.value = [...accepted.value, came];
      announce(came.change.say);
      await loadAll();
    } catch (problem) {
      notice.value = words(problem);
      await loadSuggestions();
    }
    setBusy(false);
  };
  const drop = async (): Promise<void> => {
    const before = suggestions.value;
    suggestions.value = (before ?? []).filter((other) => other.id !== one.id);
    outdate("suggestions");
    document.getElementById("suggestions-title")?.closest<HTMLElement>("section")?.focus({ preventScroll: true });
    try {
      await post(`/v1/suggestions/${encodeURIComponent(one.id)}/dismiss`);
      announce("All right, not now. I suggest this kind less often.");
    } catch (problem) {
      suggestions.value = before;
      notice.value = words(problem);
    }
  };
  const name = `suggestion-${one.id}`;
  return (
    <li>
      <div class="card" id={name} role="group" aria-labelledby={`${name}-text`}>
        <p id={`${name}-text`} class="what">{one.text}</p>
        {one.why && <p class="why">{one.why}</p>}
        <p class="when"><Icon name="clock" size={16} /> {when(one)}</p>
        <div class="answers">
          <button type="button" class="primary" disabled={busy} aria-describedby={`${name}-text`} onClick={take}>{busy ? "Putting it in…" : "Put it on my calendar"}</button>
          <button type="button" class="link" disabled={busy} aria-describedby={`${name}-text`} onClick={drop}>Not now</button>
        </div>
      </div>
    </li>
  );
}

function Taken({ one }: { one: Accepted }): JSX.Element {
  const [busy, setBusy] = useState(false);
  const back = async (): Promise<void> => {
    setBusy(true);
    if (await undo(one.change)) {
      accepted.value = accepted.value.filter((other) => other !== one);
      announce("It is off your calendar again.");
    }
    setBusy(false);
  };
  return (
    <li class="card" data-state="accepted">
      <p class="what"><Icon name="check" size={16} /> {one.change.say}</p>
      <div class="answers"><button type="button" class="link" disabled={busy} aria-label={`Undo: ${one.change.say}`} onClick={back}><Icon name="undo" size={16} /> {busy ? "Undoing…" : "Undo"}</button></div>
    </li>
  );
}
