import type { CallCard } from '@ringmaster/sdk';
import { spec } from '@ringmaster/spec';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect } from 'vitest';
import { usePhoneView } from '@/phone/PhoneContext';
import { draw, ScriptedPhone } from '@/testing/scriptedPhone';
import { CallSlot } from './CallSlot';

const CARD: CallCard = {
  callId: 'call-1',
  direction: 'INBOUND',
  from: '13857112233',
  to: '4001000001',
  displayName: 'Wang Fang',
  area: 'Hangzhou',
  ivrPath: ['Main menu', '1 Support'],
  groupName: 'Support',
  why: 'longest idle of 3',
};

function Slot() {
  const { agent, call } = usePhoneView();
  return <CallSlot agent={agent} card={agent?.card ?? undefined} call={call} notice={null} />;
}

function ringing(card: Partial<CallCard> = {}) {
  return {
    state: 'RINGING' as const,
    callId: 'call-1',
    card: { ...CARD, ...card },
    deadline: new Date(Date.now() + 30_000).toISOString(),
    actions: ['answer' as const],
  };
}

spec(
  'AGT-022',
  'the incoming card shows number, area, name and IVR path, and the seconds left',
  () => {
    const scripted = new ScriptedPhone({ state: 'IDLE' });
    draw(scripted, <Slot />);
    scripted.agent(ringing());
    expect(screen.getByTestId('incoming-number')).toHaveTextContent('13857112233');
    expect(screen.getByTestId('incoming-area')).toHaveTextContent('Hangzhou');
    expect(screen.getByTestId('incoming-name')).toHaveTextContent('Wang Fang');
    expect(screen.getByTestId('incoming-path')).toHaveTextContent('Main menu › 1 Support');
    expect(Number(screen.getByTestId('incoming-seconds').textContent)).toBeGreaterThan(28);
  },
);

spec('AGT-022', 'an unknown name is the anonymous member, in both languages', () => {
  const scripted = new ScriptedPhone(ringing({ displayName: null, area: null }));
  draw(scripted, <Slot />, 'zh');
  expect(screen.getByTestId('incoming-name')).toHaveTextContent('匿名会员');
  expect(screen.getByTestId('incoming-area')).toHaveTextContent('归属地未知');
  expect(screen.getByTestId('incoming-card')).toHaveTextContent('3 位空闲坐席中空闲最久');
});

spec('AGT-007', 'a ringing call can be answered and not rejected', () => {
  const scripted = new ScriptedPhone(ringing());
  draw(scripted, <Slot />);
  expect(screen.getAllByRole('button').map((button) => button.dataset['testid'])).toEqual([
    'btn-answer',
  ]);
});

spec(
  'AGT-022',
  'the answer button takes the focus, but not from somebody who is writing',
  async () => {
    const scripted = new ScriptedPhone({ state: 'IDLE' });
    const person = userEvent.setup({ delay: null });
    draw(
      scripted,
      <>
        <input aria-label="note" />
        <Slot />
      </>,
    );
    await person.click(screen.getByLabelText('note'));
    scripted.agent(ringing());
    expect(screen.getByLabelText('note')).toHaveFocus();
    scripted.agent({ state: 'IDLE', card: null, callId: null });
    screen.getByLabelText('note').blur();
    scripted.agent(ringing({ callId: 'call-2' }));
    expect(screen.getByTestId('btn-answer')).toHaveFocus();
  },
);

spec(
  'AGT-021',
  'a press shows as asked at once, and nothing is shown as done before the server says so',
  async () => {
    const scripted = new ScriptedPhone(ringing());
    const person = userEvent.setup({ delay: null });
    draw(scripted, <Slot />);
    await person.click(screen.getByTestId('btn-answer'));
    expect(screen.getByTestId('btn-answer')).toHaveAttribute('aria-busy', 'true');
    expect(scripted.commands.map(({ name, args }) => [name, args])).toEqual([
      ['answer', { callId: 'call-1' }],
    ]);
    expect(screen.getByTestId('incoming-card')).toBeInTheDocument();
    await person.click(screen.getByTestId('btn-answer')); // twice is once
    expect(scripted.commands).toHaveLength(1);
    await scripted.refuse('CallGone');
    expect(screen.getByTestId('btn-answer')).toHaveAttribute('aria-busy', 'false');
  },
);
