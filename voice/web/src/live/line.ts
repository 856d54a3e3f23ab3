// One live conversation over the official Pipecat client; loaded only when the person first wants to talk.
import { LogLevel, PipecatClient } from "@pipecat-ai/client-js";
import { WebSocketTransport } from "@pipecat-ai/websocket-transport";
import type { LineMessage } from "../shapes";
import { Sound } from "./sound";
import { Wire } from "./wire";

export interface LineEvents {
  ready(): void;
  closed(): void;
  microphoneLost(why: string): void;
  userStarted(): void;
  userStopped(): void;
  heard(text: string, final: boolean): void;
  says(segment: number | null, text: string): void;
  botStarted(): void;
  botStopped(): void;
  interrupted(): void;
  sounding(sounding: boolean): void;
  message(message: LineMessage): void;
  failed(what: string): void;
}

export interface Line {
  hush(): void;
  mute(muted: boolean): void;
  levels(): { heard: number; spoken: number };
  close(): Promise<void>;
}

const READY_WITHIN = 12_000;
// Each second both sides learn that the line stands; a server that has answered once and is silent for so long is gone,
// whatever the socket says: a network that goes away tells nobody.
const HERE_EVERY = 1000;
const GONE_AFTER = 2500;

export async function openLine(wsUrl: string, on: LineEvents): Promise<Line> {
  const sound = new Sound();
  // The SDK's own promise hangs when the socket closes before the server is ready; this one does not.
  let giveUp: (problem: Error) => void = () => {};
  const gaveUp = new Promise<never>((_, reject) => (giveUp = reject));
  sound.onSounding = (sounding) => on.sounding(sounding);
  let heardAt = 0;
  let answers = false;
  let beating: ReturnType<typeof setInterval> | undefined;
  const gone = (): void => {
    clearInterval(beating);
    giveUp(new Error("closed"));
    on.closed();
  };
  const interrupted = (): void => {
    sound.hush(false);
    on.interrupted();
  };
  const client = new PipecatClient({
    transport: new WebSocketTransport({
      mediaManager: sound,
      serializer: new Wire(interrupted, () => (heardAt = performance.now())),
      recorderSampleRate: 16_000,
      playerSampleRate: 24_000,
    }),
    enableMic: true,
    enableCam: false,
    callbacks: {
      onBotReady: () => on.ready(),
      onDisconnected: gone,
      onDeviceError: (error) => on.microphoneLost(error.message),
      onUserStartedSpeaking: () => on.userStarted(),
      onUserStoppedSpeaking: () => on.userStopped(),
      onUserTranscript: (data) => on.heard(data.text, data.final),
      onBotOutput: (data) => on.says(data.segment_id ?? null, data.text),
      onBotStartedSpeaking: () => on.botStarted(),
      onBotStoppedSpeaking: () => on.botStopped(),
      onServerMessage: (data) => on.message(data as LineMessage),
      onError: (message) => {
        const data = message.data as { error?: string; message?: string; fatal?: boolean };
        if (!data.fatal) on.failed(data.error ?? data.message ?? "");
      },
    },
  });
  client.setLogLevel(LogLevel.NONE);
  const late = setTimeout(() => giveUp(new Error("late")), READY_WITHIN);
  try {
    await Promise.race([client.connect({ wsUrl }), gaveUp]);
  } catch (problem) {
    await client.disconnect().catch(() => undefined);
    throw problem;
  } finally {
    clearTimeout(late);
    gaveUp.catch(() => undefined);
  }
  const here = (): void => {
    const asked = performance.now();
    client.sendClientRequest("here", undefined, GONE_AFTER).then(() => (answers = true), () => {
      if (!answers || heardAt > asked) return;
      gone();
      void client.disconnect().catch(() => undefined);
    });
  };
  beating = setInterval(here, HERE_EVERY);
  here();
  return {
    hush: () => {
      sound.hush(true);
      client.sendClientMessage("stop");
    },
    mute: (muted) => sound.mute(muted),
    levels: () => sound.levels(),
    close: () => {
      clearInterval(beating);
      return client.disconnect();
    },
  };
}
