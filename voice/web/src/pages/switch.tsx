// On or off, kept at once.
import type { JSX } from "preact";

export function Switch({ id, on, flip, off = false, told }: { id: string; on: boolean; flip: () => void; off?: boolean; told?: string }): JSX.Element {
  return <button type="button" id={id} class="switch" role="switch" aria-checked={on} disabled={off} {...(told ? { "aria-describedby": told } : {})} onClick={flip} />;
}
