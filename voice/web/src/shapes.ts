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

export type Effect = "read" | "private" | "outbound" | "destructive" | "security";
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
  // what a yes by words has to say
  consent?: string;
  // no words are enough: it takes a click here
  by_click?: boolean;
  // of the worst that had been read when it was asked
  origin?: "said" | "own" | "third party";
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
  // not yet at Google
  pending?: boolean;
}

export interface Task {
  id: string;
  title: string;
  due: string | null;
  notes: string | null;
  list: string | null;
  done: boolean;
  pending?: boolean;
}

export interface Suggestion {
  id: string;
  kind: string;
  text: string;
  why: string;
  starts: string;
  ends: string;
  task: { id: string; title: string } | null;
  state: "open" | "accepted" | "dismissed" | "expired";
  at: string;
}

export interface Accepted {
  suggestion: Suggestion;
  change: Change;
}

export interface BriefingItem {
  id: string;
  // event, conflict, task, mail, action, suggestion, trouble
  kind: string;
  text: string;
  // the id of the event, task or mail
  source: string | null;
  // the number of its first word
  begins: number;
  // where it begins in the sound, once that is ready
  starts_ms?: number | null;
}

export interface Briefing {
  id: string;
  date: string;
  text: string;
  items: BriefingItem[];
  // words heard
  cursor: number;
  audio: "ready" | "pending" | "none";
  written_at: string;
  // what came since it was first heard
  fresh: string[];
}

export interface MailInShort {
  id: string;
  from: string;
  subject: string;
}

export interface DigestItem {
  id: string;
  text: string;
  due: string | null;
  quote: string;
  mail: MailInShort;
  // added: without asking, where the person allows it
  state: "proposed" | "accepted" | "dismissed" | "added";
  task_id: string | null;
}

export interface Digest {
  id: string;
  date: string;
  say: string;
  mails: (MailInShort & { why: string })[];
  items: DigestItem[];
  unread: number;
  written_at: string;
}

export interface Notification {
  id: string;
  // digest, reminder, briefing, suggestion, sync
  about: string;
  say: string;
  link: string;
  at: string;
  read: boolean;
}

export type Part = "calendar" | "tasks" | "mail" | "briefing" | "digest" | "suggestions" | "reminders" | "jobs" | "calls" | "messages";

export interface Job {
  job: string;
  state: "waiting" | "running" | "done" | "failed" | "parked";
  slot: string;
  due: string;
  at: string | null;
  attempts: number;
  say: string | null;
  next: string | null;
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
  pending?: boolean;
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
  // where it was said
  conversation_id?: string | null;
  // what took its place
  replaced_by?: string | null;
}

export interface Hours {
  start: string;
  end: string;
}

export interface Voice {
  id: string;
  name: string;
  engine: string;
  language: string;
  licence: string | null;
}

export interface Me {
  id: string;
  name: string | null;
  zone: string;
  working_hours: Hours | null;
  briefing_time: string | null;
  digest_time: string | null;
  // what a mail asks for becomes a task unasked
  add_actions: boolean;
  suggestions_a_day: number;
  // a push may say what it is about
  push_private: boolean;
  // of one's own things: before everything that is taken away, or only before what cannot be undone
  ask_before?: "always" | "others";
  // rings the person's own telephone
  briefing_call?: boolean;
  reminder_calls?: boolean;
  // who is not known may leave a message
  phone_messages?: boolean;
  quiet_hours: Hours | null;
  voice: string | null;
  speed: number;
  recognizer: string | null;
  synthesizer: string | null;
  mind: string | null;
  // the chosen mind doesn't answer, the built-in one does
  mind_away?: boolean;
  google: GoogleAccount | null;
}

export type Feature = "calendar" | "tasks" | "mail_read" | "mail_send";

export interface GoogleAccount {
  // this Chronus has an OAuth client
  available: boolean;
  connected: boolean;
  email: string | null;
  scopes: string[];
  features: Feature[];
  reconnect: boolean;
  say?: string | null;
}

export interface Disconnected {
  say?: string;
}

// The person's telephone. `call`: the number at which Chronus is called; null: no telephone is connected to it.
export interface Phone {
  number: string | null;
  verified: boolean;
  pin: boolean;
  locked_until: string | null;
  call: string | null;
  // whether this Chronus can ring anybody
  calls: boolean;
}

export type CallState = "waiting" | "ringing" | "answered" | "machine" | "ended" | "no_answer" | "busy" | "failed" | "cancelled";

export interface PhoneCall {
  id: string;
  direction: "in" | "out";
  from: string;
  to: string;
  at: string;
  seconds: number | null;
  state: CallState;
  // why it came to nothing, as a sentence
  why: string;
  about: "briefing" | "reminder" | "asked" | "code" | null;
  tries: number;
  conversation_id: string | null;
}

// What somebody left whose number is not known: a third party's words.
export interface PhoneMessage {
  id: string;
  // the number that was shown, which anybody can forge
  caller: string;
  at: string;
  seconds: number;
  text: string;
}

// How somebody may sign in here.
export interface Ways {
  local: boolean;
  google: boolean;
}

export interface Calendar {
  id: string;
  name: string;
  color: string | null;
  primary: boolean;
  shown: boolean;
  writable: boolean;
  zone: string;
}

export type Kind = "calendar" | "tasks" | "mail";

export interface Synced {
  kind: Kind;
  state: "fresh" | "reading" | "stale" | "failed" | "reconnect";
  synced_at: string | null;
  age_s: number | null;
  say: string | null;
  // changes that are not yet at Google
  waiting: number;
  progress: { done: number; total: number | null } | null;
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
