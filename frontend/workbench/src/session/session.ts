import { RestClient } from '@ringmaster/sdk';
import { keep, readKept } from '@/ui/kept';

/** The access token lives in the tab: it survives a reload and is gone with the tab. */
const tokenKey = (address: string) => `ringmaster.token.${address}`;

export function tokenOf(address: string): string | null {
  return readKept('session', tokenKey(address));
}

export function keepToken(address: string, token: string | null): void {
  keep('session', tokenKey(address), token);
}

/** The API of this page's own node, as the person who is logged in at this address. */
export function restOf(address: string): RestClient {
  return new RestClient({
    baseUrl: window.location.origin,
    getToken: () => tokenOf(address) ?? undefined,
  });
}
