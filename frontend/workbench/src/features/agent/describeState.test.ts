import type { AgentScreen, ConnectionEvent } from '@ringmaster/sdk';
import { spec } from '@ringmaster/spec';
import { expect, test } from 'vitest';
import { describeState } from './describeState';

const NOW = Date.parse('2026-03-01T09:01:00.000Z');

function agent(part: Partial<AgentScreen>): AgentScreen {
  return {
    agentId: 'alice',
    state: 'IDLE',
    since: '2026-03-01T09:00:00.000Z',
    line: 'UP',
    ...part,
  };
}

function connection(part: Partial<ConnectionEvent>): ConnectionEvent {
  return {
    socket: 'open',
    line: 'UP',
    since: '2026-03-01T09:00:50.000Z',
    nextTryAt: null,
    error: null,
    ...part,
  };
}

spec('AGT-021', 'green is shown only while socket and line are proven alive', () => {
  expect(describeState(agent({}), connection({}), 1_000, NOW).tone).toBe('idle');
  expect(describeState(agent({}), connection({}), 9_000, NOW).tone).toBe('lost');
  expect(describeState(agent({}), connection({ line: 'LOST' }), 0, NOW).tone).toBe('lost');
  expect(describeState(agent({ line: 'LOST' }), connection({}), 0, NOW).tone).toBe('lost');
  expect(describeState(agent({}), connection({ socket: 'lost' }), 0, NOW).tone).toBe('lost');
});

test('off duty needs no line', () => {
  const said = describeState(
    agent({ state: 'OFF', line: 'NONE' }),
    connection({ line: 'NONE' }),
    0,
    NOW,
  );
  expect(said.tone).toBe('off');
  expect(said.connection).toBeNull();
});

test('a lost connection in a call says when it is tried again and how long the caller is kept', () => {
  const lost = connection({ socket: 'lost', nextTryAt: '2026-03-01T09:01:02.500Z' });
  expect(describeState(agent({ state: 'IN_CALL' }), lost, 12_000, NOW).connection).toEqual({
    kind: 'lost',
    retryInS: 3,
    callKeptForS: 20,
  });
  expect(describeState(agent({ state: 'IDLE' }), lost, 12_000, NOW).connection).toEqual({
    kind: 'lost',
    retryInS: 3,
    callKeptForS: null,
  });
});

test('a wish is read however it is written', () => {
  const of = (pending: AgentScreen['pending']) =>
    describeState(agent({ state: 'IN_CALL', pending: pending ?? null }), connection({}), 0, NOW)
      .pending;
  expect(of({ off: true })).toEqual({ off: true, reason: null });
  expect(of({ off: false, reason: 'meal' })).toEqual({ off: false, reason: 'meal' });
  expect(of({ kind: 'break', reason: 'rest' })).toEqual({ off: false, reason: 'rest' });
  expect(of('offWork')).toEqual({ off: true, reason: null });
  expect(of(null)).toBeNull();
});
