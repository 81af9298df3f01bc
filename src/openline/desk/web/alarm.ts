// The sound of an alarm, made here: a pattern that repeats by itself until it is stopped, with no timer of the page.

import type { Precedence } from "./wire.js";

interface Pattern {
  tones: number[]; // hertz, one after another
  each: number; // seconds of each
  rest: number; // seconds of silence before it begins again
}

const PATTERNS: Record<"flash" | "immediate", Pattern> = {
  flash: { tones: [988, 740, 988, 740, 988, 740], each: 0.18, rest: 0.9 },
  immediate: { tones: [740, 740, 740], each: 0.22, rest: 6 },
};
const CHIME: Pattern = { tones: [660, 880], each: 0.16, rest: 0.05 };
const EDGE_SECONDS = 0.01;
const LOUDNESS = 0.7;

export class Sound {
  private context: AudioContext | null = null;
  private meter: AnalyserNode | null = null;
  private ringing: AudioBufferSourceNode | null = null;
  private wanted: "flash" | "immediate" | null = null;

  constructor(private readonly changed: () => void) {}

  // Whether an alarm would be heard now.
  get on(): boolean {
    return this.context?.state === "running";
  }

  // A person has pressed the button: browsers let sound begin only then.
  async start(): Promise<void> {
    if (!this.context) {
      this.context = new AudioContext();
      this.context.onstatechange = () => {
        if (this.context?.state !== "running") void this.context?.resume();
        this.changed();
      };
      this.meter = this.context.createAnalyser();
      this.meter.connect(this.context.destination);
    }
    await this.context.resume();
    this.play(CHIME, false);
    this.ring(this.wanted);
    this.changed();
  }

  chime(): void {
    if (this.on) this.play(CHIME, false);
  }

  ring(level: Precedence | null): void {
    const wanted = level === "flash" || level === "immediate" ? level : null;
    if (wanted === this.wanted && (wanted === null || this.ringing)) return;
    this.wanted = wanted;
    this.ringing?.stop();
    this.ringing = wanted && this.on ? this.play(PATTERNS[wanted], true) : null;
  }

  // How loud it is at this moment, 0 to 1.
  level(): number {
    if (!this.meter) return 0;
    const samples = new Float32Array(this.meter.fftSize);
    this.meter.getFloatTimeDomainData(samples);
    return samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
  }

  private play(pattern: Pattern, loop: boolean): AudioBufferSourceNode | null {
    if (!this.context || !this.meter) return null;
    const source = this.context.createBufferSource();
    source.buffer = rendered(this.context, pattern);
    source.loop = loop;
    source.connect(this.meter);
    source.start();
    return source;
  }
}

function rendered(context: AudioContext, pattern: Pattern): AudioBuffer {
  const rate = context.sampleRate;
  const seconds = pattern.tones.length * pattern.each + pattern.rest;
  const buffer = context.createBuffer(1, Math.ceil(seconds * rate), rate);
  const samples = buffer.getChannelData(0);
  pattern.tones.forEach((hertz, at) => {
    const first = Math.floor(at * pattern.each * rate);
    const length = Math.floor(pattern.each * rate);
    for (let step = 0; step < length; step++) {
      const edge = Math.min(1, step / (EDGE_SECONDS * rate), (length - step) / (EDGE_SECONDS * rate));
      samples[first + step] = LOUDNESS * edge * Math.sin((2 * Math.PI * hertz * step) / rate);
    }
  });
  return buffer;
}
