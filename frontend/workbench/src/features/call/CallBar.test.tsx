import type { CallScreen } from '@ringmaster/sdk';
import { spec } from '@ringmaster/spec';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect } from 'vitest';
import { usePhoneView } from '@/phone/PhoneContext';
import { draw, ScriptedPhone } from '@/testing/scriptedPhone';
import { CallSlot } from './CallSlot';

const IN_CALL = {
  state: 'IN_CALL' as const,
  callId: 'call-1',
  card: { callId: 'call-1', direction: 'INBOUND' as const, from: '13857112233', to: '4001' },
  actions: ['hangup', 'hold', 'resume', 'mute', 'sendDtmf'] as const,
};
const TALKING: CallScreen = {
  callId: 'call-1',
  direction: 'INBOUND',
  phase: 'TALKING',
  muted: false,
  recording: true,
};

function Slot() {
  const { agent, call } = usePhoneView();
  return <CallSlot agent={agent} card={agent?.card ?? undefined} call={call} notice={null} />;
}

function inCall(call: Partial<CallScreen> = {}, since = new Date().toISOString()) {
  const scripted = new ScriptedPhone(
    { ...IN_CALL, since, actions: [...IN_CALL.actions] },
    { ...TALKING, ...call },
  );
  draw(scripted, <Slot />);
  return { scripted, person: userEvent.setup({ delay: null }) };
}

spec('AGT-025', 'hold becomes resume when the call says that it is held', async () => {
  const { scripted, person } = inCall();
  await person.click(screen.getByTestId('btn-hold'));
  expect(scripted.commands.at(-1)?.name).toBe('hold');
  expect(screen.getByTestId('btn-hold')).toHaveAttribute('aria-pressed', 'false');
  scripted.call({ ...TALKING, phase: 'HELD' });
  await scripted.done();
  expect(screen.getByTestId('btn-hold')).toHaveAttribute('aria-pressed', 'true');
  expect(screen.getByTestId('call-bar')).toHaveTextContent('they hear music');
  await person.click(screen.getByTestId('btn-hold'));
  expect(scripted.commands.at(-1)?.name).toBe('resume');
});

spec(
  'AGT-027',
  'the keypad sends keys in the order they are pressed, by mouse and by keyboard, and counts them only',
  async () => {
    const { scripted, person } = inCall();
    await person.click(screen.getByTestId('btn-keypad'));
    await person.click(await screen.findByTestId('key-5'));
    await scripted.done();
    await person.click(screen.getByTestId('key-star'));
    await scripted.done();
    expect(scripted.commands.map(({ args }) => args['digits'])).toEqual(['5', '*']);
    expect(screen.getByTestId('keypad')).toHaveTextContent('2 keys sent');
  },
);

spec('AGT-028', 'end is one press, and the time is that of the talk', async () => {
  const { scripted, person } = inCall(
    { answeredAt: new Date(Date.now() - 900_000).toISOString() },
    new Date(Date.now() - 161_000).toISOString(),
  );
  expect(screen.getByTestId('call-timer')).toHaveTextContent(/^02:4[1-9]$/);
  await person.click(screen.getByTestId('btn-hangup'));
  expect(scripted.commands.at(-1)).toMatchObject({ name: 'hangup', args: { callId: 'call-1' } });
});

spec('AGT-021', 'keys do what the buttons do, also while a note is written', async () => {
  const { scripted, person } = inCall();
  await person.keyboard('{Alt>}m{/Alt}');
  expect(scripted.commands.at(-1)).toMatchObject({ name: 'mute', args: { on: true } });
  scripted.call({ ...TALKING, muted: true });
  await scripted.done();
  expect(screen.getByTestId('call-bar')).toHaveTextContent('they cannot hear you');
  await person.keyboard('{Alt>}x{/Alt}');
  expect(scripted.commands.at(-1)?.name).toBe('hangup');
});
