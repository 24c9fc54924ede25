import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RingmasterNode } from './node';
import { freePort } from './ports';
import { Postgres } from './postgres';
import { until } from './wait';

/** Several processes on one outside PostgreSQL, by the roles of each. */
export class Cluster {
  /** Numbers of the nodes that run, in the order in which they joined: the first is the oldest. */
  private readonly joined: number[] = [];

  private constructor(
    private readonly postgres: Postgres,
    private readonly nodes: RingmasterNode[],
  ) {}

  /** The first starts before the others and applies the demo data; each is ready before the next one starts. */
  static async start(...roles: string[]): Promise<Cluster> {
    const postgres = await Postgres.start();
    const ports = await Promise.all(roles.map(() => freePort()));
    const files = mkdtempSync(join(tmpdir(), 'ringmaster-files-'));
    const seeds = ports.map((port) => `127.0.0.1:${port}`).join(',');
    const start = (i: number) =>
      RingmasterNode.start({
        env: {
          RINGMASTER_DATABASE: postgres.address,
          RINGMASTER_FILES: files,
          RINGMASTER_ROLES: roles[i] ?? '',
          RINGMASTER_CLUSTER: `127.0.0.1:${ports[i]},${seeds}`,
        },
      });
    const cluster = new Cluster(postgres, []);
    // An edge is ready only beside an engine, so these two start together.
    const engine = roles.findIndex((role) => role.includes('engine'));
    const first = await Promise.all(
      (engine <= 0 ? [0] : [0, engine]).map(async (i) => [i, await start(i)] as const),
    );
    for (const [i, node] of first) cluster.set(i, node);
    for (let i = 1; i < roles.length; i++) {
      if (i !== engine) cluster.set(i, await start(i));
    }
    return cluster;
  }

  node(i: number): RingmasterNode {
    const node = this.nodes[i];
    if (node === undefined) throw new Error(`no node ${i}`);
    return node;
  }

  /** Of these nodes the one that joined first. */
  oldest(...among: number[]): number {
    const oldest = this.joined.find((i) => among.includes(i));
    if (oldest === undefined) throw new Error('none of these runs');
    return oldest;
  }

  /** Dies at once. */
  async kill9(i: number): Promise<void> {
    this.joined.splice(this.joined.indexOf(i), 1);
    await this.node(i).kill9();
  }

  /** Leaves in order, as when it is taken out of service. */
  async stop(i: number): Promise<void> {
    this.joined.splice(this.joined.indexOf(i), 1);
    await this.node(i).stop();
  }

  async restart(i: number): Promise<void> {
    this.set(i, await this.node(i).restart());
  }

  /** Which of these nodes the only open entity of a kind lives on; what has ended falls asleep within some seconds. */
  home(kind: 'call' | 'agent', ...among: number[]): Promise<number> {
    return this.entities(kind, among, (counts) => {
      const [found, ...more] = among.filter((_, at) => counts[at] !== 0);
      return found !== undefined && more.length === 0 ? [found] : undefined;
    }).then(([found]) => found ?? -1);
  }

  /** Waits until no entity of that kind is awake. */
  async asleep(kind: 'call', ...among: number[]): Promise<void> {
    await this.entities(kind, among, (counts) => counts.every((count) => count === 0));
  }

  private async entities<T>(
    kind: string,
    among: number[],
    judge: (counts: number[]) => T | false | undefined,
  ): Promise<T> {
    let counts: number[] = [];
    try {
      return await until(`${kind} entities as they shall be`, 25_000, async () => {
        const name = `ringmaster_entities{kind="${kind}"}`;
        counts = await Promise.all(among.map(async (i) => (await this.figure(i, name)) ?? 0));
        return judge(counts);
      });
    } catch (cause) {
      throw new Error(`${kind} entities on the nodes: ${counts.join(', ')}`, { cause });
    }
  }

  /** One of the node's metrics; undefined = it does not have it. */
  async figure(i: number, name: string): Promise<number | undefined> {
    const [line] = await this.figures(i, `${name} `);
    return line === undefined ? undefined : Number(line.slice(name.length));
  }

  /** The lines of the node's metrics that begin so. */
  async figures(i: number, start: string): Promise<string[]> {
    const text = await (await fetch(`${this.node(i).http}/metrics`)).text();
    return text.split('\n').filter((candidate) => candidate.startsWith(start));
  }

  async remove(): Promise<void> {
    await Promise.all(this.nodes.map((node) => node.remove()));
    this.postgres.stop();
  }

  private set(i: number, node: RingmasterNode): void {
    this.nodes[i] = node;
    this.joined.push(i);
  }
}
