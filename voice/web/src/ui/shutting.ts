// What hangs open is shut by Escape, and by going elsewhere.
import type { RefObject } from "preact";
import { useEffect } from "preact/hooks";

/** While `open`: `shut` on a press or focus outside the box, and on Escape, which gives its button the focus back. */
export function useShutting(open: boolean, box: RefObject<HTMLElement | null>, shut: () => void): void {
  useEffect(() => {
    if (!open) return;
    const away = (event: Event): void => {
      if (!box.current?.contains(event.target as Node)) shut();
    };
    const escape = (event: KeyboardEvent): void => {
      if (event.key !== "Escape") return;
      shut();
      box.current?.querySelector("button")?.focus();
    };
    document.addEventListener("pointerdown", away);
    document.addEventListener("focusin", away);
    document.addEventListener("keydown", escape);
    return () => {
      document.removeEventListener("pointerdown", away);
      document.removeEventListener("focusin", away);
      document.removeEventListener("keydown", escape);
    };
  }, [open]);
}
