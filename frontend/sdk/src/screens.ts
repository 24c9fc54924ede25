import type {
  AgentAction,
  AgentScreen,
  AgentState,
  CallCard,
  CallPhase,
  CallScreen,
  Instant,
} from './protocol';

/** The two levels a browser shows: the agent and her call. */
export interface Screens {
  agent: AgentScreen | undefined;
  call: CallScreen | undefined;
}

export interface StateEvent {
  state: AgentState;
  cause: string | null;
  since: Instant;
  deadline?: Instant;
  callId?: string;
  actions: AgentAction[];
  /** The whole level, for pages that show more. */
  agent: AgentScreen;
}

export interface RingingEvent extends CallCard {
  since: Instant;
  deadline?: Instant;
}

export interface EndedEvent {
  callId: string;
  /** What the agent was doing with it: RINGING means that the offer is over, perhaps because another took it. */
  was: 'RINGING' | 'DIALING' | 'IN_CALL';
  endedBy?: CallScreen['endedBy'];
  result?: string | null;
}

/** One thing that a change of level means to somebody who wants events. */
export type Happening =
  | { name: 'state'; payload: StateEvent }
  | { name: 'ringing'; payload: RingingEvent }
  | { name: 'connected'; payload: CallScreen }
  | { name: 'held'; payload: CallScreen }
  | { name: 'ended'; payload: EndedEvent };

/** What happened between two levels. Nothing is lost when levels were skipped: a call that came and went shows as ended. */
export function happenings(before: Screens, after: Screens): Happening[] {
  const found: Happening[] = [];
  const had = withAgent(before.agent);
  const has = withAgent(after.agent);

  const over = ended(before, after, had, has);
  if (over) found.push({ name: 'ended', payload: over });
  if (after.agent && changed(before.agent, after.agent)) {
    found.push({ name: 'state', payload: stateEvent(after.agent) });
    const card = after.agent.card;
    if (has?.was === 'RINGING' && card && !(had?.was === 'RINGING' && had.callId === has.callId)) {
      found.push({
        name: 'ringing',
        payload: { ...card, since: after.agent.since, ...deadline(after.agent) },
      });
    }
  }
  const call = after.call;
  if (call) {
    const phase = before.call?.callId === call.callId ? before.call.phase : undefined;
    if (call.phase === 'TALKING' && phase !== 'TALKING')
      found.push({ name: 'connected', payload: call });
    if (call.phase === 'HELD' && phase !== 'HELD') found.push({ name: 'held', payload: call });
  }
  return found;
}

export function stateEvent(agent: AgentScreen): StateEvent {
  return {
    state: agent.state,
    cause: agent.cause ?? null,
    since: agent.since,
    ...deadline(agent),
    ...(agent.callId ? { callId: agent.callId } : {}),
    actions: agent.actions ?? [],
    agent,
  };
}

function withAgent(
  agent: AgentScreen | undefined,
): { callId: string; was: EndedEvent['was'] } | undefined {
  if (!agent?.callId) return undefined;
  const { state, callId } = agent;
  return state === 'RINGING' || state === 'DIALING' || state === 'IN_CALL'
    ? { callId, was: state }
    : undefined;
}

type WithAgent = ReturnType<typeof withAgent>;

/** A call is over for the agent when she lets go of it, or when its own entity says so first; told once. */
function ended(
  before: Screens,
  after: Screens,
  had: WithAgent,
  has: WithAgent,
): EndedEvent | undefined {
  if (!had) return undefined;
  const callBefore = before.call?.callId === had.callId ? before.call : undefined;
  const callAfter = after.call?.callId === had.callId ? after.call : undefined;
  const toldAlready = callBefore !== undefined && isOver(callBefore.phase);
  if (toldAlready) return undefined;
  const letGo = has?.callId !== had.callId;
  if (!letGo && !(callAfter && isOver(callAfter.phase))) return undefined;
  return {
    callId: had.callId,
    was: had.was,
    ...(callAfter?.endedBy ? { endedBy: callAfter.endedBy } : {}),
    ...(callAfter?.result ? { result: callAfter.result } : {}),
  };
}

/** Is the agent out of a call in this phase? The survey is between the caller and the machine. */
export function isOver(phase: CallPhase): boolean {
  return phase === 'ENDED' || phase === 'SURVEY';
}

/** Is her microphone to be sent? Not while it rings, but as soon as she has answered, or dials. */
export function speaks(agent: AgentScreen, answering: string | undefined): boolean {
  switch (agent.state) {
    case 'IN_CALL':
    case 'DIALING':
      return true;
    case 'RINGING':
      return agent.sub === 'connecting' || (answering !== undefined && answering === agent.callId);
    default:
      return false;
  }
}

function deadline(agent: AgentScreen): { deadline?: Instant } {
  return agent.deadline ? { deadline: agent.deadline } : {};
}

function changed(before: AgentScreen | undefined, after: AgentScreen): boolean {
  return before === undefined || JSON.stringify(before) !== JSON.stringify(after);
}
