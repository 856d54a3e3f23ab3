// Small pieces that several places use: an empty place, a place still loading, a link within the page.
import type { ComponentChildren, JSX } from "preact";
import { useErrorBoundary, useState } from "preact/hooks";
import { loadSampleDay } from "../day/store";
import { PAGE, account, linked } from "../google/account";
import { follow, path } from "../route";

export function Empty({ state, children, say, sample = false }: {
  state: string; children: ComponentChildren; say: string; sample?: boolean;
}): JSX.Element {
  return (
    <div class="empty" data-state={state}>
      <p>{children}</p>
      <p class="say">Say <q>{say}</q>{sample && <SampleDay link />}</p>
    </div>
  );
}

export function SampleDay({ link = false }: { link?: boolean }): JSX.Element | null {
  const [busy, setBusy] = useState(false);
  if (linked.value) return null;
  const loadIt = async (): Promise<void> => {
    setBusy(true);
    await loadSampleDay();
    setBusy(false);
  };
  const button = <button type="button" class={link ? "link" : "quiet"} disabled={busy} onClick={loadIt}>{busy ? "Loading…" : "Load a sample day"}</button>;
  return link ? <> or {button}</> : button;
}

export function ConnectGoogle(): JSX.Element | null {
  return !linked.value && account.value?.available !== false ? <span class="or">or <PageLink to={PAGE} class="link">connect Google</PageLink></span> : null;
}

export function Waiting({ rows, label }: { rows: number; label: string }): JSX.Element {
  return (
    <div class="waiting" role="status" aria-label={`Loading ${label}`}>
      {Array.from({ length: rows }, (_, row) => <span key={row} class="bar" />)}
    </div>
  );
}

export function Trouble({ what, again }: { what: string; again: () => void }): JSX.Element {
  return (
    <div class="trouble" role="alert">
      <p>{what}</p>
      <button type="button" class="quiet" onClick={again}>Try again</button>
    </div>
  );
}

// One part that cannot be drawn takes no other with it.
export function Apart({ name, children }: { name: string; children: ComponentChildren }): JSX.Element {
  const [problem, again] = useErrorBoundary();
  return problem ? <Trouble what={`I could not show ${name}. Nothing is lost.`} again={again} /> : <>{children}</>;
}

export function PageLink({ to, children, ...rest }: { to: string; children: ComponentChildren; class?: string; "aria-label"?: string }): JSX.Element {
  return <a href={to} onClick={follow} aria-current={path.value === to ? "page" : undefined} {...rest}>{children}</a>;
}
