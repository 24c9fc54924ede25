import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { spec } from '@ringmaster/spec';
import { Api, newNumber } from './support/api';
import { Desk, openBrowser } from './support/browser';
import { RingmasterNode } from './support/node';
import { freePort } from './support/ports';
import { Sipp } from './support/sipp';
import { pause, until } from './support/wait';

// Edge, engine and engine as three processes on one outside PostgreSQL.

let stopPostgres = () => {
  // not started yet
};
let database: string;
const nodes: RingmasterNode[] = [];
let browser: Browser;

beforeAll(async () => {
  const port = await startPostgres();
  database = `jdbc:postgresql://127.0.0.1:${port}/ringmaster?user=ringmaster&password=outside-secret`;
  const ports = [await freePort(), await freePort(), await freePort()];
  const files = mkdtempSync(join(tmpdir(), 'ringmaster-files-'));
  // The first one applies the demo data; then all three run without it.
  const roles = ['edge,api', 'engine', 'engine'];
  const start = (i: number) =>
    RingmasterNode.start({
      command: 'demo',
      env: {
        RINGMASTER_DATABASE: database,
        RINGMASTER_FILES: files,
        RINGMASTER_ROLES: roles[i] ?? '',
        RINGMASTER_CLUSTER: [ports[i], ports[0], ports[1]].map((p) => `127.0.0.1:${p}`).join(','),
      },
    });
  nodes.push(...(await Promise.all([start(0), start(1), start(2)])));
  browser = await openBrowser();
}, 300_000);

afterAll(async () => {
  await browser.close();
  await Promise.all(nodes.map((node) => node.remove()));
  stopPostgres();
});

spec(
  ['SYS-001', 'SYS-003'],
  'a call goes through three processes and ends with a correct record',
  async () => {
    const [edge] = nodes;
    if (edge === undefined) throw new Error('no edge');
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
    for (const engine of nodes.slice(1)) {
      expect(engine.sip).toBe('-');
      expect((await fetch(`${engine.http}/health/ready`)).status).toBe(200);
      expect((await fetch(`${engine.http}/api/v1/me`)).status).toBe(404);
    }
  },
  120_000,
);

/** A server of its own from the machine's PostgreSQL, as an operator would bring. */
async function startPostgres(): Promise<number> {
  const port = await freePort();
  const version = readdirSync('/usr/lib/postgresql').sort().at(-1);
  const bin = `/usr/lib/postgresql/${version ?? ''}/bin`;
  const folder = mkdtempSync(join(tmpdir(), 'ringmaster-pg-'));
  chmodSync(folder, 0o777);
  const password = join(folder, 'password');
  writeFileSync(password, 'outside-secret', { mode: 0o644 });
  const asPostgres = (...command: string[]) =>
    process.getuid?.() === 0
      ? (['runuser', ['-u', 'postgres', '--', ...command]] as const)
      : ([command[0] ?? '', command.slice(1)] as const);
  const data = join(folder, 'data');
  const init = asPostgres(
    `${bin}/initdb`,
    '-D',
    data,
    '-U',
    'ringmaster',
    '-A',
    'scram-sha-256',
    `--pwfile=${password}`,
    '-E',
    'UTF8',
    '--locale=C.UTF-8',
  );
  execFileSync(init[0], init[1], { stdio: 'pipe' });
  const run = asPostgres(
    `${bin}/postgres`,
    '-D',
    data,
    '-p',
    String(port),
    '-c',
    'listen_addresses=127.0.0.1',
    '-k',
    folder,
  );
  spawn(run[0], run[1], { stdio: 'ignore' });
  const stop = asPostgres(`${bin}/pg_ctl`, '-D', data, '-m', 'immediate', 'stop');
  let stopped = false;
  stopPostgres = () => {
    if (stopped) return;
    stopped = true;
    execFileSync(stop[0], stop[1], { stdio: 'ignore' });
  };
  process.once('exit', stopPostgres);
  await until(
    'postgres',
    20_000,
    () => {
      execFileSync(
        `${bin}/createdb`,
        ['-h', '127.0.0.1', '-p', String(port), '-U', 'ringmaster', 'ringmaster'],
        {
          env: { ...process.env, PGPASSWORD: 'outside-secret' },
          stdio: 'pipe',
        },
      );
      return true;
    },
    300,
  );
  return port;
}
