// The thread: what was said, answered and done, by voice and by text, newest last.
import { signal } from "@preact/signals";
import { Away, Refusal, ask, get, words } from "../api";
import { approvals, loadAll, loadApprovals, loadMeAgain } from "../day/store";
import { events } from "../sse";
import { announce } from "../ui/announce";
import type { Action, Answer, Conversation, ConversationLine, Page, Pending, Problem, StoredTurn, TurnTold } from "../shapes";

export interface Turn {
  key: string;
  at: string;
  channel: string;
  said: string;
  // Words still being heard; they may change.
  hearing: string;
  reply: string;
  actions: Action[];
  pending: Pending | null;
  state: "open" | "done" | "cut" | "failed";
  trouble: string;
  // The server's own name for it, once it is known; then its words are whole.
  id: string;
  // Told how much of it was heard: nothing more will be said of it.
  over: boolean;
}

export const turns = signal<Turn[]>([]);
// What was said before has been read, or there is nothing to read; until then turns said meanwhile stand alone.
export const threadKnown = signal(false);
export const conversation = signal<string | null>(null);

const FOUR_HOURS = 4 * 3_600_000;
let count = 0;

function begin(channel: string, said = ""): Turn {
  count += 1;
  const turn: Turn = {
    key: `live-${count}`, at: new Date().toISOString(), channel, said, hearing: "", reply: "",
    actions: [], pending: null, state: "open", trouble: "", id: "", over: false,
  };
  turns.value = [...turns.value, turn];
  return turn;
}

function amend(key: string, change: Partial<Turn> | ((turn: Turn) => Partial<Turn>)): void {
  turns.value = turns.value.map((turn) =>
    turn.key === key ? { ...turn, ...(typeof change === "function" ? change(turn) : change) } : turn);
}

// Its name is known now: if it was read with the thread before that, it stands there only once.
function name(key: string, id: string): void {
  if (id) turns.value = turns.value.filter((turn) => turn.key === key || turn.id !== id);
  amend(key, { id });
}

const find = (key: string | null): Turn | undefined => turns.value.find((turn) => turn.key === key);

// Two pieces of speech side by side, with a space only where one is missing.
export function join(before: string, after: string): string {
  const gap = /[.!?,;:…]$/.test(before) && /^[\p{L}\p{N}“"(]/u.test(after) ? " " : "";
  return before + gap + after;
}

const spokenOver = (turn: StoredTurn): boolean => typeof turn.heard === "string" && turn.heard.trim() !== turn.reply.trim();

export const stored = (turn: StoredTurn): Turn => ({
  key: turn.id, at: turn.at, channel: turn.channel, said: turn.said, hearing: "",
  reply: spokenOver(turn) ? turn.heard ?? "" : turn.reply,
  actions: turn.actions ?? [], pending: null, state: spokenOver(turn) ? "cut" : "done", trouble: "", id: turn.id, over: true,
});

// Which thread is meant: whoever begins or picks another meanwhile is not brought back to the one being read.
let chosen = 0;

export async function openThread(): Promise<void> {
  const here = chosen;
  const { items } = await get<Page<ConversationLine>>("/v1/chat");
  const last = items[0];
  const found = last && Date.now() - Date.parse(last.last) <= FOUR_HOURS ? await read(last.id) : [];
  if (here !== chosen || threadKnown.value) return;
  if (last && found.length) conversation.value ??= last.id;
  const live = turns.value;
  turns.value = [...found.filter((turn) => !live.some((one) => sameTurn(one, turn))), ...live];
  threadKnown.value = true;
}

async function read(id: string): Promise<Turn[]> {
  const found = await get<Conversation>(`/v1/chat/${encodeURIComponent(id)}`);
  return found.turns.filter((turn) => turn.said || turn.reply || turn.actions?.length).map(stored);
}

// The one being said now may have been read with the thread, half done.
const sameTurn = (live: Turn, old: Turn): boolean =>
  live.id !== "" ? live.id === old.id : live.state === "open" && live.said === old.said && old.reply === "";

export async function carryOn(id: string): Promise<void> {
  const found = await read(id);
  begun(id, found);
}

export const newThread = (): void => begun("new", []);

function begun(id: string, all: Turn[]): void {
  chosen += 1;
  conversation.value = id;
  turns.value = all;
  threadKnown.value = true;
}

export async function afterTurn(): Promise<void> {
  await Promise.allSettled([loadAll(), loadApprovals(), loadMeAgain()]);
}

// ---- by text ----

export async function send(text: string): Promise<void> {
  const { key } = begin("text", text);
  try {
    const answer = await ask("/v1/chat", {
      method: "POST",
      headers: { accept: "text/event-stream", "content-type": "application/json" },
      body: JSON.stringify(conversation.value ? { text, conversation_id: conversation.value } : { text }),
    });
    if (!answer.headers.get("content-type")?.startsWith("text/event-stream") || !answer.body) finish(key, (await answer.json()) as Answer);
    else for await (const { event, data } of events(answer.body)) streamed(key, event, JSON.parse(data));
    if (find(key)?.state === "open") throw new Away();
  } catch (problem) {
    // A thread that is no longer there is not asked for twice.
    if (problem instanceof Refusal && problem.status === 404) conversation.value = null;
    amend(key, { state: "failed", trouble: explain(problem) });
    announce(explain(problem));
  }
  await afterTurn();
}

function explain(problem: unknown): string {
  if (problem instanceof Refusal && problem.status === 429) return `${problem.title} Nothing was done; try again in ${problem.retryAfter ?? 30} s.`;
  if (problem instanceof Refusal) return problem.title;
  return problem instanceof Away || problem instanceof TypeError ? "The answer did not arrive. “Changes” shows whether anything was done." : words(problem);
}

function streamed(key: string, event: string, data: unknown): void {
  if (event === "said") amend(key, (turn) => ({ reply: join(turn.reply, (data as { text: string }).text) }));
  else if (event === "tool") amend(key, (turn) => ({ actions: [...turn.actions, data as Action] }));
  else if (event === "approval") asked(key, data as Pending);
  else if (event === "finished") finish(key, data as Answer);
  else if (event === "error") throw new Refusal((data as Problem).title, (data as Problem).status);
}

function finish(key: string, answer: Answer): void {
  const turn = find(key);
  const actions = answer.actions.map((action, at) => ({ ...action, ms: action.ms ?? turn?.actions[at]?.ms ?? null }));
  // Of a thread that was left meanwhile, the answer is still told.
  if (turn) conversation.value = answer.conversation_id;
  if (answer.pending) asked(key, answer.pending);
  amend(key, { reply: answer.reply, actions, state: "done" });
  name(key, answer.turn_id ?? "");
  announce(answer.reply);
}

function asked(key: string, pending: Pending): void {
  amend(key, { pending });
  const others = (approvals.value ?? []).filter((item) => item.id !== pending.id);
  approvals.value = [...others, { status: "pending", ...pending }];
}

// ---- by voice ----

let spoken: string | null = null;
let segments = new Map<number, string>();

function current(fresh: boolean): string {
  const turn = find(spoken);
  const over = !turn || turn.state !== "open" || (fresh && (turn.reply !== "" || turn.actions.length > 0));
  if (over) {
    if (turn?.state === "open") amend(turn.key, { state: "done" });
    spoken = begin("voice").key;
    segments = new Map();
  }
  return spoken as string;
}

export const voiceThread = {
  listen(): void {
    const turn = find(spoken);
    if (turn?.state === "open" && turn.reply) amend(turn.key, { state: "done" });
  },
  heard(text: string, final: boolean): void {
    if (!text.trim()) return;
    amend(current(true), (turn) =>
      final ? { said: turn.said ? `${turn.said} ${text.trim()}` : text.trim(), hearing: "" } : { hearing: text.trim() });
  },
  says(segment: number | null, text: string): void {
    const key = current(false);
    if (find(key)?.id) return;
    if (segment === null) return amend(key, (turn) => ({ reply: join(turn.reply, text) }));
    segments.set(segment, text);
    amend(key, { reply: [...segments.values()].reduce((before, after) => (before ? `${before} ${after.trim()}` : after.trim()), "") });
  },
  tool(action: Action): void {
    amend(current(false), (turn) => ({ actions: [...turn.actions, action] }));
  },
  approval(pending: Pending): void {
    asked(current(false), pending);
  },
  turn(told: TurnTold): void {
    conversation.value = told.conversation_id ?? conversation.value;
    const turn = turns.value.find((one) => one.id !== "" && one.id === told.turn_id) ?? find(spoken);
    if (!turn) return;
    const reply = told.reply ?? turn.reply;
    const change: Partial<Turn> = { reply };
    if (told.heard !== null) {
      const whole = told.heard.trim() === reply.trim();
      Object.assign(change, { over: true, reply: whole ? reply : told.heard, state: whole ? "done" : "cut" });
    }
    amend(turn.key, change);
    name(turn.key, told.turn_id ?? turn.id);
    if (told.heard === null) announce(reply);
  },
  // Silenced, for now: the server may take it up again after a cough.
  cut(): void {
    const turn = find(spoken);
    if (turn?.reply) amend(turn.key, { state: "cut" });
  },
  resume(): void {
    const turn = [...turns.value].reverse().find((one) => one.channel === "voice" && one.reply !== "");
    if (!turn || turn.state !== "cut" || turn.over) return;
    // It was only a murmur, so it is no turn of its own.
    if (spoken !== turn.key) turns.value = turns.value.filter((one) => one.key !== spoken || one.reply !== "");
    spoken = turn.key;
    amend(turn.key, { state: "open" });
  },
  close(): void {
    const turn = find(spoken);
    if (turn?.state === "open") amend(turn.key, { state: "done", said: turn.said || turn.hearing, hearing: "" });
    spoken = null;
  },
};
