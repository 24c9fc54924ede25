import type { Truth } from '@ringmaster/sdk';

/** Older than this the auditor is silent, or we do not hear it: what is shown may be over. */
export const STALE_AFTER_MS = 3_000;

/** How old the auditor's last word is now, null before its first. */
export function truthAgeMs(
  truth: Truth | undefined,
  heardAtMs: number,
  nowMs: number,
): number | null {
  if (truth?.ageMs == null) return null;
  return truth.ageMs + Math.max(0, nowMs - heardAtMs);
}

/** `0.8`, `12`: seconds as short as they can be read. */
export function seconds(ms: number): string {
  return ms < 10_000 ? (ms / 1000).toFixed(1) : String(Math.round(ms / 1000));
}
