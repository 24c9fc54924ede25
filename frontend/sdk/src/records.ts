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

export interface InstanceName {
  id: string;
  address: string;
  name: string;
}
