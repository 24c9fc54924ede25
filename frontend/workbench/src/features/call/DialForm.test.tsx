import { spec } from '@ringmaster/spec';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect } from 'vitest';
import { useDeskUi } from '@/ui/deskUi';
import { draw, ScriptedPhone } from '@/testing/scriptedPhone';
import { DialForm } from './DialForm';

beforeEach(() => {
  useDeskUi.getState().writeNumber('');
});

function form(from: 'fab' | 'dialPad', actions: 'call'[] = ['call']) {
  const scripted = new ScriptedPhone({ state: 'IDLE', actions });
  scripted.answer = (path) =>
    path === '/me/callers'
      ? [{ number: '0571001', description: 'Last used' }, { number: '4001' }]
      : [];
  draw(scripted, <DialForm from={from} onCalled={() => undefined} />);
  return { scripted, person: userEvent.setup({ delay: null }) };
}

spec(
  ['AGT-029', 'AGT-032'],
  'the FAB calls with the caller ID used last and the remark',
  async () => {
    const { scripted, person } = form('fab');
    await screen.findByText(/0571001/);
    await person.type(screen.getByTestId('dial-number'), '138 0013 8000');
    await person.type(screen.getByTestId('dial-remark'), 'asked for a call');
    await person.click(screen.getByTestId('dial-submit'));
    expect(scripted.commands.at(-1)).toMatchObject({
      name: 'call',
      args: {
        number: '13800138000',
        callerId: '0571001',
        remark: 'asked for a call',
        source: 'fab',
      },
    });
  },
);

spec(
  'AGT-029',
  'the dial pad writes the number key by key and names itself as the source',
  async () => {
    const { scripted, person } = form('dialPad');
    await screen.findByText(/0571001/);
    for (const key of ['1', '1', '0']) await person.click(screen.getByTestId(`key-${key}`));
    await person.click(screen.getByTestId('dial-submit'));
    expect(scripted.commands.at(-1)).toMatchObject({ args: { number: '110', source: 'dialPad' } });
  },
);

spec(
  'AGT-032',
  'a caller ID that is not allowed is said in words, and what was written stays',
  async () => {
    const { scripted, person } = form('fab');
    await screen.findByText(/0571001/);
    await person.type(screen.getByTestId('dial-number'), '13800138000');
    await person.click(screen.getByTestId('dial-submit'));
    await scripted.refuse('CallerNotAllowed');
    expect(screen.getByTestId('dial-error')).toHaveTextContent(
      'You may not call out with this number',
    );
    expect(screen.getByTestId('dial-number')).toHaveValue('13800138000');
  },
);

spec('AGT-005', 'where the state allows no call, the form says so and calls nobody', async () => {
  const { person } = form('fab', []);
  await person.type(screen.getByTestId('dial-number'), '13800138000');
  expect(screen.getByTestId('dial-submit')).toBeDisabled();
  expect(screen.getByTestId('dial-error')).toHaveTextContent('Not possible in your present state');
});
