import type { CallRecord } from '@ringmaster/sdk';
import { spec } from '@ringmaster/spec';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, vi } from 'vitest';
import { draw, ScriptedPhone } from '@/testing/scriptedPhone';
import { RecordsPage } from './RecordsPage';
import type { RecordFilters } from './recordQueries';

const RECORD: CallRecord = {
  callId: 'call-1',
  direction: 'INBOUND',
  from: '13857112233',
  to: '4001000001',
  startedAt: '2026-03-01T09:00:00.000Z',
  endedAt: '2026-03-01T09:05:00.000Z',
  endedBy: 'CALLER',
  result: 'SUCCESS',
  displayName: 'Wang Fang',
  survey: 2,
  phases: [
    { kind: 'queue', startedAt: '2026-03-01T09:00:00.000Z', ms: 12_000 },
    { kind: 'talk', startedAt: '2026-03-01T09:00:12.000Z', ms: 161_000 },
  ],
  recording: { url: '/r', durationMs: 161_000, sizeBytes: 1 },
};

function page(filters: RecordFilters = {}, mayAll = false) {
  const scripted = new ScriptedPhone({ state: 'IDLE' });
  scripted.answer = (path) =>
    path.startsWith('/calls?')
      ? {
          page: 1,
          size: 20,
          total: 2,
          items: [RECORD, { ...RECORD, callId: 'call-2', recording: null, phases: [] }],
        }
      : RECORD;
  const onFilters = vi.fn();
  draw(scripted, <RecordsPage filters={filters} mayAll={mayAll} onFilters={onFilters} />);
  return { scripted, onFilters, person: userEvent.setup({ delay: null }) };
}

spec(
  'AGT-033',
  'my records show number, direction, time, length and result, and ask for my own only',
  async () => {
    const { scripted } = page();
    const [row] = await screen.findAllByTestId('record-row');
    for (const fact of ['13857112233', 'Inbound', '09:00:00', '02:41', 'connected'])
      expect(row).toHaveTextContent(fact);
    expect(
      scripted.asked
        .filter((path) => path.startsWith('/calls?'))
        .every((path) => path.includes('mine=true')),
    ).toBe(true);
    expect(screen.getAllByTestId('record-play')).toHaveLength(1);
  },
);

spec('AGT-033', 'a press on a row opens its call, a search goes into the address', async () => {
  const { onFilters, person } = page({ direction: 'INBOUND', page: 3 });
  await person.click((await screen.findAllByTestId('record-row'))[1] ?? document.body);
  expect(onFilters).toHaveBeenLastCalledWith({ direction: 'INBOUND', page: 3, call: 'call-2' });
  await person.type(screen.getByTestId('records-search'), 'wang{Enter}');
  expect(onFilters).toHaveBeenLastCalledWith({ direction: 'INBOUND', q: 'wang' });
});

spec(
  ['AGT-033', 'HOT-018'],
  'an open record shows its phases, who ended it, its score and its recording',
  async () => {
    page({ call: 'call-1' });
    expect(await screen.findByTestId('phase-bar')).toHaveTextContent('queue 00:12talk 02:41');
    expect(screen.getByTestId('record-detail')).toHaveTextContent('caller hung up');
    expect(screen.getByTestId('record-detail')).toHaveTextContent('Survey2');
  },
);
