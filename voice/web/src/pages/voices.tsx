// Whose voice speaks and how fast, with a sentence to hear it by.
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { all, ask, words } from "../api";
import type { Me, Voice } from "../shapes";
import { announce } from "../ui/announce";
import { Row } from "./row";

type Save = (change: Partial<Me>) => Promise<void>;

const ENGINES: Record<string, string> = { google: "Google", piper: "Piper, on this machine", espeak: "espeak-ng, on this machine" };
const PACES: [number, string][] = [[0.8, "Slow"], [1, "Usual"], [1.15, "A little quicker"], [1.3, "Quick"], [1.6, "Very quick"]];

export function VoiceChoice({ mine, save }: { mine: Me; save: Save }): JSX.Element {
  const [voices, setVoices] = useState<Voice[] | null>(null);
  const [trouble, setTrouble] = useState("");
  useEffect(() => {
    all<Voice>("/v1/voice/voices").then(setVoices, (problem) => setTrouble(words(problem)));
  }, []);
  const usual = voices?.[0];
  if (!voices || !usual) {
    const told = trouble || (voices ? "No voice is here. `chronus models fetch` brings one." : "…");
    return (
      <>
        <Row name="Voice" id="voice"><output id="voice" data-state={trouble ? "failed" : voices ? "none" : "loading"}>{told}</output></Row>
        <Pace mine={mine} save={save} />
      </>
    );
  }
  const chosen = voices.find((one) => one.id === mine.voice) ?? usual;
  const engines = [...new Set(voices.map((one) => one.engine))];
  return (
    <>
      <Row name="Voice" id="voice" note={chosen.licence ?? ""}>
        <span class="with-sample">
          <select id="voice" value={mine.voice ?? ""} onChange={(event) => save({ voice: event.currentTarget.value })}>
            <option value="">The usual one ({usual.name})</option>
            {engines.map((engine) => (
              <optgroup key={engine} label={ENGINES[engine] ?? engine}>
                {voices.filter((one) => one.engine === engine).map((one) => <option key={one.id} value={one.id}>{one.name}{accent(one, voices)}</option>)}
              </optgroup>
            ))}
          </select>
          <HearIt voice={chosen.id} speed={mine.speed} />
        </span>
      </Row>
      <Pace mine={mine} save={save} />
    </>
  );
}

function Pace({ mine, save }: { mine: Me; save: Save }): JSX.Element {
  return (
    <Row name="How fast I speak" id="speed">
      <select id="speed" value={String(mine.speed)} onChange={(event) => save({ speed: Number(event.currentTarget.value) })}>
        {paces(mine.speed).map(([speed, name]) => <option key={speed} value={String(speed)}>{name}</option>)}
      </select>
    </Row>
  );
}

function HearIt({ voice, speed }: { voice: string; speed: number }): JSX.Element {
  const [state, setState] = useState<"" | "loading" | "playing">("");
  const playing = useRef<HTMLAudioElement | null>(null);
  const stop = (): void => {
    playing.current?.pause();
    if (playing.current) URL.revokeObjectURL(playing.current.src);
    playing.current = null;
    setState("");
  };
  useEffect(() => stop, [voice, speed]);
  const play = async (): Promise<void> => {
    setState("loading");
    try {
      const answer = await ask(`/v1/voice/voices/${encodeURIComponent(voice)}/sample?speed=${speed}`);
      const sound = new Audio(URL.createObjectURL(await answer.blob()));
      sound.addEventListener("ended", stop);
      playing.current = sound;
      await sound.play();
      setState("playing");
    } catch (problem) {
      stop();
      announce(words(problem));
    }
  };
  return (
    <button type="button" class="quiet" data-state={state} disabled={state === "loading"} onClick={state === "playing" ? stop : play}>
      {state === "playing" ? "Stop" : state === "loading" ? "One moment…" : "Hear it"}
    </button>
  );
}

// Where several languages or accents stand together, each says which it is.
const accent = (one: Voice, voices: Voice[]): string => (new Set(voices.map((other) => other.language)).size > 1 && one.engine !== "espeak" ? ` (${one.language})` : "");

const paces = (mine: number): [number, string][] =>
  PACES.some(([speed]) => speed === mine) ? PACES : [...PACES, [mine, `${mine} times the usual`] as [number, string]].sort(([a], [b]) => a - b);
