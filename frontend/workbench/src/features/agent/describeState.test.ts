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

test('who has never worked is shown no time', () => {
  const never = agent({ state: 'OFF', since: '1970-01-01T00:00:00Z' });
  expect(describeState(never, connection({}), 0, NOW).since).toBeNull();
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

test('a lost connection in a call says when it is tried again and what becomes of the caller', () => {
  const lost = connection({ socket: 'lost', nextTryAt: '2026-03-01T09:01:02.500Z' });
  const said = (state: AgentScreen['state'], line: ConnectionEvent['line']) =>
    describeState(agent({ state }), { ...lost, line }, 12_000, NOW).connection;
  expect(said('IN_CALL', 'UP')).toEqual({ kind: 'lost', retryInS: 3, call: 'goesOn' });
  expect(said('IN_CALL', 'LOST')).toEqual({ kind: 'lost', retryInS: 3, call: { keptForS: 50 } });
  expect(said('IDLE', 'LOST')).toEqual({ kind: 'lost', retryInS: 3, call: 'none' });
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
