import type { RestClient } from '@ringmaster/sdk';
import { queryOptions } from '@tanstack/react-query';

/** The auditor looks every second, and so do we. */
const LOOK_EVERY_MS = 1_000;

export function truthQuery(rest: RestClient) {
  return queryOptions({
    queryKey: ['truth'],
    queryFn: () => rest.truth(),
    refetchInterval: LOOK_EVERY_MS,
    retry: false,
  });
}
