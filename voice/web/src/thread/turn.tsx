// One exchange: what the person said, what Chronus did, what it answered.
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { clock } from "../time";
import { Approval } from "./approval";
import { Chips, UndoHere } from "./chip";
import { send, type Turn } from "./store";
import { waitsFor } from "./waits";

const CHANNEL: Record<string, string> = { voice: "spoken", phone: "by phone", text: "typed" };

export function TurnView({ turn, latest }: { turn: Turn; latest: boolean }): JSX.Element {
  const said = turn.said || turn.hearing;
  const how = CHANNEL[turn.channel] ?? turn.channel;
  const pending = waitsFor(turn);
  // The card says it better than the chip.
  const actions = turn.actions.filter((action) => !(pending && action.error === "needs_approval"));
  return (
    <article class="turn" data-state={turn.hearing ? "hearing" : turn.state} data-channel={turn.channel}>
      {said && (
        <div class="said">
          <h2 class="unseen">You, {how}</h2>
          <p>
            {turn.said}
            {turn.hearing && <span class="partial">{turn.said ? " " : ""}{turn.hearing}</span>}
          </p>
          <time dateTime={turn.at}>{how}, {clock(new Date(turn.at))}</time>
        </div>
      )}
      <div class="answer">
        <h2 class="unseen">Chronus</h2>
        {turn.reply ? <p>{turn.reply}{turn.state === "cut" && <span class="cut" title="You spoke here"> —</span>}</p> : <Thinking turn={turn} />}
        {turn.trouble && (
          <div class="trouble" role="alert">
            <p>{turn.trouble}</p>
            {turn.channel === "text" && latest && <button type="button" class="quiet" onClick={() => send(turn.said)}>Ask again</button>}
          </div>
        )}
        {pending && <Approval pending={pending} place="thread" told={turn.reply.includes(pending.say)} />}
        {actions.length > 0 && (
          <div class="chips">
            <Chips actions={actions} />
            <UndoHere actions={actions} />
          </div>
        )}
      </div>
    </article>
  );
}

// Only when it takes long enough to be wondered about.
function Thinking({ turn }: { turn: Turn }): JSX.Element | null {
  const [long, setLong] = useState(false);
  const waits = turn.channel === "text" && turn.state === "open";
  useEffect(() => {
    if (!waits) return;
    const timer = setTimeout(() => setLong(true), 700);
    return () => clearTimeout(timer);
  }, [waits]);
  return waits && long ? <p class="thinking" data-state="thinking">Thinking…</p> : null;
}
