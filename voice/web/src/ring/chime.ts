// Two soft tones, made here; only where the browser lets this page be heard.

const TONES: [hertz: number, after: number][] = [[659.25, 0], [880, 0.22]];
const LOUD = 0.12;
const RISES_IN = 0.02;
const FADES_IN = 0.7;
const HELD = 90_000;

function tone(context: AudioContext, hertz: number, at: number): void {
  const sound = new OscillatorNode(context, { frequency: hertz });
  const volume = new GainNode(context, { gain: 0 });
  volume.gain.setValueAtTime(0, at);
  volume.gain.linearRampToValueAtTime(LOUD, at + RISES_IN);
  volume.gain.exponentialRampToValueAtTime(0.0001, at + FADES_IN);
  sound.connect(volume).connect(context.destination);
  sound.start(at);
  sound.stop(at + FADES_IN);
}

function play(): void {
  const context = new AudioContext();
  const start = context.currentTime + 0.05;
  for (const [hertz, after] of TONES) tone(context, hertz, start + after);
  void context.resume().catch(() => undefined);
  // By the wall's clock, so that it is also closed where the browser never let it start.
  setTimeout(() => void context.close(), 2_000);
}

// Of several tabs one sounds; a hidden one may come to it up to a minute late.
export async function chime(name: string): Promise<void> {
  if (!navigator.userActivation?.hasBeenActive) return;
  if (!navigator.locks) return play();
  await navigator.locks.request(`chronus-chime-${name}`, { ifAvailable: true }, async (mine) => {
    if (!mine) return;
    play();
    await new Promise((pass) => setTimeout(pass, HELD));
  });
}
