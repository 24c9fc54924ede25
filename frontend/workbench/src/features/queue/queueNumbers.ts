import type { QueueGroup, QueueScreen } from '@ringmaster/sdk';

/** How many wait in these groups together. */
export function waitingIn(
  queue: QueueScreen | undefined,
  groupIds?: readonly string[],
): number | null {
  if (!queue) return null;
  return queue.groups
    .filter((group) => !groupIds || groupIds.includes(group.id))
    .reduce((sum, group) => sum + group.waiting, 0);
}

/**
 * How old the queue's numbers are. The server tells every change, so they are as fresh as its last sign of life on a
 * living socket, and age from there when it falls silent.
 */
export function ageMs(queue: QueueScreen | undefined, nowMs: number, silentForMs: number): number {
  if (!queue) return silentForMs;
  return Math.max(0, Math.min(nowMs - Date.parse(queue.asOf), silentForMs));
}

/** Groups always in the order of their names: a board whose cards change places cannot be read at a glance. */
export function inOrder(groups: readonly QueueGroup[]): QueueGroup[] {
  return [...groups].sort((a, b) => a.name.localeCompare(b.name) || a.id.localeCompare(b.id));
}
