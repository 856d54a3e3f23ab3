// What Chronus remembers, with the words it learned it from; each can be corrected and forgotten.
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { signal } from "@preact/signals";
import { all, patch, post, remove, words } from "../api";
import { notice } from "../day/store";
import type { Memory } from "../shapes";
import { nearDay, wall } from "../time";
import { Empty, PageLink, Trouble, Waiting } from "../ui/parts";
import { Frame } from "./frame";

const memories = signal<Memory[] | null>(null);
// What something newer took the place of.
const earlier = signal<Memory[]>([]);
const trouble = signal("");

async function load(): Promise<void> {
  try {
    const known = await all<Memory>("/v1/memory?state=all");
    memories.value = known.filter((one) => !one.replaced_by);
    earlier.value = known.filter((one) => one.replaced_by);
    trouble.value = "";
  } catch (problem) {
    trouble.value = words(problem);
  }
}

// Nothing here is shown as kept or gone before the server says so.
async function change(work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work();
    await load();
    return true;
  } catch (problem) {
    notice.value = words(problem);
    return false;
  }
}

export function Memories(): JSX.Element {
  useEffect(() => void load(), []);
  const known = memories.value;
  return (
    <Frame title="What I remember" lead="Only what you said or I noticed, with the words and the day. Correct it, or let me forget it.">
      <Add />
      {trouble.value && <Trouble what={`I could not read my memory. ${trouble.value}`} again={load} />}
      {known === null && !trouble.value && <Waiting rows={5} label="memories" />}
      {known?.length === 0 && <Empty state="empty-memory" say="remember that I don’t take meetings before ten">I remember nothing about you yet.</Empty>}
      <ul class="memories">{(known ?? []).map((memory) => <One key={memory.id} memory={memory} />)}</ul>
      {earlier.value.length > 0 && (
        <details class="earlier">
          <summary>What holds no longer<span class="count">{earlier.value.length}</span></summary>
          <ul class="memories">{earlier.value.map((memory) => <Earlier key={memory.id} memory={memory} />)}</ul>
        </details>
      )}
    </Frame>
  );
}

// Something newer took its place; it can hold again, or go for good.
function Earlier({ memory }: { memory: Memory }): JSX.Element {
  const at = encodeURIComponent(memory.id);
  const instead = memories.value?.find((one) => one.id === memory.replaced_by);
  return (
    <li data-state="replaced">
      <div class="words">
        <p class="text">{memory.text}</p>
        <p class="witness">{instead && <>Until you said: <q>{instead.text}</q> · </>}{nearDay(wall(new Date(memory.at)).day)}</p>
      </div>
      <div class="answers">
        <button type="button" class="quiet" aria-label={`It holds again: ${memory.text}`} onClick={() => change(() => post(`/v1/memory/${at}/restore`))}>It holds again</button>
        <button type="button" class="quiet" aria-label={`Forget: ${memory.text}`} onClick={() => change(() => remove(`/v1/memory/${at}`))}>Forget</button>
      </div>
    </li>
  );
}

const ORIGIN: Record<string, string> = { you_said: "You said", said: "You said", user: "You said", page: "You wrote", noticed: "I noticed", mail: "From mail" };

function One({ memory }: { memory: Memory }): JSX.Element {
  const [mode, setMode] = useState<"shown" | "edit" | "forget">("shown");
  const [text, setText] = useState(memory.text);
  const at = encodeURIComponent(memory.id);
  const day = wall(new Date(memory.at)).day;
  const save = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (await change(() => patch(`/v1/memory/${at}`, { text: text.trim() }))) setMode("shown");
  };
  if (mode === "edit") {
    return (
      <li>
        <form class="correct" onSubmit={save}>
          <input aria-label="The corrected memory" value={text} autoFocus onInput={(event) => setText(event.currentTarget.value)} />
          <button type="submit" class="primary" disabled={!text.trim()}>Save</button>
          <button type="button" class="quiet" onClick={() => setMode("shown")}>Leave it</button>
        </form>
      </li>
    );
  }
  return (
    <li>
      <div class="words">
        <p class="text">{memory.text}</p>
        <p class="witness">{ORIGIN[memory.origin] ?? memory.origin}{memory.quote ? <>: <q>{memory.quote}</q></> : ""} · {nearDay(day)}{memory.category ? ` · ${memory.category}` : ""}{memory.conversation_id && <> · <PageLink to={`/history/${encodeURIComponent(memory.conversation_id)}`} class="link" aria-label={`Where it was said: ${memory.text}`}>Where it was said</PageLink></>}</p>
      </div>
      {mode === "forget" ? (
        <div class="answers">
          <button type="button" class="primary harm" onClick={() => change(() => remove(`/v1/memory/${at}`))}>Forget for good</button>
          <button type="button" class="quiet" onClick={() => setMode("shown")}>Keep</button>
        </div>
      ) : (
        <div class="answers">
          <button type="button" class="quiet" aria-label={`Correct: ${memory.text}`} onClick={() => setMode("edit")}>Correct</button>
          <button type="button" class="quiet" aria-label={`Forget: ${memory.text}`} onClick={() => setMode("forget")}>Forget</button>
        </div>
      )}
    </li>
  );
}

function Add(): JSX.Element {
  const [text, setText] = useState("");
  const add = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (text.trim() && (await change(() => post("/v1/memory", { text: text.trim() })))) setText("");
  };
  return (
    <form class="correct" onSubmit={add}>
      <input aria-label="Something to remember" placeholder="Something to remember, e.g. I don’t take meetings before ten" value={text}
        autocomplete="off" onInput={(event) => setText(event.currentTarget.value)} />
      <button type="submit" class="primary" disabled={!text.trim()}>Remember</button>
    </form>
  );
}
