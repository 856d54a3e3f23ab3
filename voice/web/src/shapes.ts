// What the server says and takes: the contract's names, as types.

export interface Page<T> {
  items: T[];
  next: string | null;
}

export interface Problem {
  title: string;
  status: number;
  detail?: string;
}

export type Effect = "read" | "private" | "outbound" | "destructive";
export type Fields = Record<string, unknown>;

export interface Action {
  tool: string;
  effect: Effect;
  arguments: Fields;
  ok: boolean;
  error: string | null;
  receipt: Fields | null;
  // its line in the ledger, for what was done and can be undone
  change_id?: string | null;
  ms?: number | null;
}

export type ApprovalStatus = "pending" | "approved" | "declined" | "expired" | "failed";

export interface Pending {
  id: string;
  tool: string;
  effect: Effect;
  arguments: Fields;
  say: string;
  expires_at: string;
  status?: ApprovalStatus;
}

export interface Answer {
  conversation_id: string;
  turn_id?: string;
  reply: string;
  actions: Action[];
  pending: Pending | null;
}

export interface StoredTurn {
  id: string;
  at: string;
  channel: string;
  said: string;
  reply: string;
  // As much of it as was heard, when it was spoken over.
  heard?: string | null;
  actions: Action[];
}

export interface Conversation {
  conversation_id: string;
  turns: StoredTurn[];
}

export interface ConversationLine {
  id: string;
  started: string;
  last: string;
  title: string;
}

export interface CalendarEvent {
  id: string;
  title: string;
  starts: string;
  ends: string;
  all_day: boolean;
  zone: string;
  place: string | null;
  notes: string | null;
  guests: string[];
  recurrence: string | null;
  calendar: string;
  source: string;
}

export interface Task {
  id: string;
  title: string;
  due: string | null;
  notes: string | null;
  list: string | null;
  done: boolean;
}

export interface Suggestion {
  id: string;
  text: string;
  task: Task;
  starts: string;
  ends: string;
}

export interface Reminder {
  id: string;
  text: string;
  due: string;
}

export interface Mail {
  id: string;
  from: string;
  to: string | string[];
  subject: string;
  snippet: string;
  body: string;
  at: string;
  unread: boolean;
  important: boolean;
}

export interface Change {
  id: string;
  at: string;
  tool: string;
  effect: Effect;
  say: string;
  arguments: Fields;
  receipt: Fields | null;
  undone_at: string | null;
}

export interface Memory {
  id: string;
  text: string;
  type: string;
  category: string;
  origin: string;
  quote: string | null;
  at: string;
}

export interface Hours {
  start: string;
  end: string;
}

export interface Me {
  id: string;
  name: string | null;
  zone: string;
  working_hours: Hours | null;
  briefing_time: string | null;
  quiet_hours: Hours | null;
  voice: string | null;
  voices?: { id: string; name: string }[];
  recognizer: string | null;
  synthesizer: string | null;
  mind: string | null;
  google: unknown;
}

// Told twice: when the answer is whole (`heard` null), and when it is over, with what was really heard of it.
export interface TurnTold {
  type: "turn";
  conversation_id: string | null;
  turn_id: string | null;
  reply: string | null;
  heard: string | null;
}

// What comes down the live line beside the standard RTVI events.
export type LineMessage =
  | { type: "tool"; action: Action }
  | { type: "approval"; pending: Pending }
  | TurnTold
  | { type: "ended"; reason: string; say?: string };
