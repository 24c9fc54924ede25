import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { spec } from '@ringmaster/spec';
import { Api, newNumber } from './support/api';
import { Balancer } from './support/balancer';
import { Desk, openBrowser } from './support/browser';
import { Cluster } from './support/cluster';
import { Sipp } from './support/sipp';
import { until } from './support/wait';

// Two edges and an engine, and the agents' pages behind something that finds a living api node.
const EDGES = [0, 1] as const;

let cluster: Cluster;
let balancer: Balancer;
let browser: Browser;
let desk: Desk;

beforeAll(async () => {
  cluster = await Cluster.start('edge,api', 'edge,api', 'engine');
  balancer = await Balancer.before(...EDGES.map((i) => cluster.node(i).http));
  browser = await openBrowser();
  desk = await Desk.login(browser, balancer.url, 'alice@demo.example');
  await desk.startWork();
}, 300_000);

afterAll(async () => {
  await browser.close();
  balancer.close();
  await cluster.remove();
});

/** The edge that holds her line. */
function lineHome(): Promise<number> {
  return until('the edge of her line', 15_000, async () => {
    const lines = await Promise.all(EDGES.map((i) => cluster.figure(i, 'ringmaster_agent_lines')));
    const [found] = EDGES.filter((_, at) => lines[at] === 1).map((i) => ({ i }));
    return found;
  }).then(({ i }) => i);
}

spec(
  ['SYS-003', 'HOT-021', 'AGT-015'],
  'an edge is killed while they talk: the caller gets a BYE from the other one, she is told why and takes the next call',
  async () => {
    const dying = await lineHome();
    const other = EDGES[0] + EDGES[1] - dying;
    const from = newNumber();
    const caller = await Sipp.start('stay.xml', {
      target: cluster.node(dying).sip,
      service: '4001000002',
      from,
    });
    await desk.by('btn-answer').click({ timeout: 20_000 });
    await until('talking', 5_000, async () => (await desk.phase()) === 'TALKING');

    await cluster.kill9(dying);
    const killed = performance.now();
    const took = (what: string) => {
      console.log(`${what}: ${(performance.now() - killed).toFixed(0)} ms after the kill`);
    };
    const told = caller.passed().then(() => {
      took('the caller has his BYE');
    });
    await until(
      'she is told why',
      15_000,
      async () =>
        (await desk.by('agent-notice').getAttribute('data-code', { timeout: 1_000 })) ===
        'CallLost',
    );
    took('the agent is told');
    expect(await desk.state()).toBe('ACW');
    await told;

    const admin = await Api.login(balancer.url, 'admin@demo.example');
    const record = await admin.record(from, 15_000);
    expect(record).toMatchObject({ endedBy: 'SYSTEM', result: 'CALL_LOSS' });

    // Her line is up again at the other edge, and calls that come in there reach her.
    await until('her line', 20_000, async () =>
      cluster.figure(other, 'ringmaster_agent_lines').then((lines) => lines === 1),
    );
    took('her line is up again');
    await desk.settle('IDLE');
    const next = newNumber();
    const nextCaller = await Sipp.start('stay.xml', {
      target: cluster.node(other).sip,
      service: '4001000002',
      from: next,
    });
    await desk.by('btn-answer').click({ timeout: 20_000 });
    await until('talking', 5_000, async () => (await desk.phase()) === 'TALKING');
    await desk.by('btn-hangup').click();
    await nextCaller.passed();
    expect(await admin.record(next, 15_000)).toMatchObject({ result: 'SUCCESS' });
  },
  150_000,
);
