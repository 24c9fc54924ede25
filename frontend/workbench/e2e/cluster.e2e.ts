import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { spec } from '@ringmaster/spec';
import { Api, newNumber } from './support/api';
import { Desk, openBrowser } from './support/browser';
import { Cluster } from './support/cluster';
import { Sipp } from './support/sipp';
import { pause, until } from './support/wait';

// Edge, engine and engine as three processes on one outside PostgreSQL.

let cluster: Cluster;
let browser: Browser;

beforeAll(async () => {
  cluster = await Cluster.start('edge,api', 'engine', 'engine');
  browser = await openBrowser();
}, 300_000);

afterAll(async () => {
  await browser.close();
  await cluster.remove();
});

spec(
  ['SYS-001', 'SYS-003'],
  'a call goes through three processes and ends with a correct record',
  async () => {
    const edge = cluster.node(0);
    const desk = await Desk.login(browser, edge.http, 'alice@demo.example');
    await desk.startWork();
    const from = newNumber();
    const caller = await Sipp.start('stay.xml', { target: edge.sip, service: '4001000002', from });
    await desk.by('btn-answer').click({ timeout: 20_000 });
    await desk.becomes('IN_CALL', 5_000);
    await pause(2_000);
    await desk.by('btn-hangup').click();
    await caller.passed();
    await desk.becomes('ACW', 5_000);
    const admin = await Api.login(edge.http, 'admin@demo.example');
    const record = await admin.record(from, 5_000);
    expect(record).toMatchObject({ endedBy: 'AGENT', result: 'SUCCESS' });
    const recording = await until(
      'the recording',
      15_000,
      async () => (await admin.calls(from))[0]?.recording,
    );
    expect(recording.durationMs).toBeGreaterThan(1_500);
    for (const engine of [cluster.node(1), cluster.node(2)]) {
      expect(engine.sip).toBe('-');
      expect((await fetch(`${engine.http}/health/ready`)).status).toBe(200);
      expect((await fetch(`${engine.http}/api/v1/me`)).status).toBe(404);
    }
  },
  120_000,
);
