import type { Truth } from '@ringmaster/sdk';
import { spec } from '@ringmaster/spec';
import { screen, waitFor } from '@testing-library/react';
import { expect, test } from 'vitest';
import { draw, ScriptedPhone } from '@/testing/scriptedPhone';
import { TruthPage } from './TruthPage';
import { seconds, truthAgeMs } from './truthAge';

const GOOD: Truth = {
  checked: 41_233,
  contradictions: [],
  healed: [],
  asOf: '2026-03-01T09:00:00.000Z',
  ageMs: 800,
  stale: false,
};

const BAD: Truth = {
  ...GOOD,
  contradictions: [
    {
      kind: 'CALL_WITHOUT_AGENT',
      owner: 'CALL',
      ownerId: 'call-7',
      about: 't1',
      sides: [
        { who: 'call call-7', seq: 12, says: 'TALKING with agent ann' },
        { who: 'agent ann', seq: 40, says: 'IDLE' },
      ],
      ageMs: 6_200,
      alarm: true,
      asked: 1,
    },
    {
      kind: 'NOT_IN_QUEUE',
      owner: 'CALL',
      ownerId: 'call-8',
      about: 'support',
      sides: [
        { who: 'call call-8', seq: 4, says: 'waits in group support' },
        { who: 'queue support', seq: 0, says: 'does not count it' },
      ],
      ageMs: 1_000,
      alarm: false,
      asked: 0,
    },
  ],
};

function page(truth: Truth, language: 'zh' | 'en' = 'en') {
  const scripted = new ScriptedPhone({ state: 'OFF' });
  scripted.answer = () => truth;
  draw(scripted, <TruthPage />, language);
}

spec(
  'SYS-001',
  'no contradiction is said with the number of facts and the age of the look',
  async () => {
    page(GOOD);
    const verdict = await screen.findByTestId('truth-verdict');
    expect(verdict).toHaveTextContent('0 contradictions in 41,233 facts');
    expect(verdict).toHaveTextContent(/0\.\d s ago|1\.\d s ago/);
    expect(screen.getByTestId('truth-empty')).toBeVisible();
    expect(screen.queryByTestId('truth-stale')).toBeNull();
    expect(screen.queryByTestId('truth-alarm')).toBeNull();
  },
);

spec(
  'SYS-001',
  'a contradiction is listed with both sides, its age and what is being done',
  async () => {
    page(BAD);
    const rows = await screen.findAllByTestId('truth-row');
    expect(rows.map((row) => row.dataset['kind'])).toEqual(['CALL_WITHOUT_AGENT', 'NOT_IN_QUEUE']);
    expect(rows[0]).toHaveTextContent('TALKING with agent ann · no. 12');
    expect(rows[0]).toHaveTextContent('IDLE · no. 40');
    expect(rows[0]).toHaveTextContent('The call has been told once');
    expect(rows[1]).toHaveTextContent('Being watched');
    expect(screen.getByTestId('truth-alarm')).toHaveTextContent('1 contradiction stands');
  },
);

spec('SYS-001', 'a silent auditor shows by its age, in both languages', async () => {
  page({ ...GOOD, ageMs: 8_000, stale: true }, 'zh');
  expect(await screen.findByTestId('truth-stale')).toHaveTextContent('审计员已沉默');
  await waitFor(() => {
    expect(screen.getByTestId('truth-verdict')).toHaveClass('truth-old');
  });
});

test('the age goes on between two looks', () => {
  expect(truthAgeMs(GOOD, 1_000, 3_500)).toBe(3_300);
  expect(truthAgeMs({ ...GOOD, ageMs: null }, 1_000, 3_500)).toBeNull();
  expect(truthAgeMs(undefined, 0, 0)).toBeNull();
  expect(seconds(840)).toBe('0.8');
  expect(seconds(12_300)).toBe('12');
});
