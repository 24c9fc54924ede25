/** Where a node's API and its live socket are. */
export interface Endpoints {
  api: URL;
  live: URL;
}

/** The doors of the node at `baseUrl`; the socket is encrypted when the page is. */
export function resolveEndpoints(baseUrl: string): Endpoints {
  const api = new URL('/api/v1/', baseUrl);
  const live = new URL('live', api);
  live.protocol = api.protocol === 'https:' ? 'wss:' : 'ws:';
  return { api, live };
}
