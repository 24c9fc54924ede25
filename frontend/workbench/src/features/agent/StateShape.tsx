import type { Tone } from './describeState';

/** The shape of a state, so that colour is never the only sign: ● ◉ ◆ ◐ ○ ▲. */
export function StateShape(props: { tone: Tone; size?: number }) {
  const size = props.size ?? 16;
  return (
    <svg
      className={`state-shape state-shape-${props.tone}`}
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="currentColor"
      aria-hidden
    >
      {SHAPES[props.tone]}
    </svg>
  );
}

const SHAPES: Record<Tone, React.ReactNode> = {
  idle: <circle cx="8" cy="8" r="6" />,
  talking: (
    <>
      <circle cx="8" cy="8" r="6" />
      <path
        d="M5 8h1.2v0M7.4 5.6v4.8M9.8 6.6v2.8M12 8"
        stroke="var(--surface)"
        strokeWidth="1.4"
        strokeLinecap="round"
        fill="none"
      />
    </>
  ),
  ringing: (
    <>
      <circle cx="8" cy="8" r="3" />
      <circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" strokeWidth="1.6" />
    </>
  ),
  acw: <path d="M8 1.5 14.5 8 8 14.5 1.5 8Z" />,
  break: (
    <>
      <circle cx="8" cy="8" r="5.6" fill="none" stroke="currentColor" strokeWidth="1.6" />
      <path d="M8 2.4a5.6 5.6 0 0 1 0 11.2Z" />
    </>
  ),
  off: <circle cx="8" cy="8" r="5.4" fill="none" stroke="currentColor" strokeWidth="1.8" />,
  lost: (
    <>
      <path d="M8 1.5 15 14H1Z" />
      <path d="M8 6v4M8 11.6v.4" stroke="var(--surface)" strokeWidth="1.5" strokeLinecap="round" />
    </>
  ),
};
