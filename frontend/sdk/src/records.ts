import type { Instant } from './protocol';

/** One call as it is kept: what the list and the service track show. */
export interface CallRecord {
  callId: string;
  direction: 'INBOUND' | 'OUTBOUND';
  from: string;
  to: string;
  startedAt: Instant;
  answeredAt?: Instant | null;
  endedAt?: Instant | null;
  endedBy?: string | null;
  result?: string | null;
  agent?: { id: string; name: string } | null;
  group?: { id: string; name: string } | null;
  phases?: CallPhaseRecord[];
  tags?: string[];
  ivrPath?: string[] | null;
  survey?: number | string | null;
  transferredToHuman?: boolean;
  source?: string | null;
  remark?: string | null;
  note?: { category?: string | null; result?: string | null; text?: string | null } | null;
  recording?: { url: string; durationMs: number; sizeBytes: number } | null;
  area?: string | null;
  displayName?: string | null;
}

export interface CallPhaseRecord {
  kind: 'ivr' | 'queue' | 'ring' | 'dial' | 'talk' | 'hold' | 'survey' | 'acw' | 'announcement';
  startedAt: Instant;
  endedAt?: Instant | null;
  ms: number;
  agent?: string | null;
}

export interface CallPage {
  page: number;
  size: number;
  total: number;
  items: CallRecord[];
}

export interface CallQuery {
  number?: string;
  mine?: boolean;
  q?: string;
  direction?: string;
  result?: string;
  group?: string;
  agent?: string;
  from?: Instant;
  to?: Instant;
  page?: number;
  size?: number;
}

/** A number the agent may call out with. */
export interface CallerId {
  number: string;
  description?: string | null;
  area?: string | null;
}

export interface JournalLine {
  seq: number;
  at: Instant;
  event: string;
  detail: Record<string, unknown>;
}

export interface SystemStatus {
  telephony?: { active: string; simulatedCarrier?: boolean; carrierUrl?: string | null };
  version?: string;
  node?: string;
}

export type DoubtKind =
  | 'NOT_LIVE'
  | 'LEG_UNPLANNED'
  | 'LEG_MISSING'
  | 'CALL_WITHOUT_AGENT'
  | 'AGENT_WITHOUT_CALL'
  | 'RING_UNKNOWN'
  | 'NOT_IN_QUEUE'
  | 'WRONG_QUEUE'
  | 'FREE_NOT_IN_QUEUE'
  | 'SECOND_SESSION'
  | 'OVERDUE'
  | 'OWED_TOO_LONG'
  | 'SEATS_OVER_GRANTED';

/** What one owner says; `seq` is the number under which it was said, 0 where nothing is said. */
export interface TruthSide {
  who: string;
  seq: number;
  says: string;
}

interface TwoFacts {
  kind: DoubtKind;
  /** Who decides what is true and heals it. */
  owner: 'CALL' | 'AGENT' | 'SEATS' | 'EDGE';
  ownerId: string;
  about: string;
  sides: TruthSide[];
}

/** Two facts that cannot both be true; `alarm`: for longer than 5 s, so the owner has been told, `asked` times. */
export interface Contradiction extends TwoFacts {
  ageMs: number;
  alarm: boolean;
  asked: number;
}

export interface HealedContradiction extends TwoFacts {
  stoodMs: number;
  at: Instant;
}

/** The auditor's last look: `ageMs` old when it was answered, null before the first. */
export interface Truth {
  checked: number;
  contradictions: Contradiction[];
  healed: HealedContradiction[];
  asOf: Instant | null;
  ageMs: number | null;
  stale: boolean;
}

export interface InstanceName {
  id: string;
  address: string;
  name: string;
}
