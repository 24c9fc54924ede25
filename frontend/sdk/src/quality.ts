import type { CallQuality } from './protocol';

/** Running totals of one moment, as the browser counts them. */
export interface Totals {
  received: number;
  lost: number;
  jitterMs: number;
  rttMs: number | null;
}

/** Reads the totals of the audio that comes in, and the round trip, from a statistics report. */
export function totalsOf(report: Iterable<unknown>): Totals | undefined {
  let totals: Totals | undefined;
  let rttMs: number | null = null;
  for (const raw of report) {
    const entry = raw as Record<string, unknown>;
    if (entry['type'] === 'inbound-rtp' && entry['kind'] === 'audio') {
      totals = {
        received: count(entry['packetsReceived']),
        lost: count(entry['packetsLost']),
        jitterMs: Math.round(count(entry['jitter']) * 1000),
        rttMs: null,
      };
    }
    if (
      entry['type'] === 'candidate-pair' &&
      entry['nominated'] === true &&
      typeof entry['currentRoundTripTime'] === 'number'
    ) {
      rttMs = Math.round(entry['currentRoundTripTime'] * 1000);
    }
  }
  return totals && { ...totals, rttMs };
}

/** The quality of the time between two looks; undefined when nothing was to be received. */
export function qualityBetween(
  before: Totals | undefined,
  after: Totals,
  at: string,
): CallQuality | undefined {
  const received = after.received - (before?.received ?? 0);
  const lost = Math.max(0, after.lost - (before?.lost ?? 0));
  if (received < 0 || received + lost === 0) return undefined;
  return {
    lossPercent: Math.round((lost / (received + lost)) * 1000) / 10,
    jitterMs: after.jitterMs,
    rttMs: after.rttMs,
    at,
  };
}

function count(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}

/** A shorter interval shows bad seconds sooner, a longer one shows fewer false ones. */
const QUALITY_EVERY_MS = 5_000;

/** Looks at the statistics of the line every 5 s until told to stop. */
export function watchQuality(
  setTimer: (afterMs: number, run: () => void) => () => void,
  stats: () => Promise<RTCStatsReport> | undefined,
  onStretch: (before: Totals | undefined, after: Totals) => void,
  isOver: () => boolean,
): void {
  let before: Totals | undefined;
  const look = async () => {
    const report = await stats();
    const after = report && totalsOf(report.values());
    if (after) onStretch(before, after);
    before = after;
  };
  const again = () => {
    if (isOver()) return;
    void look().finally(() => setTimer(QUALITY_EVERY_MS, again));
  };
  setTimer(QUALITY_EVERY_MS, again);
}
