import type { CallQuality } from '@ringmaster/sdk';

/** 3 good, 2 audible, 1 bad; by the thresholds of ENV-002 (loss 3 %, round trip 200 ms). */
export function qualityGrade(
  quality: Pick<CallQuality, 'lossPercent' | 'jitterMs' | 'rttMs'>,
): 1 | 2 | 3 {
  const rtt = quality.rttMs ?? 0;
  if (quality.lossPercent >= 3 || rtt >= 200 || quality.jitterMs >= 60) return 1;
  if (quality.lossPercent >= 1 || rtt >= 120 || quality.jitterMs >= 30) return 2;
  return 3;
}

export function QualityBars(props: { quality: CallQuality | undefined }) {
  const grade = props.quality ? qualityGrade(props.quality) : 0;
  return (
    <svg
      width="18"
      height="14"
      viewBox="0 0 18 14"
      className={`quality-${String(grade)}`}
      aria-hidden
    >
      {[0, 1, 2].map((bar) => (
        <rect
          key={bar}
          x={1 + bar * 6}
          y={9 - bar * 4}
          width="4"
          height={5 + bar * 4}
          rx="1"
          fill="currentColor"
          opacity={bar < grade ? 1 : 0.25}
        />
      ))}
    </svg>
  );
}
