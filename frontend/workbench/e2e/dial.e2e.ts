import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { spec } from '@ringmaster/spec';
import { Api, newNumber } from './support/api';
import { Desk, openBrowser } from './support/browser';
import { RingmasterNode } from './support/node';
import { Sipp } from './support/sipp';
import { pause, until } from './support/wait';

let node: RingmasterNode;
let browser: Browser;
let desk: Desk;
let admin: Api;
const peers: Sipp[] = [];

beforeAll(async () => {
  node = await RingmasterNode.start();
  browser = await openBrowser();
  admin = await Api.login(node.http, 'admin@demo.example');
  desk = await Desk.login(browser, node.http, 'alice@demo.example');
  await desk.startWork();
}, 240_000);

afterEach(() => {
  for (const peer of peers.splice(0)) peer.kill();
});

afterAll(async () => {
  await browser.close();
  await node.remove();
});

/** The far end that the demo's line leads to. */
async function carrier(
  scenario: string,
  args: string[] = [],
  fill: Record<string, string> = {},
): Promise<Sipp> {
  const peer = await Sipp.start(scenario, {
    port: Number(node.carrier.split(':')[1]),
    args,
    fill,
    seconds: 100,
  });
  peers.push(peer);
  await pause(500);
  return peer;
}

async function dial(number: string, remark: string): Promise<void> {
  await desk.by('fab').click();
  await desk.by('dial-number').fill(number);
  await desk.by('dial-remark').fill(remark);
  await desk.by('dial-submit').click();
}

spec(
  ['AGT-029', 'AGT-027', 'TEN-038', 'AGT-032'],
  'the agent dials by FAB, hears the callee, sends keys, hangs up; the remark is in the record',
  async () => {
    const number = newNumber();
    const peer = await carrier('callee.xml', ['-d', '1500', '-rtp_echo']);
    await dial(number, 'call back as asked');
    await desk.becomes('DIALING', 3_000);
    await desk.becomes('IN_CALL', 6_000);
    // The peer says what it hears: her own voice comes back.
    await until(
      'her voice from the far end',
      4_000,
      async () => Math.abs((await desk.hears()) - 1000) < 25,
    );
    await desk.by('btn-keypad').click();
    await desk.by('key-5').click();
    await pause(1_000);
    await desk.by('btn-hangup').click();
    await desk.becomes('ACW', 3_000);
    await peer.passed();
    expect(peer.messages).toMatch(/From:.*057100000001/);
    const record = await admin.record(number, 3_000);
    expect(record).toMatchObject({
      direction: 'OUTBOUND',
      from: '057100000001',
      to: number,
      endedBy: 'AGENT',
      result: 'SUCCESS',
      remark: 'call back as asked',
      source: 'fab',
    });
    await desk.by('btn-continue').click(); // no note is asked for a call of her own
    await desk.becomes('IDLE', 3_000);
  },
  60_000,
);

for (const [status, result] of [
  ['486', 'BUSY'],
  ['480', 'NO_ANSWER'],
  ['603', 'REJECTED'],
  ['404', 'EMPTY_NUMBER'],
  ['503', 'CALL_LOSS'],
] as const) {
  spec(
    ['OBT-032', 'AGT-001'],
    `a dialled number that answers ${status} gives ${result}, and the agent is where she was`,
    async () => {
      const number = newNumber();
      const peer = await carrier('refuse.xml', ['-d', '300'], { status });
      await dial(number, '');
      await peer.passed();
      await desk.becomes('IDLE', 4_000);
      expect(await admin.record(number, 3_000)).toMatchObject({
        direction: 'OUTBOUND',
        result,
        agent: expect.anything() as unknown,
      });
    },
    40_000,
  );
}

spec(
  ['AGT-001', 'TEN-038'],
  'the agent gives up while it rings: the peer gets a CANCEL',
  async () => {
    const number = newNumber();
    const peer = await carrier('ringing.xml');
    await dial(number, '');
    await desk.becomes('DIALING', 3_000);
    await peer.saw('180 Ringing', 3_000);
    await desk.by('btn-hangup').click();
    await desk.becomes('IDLE', 3_000);
    await peer.passed();
    expect((await admin.record(number, 3_000)).endedBy).toBe('AGENT');
  },
  40_000,
);
