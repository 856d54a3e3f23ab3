// Which question a turn is waiting on, also after the page was opened anew.
import { waiting } from "../day/store";
import type { Action, Pending } from "../shapes";
import type { Turn } from "./store";

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

// What is asked spells out more than the call did, but nothing else.
const asksFor = (item: Pending, action: Action): boolean =>
  item.tool === action.tool && Object.entries(action.arguments).every(([name, value]) => same(value, item.arguments[name]));

export function waitsFor(turn: Turn): Pending | null {
  if (turn.pending) return turn.pending;
  const asked = turn.actions.filter((action) => action.error === "needs_approval");
  return waiting.value.find((item) => asked.some((action) => asksFor(item, action))) ?? null;
}
