import type { QueueScreen } from '@ringmaster/sdk';
import { spec } from '@ringmaster/spec';
import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { draw, ScriptedPhone } from '@/testing/scriptedPhone';
import { HotlineButton } from './HotlineButton';
import { QueueBoard } from './QueueBoard';
import { ageMs, waitingIn } from './queueNumbers';

const QUEUE: QueueScreen = {
  asOf: '2026-03-01T09:00:00.000Z',
  groups: [
    {
      id: 'support',
      name: '客服组',
      nameEn: 'Support',
      waiting: 3,
      longestSince: '2026-03-01T08:59:00.000Z',
      agents: { IDLE: 2, IN_CALL: 5 },
      callers: [
        { callId: 'b', from: '139', since: '2026-03-01T08:59:30.000Z', state: 'waiting' },
        {
          callId: 'a',
          from: '138',
          since: '2026-03-01T08:59:00.000Z',
          state: 'offered',
          agent: 'Bob',
        },
      ],
    },
    { id: 'sales', name: '销售组', nameEn: 'Sales', waiting: 4 },
  ],
};

spec(
  ['AGT-010', 'HOT-015'],
  'the hotline icon sums who waits in the own groups, in every state',
  () => {
    const scripted = new ScriptedPhone({ state: 'ACW' });
    draw(scripted, <HotlineButton groupIds={['support']} dialPad={null} />);
    expect(screen.getByTestId('queue-count')).toHaveTextContent('–');
    scripted.hear({ type: 'queue', ...QUEUE });
    expect(screen.getByTestId('queue-count')).toHaveTextContent('3');
    scripted.agent({ state: 'IDLE' });
    expect(screen.getByTestId('queue-count')).toHaveTextContent('3');
  },
);

spec(
  'HOT-015',
  'the board shows each group, its agents, and the callers in the order they came',
  () => {
    const scripted = new ScriptedPhone({ state: 'IDLE' });
    draw(scripted, <QueueBoard />);
    scripted.hear({ type: 'queue', ...QUEUE });
    expect(screen.getAllByTestId('queue-waiting').map((number) => number.textContent)).toEqual([
      '3',
      '4',
    ]);
    expect(screen.getAllByTestId('queue-caller').map((row) => row.dataset['callId'])).toEqual([
      'a',
      'b',
    ]);
    expect(screen.getByText('ringing at Bob')).toBeInTheDocument();
  },
);

test('numbers are as old as the last sign of life of the server', () => {
  const now = Date.parse(QUEUE.asOf) + 60_000;
  expect(ageMs(QUEUE, now, 1_000)).toBe(1_000);
  expect(ageMs(QUEUE, now, 90_000)).toBe(60_000);
  expect(waitingIn(QUEUE)).toBe(7);
  expect(waitingIn(undefined)).toBeNull();
});
