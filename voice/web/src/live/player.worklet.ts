// Plays what arrives, in order, and forgets all of it at once when told to: the sound thread's side of `sound.ts`.
declare const registerProcessor: (name: string, processor: unknown) => void;
declare class AudioWorkletProcessor {
  readonly port: MessagePort;
}

class Player extends AudioWorkletProcessor {
  private queue: Float32Array[] = [];
  private offset = 0;
  private sounding = false;

  constructor() {
    super();
    this.port.onmessage = ({ data }: MessageEvent<Float32Array | "flush">) => {
      if (data === "flush") this.queue = [];
      else this.queue.push(data);
    };
  }

  process(_inputs: Float32Array[][], outputs: Float32Array[][]): boolean {
    const out = outputs[0]?.[0];
    if (!out) return true;
    let filled = 0;
    while (filled < out.length && this.queue.length) {
      const head = this.queue[0] as Float32Array;
      const part = head.subarray(this.offset, this.offset + out.length - filled);
      out.set(part, filled);
      filled += part.length;
      this.offset += part.length;
      if (this.offset >= head.length) {
        this.queue.shift();
        this.offset = 0;
      }
    }
    if (!this.queue.length) this.offset = 0;
    const sounding = filled > 0;
    if (sounding !== this.sounding) {
      this.sounding = sounding;
      this.port.postMessage(sounding);
    }
    return true;
  }
}

registerProcessor("player", Player);
