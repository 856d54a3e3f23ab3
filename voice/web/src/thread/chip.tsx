// One thing Chronus did, small; open it for what exactly.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { changeOf, undo, waitsForGoogle } from "../day/store";
import { WaitingMark } from "../google/marks";
import type { Action, Fields } from "../shapes";
import { Icon } from "../ui/icons";
import { deed, label, lines, took, touched } from "./words";

export function Chip({ action }: { action: Action }): JSX.Element {
  const what = touched(action);
  const time = took(action.ms);
  return (
    <details class={`chip ${action.ok ? "" : "refused"}`} data-tool={action.tool} data-ok={action.ok}>
      <summary>
        <Icon name={action.ok ? (action.effect === "read" ? "tool" : "check") : "warn"} size={16} />
        <span class="deed">{deed(action)}</span>
        {what && <span class="touched">{what}</span>}
        {waitsForGoogle(action) && <WaitingMark words />}
        {time && <span class="took">{time}</span>}
      </summary>
      <div class="inside">
        <p class="raw">{action.tool}{action.error ? ` · ${action.error.replaceAll("_", " ")}` : ""}</p>
        <Table title="Asked" fields={action.arguments} />
        <Table title="Receipt" fields={action.receipt} />
      </div>
    </details>
  );
}

// Many looks behind one answer are one chip; open it for each.
const MANY = 2;

export function Chips({ actions }: { actions: Action[] }): JSX.Element {
  const looks = actions.filter((action) => action.effect === "read" && action.ok);
  if (looks.length <= MANY) return <>{actions.map((action, at) => <Chip key={at} action={action} />)}</>;
  const time = took(looks.reduce((sum, action) => sum + (action.ms ?? 0), 0));
  return (
    <>
      <details class="chip">
        <summary>
          <Icon name="tool" size={16} />
          <span class="deed">Looked things up</span>
          <span class="touched">{looks.length} times</span>
          {time && <span class="took">{time}</span>}
        </summary>
        <div class="inside chips">{looks.map((action, at) => <Chip key={at} action={action} />)}</div>
      </details>
      {actions.filter((action) => !looks.includes(action)).map((action, at) => <Chip key={at} action={action} />)}
    </>
  );
}

function Table({ title, fields }: { title: string; fields: Fields | null }): JSX.Element | null {
  const rows = lines(fields);
  if (!rows.length) return null;
  return (
    <dl aria-label={title}>
      <div class="title">{title}</div>
      {rows.map(([key, value]) => (
        <div key={key}>
          <dt>{label(key)}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

export function UndoHere({ actions }: { actions: Action[] }): JSX.Element | null {
  const [busy, setBusy] = useState(false);
  const found = actions.map(changeOf).filter((change) => change !== undefined);
  const last = found[found.length - 1];
  if (!last) return null;
  if (last.undone_at) return <span class="undone"><Icon name="undo" size={16} /> Undone</span>;
  const back = async (): Promise<void> => {
    setBusy(true);
    await undo(last);
    setBusy(false);
  };
  return (
    <button type="button" class="link" disabled={busy} onClick={back} aria-label={`Undo: ${last.say}`}>
      <Icon name="undo" size={16} /> {busy ? "Undoing…" : "Undo"}
    </button>
  );
}
