import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from './ports';
import { until } from './wait';

const SCENARIOS = fileURLToPath(new URL('../sipp/', import.meta.url));

/** One run of sipp with a scenario of `e2e/sipp`. */
export class Sipp {
  private constructor(
    readonly process: ChildProcess,
    readonly port: number,
    private readonly folder: string,
    private readonly output: string[],
    readonly done: Promise<number>,
  ) {}

  static async start(
    scenario: string,
    options: {
      target?: string;
      service?: string;
      from?: string;
      fill?: Record<string, string>;
      port?: number;
      args?: string[];
      seconds?: number;
    },
  ): Promise<Sipp> {
    const port = options.port ?? (await freePort());
    const media = await freePort();
    const folder = mkdtempSync(join(tmpdir(), 'ringmaster-sipp-'));
    // sipp fills in its own keywords only in messages, not in actions: what varies there is filled in here.
    const filled = readFileSync(join(SCENARIOS, scenario), 'utf8').replace(
      /\{\{(\w+)\}\}/g,
      (_, name: string) => options.fill?.[name] ?? '?',
    );
    const file = join(folder, scenario);
    writeFileSync(file, filled);
    const args = [
      ...(options.target === undefined ? [] : [options.target]),
      ...['-sf', file, '-i', '127.0.0.1', '-mi', '127.0.0.1'],
      ...['-p', String(port), '-mp', String(media), '-m', '1', '-nostdin'],
      ...['-timeout', `${options.seconds ?? 60}s`, '-timeout_error'],
      ...[
        '-trace_msg',
        '-message_file',
        join(folder, 'messages.log'),
        '-trace_err',
        '-error_file',
        join(folder, 'errors.log'),
      ],
      ...(options.service === undefined ? [] : ['-s', options.service]),
      ...(options.from === undefined ? [] : ['-key', 'from', options.from]),
      ...(options.args ?? []),
    ];
    const child = spawn('sipp', args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
    const output: string[] = [];
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => output.push(chunk.toString()));
    process.once('exit', () => child.kill('SIGKILL'));
    const done = new Promise<number>((resolve) =>
      child.once('exit', (code) => {
        resolve(code ?? -1);
      }),
    );
    return new Sipp(child, port, folder, output, done);
  }

  /** Every SIP message so far, sent and received. */
  get messages(): string {
    const file = join(this.folder, 'messages.log');
    return existsSync(file) ? readFileSync(file, 'latin1') : '';
  }

  /** Waits until a message with this first line was received (or sent). */
  async saw(line: string | RegExp, withinMs: number): Promise<void> {
    await until(
      `sipp to see ${String(line)}; messages:\n${this.messages.slice(-2500)}`,
      withinMs,
      () => (typeof line === 'string' ? this.messages.includes(line) : line.test(this.messages)),
    );
  }

  /** Waits for the end; fails in sipp's own words when the scenario did not pass. */
  async passed(): Promise<void> {
    const code = await this.done;
    if (code !== 0) {
      const errors = readdirSync(this.folder).includes('errors.log')
        ? readFileSync(join(this.folder, 'errors.log'), 'utf8')
        : '';
      throw new Error(
        `sipp ended with ${code}\n${errors.slice(-1500)}\n${this.output.join('').slice(-300)}\n${this.messages.slice(-2500)}`,
      );
    }
  }

  kill(): void {
    this.process.kill('SIGKILL');
  }
}
