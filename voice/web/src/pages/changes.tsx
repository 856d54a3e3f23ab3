// What Chronus did, newest first, each with its undo.
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { changes, loadChanges, undo } from "../day/store";
import { troubles } from "../lists";
import type { Change } from "../shapes";
import { clock, nearDay, wall } from "../time";
import { Icon } from "../ui/icons";
import { Empty, Trouble, Waiting } from "../ui/parts";
import { Frame } from "./frame";

export function Changes(): JSX.Element {
  useEffect(() => void loadChanges(), []);
  const all = changes.value;
  const trouble = troubles.value["changes"];
  const byDay = grouped(all ?? []);
  return (
    <Frame title="What I did" lead="Everything I changed, with its receipt. Undo gives back what it was before.">
      {trouble && <Trouble what={`I could not read the changes. ${trouble}`} again={loadChanges} />}
      {all === null && !trouble && <Waiting rows={6} label="changes" />}
      {all?.length === 0 && <Empty state="empty-changes" say="add milk to my shopping list">I have changed nothing yet.</Empty>}
      {[...byDay].map(([day, items]) => (
        <section key={day}>
          <h2>{nearDay(day)}</h2>
          <ul class="ledger">{items.map((change) => <Line key={change.id} change={change} />)}</ul>
        </section>
      ))}
    </Frame>
  );
}

function grouped(all: Change[]): Map<string, Change[]> {
  const days = new Map<string, Change[]>();
  for (const change of all) {
    const day = wall(new Date(change.at)).day;
    days.set(day, [...(days.get(day) ?? []), change]);
  }
  return days;
}

function Line({ change }: { change: Change }): JSX.Element {
  const [busy, setBusy] = useState(false);
  const back = async (): Promise<void> => {
    setBusy(true);
    await undo(change);
    setBusy(false);
  };
  return (
    <li data-undone={change.undone_at !== null}>
      <time dateTime={change.at}>{clock(new Date(change.at))}</time>
      <span class="deed">{change.say}</span>
      {change.undone_at
        ? <span class="undone">Undone {clock(new Date(change.undone_at))}</span>
        : <button type="button" class="quiet" disabled={busy} onClick={back} aria-label={`Undo: ${change.say}`}><Icon name="undo" size={16} /> {busy ? "Undoing…" : "Undo"}</button>}
    </li>
  );
}
