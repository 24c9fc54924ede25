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
const callers: Sipp[] = [];

beforeAll(async () => {
  node = await RingmasterNode.start();
  browser = await openBrowser();
  admin = await Api.login(node.http, 'admin@demo.example');
  desk = await Desk.login(browser, node.http, 'alice@demo.example');
}, 240_000);

afterEach(() => {
  for (const caller of callers.splice(0)) caller.kill();
});

afterAll(async () => {
  await browser.close();
  await node.remove();
});

async function call(
  scenario: string,
  service: string,
  options: { from: string; holdMs?: number; digit?: string },
) {
  const caller = await Sipp.start(scenario, {
    target: node.sip,
    service,
    from: options.from,
    args: ['-d', String(options.holdMs ?? 1000)],
    fill: { digit: options.digit ?? '1' },
    seconds: 100,
  });
  callers.push(caller);
  return caller;
}

for (const [scenario, means] of [
  ['key.xml', 'RFC 4733'],
  ['info.xml', 'INFO'],
] as const) {
  spec(
    ['HOT-011', 'HOT-012', 'HOT-013', 'AGT-022'],
    `key 1 by ${means} leads through the menu to an agent of Support, who sees the path`,
    async () => {
      await desk.settle('IDLE');
      const from = newNumber();
      const caller = await call(scenario, '4001000001', { from, holdMs: 2_000 });
      await desk.by('incoming-card').waitFor({ timeout: 20_000 });
      const card = await desk.by('incoming-card').innerText();
      expect(card).toContain(from);
      expect(card).toMatch(/1\s*(Support|客服)/);
      await desk.by('btn-answer').click();
      await desk.becomes('IN_CALL', 3_000);
      await pause(1_000);
      await desk.by('btn-hangup').click();
      await desk.becomes('ACW', 3_000);
      await desk.wrapUp(`pressed 1 by ${means}`);
      const record = await admin.record(from, 60_000); // the survey comes first: nobody scores, it asks twice
      expect(record.ivrPath.join(' > ')).toMatch(/1\s*(Support|客服)/);
      expect(record.phases.map((phase) => phase.kind)).toEqual(
        expect.arrayContaining(['ivr', 'ring', 'talk', 'survey']),
      );
      await caller.passed();
    },
    120_000,
  );
}

spec(
  'HOT-012',
  'a wrong key is told and the menu repeated; no key at all takes the default exit',
  async () => {
    const wrong = newNumber();
    const none = newNumber();
    const callers = [
      await call('key.xml', '4001000001', { from: wrong, holdMs: 2_000, digit: '9' }),
      await call('stay.xml', '4001000001', { from: none }),
    ];
    for (const from of [wrong, none]) {
      const record = await admin.record(from, 90_000);
      expect(record).toMatchObject({ endedBy: 'SYSTEM', result: 'ABANDONED' });
      expect(record.phases.map((phase) => phase.kind)).toEqual(['ivr']);
    }
    await Promise.all(callers.map((caller) => caller.passed()));
  },
  120_000,
);

spec(
  ['HOT-019', 'HOT-021'],
  'a caller who hangs up in the menu leaves a record that says so',
  async () => {
    const from = newNumber();
    await (await call('leave.xml', '4001000001', { from, holdMs: 1_500 })).passed();
    const record = await admin.record(from, 3_000);
    expect(record).toMatchObject({ endedBy: 'CALLER', result: 'ABANDONED', agent: null });
    expect(record.phases.map((phase) => phase.kind)).toEqual(['ivr']);
  },
  30_000,
);

spec(
  ['HOT-015', 'AGT-010', 'REP-013'],
  'a caller who hangs up in the queue is gone from it within a second',
  async () => {
    await desk.settle('IDLE');
    // Alice talks to one caller, so that the next one waits.
    const talking = await call('stay.xml', '4001000002', { from: newNumber() });
    await desk.by('btn-answer').click({ timeout: 15_000 });
    await desk.becomes('IN_CALL', 3_000);
    const from = newNumber();
    const waiting = await call('leave.xml', '4001000002', { from, holdMs: 6_000 });
    await until('one caller waits', 4_000, async () => (await admin.waiting()) === 1);
    await until('the icon shows 1', 2_500, async () =>
      (await desk.by('queue-count').innerText()).includes('1'),
    );
    await waiting.passed();
    await until('nobody waits', 1_000, async () => (await admin.waiting()) === 0);
    const record = await admin.record(from, 3_000);
    expect(record).toMatchObject({ endedBy: 'CALLER', result: 'ABANDONED', agent: null });
    expect(record.phases.map((phase) => phase.kind)).toEqual(
      ['ivr', 'queue'].filter((kind) => record.phases.some((p) => p.kind === kind)),
    );
    await desk.by('btn-hangup').click();
    await talking.passed();
    await desk.becomes('ACW', 3_000);
    await desk.wrapUp('one waited');
  },
  90_000,
);

spec(
  ['AGT-001', 'HOT-014'],
  'a caller who hangs up while it rings: the agent is free again within a second, without wrap-up',
  async () => {
    await desk.settle('IDLE');
    const from = newNumber();
    const caller = await call('leave.xml', '4001000002', { from, holdMs: 4_000 });
    await desk.becomes('RINGING', 4_000);
    await caller.passed();
    const freed = await desk.becomes('IDLE', 3_000);
    console.log(`hang-up while ringing to IDLE ${freed.toFixed(0)} ms`);
    expect(freed).toBeLessThan(1_000);
    const record = await admin.record(from, 3_000);
    expect(record).toMatchObject({ endedBy: 'CALLER', result: 'ABANDONED' });
    expect(record.phases.map((phase) => phase.kind)).toContain('ring');
  },
  30_000,
);

spec(
  'TEN-038',
  'an unknown number is refused with 404',
  async () => {
    await (await call('unknown.xml', '4009999999', { from: newNumber() })).passed();
  },
  20_000,
);

spec(
  'HOT-017',
  'with nobody on duty the caller hears so within 3 s and is let go',
  async () => {
    await desk.settle('OFF');
    const from = newNumber();
    const caller = await call('stay.xml', '4001000002', { from });
    await caller.passed();
    const record = await admin.record(from, 5_000);
    expect(record).toMatchObject({ endedBy: 'SYSTEM', result: 'ABANDONED', agent: null });
    const announcement = record.phases.find((phase) => phase.kind === 'announcement');
    expect(announcement).toBeDefined();
    expect(Date.parse(announcement?.startedAt ?? '') - Date.parse(record.startedAt)).toBeLessThan(
      3_000,
    );
  },
  60_000,
);
