import type { NoteScreen } from '@ringmaster/sdk';
import { spec } from '@ringmaster/spec';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { draw, ScriptedPhone } from '@/testing/scriptedPhone';
import { WrapUpNote } from './WrapUpNote';

const NOTE: NoteScreen = {
  callId: 'call-1',
  required: true,
  saved: false,
  category: '',
  result: '',
  text: '',
};

function noted(note: NoteScreen = NOTE) {
  const scripted = new ScriptedPhone({ state: 'ACW', callId: 'call-1', note });
  const drawn = draw(scripted, <WrapUpNote open={note} shownCallId="call-1" kept={undefined} />);
  return { scripted, drawn, person: userEvent.setup({ delay: null }) };
}

spec(
  'AGT-009',
  'a note that lacks something is not sent; each lack is said at its field',
  async () => {
    const { scripted, person } = noted();
    await person.click(screen.getByTestId('note-category-order'));
    await person.click(screen.getByTestId('note-save'));
    expect(scripted.commands).toEqual([]);
    expect(screen.getAllByRole('alert').map((alert) => alert.textContent)).toEqual([
      'Choose a result',
      'Write a few words',
    ]);
  },
);

spec('AGT-009', 'category, result and text are saved together', async () => {
  const { scripted, person } = noted();
  await person.click(screen.getByTestId('note-category-order'));
  await person.click(screen.getByTestId('note-result-solved'));
  await person.type(screen.getByTestId('note-text'), 'Invoice sent. ');
  await person.keyboard('{Control>}{Enter}{/Control}');
  expect(scripted.commands.at(-1)).toMatchObject({
    name: 'saveNote',
    args: { callId: 'call-1', category: 'order', result: 'solved', text: 'Invoice sent.' },
  });
});

spec('AGT-009', 'the text ends at 1000 characters, counted while writing', async () => {
  const { person } = noted();
  await person.click(screen.getByTestId('note-text'));
  await person.paste('x'.repeat(1200));
  expect(screen.getByTestId('note-text')).toHaveValue('x'.repeat(1000));
  expect(screen.getByText('1000 / 1000')).toBeInTheDocument();
});

spec('AGT-014', 'what is written and not saved survives a reload', async () => {
  const { person, drawn } = noted();
  await person.type(screen.getByTestId('note-text'), 'half a sen');
  drawn.unmount();
  noted();
  expect(screen.getByTestId('note-text')).toHaveValue('half a sen');
  expect(screen.getByTestId('note-state')).toHaveTextContent('not saved yet');
});

test('a saved note says so and offers nothing to save until it is changed', async () => {
  const { person } = noted({
    ...NOTE,
    saved: true,
    category: 'order',
    result: 'solved',
    text: 'Done.',
  });
  expect(screen.getByTestId('note-state')).toHaveTextContent('Saved');
  expect(screen.getByTestId('note-save')).toBeDisabled();
  await person.type(screen.getByTestId('note-text'), ' More.');
  expect(screen.getByTestId('note-save')).toBeEnabled();
});
