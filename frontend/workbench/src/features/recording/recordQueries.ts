import type { CallQuery, RestClient } from '@ringmaster/sdk';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';

/** What the address of the page holds: a link to a list shows the same list. */
export interface RecordFilters {
  q?: string;
  direction?: 'INBOUND' | 'OUTBOUND';
  result?: string;
  /** Local days, `2026-03-01`. */
  from?: string;
  to?: string;
  all?: boolean;
  page?: number;
  call?: string;
}

export const PAGE_SIZE = 20;

export function recordsQuery(rest: RestClient, filters: RecordFilters, mayAll: boolean) {
  const query = toQuery(filters, mayAll);
  return queryOptions({
    queryKey: ['calls', 'list', query],
    queryFn: () => rest.calls(query),
    placeholderData: keepPreviousData,
    staleTime: 5_000,
  });
}

export function toQuery(filters: RecordFilters, mayAll: boolean): CallQuery {
  const { q, direction, result, from, to, all, page } = filters;
  return {
    ...(mayAll && all ? {} : { mine: true }),
    ...(q ? { q } : {}),
    ...(direction ? { direction } : {}),
    ...(result ? { result } : {}),
    ...(from ? { from: new Date(`${from}T00:00:00`).toISOString() } : {}),
    ...(to
      ? { to: new Date(new Date(`${to}T00:00:00`).getTime() + 86_400_000).toISOString() }
      : {}),
    page: page ?? 1,
    size: PAGE_SIZE,
  };
}

export function recordingQuery(rest: RestClient, callId: string) {
  return queryOptions({
    queryKey: ['recording', callId],
    queryFn: ({ signal }) => rest.recording(callId, signal),
    staleTime: Infinity,
    // Recordings are large; a few minutes are enough to listen twice.
    gcTime: 300_000,
  });
}
