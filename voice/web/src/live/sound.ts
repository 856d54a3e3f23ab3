// The microphone by the SDK's own recorder; the loudspeaker by a player that can be silenced at once and used again.
import { WavMediaManager } from "@pipecat-ai/websocket-transport";
import playerUrl from "./player.worklet.ts?worker&url";

const HEARD_AT = 16_000;
const SPOKEN_AT = 24_000;
// 32 ms of 16-bit sound a message. The SDK's default is 256 ms, which the person would wait for in every turn.
const CHUNK_BYTES = 1024;
const ON_ITS_WAY = 500;

// The SDK's player drops everything after its first interruption (it never forgives the track), and nothing calls it on one.
export class Sound extends WavMediaManager {
  private context: AudioContext | null = null;
  private node: AudioWorkletNode | null = null;
  private out: AnalyserNode | null = null;
  private mic: AnalyserNode | null = null;
  private meter: AudioContext | null = null;
  private dropUntil = 0;
  onSounding: (sounding: boolean) => void = () => {};

  constructor() {
    super(CHUNK_BYTES, HEARD_AT);
  }

  override async connect(): Promise<void> {
    await super.connect();
    await this.openPlayer();
    this.watchMicrophone();
  }

  override async disconnect(): Promise<void> {
    await super.disconnect();
    await this.context?.close();
    await this.meter?.close();
    this.context = this.meter = this.node = this.out = this.mic = null;
    this.onSounding(false);
  }

  override bufferBotAudio(data: ArrayBuffer | Int16Array): Int16Array {
    const samples = data instanceof Int16Array ? data : new Int16Array(data);
    if (performance.now() < this.dropUntil) return samples;
    const floats = new Float32Array(samples.length);
    for (let i = 0; i < samples.length; i++) floats[i] = (samples[i] as number) / 0x8000;
    this.node?.port.postMessage(floats, [floats.buffer]);
    return samples;
  }

  override async userStartedSpeaking(): Promise<void> {
    this.hush(false);
  }

  // Silent now. What the server had already sent may still be on its way: it is dropped until the server says that it stopped.
  hush(stillComing: boolean): void {
    this.node?.port.postMessage("flush");
    this.dropUntil = stillComing ? performance.now() + ON_ITS_WAY : 0;
  }

  mute(muted: boolean): void {
    const track = this.tracks().local.audio;
    if (track) track.enabled = !muted;
  }

  // How loud it is now, 0 to 1: what is heard, and what is said.
  levels(): { heard: number; spoken: number } {
    return { heard: loudness(this.mic), spoken: loudness(this.out) };
  }

  private async openPlayer(): Promise<void> {
    const context = new AudioContext({ sampleRate: SPOKEN_AT });
    await context.audioWorklet.addModule(playerUrl);
    await context.resume();
    const node = new AudioWorkletNode(context, "player", { numberOfInputs: 0, outputChannelCount: [1] });
    node.port.onmessage = ({ data }: MessageEvent<boolean>) => this.onSounding(data);
    this.out = new AnalyserNode(context, { fftSize: 512 });
    node.connect(this.out);
    node.connect(context.destination);
    this.context = context;
    this.node = node;
  }

  private watchMicrophone(): void {
    const track = this.tracks().local.audio;
    if (!track) return;
    // A context of its own: not every browser takes a microphone at the player's rate.
    this.meter = new AudioContext();
    this.mic = new AnalyserNode(this.meter, { fftSize: 512 });
    this.meter.createMediaStreamSource(new MediaStream([track])).connect(this.mic);
  }
}

function loudness(node: AnalyserNode | null): number {
  if (!node) return 0;
  const samples = new Float32Array(node.fftSize);
  node.getFloatTimeDomainData(samples);
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  const decibels = 10 * Math.log10(sum / samples.length + 1e-9);
  return Math.max(0, Math.min(1, (decibels + 55) / 40));
}
