import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './ports';
import { until } from './wait';

const PASSWORD = 'outside-secret';

/** A server of its own from the machine's PostgreSQL, as an operator would bring. */
export class Postgres {
  private stopped = false;

  private constructor(
    readonly port: number,
    private readonly stopCommand: Command,
  ) {
    process.once('exit', () => {
      this.stop();
    });
  }

  /** As `RINGMASTER_DATABASE` wants it. */
  get address(): string {
    return `jdbc:postgresql://127.0.0.1:${this.port}/ringmaster?user=ringmaster&password=${PASSWORD}`;
  }

  static async start(): Promise<Postgres> {
    const port = await freePort();
    const version = readdirSync('/usr/lib/postgresql').sort().at(-1);
    const bin = `/usr/lib/postgresql/${version ?? ''}/bin`;
    const folder = mkdtempSync(join(tmpdir(), 'ringmaster-pg-'));
    chmodSync(folder, 0o777);
    const password = join(folder, 'password');
    writeFileSync(password, PASSWORD, { mode: 0o644 });
    const data = join(folder, 'data');
    const [init, ...initArgs] = asPostgres(
      ...[`${bin}/initdb`, '-D', data, '-U', 'ringmaster', '-A', 'scram-sha-256'],
      ...[`--pwfile=${password}`, '-E', 'UTF8', '--locale=C.UTF-8'],
    );
    execFileSync(init, initArgs, { stdio: 'pipe' });
    const [run, ...runArgs] = asPostgres(
      ...[`${bin}/postgres`, '-D', data, '-p', String(port)],
      ...['-c', 'listen_addresses=127.0.0.1', '-k', folder],
    );
    spawn(run, runArgs, { stdio: 'ignore' });
    const server = new Postgres(
      port,
      asPostgres(`${bin}/pg_ctl`, '-D', data, '-m', 'immediate', 'stop'),
    );
    const createdb = ['-h', '127.0.0.1', '-p', String(port), '-U', 'ringmaster', 'ringmaster'];
    await until(
      'postgres',
      20_000,
      () => {
        execFileSync(`${bin}/createdb`, createdb, {
          env: { ...process.env, PGPASSWORD: PASSWORD },
          stdio: 'pipe',
        });
        return true;
      },
      300,
    );
    return server;
  }

  stop(): void {
    if (this.stopped) return;
    this.stopped = true;
    const [stop, ...args] = this.stopCommand;
    execFileSync(stop, args, { stdio: 'ignore' });
  }
}

type Command = [string, ...string[]];

/** PostgreSQL refuses to run as root. */
function asPostgres(...command: Command): Command {
  return process.getuid?.() === 0 ? ['runuser', '-u', 'postgres', '--', ...command] : command;
}
