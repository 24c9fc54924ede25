import type { ConnectOptions } from '../ConnectOptions';
import { openPhone } from '../ringmaster';
import { agent, ScriptedBrowser } from './scriptedServer';

export const BASE = {
  baseUrl: 'http://desk.example',
  instanceId: 'demo',
  token: 't-1',
  sounds: false,
};

/** A phone that has its first snapshot: off duty, number 10. */
export async function connected(
  options: Partial<ConnectOptions> = {},
  browser = new ScriptedBrowser(),
) {
  const phone = openPhone({ ...BASE, ...options }, browser.environment);
  await browser.socket.open();
  await browser.socket.say({
    type: 'snapshot',
    seq: 10,
    now: '2026-03-01T09:00:00.000Z',
    session: { fence: 1, resumeToken: 'r-1' },
    agent: agent(),
    call: null,
  });
  return { browser, phone, first: browser.socket };
}
