import type { WordsLike } from './words';
import type { zh } from './calls.zh';

export const en: WordsLike<typeof zh> = {
  unknownName: 'Anonymous member',
  unknownArea: 'area unknown',
  inbound: 'Inbound',
  outbound: 'Outbound',
  endedBy: {
    CALLER: 'caller hung up',
    CALLEE: 'callee hung up',
    AGENT: 'agent hung up',
    SYSTEM: 'ended by the system',
  },
  result: {
    SUCCESS: 'connected',
    BUSY: 'busy',
    NO_ANSWER: 'no answer',
    REJECTED: 'rejected',
    OUT_OF_AREA: 'out of area',
    POWERED_OFF: 'powered off',
    SUSPENDED: 'suspended',
    EMPTY_NUMBER: 'no such number',
    CALL_LOSS: 'call loss',
    OTHER: 'other',
    ABANDONED: 'abandoned',
  },
};
