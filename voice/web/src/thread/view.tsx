// The thread on the page: newest at the bottom, kept in view unless the person has scrolled up to read.
import type { JSX } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { events } from "../day/store";
import { linked } from "../google/account";
import { greeting, nearDay, wall } from "../time";
import { ConnectGoogle, SampleDay, Waiting } from "../ui/parts";
import { send, threadKnown, turns, type Turn } from "./store";
import { TurnView } from "./turn";

const ASKS = ["What’s on tomorrow?", "Am I free after three?", "Any important mail?", "Remind me tomorrow morning to call mum"];
const NEAR = 120;

export function Thread(): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const all = turns.value;
  const known = threadKnown.value;
  const toEnd = (): void => {
    const element = box.current;
    if (element && atEnd.current) element.scrollTop = element.scrollHeight;
  };
  useLayoutEffect(toEnd, [turns.value]);
  useEffect(() => {
    if (!box.current) return;
    const watch = new ResizeObserver(toEnd);
    watch.observe(box.current);
    return () => watch.disconnect();
  }, []);
  const scrolled = (): void => {
    const element = box.current;
    if (element) atEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR;
  };
  return (
    <div class="thread" ref={box} onScroll={scrolled} role="log" aria-live="off" aria-label="Conversation" tabIndex={0} data-state={known ? "ready" : "loading"}>
      <div class="turns">
        {!known && <Waiting rows={3} label="the conversation" />}
        {known && all.length === 0 ? <Welcome /> : days(all)}
      </div>
    </div>
  );
}

function days(all: Turn[]): JSX.Element[] {
  let before = "";
  return all.flatMap((turn, at) => {
    const day = wall(new Date(turn.at)).day;
    const rule = day !== before && (before !== "" || nearDay(day) !== "Today");
    before = day;
    const shown = <TurnView key={turn.key} turn={turn} latest={at === all.length - 1} />;
    return rule ? [<p key={`day-${day}`} class="day-rule"><span>{nearDay(day)}</span></p>, shown] : [shown];
  });
}

function Welcome(): JSX.Element {
  const nothing = events.value?.length === 0;
  return (
    <div class="welcome" data-state="empty-thread">
      <h2>{greeting()}.</h2>
      <p>Press Talk, or hold the space bar, and say what you need.</p>
      <ul aria-label="For example">
        {ASKS.map((text) => <li key={text}><button type="button" class="ask" onClick={() => send(text)}>{text}</button></li>)}
      </ul>
      {nothing && !linked.value && <p class="sample">Nothing here yet. To look around first: <SampleDay /><ConnectGoogle /></p>}
    </div>
  );
}
