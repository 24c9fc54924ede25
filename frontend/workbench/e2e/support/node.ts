import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort, mediaRange } from './ports';
import { Hopeless, until } from './wait';

const ROOT = resolve(fileURLToPath(new URL('../../../..', import.meta.url)));

export interface NodeOptions {
  command?: 'demo' | 'run';
  data?: string;
  env?: Record<string, string>;
}

/** One running process of Ringmaster, started by the launcher as a user starts it. */
export class RingmasterNode {
  private constructor(
    readonly process: ChildProcess,
    readonly http: string,
    readonly sip: string,
    readonly carrier: string,
    readonly data: string,
    readonly log: string,
    readonly env: Record<string, string>,
    readonly command: 'demo' | 'run',
    private readonly output: string[],
  ) {}

  /** Starts and waits until the node has said that it is ready. */
  static async start(options: NodeOptions = {}): Promise<RingmasterNode> {
    const data = options.data ?? mkdtempSync(join(tmpdir(), 'ringmaster-e2e-'));
    const command = options.command ?? 'demo';
    const env: Record<string, string> = {
      RINGMASTER_HTTP: `127.0.0.1:${await freePort()}`,
      RINGMASTER_SIP: `127.0.0.1:${await freePort()}`,
      RINGMASTER_MEDIA: mediaRange(),
      RINGMASTER_DATA: data,
      RINGMASTER_DEMO_CARRIER: `127.0.0.1:${await freePort()}`,
      ...options.env,
    };
    if (env.RINGMASTER_DEMO_CARRIER === '') delete env.RINGMASTER_DEMO_CARRIER;
    const log = `${data}.log`;
    const child = spawn(process.env.LAUNCHER ?? join(ROOT, 'ringmaster'), [command], {
      cwd: ROOT,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const file = createWriteStream(log, { flags: 'a' });
    const output: string[] = [];
    const keep = (chunk: Buffer) => {
      file.write(chunk);
      output.push(chunk.toString());
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    running.add(child);
    child.once('exit', () => running.delete(child));
    const ready = await until(`ringmaster ready (log: ${log})`, 150_000, () => {
      if (child.exitCode !== null) {
        throw new Hopeless(
          `ringmaster ended with ${child.exitCode}:\n${output.join('').slice(-3000)}`,
        );
      }
      return /ringmaster ready http=(\S+) sip=(\S+)/.exec(output.join(''));
    });
    return new RingmasterNode(
      child,
      ready[1] ?? '',
      ready[2] ?? '',
      env.RINGMASTER_DEMO_CARRIER ?? '',
      data,
      log,
      env,
      command,
      output,
    );
  }

  /** The same node again: same data, same addresses. */
  restart(): Promise<RingmasterNode> {
    return RingmasterNode.start({ command: this.command, data: this.data, env: this.env });
  }

  get printed(): string {
    return this.output.join('');
  }

  /** Dies at once, as in a power cut of the process. */
  async kill9(): Promise<void> {
    await this.end('SIGKILL');
  }

  /** Of the embedded PostgreSQL, as its own file says. */
  databasePid(): number | undefined {
    const file = join(this.data, 'postgres', 'postmaster.pid');
    return existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : undefined;
  }

  /** kill -9 of the embedded PostgreSQL alone; which one it was. */
  killDatabase(): number {
    const pid = this.databasePid();
    if (pid === undefined) throw new Error('no embedded database runs');
    process.kill(pid, 'SIGKILL');
    return pid;
  }

  async stop(): Promise<void> {
    await this.end('SIGTERM');
  }

  /** Stops and forgets everything. */
  async remove(): Promise<void> {
    await this.stop();
    rmSync(this.data, { recursive: true, force: true });
  }

  private async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    const gone = new Promise((resolve) => this.process.once('exit', resolve));
    this.process.kill(signal);
    await gone;
  }
}

const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});
