import type { AgentScreen, CallCard, CallRecord, CallScreen } from '@ringmaster/sdk';
import { spec } from '@ringmaster/spec';
import { expect, test } from 'vitest';
import { endedRows, inService } from './serviceRows';

const CARD: CallCard = { callId: 'call-1', direction: 'INBOUND', from: '138', to: '4001' };
const AGENT: AgentScreen = {
  agentId: 'alice',
  state: 'IN_CALL',
  since: '2026-03-01T09:00:00.000Z',
  callId: 'call-1',
  card: CARD,
};
const CALL: CallScreen = { callId: 'call-1', direction: 'INBOUND', phase: 'TALKING' };
const RECORD: CallRecord = {
  callId: 'call-1',
  direction: 'INBOUND',
  from: '138',
  to: '4001',
  startedAt: '2026-03-01T09:00:00.000Z',
  endedAt: '2026-03-01T09:05:00.000Z',
  result: 'SUCCESS',
};

spec(
  ['AGT-015', 'AGT-016'],
  'a call is in service while both the agent and the call say so',
  () => {
    expect(inService(AGENT, CALL).map((row) => row.callId)).toEqual(['call-1']);
    expect(inService(AGENT, { ...CALL, phase: 'ENDED' })).toEqual([]);
    expect(inService(AGENT, { ...CALL, phase: 'SURVEY' })).toEqual([]);
    expect(inService({ ...AGENT, state: 'ACW' }, CALL)).toEqual([]);
  },
);

spec('AGT-016', 'an ended call is in the other tab at once, and its record takes its place', () => {
  const justEnded = [{ card: CARD, at: '2026-03-01T09:05:00.000Z', result: null }];
  expect(endedRows([], justEnded, []).map((row) => [row.callId, row.result])).toEqual([
    ['call-1', null],
  ]);
  expect(endedRows([RECORD], justEnded, []).map((row) => [row.callId, row.result])).toEqual([
    ['call-1', 'SUCCESS'],
  ]);
});

test('no call is in both tabs', () => {
  expect(endedRows([RECORD], [], ['call-1'])).toEqual([]);
});

test('the newest is on top', () => {
  const older = { ...RECORD, callId: 'call-0', endedAt: '2026-03-01T08:00:00.000Z' };
  expect(endedRows([older, RECORD], [], []).map((row) => row.callId)).toEqual(['call-1', 'call-0']);
});
