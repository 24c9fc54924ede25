import { spec } from '@ringmaster/spec';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect } from 'vitest';
import { draw, ScriptedPhone } from '@/testing/scriptedPhone';
import { Notice } from './Notice';
import { StateControls } from './StateControls';
import { StatePill } from './StatePill';

function desk(agent: ConstructorParameters<typeof ScriptedPhone>[0], language: 'zh' | 'en' = 'en') {
  const scripted = new ScriptedPhone(agent);
  draw(
    scripted,
    <>
      <StatePill />
      <StateControls />
      <Notice />
    </>,
    language,
  );
  return { scripted, person: userEvent.setup({ delay: null }) };
}

spec(
  ['AGT-002', 'AGT-021'],
  'after the login the agent is off duty and start work is the next step',
  async () => {
    const { scripted, person } = desk({ state: 'OFF', actions: ['startWork'] });
    expect(screen.getByTestId('state-pill')).toHaveAttribute('data-state', 'OFF');
    expect(screen.getByTestId('btn-break')).toBeDisabled();
    expect(screen.getByTestId('btn-off')).toBeDisabled();
    await person.click(screen.getByTestId('btn-start-work'));
    expect(scripted.commands.at(-1)?.name).toBe('startWork');
  },
);

spec('AGT-003', 'without a skill group start work is closed', () => {
  desk({ state: 'OFF', actions: [], groups: [] });
  expect(screen.getByTestId('btn-start-work')).toBeDisabled();
});

spec('AGT-011', 'a break has one of five reasons', async () => {
  const { scripted, person } = desk({ state: 'IDLE', actions: ['break', 'offWork'] });
  await person.click(screen.getByTestId('btn-break'));
  await person.click(await screen.findByTestId('break-reason-training'));
  expect(scripted.commands.at(-1)).toMatchObject({ name: 'break', args: { reason: 'training' } });
  scripted.agent({
    state: 'BREAK',
    cause: 'manual',
    reason: 'training',
    actions: ['continueWork'],
  });
  expect(screen.getByTestId('state-pill')).toHaveTextContent('training');
});

spec('AGT-009', 'continue is closed until the note is saved, and open right after', () => {
  const note = { callId: 'c', required: true, saved: false };
  const { scripted } = desk({ state: 'ACW', note, actions: ['break', 'offWork', 'saveNote'] });
  expect(screen.getByTestId('btn-continue')).toBeDisabled();
  scripted.agent({ note: { ...note, saved: true }, actions: ['continueWork', 'break', 'offWork'] });
  expect(screen.getByTestId('btn-continue')).toBeEnabled();
});

spec('AGT-006', 'an agent who did not answer sees why she is on a break', () => {
  const { scripted } = desk({ state: 'IDLE' }, 'zh');
  scripted.agent({
    state: 'BREAK',
    cause: 'noAnswer',
    notice: { code: 'OfferMissed', at: '2026-03-01T09:00:30.000Z', detail: 'noAnswer' },
    actions: ['continueWork'],
  });
  expect(screen.getByTestId('state-pill')).toHaveTextContent('久振未接');
  expect(screen.getByTestId('agent-notice')).toHaveTextContent('已转给其他坐席');
});

spec('AGT-021', 'a wish for after the call is shown and can be taken back', async () => {
  const { scripted, person } = desk({
    state: 'IN_CALL',
    pending: { kind: 'break', reason: 'meal' },
    actions: ['cancelPending', 'hangup'],
  });
  expect(screen.getByTestId('state-pill')).toHaveTextContent('then break (meal)');
  await person.click(screen.getByTestId('btn-cancel-pending'));
  expect(scripted.commands.at(-1)?.name).toBe('cancelPending');
});

spec(
  'AGT-015',
  'a lost connection turns the pill, closes what cannot be done, and offers to try now',
  () => {
    const { scripted } = desk({ state: 'IDLE', actions: ['break', 'offWork'] });
    scripted.drop();
    expect(screen.getByTestId('state-pill')).toHaveAttribute('data-connection', 'lost');
    expect(screen.getByTestId('btn-break')).toBeDisabled();
    expect(screen.getByTestId('btn-retry')).toBeEnabled();
  },
);
