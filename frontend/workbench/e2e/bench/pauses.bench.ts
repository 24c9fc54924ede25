import { afterAll, beforeAll, expect, test } from 'vitest';
import { newNumber } from '../support/api';
import { Cluster } from '../support/cluster';
import { Sipp } from '../support/sipp';
import { pause } from '../support/wait';

const MINUTES = Number(process.env.MINUTES ?? 10);
/** Calls a second, each of which is answered, hears the menu for 5 s and hangs up. */
const RATE = Number(process.env.RATE ?? 5);
const PAUSE_MS = Number(process.env.PAUSE_MS ?? 500);
const NODES = [0, 1, 2];

let cluster: Cluster;

beforeAll(async () => {
  cluster = await Cluster.start('edge,api', 'engine', 'engine');
});

afterAll(() => cluster.remove());

test(
  'no healthy node is declared dead',
  async () => {
    const calls = Math.round(RATE * 60 * MINUTES);
    const from = newNumber();
    const crowd = await Sipp.start('leave.xml', {
      target: cluster.node(0).sip,
      service: '4001000001',
      from,
      seconds: MINUTES * 60 + 60,
      args: ['-m', String(calls), '-r', String(RATE), '-d', '5000', '-l', '2000'],
    });
    const passed = crowd
      .passed()
      .then(() => `all ${calls} calls passed`)
      .catch(async () => `some of ${calls} calls did not pass: ${await refused()}`);
    let pauses = 0;
    let unreachable = 0;
    while (crowd.process.exitCode === null) {
      const { process } = cluster.node(pauses % NODES.length);
      process.kill('SIGSTOP');
      await pause(PAUSE_MS);
      process.kill('SIGCONT');
      pauses++;
      const seen = await Promise.all(
        NODES.map((i) => cluster.figure(i, 'ringmaster_cluster_members{state="unreachable"}')),
      );
      unreachable += seen.some((count) => count !== 0) ? 1 : 0;
      await pause(500 + Math.random() * 1_000);
    }
    const downed = NODES.map((i) => occurrences(cluster.node(i).printed, /\bas \[Down\]/g));
    console.log(
      [
        `${MINUTES} min, ${RATE} calls/s, ${pauses} pauses of ${PAUSE_MS} ms: ${await passed}`,
        `looks at which a node was unreachable: ${unreachable}; nodes marked as down: ${downed.join(' + ')}`,
      ].join('\n'),
    );
    expect(downed).toEqual([0, 0, 0]);
  },
  (MINUTES + 3) * 60_000,
);

/** Who was refused, by reason: a node that stands still takes nobody in. */
async function refused(): Promise<string> {
  const lines = await cluster.figures(0, 'ringmaster_refused_calls_total');
  return lines.filter((line) => !line.endsWith(' 0')).join(', ');
}

function occurrences(text: string, what: RegExp): number {
  return [...text.matchAll(what)].length;
}
