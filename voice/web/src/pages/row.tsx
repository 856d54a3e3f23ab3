// One line of a page of settings: what it is, a word about it, and where it is changed.
import type { JSX } from "preact";

export function Row({ name, id, note, children }: { name: string; id?: string; note?: string; children: JSX.Element }): JSX.Element {
  return (
    <div class="setting">
      {id ? <label for={id}>{name}{note && <small>{note}</small>}</label> : <span class="name">{name}{note && <small>{note}</small>}</span>}
      {children}
    </div>
  );
}
