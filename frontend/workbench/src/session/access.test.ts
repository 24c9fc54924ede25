import { spec } from '@ringmaster/spec';
import { expect } from 'vitest';
import { firstPlace, mayEnter, PLACES } from './access';

spec('ADM-006', 'a role sees only what it may use', () => {
  const places = (rights: string[]) => PLACES.filter((place) => mayEnter({ rights }, place));
  expect(places(['workbench'])).toEqual(['desk', 'calls', 'settings']);
  expect(places(['queue.all', 'calls.all'])).toEqual(['calls', 'queue', 'settings']);
  expect(places(['system'])).toEqual(['truth', 'settings']);
  expect(places([])).toEqual(['settings']);
  expect(firstPlace({ rights: ['queue.all'] })).toBe('queue');
});
