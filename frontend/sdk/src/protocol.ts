/** The words of `docs/live-protocol.md`: what a browser and a node say to each other over the one WebSocket. */

/** ISO-8601 instant in UTC, on the server's clock. */
export type Instant = string;

export type AgentState = 'OFF' | 'IDLE' | 'RINGING' | 'DIALING' | 'IN_CALL' | 'ACW' | 'BREAK';
export type AgentSub = 'talking' | 'held' | 'connecting';
export type BreakReason = 'rest' | 'meal' | 'meeting' | 'training' | 'coaching';
export type CallSource = 'dialPad' | 'fab' | 'ticket' | 'api';

/** What the agent may do now; a page shows nothing else. */
export type AgentAction =
  | 'startWork'
  | 'break'
  | 'offWork'
  | 'continueWork'
  | 'cancelPending'
  | 'answer'
  | 'hangup'
  | 'hold'
  | 'resume'
  | 'mute'
  | 'sendDtmf'
  | 'call'
  | 'saveNote'
  | 'transfer'
  | 'completeTransfer'
  | 'cancelTransfer';

export interface SkillGroup {
  id: string;
  name: string;
  nameEn?: string | null;
}

/** What is known of the person at the other end before a word is said. */
export interface CallCard {
  callId: string;
  direction: 'INBOUND' | 'OUTBOUND';
  from: string;
  to: string;
  displayName?: string | null;
  area?: string | null;
  ivrPath?: string[] | null;
  group?: string | null;
  groupName?: string | null;
  why?: string | null;
  waitedMs?: number | null;
  remark?: string | null;
  transcript?: { who: string; text: string; at: Instant }[] | null;
}

export interface NoteScreen {
  callId: string;
  required: boolean;
  saved: boolean;
  category?: string | null;
  result?: string | null;
  text?: string | null;
}

/** The last thing that happened to the agent without her doing; shown once in words. */
export interface Notice {
  code: string;
  at: Instant;
  callId?: string | null;
  detail?: string | null;
}

/** Everything about the agent after one event: a level, never a difference. */
export interface AgentScreen {
  agentId: string;
  state: AgentState;
  sub?: AgentSub | null;
  cause?: string | null;
  reason?: BreakReason | null;
  since: Instant;
  deadline?: Instant | null;
  /** A wish for after the call. */
  pending?: { off?: boolean; kind?: string | null; reason?: string | null } | string | null;
  connection?: 'CONNECTED' | 'LOST';
  line?: 'NONE' | 'UP' | 'LOST';
  autoAnswer?: boolean;
  groups?: SkillGroup[];
  callId?: string | null;
  card?: CallCard | null;
  note?: NoteScreen | null;
  notice?: Notice | null;
  actions?: AgentAction[];
}

export type CallPhase =
  'IVR' | 'QUEUED' | 'RINGING' | 'DIALING' | 'TALKING' | 'HELD' | 'SURVEY' | 'ENDED';

/** Everything about the agent's call as its own entity tells it. */
export interface CallScreen {
  callId: string;
  direction: 'INBOUND' | 'OUTBOUND';
  phase: CallPhase;
  since?: Instant | null;
  startedAt?: Instant | null;
  answeredAt?: Instant | null;
  progress?: 'trying' | 'ringing' | 'earlyMedia' | null;
  muted?: boolean;
  recording?: boolean;
  holdMs?: number | null;
  endedBy?: 'CALLER' | 'CALLEE' | 'AGENT' | 'SYSTEM' | null;
  result?: string | null;
  quality?: CallQuality | null;
}

export interface CallQuality {
  lossPercent: number;
  jitterMs: number;
  rttMs?: number | null;
  at?: Instant | null;
}

export interface WaitingCaller {
  callId: string;
  from: string;
  since: Instant;
  priority?: number;
  state: 'waiting' | 'offered';
  agent?: string | null;
}

export interface QueueGroup {
  id: string;
  name: string;
  nameEn?: string | null;
  waiting: number;
  longestSince?: Instant | null;
  filling?: boolean;
  agents?: Partial<Record<AgentState, number>>;
  callers?: WaitingCaller[];
}

export interface QueueScreen {
  asOf: Instant;
  groups: QueueGroup[];
}

export interface Me {
  agentId: string;
  login: string;
  displayName: string;
  realName?: string | null;
  roles: string[];
  rights: string[];
  department?: string | null;
  businessUnit?: string | null;
  groups: SkillGroup[];
  instance: { id: string; address: string; name: string; zone?: string | null };
  settings?: { autoAnswer?: boolean; lastCaller?: string | null } | null;
}

export interface IceSettings {
  iceServers?: { urls: string | string[]; username?: string; credential?: string }[];
}

export interface SessionKey {
  fence: number;
  resumeToken: string;
}

export type CommandName =
  | 'startWork'
  | 'break'
  | 'offWork'
  | 'continueWork'
  | 'cancelPending'
  | 'answer'
  | 'hangup'
  | 'hold'
  | 'resume'
  | 'mute'
  | 'sendDtmf'
  | 'call'
  | 'saveNote'
  | 'autoAnswer'
  | 'transfer'
  | 'completeTransfer'
  | 'cancelTransfer';

export type ClientMessage =
  | {
      type: 'hello';
      token: string;
      instance: string;
      resume?: { token: string; seq: number };
      takeOver: boolean;
      listenOnly: boolean;
    }
  | { type: 'command'; id: string; name: CommandName; args: Record<string, unknown> }
  | { type: 'line'; id: string; sdp: string }
  | { type: 'snapshot' }
  | { type: 'alive' }
  | { type: 'bye' };

export type ServerMessage = { now?: Instant } & (
  | {
      type: 'snapshot';
      seq: number;
      session?: SessionKey;
      me?: Me;
      ice?: IceSettings;
      agent?: AgentScreen | null;
      call?: CallScreen | null;
      callSeq?: number;
    }
  | { type: 'resumed'; seq: number; session?: SessionKey }
  | { type: 'change'; of: 'agent'; from: number; seq: number; agent: AgentScreen }
  | { type: 'change'; of: 'call'; seq: number; call: CallScreen | null }
  | ({ type: 'done'; id: string } & Record<string, unknown>)
  | { type: 'refused'; id?: string; code: string; message?: string; field?: string }
  | ({ type: 'queue' } & QueueScreen)
  | { type: 'recorded'; callId: string }
  | { type: 'superseded'; message?: string }
  | { type: 'alive'; seq?: number }
);
