// Which question a turn is waiting on, also after the page was opened anew.
import { approvals } from "../day/store";
import type { Pending } from "../shapes";
import type { Turn } from "./store";

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

export function waitsFor(turn: Turn): Pending | null {
  if (turn.pending) return turn.pending;
  const asked = turn.actions.filter((action) => action.error === "needs_approval");
  if (!asked.length) return null;
  return (approvals.value ?? []).find((item) => asked.some((action) => action.tool === item.tool && same(action.arguments, item.arguments))) ?? null;
}
