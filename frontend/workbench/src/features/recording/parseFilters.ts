import type { RecordFilters } from './recordQueries';

/** Reads filters out of an address that anybody may have written. */
export function parseFilters(search: Record<string, unknown>): RecordFilters {
  const day = (value: unknown) =>
    typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) ? value : undefined;
  const word = (value: unknown) =>
    typeof value === 'string' && value !== ''
      ? value
      : typeof value === 'number'
        ? String(value)
        : undefined;
  const q = word(search['q']);
  const result = word(search['result']);
  const from = day(search['from']);
  const to = day(search['to']);
  const call = word(search['call']);
  const page = Number(search['page']);
  const direction = search['direction'];
  return {
    ...(q ? { q } : {}),
    ...(direction === 'INBOUND' || direction === 'OUTBOUND' ? { direction } : {}),
    ...(result ? { result } : {}),
    ...(from ? { from } : {}),
    ...(to ? { to } : {}),
    ...(search['all'] === true ? { all: true } : {}),
    ...(Number.isInteger(page) && page > 1 ? { page } : {}),
    ...(call ? { call } : {}),
  };
}
