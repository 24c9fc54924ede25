import type { CallPhaseRecord, CallRecord } from '@ringmaster/sdk';

/** How long the two sides were connected, holds included. */
export function talkMs(record: Pick<CallRecord, 'phases'>): number {
  return (record.phases ?? [])
    .filter((phase) => phase.kind === 'talk' || phase.kind === 'hold')
    .reduce((sum, phase) => sum + phase.ms, 0);
}

/** Each phase as a share of the whole, in percent; none so thin that it cannot be seen. */
export function shares(
  phases: readonly CallPhaseRecord[],
): { phase: CallPhaseRecord; percent: number }[] {
  const whole = phases.reduce((sum, phase) => sum + phase.ms, 0);
  if (whole === 0) return [];
  const thinnest = 1.5;
  const raw = phases
    .filter((phase) => phase.ms > 0)
    .map((phase) => ({ phase, percent: (phase.ms / whole) * 100 }));
  const lifted = raw.map((share) => ({ ...share, percent: Math.max(share.percent, thinnest) }));
  const sum = lifted.reduce((all, share) => all + share.percent, 0);
  return lifted.map((share) => ({ ...share, percent: (share.percent / sum) * 100 }));
}
