import type { Me } from '@ringmaster/sdk';

export type Place = 'desk' | 'calls' | 'queue' | 'truth' | 'settings';

/** Who may see what: the one list behind navigation, routes and the 403 page. The server decides again for itself. */
const RIGHTS: Record<Place, readonly string[]> = {
  desk: ['workbench'],
  calls: ['workbench', 'calls.all'],
  queue: ['queue.all'],
  truth: ['system'],
  settings: [],
};

export const PLACES: readonly Place[] = ['desk', 'calls', 'queue', 'truth', 'settings'];

export function mayEnter(me: Pick<Me, 'rights'>, place: Place): boolean {
  const wanted = RIGHTS[place];
  return wanted.length === 0 || wanted.some((right) => me.rights.includes(right));
}

/** Where somebody lands after the login. */
export function firstPlace(me: Pick<Me, 'rights'>): Place {
  return PLACES.find((place) => mayEnter(me, place)) ?? 'settings';
}
