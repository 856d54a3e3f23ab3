// The talk button, its ring, and one line that says what is happening.
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { hush, levels, start, stop, tryNow } from "../live/voice";
import { howToAllow } from "../live/microphone";
import { isOpen, isTalking, live, liveSince, liveWhy, retryAt, type LiveState } from "../live/state";
import { AWAY, away } from "../mind";
import { turns } from "../thread/store";
import { clock, now } from "../time";
import { Icon } from "./icons";

const still = matchMedia("(prefers-reduced-motion: reduce)");

export function TalkButton(): JSX.Element {
  const ring = useRef<HTMLSpanElement>(null);
  const talking = isTalking.value;
  useEffect(() => {
    if (!talking || still.matches) return;
    let frame = 0;
    let shown = 0;
    const draw = (): void => {
      const { heard, spoken } = levels();
      const level = live.value === "speaking" ? spoken : live.value === "muted" ? 0 : heard;
      shown += (level - shown) * (level > shown ? 0.5 : 0.12);
      ring.current?.style.setProperty("--level", shown.toFixed(3));
      frame = requestAnimationFrame(draw);
    };
    draw();
    return () => {
      cancelAnimationFrame(frame);
      ring.current?.style.removeProperty("--level");
    };
  }, [talking]);
  const pressed = (event: MouseEvent): void => {
    // Clicked with a pointer, it must not keep the space bar for itself: that is held to talk.
    if (event.detail > 0) (event.currentTarget as HTMLElement).blur();
    void (isOpen.value ? stop() : start());
  };
  return (
    <button type="button" class="talk" data-state={live.value} aria-label="Talk" aria-pressed={isOpen.value} aria-describedby="live-state"
      title={isOpen.value ? "Stop talking" : "Talk (or hold the space bar)"} onClick={pressed}>
      <span class="ring" ref={ring} aria-hidden="true" />
      <Icon name={isOpen.value ? "stop" : "mic"} size={24} />
    </button>
  );
}

const SAYS: Record<LiveState, string> = {
  idle: "", connecting: "Connecting…", listening: "Listening", muted: "Hold the space bar to talk", hearing: "Hearing you",
  thinking: "Thinking…", speaking: "Speaking", interrupted: "Stopped. Go on",
  reconnecting: "Reconnecting…", gone: "Chronus is not answering", denied: "I may not use the microphone", "no-microphone": "I found no microphone",
  insecure: "This address may not use the microphone", elsewhere: "Another tab has the conversation", full: "All lines are busy", ended: "Conversation over", failed: "That did not work",
};

function more(state: LiveState): string {
  const since = clock(new Date(liveSince.value));
  const wait = retryAt.value === null ? 0 : Math.max(0, Math.ceil((retryAt.value - Date.now()) / 1000));
  switch (state) {
    case "speaking": return "Esc stops me, or just talk";
    case "reconnecting": return `The line dropped at ${since}. Nothing is lost.`;
    case "gone": return `Since ${since}. What you see is from then; nothing is lost.`;
    case "denied": return howToAllow();
    case "no-microphone": return "Plug one in and press Talk, or type instead.";
    case "insecure": return "Open Chronus on its own machine at 127.0.0.1, or over https. Typing works here.";
    case "elsewhere": return "Press Talk to have it here.";
    case "full": return `${liveWhy.value} Try again in ${wait} s; typing works meanwhile.`;
    case "ended": return liveWhy.value || "Press Talk to go on.";
    case "failed": return `${liveWhy.value} You can type meanwhile.`;
    case "idle": return away.value ? AWAY : matchMedia("(pointer: coarse)").matches ? "Tap to talk" : "Hold the space bar to talk";
    default: return liveWhy.value;
  }
}

// The words of the moment, for when the thread itself is out of sight.
export function Caption(): JSX.Element | null {
  const last = turns.value.at(-1);
  if (!isTalking.value || last?.channel !== "voice") return null;
  return <p class="caption" aria-hidden="true">{last.reply || last.said || last.hearing}</p>;
}

export function LiveLine(): JSX.Element {
  const state = live.value;
  void now.value;
  return (
    <div class="live-line" data-state={state} data-mind={away.value ? "away" : undefined}>
      <p id="live-state" role="status">
        <span class="dot" aria-hidden="true" />
        <strong>{SAYS[state]}</strong> <span class="more">{more(state)}</span>
      </p>
      {state === "speaking" && <button type="button" class="link" onClick={hush}>Stop speaking</button>}
      {(state === "reconnecting" || state === "gone") && <button type="button" class="link" onClick={tryNow}>Try now</button>}
    </div>
  );
}
