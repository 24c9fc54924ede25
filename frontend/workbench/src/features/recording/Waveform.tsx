import type { Envelopes } from './wavEnvelopes';
import './recording.css';

const HEIGHT = 36;

/** Both sides of a call as waves: the customer above, the agent below; a press goes to that second. */
export function Waveform(props: {
  envelopes: Envelopes | undefined;
  at: number;
  onSeek: (share: number) => void;
}) {
  const { envelopes } = props;
  if (!envelopes) return null;
  const steps = envelopes.left.length;
  return (
    <svg
      className="waveform"
      viewBox={`0 0 ${String(steps)} ${String(HEIGHT * 2)}`}
      preserveAspectRatio="none"
      aria-hidden
      data-testid="waveform"
      onClick={(event) => {
        const box = event.currentTarget.getBoundingClientRect();
        props.onSeek((event.clientX - box.left) / box.width);
      }}
    >
      <path className="wave-left" d={wave(envelopes.left, HEIGHT / 2)} />
      <path className="wave-right" d={wave(envelopes.right, HEIGHT * 1.5)} />
      <line
        className="wave-at"
        x1={props.at * steps}
        x2={props.at * steps}
        y1="0"
        y2={HEIGHT * 2}
      />
    </svg>
  );
}

function wave(loudness: number[], middle: number): string {
  const half = HEIGHT / 2 - 2;
  return loudness
    .map((level, step) => {
      const rise = Math.max(0.4, Math.sqrt(level) * half);
      return `M${String(step + 0.5)} ${(middle - rise).toFixed(1)}v${(rise * 2).toFixed(1)}`;
    })
    .join('');
}
