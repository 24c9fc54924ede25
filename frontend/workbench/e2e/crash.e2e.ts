import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { spec } from '@ringmaster/spec';
import { Api, newNumber } from './support/api';
import { Desk, openBrowser } from './support/browser';
import { RingmasterNode } from './support/node';
import { Sipp } from './support/sipp';
import { pause, until } from './support/wait';

// kill -9 of the whole process in each phase of a call, and a start over the same data: no agent stuck, no caller waiting who is
// gone, lost calls closed as call loss, and their peers told by a BYE.

let node: RingmasterNode;
let browser: Browser;
let desk: Desk;
const callers: Sipp[] = [];

beforeAll(async () => {
  node = await RingmasterNode.start();
  browser = await openBrowser();
  desk = await Desk.login(browser, node.http, 'alice@demo.example');
  await desk.startWork();
}, 240_000);

afterEach(() => {
  for (const caller of callers.splice(0)) caller.kill();
});

afterAll(async () => {
  await browser.close();
  await node.remove();
});

async function call(service: string, from: string): Promise<Sipp> {
  const caller = await Sipp.start('stay.xml', { target: node.sip, service, from, seconds: 110 });
  callers.push(caller);
  return caller;
}

async function crash(): Promise<void> {
  await node.kill9();
  node = await node.restart();
}

/** The peer got its BYE, and the record says call loss. */
async function lost(caller: Sipp, from: string): Promise<void> {
  await caller.passed();
  const admin = await Api.login(node.http, 'admin@demo.example');
  const record = await admin.record(from, 15_000);
  expect(record).toMatchObject({ endedBy: 'SYSTEM', result: 'CALL_LOSS' });
  const total = Date.parse(record.endedAt) - Date.parse(record.startedAt);
  expect(record.phases.filter((p) => p.kind !== 'acw').reduce((ms, p) => ms + p.ms, 0)).toBe(total);
  await until('nobody waits', 15_000, async () => (await admin.waiting()) === 0);
}

const spec_ids = ['SYS-002', 'AGT-013', 'HOT-021'];

spec(
  spec_ids,
  'killed while a caller is in the menu',
  async () => {
    const from = newNumber();
    const caller = await call('4001000001', from);
    await caller.saw('SIP/2.0 200', 5_000);
    await pause(1_000);
    await crash();
    await lost(caller, from);
    await desk.becomes('IDLE', 20_000);
  },
  120_000,
);

spec(
  spec_ids,
  'killed while it rings: the agent is free, not punished',
  async () => {
    const from = newNumber();
    const caller = await call('4001000002', from);
    await desk.becomes('RINGING', 10_000);
    await crash();
    await lost(caller, from);
    await desk.becomes('IDLE', 20_000);
  },
  120_000,
);

spec(
  spec_ids,
  'killed while a caller waits',
  async () => {
    await desk.settle('IDLE');
    await desk.takeBreak();
    await desk.becomes('BREAK', 5_000);
    const from = newNumber();
    const caller = await call('4001000002', from);
    const admin = await Api.login(node.http, 'admin@demo.example');
    await until('one waits', 8_000, async () => (await admin.waiting()) === 1);
    // The queue knows of him some milliseconds before he is answered.
    await caller.saw('SIP/2.0 200', 5_000);
    await crash();
    await lost(caller, from);
    expect(await desk.state()).toBe('BREAK');
    await until('continue', 15_000, async () => {
      await desk.by('btn-continue').click({ timeout: 1_000 });
      return true;
    });
    await desk.becomes('IDLE', 5_000);
  },
  120_000,
);

spec(
  spec_ids,
  'killed while they talk: wrap-up, and the recording up to the last second',
  async () => {
    await desk.settle('IDLE');
    const from = newNumber();
    const caller = await call('4001000002', from);
    await desk.by('btn-answer').click({ timeout: 15_000 });
    await desk.becomes('IN_CALL', 3_000);
    await pause(5_000);
    await crash();
    await lost(caller, from);
    await desk.becomes('ACW', 20_000);
    const admin = await Api.login(node.http, 'admin@demo.example');
    const recording = await until(
      'the recording',
      15_000,
      async () => (await admin.calls(from))[0]?.recording,
    );
    expect(recording.durationMs).toBeGreaterThan(3_500);
  },
  120_000,
);

spec(
  spec_ids,
  'killed in wrap-up: still wrap-up, the note can be saved',
  async () => {
    expect(await desk.state()).toBe('ACW');
    await crash();
    await until('the page is connected again', 20_000, async () => {
      await desk.wrapUp('after two crashes');
      return true;
    });
  },
  120_000,
);

spec(
  spec_ids,
  'the embedded database is killed under a conversation: it goes on, and ends with a right record',
  async () => {
    await desk.settle('IDLE');
    const from = newNumber();
    const caller = await call('4001000002', from);
    await desk.by('btn-answer').click({ timeout: 15_000 });
    await desk.becomes('IN_CALL', 3_000);
    const server = node.killDatabase();
    await until('another server', 30_000, () => {
      const now = node.databasePid();
      return now !== undefined && now !== server;
    });
    await desk.by('btn-hangup').click({ timeout: 20_000 });
    await desk.becomes('ACW', 20_000);
    await caller.passed();
    const admin = await Api.login(node.http, 'admin@demo.example');
    expect(await admin.record(from, 15_000)).toMatchObject({ endedBy: 'AGENT', result: 'SUCCESS' });
    await desk.wrapUp('over a dead database');
  },
  120_000,
);

spec(
  ['AGT-013', 'SYS-002', 'ENV-009'],
  'killed, and nobody calls or logs in afterwards: the deadline still comes true',
  async () => {
    await desk.settle('IDLE');
    const admin = await Api.login(node.http, 'admin@demo.example');
    await node.kill9();
    await desk.close();
    node = await node.restart();
    const again = await Api.login(node.http, 'admin@demo.example').catch(() => admin);
    // Connection lost for 60 s: OFF, although nobody has spoken to her entity since the start.
    await until(
      'nobody is on duty',
      90_000,
      async () => {
        const { groups } = await again.get<{
          groups: { filling: boolean; agents: Record<string, number> }[];
        }>('/api/v1/queue');
        return groups.every((group) => !group.filling && (group.agents.IDLE ?? 0) === 0);
      },
      500,
    );
  },
  180_000,
);
