/** The sounds of the desk, synthesised: a ring while a call is offered, and a short tone before auto-answered audio. */
export class Sounds {
  private context: AudioContext | undefined;
  private ringing: { stop(): void } | undefined;
  private volume = 0.5;

  /** 0 silent … 1 loud; heard from the next ring on. */
  setVolume(volume: number): void {
    this.volume = Math.min(1, Math.max(0, volume));
  }

  /** Must be called once from a click or key, because browsers keep audio silent before that. */
  unlock(): void {
    const context = this.audio();
    if (context?.state === 'suspended') void context.resume();
  }

  startRinging(): void {
    if (this.ringing || this.volume === 0) return;
    const context = this.audio();
    if (!context) return;
    if (context.state === 'suspended') void context.resume();
    // Two warm notes twice, then quiet: 3 s in all, and it is scheduled by the audio clock, not by page timers,
    // which sleep in hidden tabs.
    const gain = context.createGain();
    gain.connect(context.destination);
    const start = context.currentTime + 0.02;
    const notes: OscillatorNode[] = [];
    for (let round = 0; round < RING_ROUNDS; round += 1) {
      const at = start + round * RING_PERIOD_S;
      for (const [offset, hertz] of RING_NOTES)
        notes.push(note(context, gain, at + offset, hertz, this.volume * 0.5));
    }
    this.ringing = {
      stop() {
        gain.gain.setTargetAtTime(0, context.currentTime, 0.015);
        for (const each of notes) each.stop(context.currentTime + 0.1);
      },
    };
  }

  stopRinging(): void {
    this.ringing?.stop();
    this.ringing = undefined;
  }

  /** Heard just before audio begins without a click. */
  beep(): void {
    const context = this.audio();
    if (!context || this.volume === 0) return;
    note(context, context.destination, context.currentTime + 0.01, 880, this.volume * 0.5);
  }

  private audio(): AudioContext | undefined {
    if (typeof AudioContext === 'undefined') return undefined;
    this.context ??= new AudioContext();
    return this.context;
  }
}

const RING_PERIOD_S = 3;
// Longer than any ring time that can be set; the state ends it, not this number.
const RING_ROUNDS = 60;
const RING_NOTES: readonly (readonly [number, number])[] = [
  [0, 587.3],
  [0.18, 784],
  [0.6, 587.3],
  [0.78, 784],
];

function note(
  context: AudioContext,
  into: AudioNode,
  at: number,
  hertz: number,
  loudness: number,
): OscillatorNode {
  const tone = context.createOscillator();
  const shape = context.createGain();
  tone.type = 'triangle';
  tone.frequency.value = hertz;
  shape.gain.setValueAtTime(0, at);
  shape.gain.linearRampToValueAtTime(loudness, at + 0.015);
  shape.gain.exponentialRampToValueAtTime(0.0001, at + 0.3);
  tone.connect(shape).connect(into);
  tone.start(at);
  tone.stop(at + 0.32);
  return tone;
}
