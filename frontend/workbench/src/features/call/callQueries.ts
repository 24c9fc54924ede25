import type { CallRecord, RestClient } from '@ringmaster/sdk';
import { queryOptions } from '@tanstack/react-query';

/** Earlier calls of a number. */
export function trackQuery(rest: RestClient, number: string) {
  return queryOptions({
    queryKey: ['calls', 'track', number],
    queryFn: () => rest.track(number),
    enabled: number !== '',
    // Asked anew for every call: an earlier one may have ended a moment ago.
    staleTime: 0,
  });
}

/** The agent's own calls since an instant, newest first. */
export function endedQuery(rest: RestClient, from: string) {
  return queryOptions({
    queryKey: ['calls', 'ended', from],
    queryFn: async (): Promise<CallRecord[]> =>
      (await rest.calls({ mine: true, from, page: 1, size: 50 })).items,
    staleTime: 5_000,
    retry: true,
    retryDelay: 3_000,
  });
}

export function callQuery(rest: RestClient, callId: string) {
  return queryOptions({
    queryKey: ['calls', 'one', callId],
    queryFn: () => rest.call(callId),
    enabled: callId !== '',
    // A record is written a moment after its call.
    retry: 3,
    retryDelay: 1_000,
    staleTime: 5_000,
  });
}

export function callersQuery(rest: RestClient) {
  return queryOptions({ queryKey: ['callers'], queryFn: () => rest.callers(), staleTime: 60_000 });
}
