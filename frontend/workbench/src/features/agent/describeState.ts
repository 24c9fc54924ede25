import type { AgentScreen, BreakReason, ConnectionEvent } from '@ringmaster/sdk';

export type Tone = 'idle' | 'ringing' | 'talking' | 'acw' | 'break' | 'off' | 'lost';

/** What the pill says: the state as it was last proven, and what is wrong with the proof. */
export interface StateWords {
  tone: Tone;
  since: string | null;
  cause: string | null;
  reason: BreakReason | null;
  pending: { off: boolean; reason: string | null } | null;
  connection: ConnectionWords | null;
}

export type ConnectionWords =
  | { kind: 'connecting' | 'lineOpening' | 'lineLost' | 'closed' }
  | {
      kind: 'lost';
      retryInS: number;
      /** What becomes of the call: goes on over the line that still stands, or is kept for so many seconds. */
      call: 'none' | 'goesOn' | { keptForS: number };
    }
  | { kind: 'silent'; forS: number };

/** Without a word for so long nothing is green: the server says alive every 5 s. */
const PROOF_IS_GOOD_FOR_MS = 8_000;
/** The server keeps a call for so long when both the agent's session and her line are gone. */
const CALL_IS_KEPT_MS = 60_000;

/** Who has never worked is in her state since the beginning of time, which is no time to show. */
const EVER = Date.parse('2000-01-01T00:00:00Z');

const TONES: Record<AgentScreen['state'], Tone> = {
  OFF: 'off',
  IDLE: 'idle',
  RINGING: 'ringing',
  DIALING: 'ringing',
  IN_CALL: 'talking',
  ACW: 'acw',
  BREAK: 'break',
};

export function describeState(
  agent: AgentScreen | undefined,
  connection: ConnectionEvent,
  silentForMs: number,
  nowMs: number,
): StateWords {
  const problem = connectionWords(agent, connection, silentForMs, nowMs);
  const proven = problem === null || problem.kind === 'lineOpening';
  return {
    tone: !agent ? 'off' : proven ? TONES[agent.state] : 'lost',
    since: agent && Date.parse(agent.since) > EVER ? agent.since : null,
    cause: agent?.cause ?? null,
    reason: agent?.state === 'BREAK' ? (agent.reason ?? null) : null,
    pending: wish(agent?.pending),
    connection: problem,
  };
}

function connectionWords(
  agent: AgentScreen | undefined,
  connection: ConnectionEvent,
  silentForMs: number,
  nowMs: number,
): ConnectionWords | null {
  switch (connection.socket) {
    case 'closed':
      return { kind: 'closed' };
    case 'connecting':
      return agent ? lost(agent, connection, nowMs) : { kind: 'connecting' };
    case 'lost':
      return lost(agent, connection, nowMs);
    case 'open':
      break;
  }
  if (silentForMs > PROOF_IS_GOOD_FOR_MS)
    return { kind: 'silent', forS: Math.floor(silentForMs / 1000) };
  if (!agent || agent.state === 'OFF') return null;
  if (connection.line === 'OPENING') return { kind: 'lineOpening' };
  // The node and the browser must both have the line: one of them alone is no proof.
  if (connection.line !== 'UP' || agent.line === 'LOST') return { kind: 'lineLost' };
  return null;
}

function lost(
  agent: AgentScreen | undefined,
  connection: ConnectionEvent,
  nowMs: number,
): ConnectionWords {
  const retryInS = connection.nextTryAt
    ? Math.max(0, Math.ceil((Date.parse(connection.nextTryAt) - nowMs) / 1000))
    : 0;
  return { kind: 'lost', retryInS, call: callWhileLost(agent, connection, nowMs) };
}

function callWhileLost(
  agent: AgentScreen | undefined,
  connection: ConnectionEvent,
  nowMs: number,
): 'none' | 'goesOn' | { keptForS: number } {
  if (agent?.state !== 'IN_CALL') return 'none';
  if (connection.line === 'UP') return 'goesOn';
  const keptMs = Math.min(CALL_IS_KEPT_MS, Date.parse(connection.since) + CALL_IS_KEPT_MS - nowMs);
  return { keptForS: Math.max(0, Math.ceil(keptMs / 1000)) };
}

function wish(pending: AgentScreen['pending']): StateWords['pending'] {
  if (!pending) return null;
  if (typeof pending === 'string') return { off: pending !== 'break', reason: null };
  if (typeof pending.off === 'boolean') return { off: pending.off, reason: pending.reason ?? null };
  return { off: pending.kind !== 'break', reason: pending.reason ?? null };
}
