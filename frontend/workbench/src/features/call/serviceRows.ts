import {
  isOver,
  type AgentScreen,
  type CallRecord,
  type CallScreen,
  type CallCard,
} from '@ringmaster/sdk';
import { otherEnd } from '@/ui/callWords';

/** One line of the service list. */
export interface ServiceRow {
  callId: string;
  number: string;
  name: string | null;
  direction: 'INBOUND' | 'OUTBOUND';
  /** When it began for the agent, or when it ended. */
  at: string;
  group: string | null;
  result: string | null;
  live: 'ringing' | 'dialing' | 'talking' | null;
}

/** A call that has ended for the agent and whose record may not be readable yet. */
export interface JustEnded {
  card: CallCard;
  at: string;
  result: string | null;
}

/** Who is being served now: at most one, and gone the moment the call is over, whatever the lists say (AGT-015). */
export function inService(
  agent: AgentScreen | undefined,
  call: CallScreen | undefined,
): ServiceRow[] {
  if (!agent?.callId || !agent.card) return [];
  const live = LIVE[agent.state];
  if (!live) return [];
  if (call?.callId === agent.callId && isOver(call.phase)) return [];
  const { card } = agent;
  return [
    {
      callId: agent.callId,
      number: otherEnd(card),
      name: card.displayName ?? null,
      direction: card.direction,
      at: agent.since,
      group: card.groupName ?? null,
      result: null,
      live,
    },
  ];
}

const LIVE: Partial<Record<AgentScreen['state'], ServiceRow['live']>> = {
  RINGING: 'ringing',
  DIALING: 'dialing',
  IN_CALL: 'talking',
};

/** Ended calls, newest first: records where they can be read, what this page has seen end where they cannot yet. */
export function endedRows(
  records: CallRecord[],
  justEnded: JustEnded[],
  inServiceIds: string[],
): ServiceRow[] {
  const known = new Set(records.map((record) => record.callId));
  const fromRecords = records
    .filter((record) => !inServiceIds.includes(record.callId))
    .map((record): ServiceRow => ({
      callId: record.callId,
      number: otherEnd(record),
      name: record.displayName ?? null,
      direction: record.direction,
      at: record.endedAt ?? record.startedAt,
      group: record.group?.name ?? null,
      result: record.result ?? null,
      live: null,
    }));
  const seen = justEnded
    .filter(({ card }) => !known.has(card.callId) && !inServiceIds.includes(card.callId))
    .map(({ card, at, result }): ServiceRow => ({
      callId: card.callId,
      number: otherEnd(card),
      name: card.displayName ?? null,
      direction: card.direction,
      at,
      group: card.groupName ?? null,
      result,
      live: null,
    }));
  return [...seen, ...fromRecords].sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
}
