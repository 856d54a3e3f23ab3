// Between the words of a text and the seconds of its sound: exact at each item where the sound tells, in between a word takes as long as it is long.
import type { BriefingItem } from "../shapes";

const PAUSE = 2;
const STOP = 6;

const count = (text: string): number => text.split(/\s+/).filter(Boolean).length;

export class Timing {
  // When each word begins, and at last when all is over; in seconds.
  private readonly starts: number[];

  constructor(text: string, items: BriefingItem[], seconds: number) {
    const said = [0];
    for (const word of text.split(/\s+/).filter(Boolean)) said.push((said.at(-1) as number) + word.length + (/[.!?…]$/.test(word) ? STOP : PAUSE));
    const words = said.length - 1;
    // What leads over to an item is part of its sound, so that begins where the words of the one before end.
    const follows = (at: number): number => (at === 0 ? 0 : (items[at - 1] as BriefingItem).begins + count((items[at - 1] as BriefingItem).text));
    const known = items.map((item, at) => ({ word: follows(at), at: (item.starts_ms ?? -1) / 1000 })).filter(({ word, at }) => at >= 0 && word < words);
    const marks = [...(known[0]?.word === 0 ? [] : [{ word: 0, at: 0 }]), ...known, { word: words, at: seconds }];
    this.starts = said.map((before, word) => {
      const next = Math.max(1, marks.findIndex((mark) => mark.word >= word));
      const [from, to] = [marks[next - 1], marks[next]];
      if (!from || !to) return 0;
      const whole = (said[to.word] as number) - (said[from.word] as number);
      return from.at + (whole ? ((before - (said[from.word] as number)) / whole) * (to.at - from.at) : 0);
    });
  }

  private get words(): number {
    return this.starts.length - 1;
  }

  timeOf(word: number): number {
    return this.starts[Math.max(0, Math.min(word, this.words))] as number;
  }

  // The words that are over by then.
  wordAt(time: number): number {
    const later = this.starts.findIndex((at) => at > time + 0.01);
    return Math.max(0, (later < 0 ? this.starts.length : later) - 1);
  }
}
