// Earlier conversations, spoken and typed; any can be read and carried on.
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { signal } from "@preact/signals";
import { all, get, words } from "../api";
import { go } from "../route";
import type { Conversation, ConversationLine } from "../shapes";
import { carryOn, stored } from "../thread/store";
import { TurnView } from "../thread/turn";
import { moment } from "../time";
import { Empty, PageLink, Trouble, Waiting } from "../ui/parts";
import { Frame } from "./frame";

const lines = signal<ConversationLine[] | null>(null);
const opened = signal<Conversation | null>(null);
const trouble = signal("");

async function attempt(work: () => Promise<void>): Promise<void> {
  try {
    await work();
    trouble.value = "";
  } catch (problem) {
    trouble.value = words(problem);
  }
}

const load = (): Promise<void> => attempt(async () => void (lines.value = await all<ConversationLine>("/v1/chat", 3)));

export function History(): JSX.Element {
  useEffect(() => void load(), []);
  const known = lines.value;
  return (
    <Frame title="Conversations" lead="By voice, by phone and by text, in one place.">
      {trouble.value && <Trouble what={`I could not read the conversations. ${trouble.value}`} again={load} />}
      {known === null && !trouble.value && <Waiting rows={5} label="conversations" />}
      {known?.length === 0 && <Empty state="empty-history" say="what’s on tomorrow?">No conversations yet.</Empty>}
      <ul class="ledger">
        {(known ?? []).map((line) => (
          <li key={line.id}><PageLink to={`/history/${line.id}`} class="row-link"><span class="deed">{line.title || "Conversation"}</span><time dateTime={line.last}>{moment(line.last)}</time></PageLink></li>
        ))}
      </ul>
    </Frame>
  );
}

export function PastConversation({ id }: { id: string }): JSX.Element {
  const read = (): Promise<void> => attempt(async () => void (opened.value = await get<Conversation>(`/v1/chat/${encodeURIComponent(id)}`)));
  useEffect(() => {
    opened.value = null;
    void read();
  }, [id]);
  const goOn = (): Promise<void> => attempt(async () => {
    await carryOn(id);
    go("/");
  });
  const found = opened.value;
  return (
    <Frame title="Conversation">
      <p><button type="button" class="primary" onClick={goOn}>Carry on with this</button></p>
      {trouble.value && <Trouble what={`I could not read this conversation. ${trouble.value}`} again={read} />}
      {!found && !trouble.value && <Waiting rows={6} label="the conversation" />}
      <div class="turns past">{(found?.turns ?? []).map((turn) => <TurnView key={turn.id} turn={stored(turn)} latest={false} />)}</div>
    </Frame>
  );
}
