import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, mediaRange } from './ports';
import { readWavFile, writeTone, type Sound } from './tone';
import { until } from './wait';

interface BaresipEvent {
  type: string;
  at: number;
}

/** A real SIP user agent that says a tone and keeps what it hears. */
export class Baresip {
  readonly events: BaresipEvent[] = [];

  private constructor(
    private readonly process: ChildProcess,
    private readonly control: Socket,
    private readonly folder: string,
    private readonly output: string[],
  ) {}

  static async start(options: {
    from: string;
    toneHz: number;
    codec?: 'pcmu' | 'pcma';
  }): Promise<Baresip> {
    const folder = mkdtempSync(join(tmpdir(), 'ringmaster-baresip-'));
    mkdirSync(join(folder, 'heard'));
    writeTone(join(folder, 'say.wav'), options.toneHz, 120);
    const sip = await freePort();
    const ctrl = await freePort();
    writeFileSync(
      join(folder, 'config'),
      [
        `sip_listen 127.0.0.1:${sip}`,
        'net_interface 127.0.0.1',
        `audio_source aufile,${folder}/say.wav`,
        `audio_player aufile,${folder}/played.wav`,
        `audio_alert aufile,${folder}/alert.wav`,
        `snd_path ${folder}/heard`,
        `rtp_ports ${mediaRange(20).split(':')[1]}`,
        'module_path /usr/lib/baresip/modules',
        'module g711.so',
        'module aufile.so',
        'module sndfile.so',
        'module_app account.so',
        'module_app menu.so',
        'module_app ctrl_tcp.so',
        'module_tmp uuid.so',
        `ctrl_tcp_listen 127.0.0.1:${ctrl}`,
        '',
      ].join('\n'),
    );
    writeFileSync(
      join(folder, 'accounts'),
      `<sip:${options.from}@127.0.0.1:${sip}>;regint=0;audio_codecs=${options.codec ?? 'pcmu'}\n`,
    );
    writeFileSync(join(folder, 'contacts'), '');
    const child = spawn('baresip', ['-f', folder], { stdio: ['pipe', 'pipe', 'pipe'] });
    const output: string[] = [];
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => output.push(chunk.toString()));
    process.once('exit', () => child.kill('SIGKILL'));
    await until('baresip is ready', 10_000, () => output.join('').includes('baresip is ready'));
    const control = await until('baresip control', 5_000, () => open(ctrl));
    const phone = new Baresip(child, control, folder, output);
    phone.listen();
    return phone;
  }

  dial(uri: string): void {
    this.command('dial', uri);
  }

  hangup(): void {
    this.command('hangup');
  }

  /** When an event of that type came (performance.now()), waiting for it. */
  async seen(type: string, withinMs: number): Promise<number> {
    const event = await until(
      `baresip ${type}\n${this.output.join('').slice(-1500)}`,
      withinMs,
      () => this.events.find((candidate) => candidate.type === type),
      10,
    );
    return event.at;
  }

  /** What was heard, from the moment of the answer; read it after the call. */
  heard(): Sound {
    const file = readdirSync(join(this.folder, 'heard')).find((name) => name.endsWith('-dec.wav'));
    if (file === undefined) throw new Error('baresip heard nothing');
    return readWavFile(join(this.folder, 'heard', file));
  }

  async stop(): Promise<void> {
    this.control.destroy();
    if (this.process.exitCode !== null) return;
    const gone = new Promise((resolve) => this.process.once('exit', resolve));
    this.process.kill('SIGTERM');
    const timer = setTimeout(() => this.process.kill('SIGKILL'), 3_000);
    await gone;
    clearTimeout(timer);
  }

  private command(command: string, params = ''): void {
    const json = JSON.stringify({ command, params, token: command });
    this.control.write(`${Buffer.byteLength(json)}:${json},`);
  }

  private listen(): void {
    let buffer = '';
    this.control.on('data', (chunk: Buffer) => {
      buffer += chunk.toString();
      for (;;) {
        const colon = buffer.indexOf(':');
        if (colon < 0) return;
        const length = Number(buffer.slice(0, colon));
        if (buffer.length < colon + 1 + length + 1) return;
        const message = JSON.parse(buffer.slice(colon + 1, colon + 1 + length)) as {
          event?: boolean;
          type?: string;
        };
        buffer = buffer.slice(colon + 1 + length + 1);
        if (message.event && message.type !== undefined) {
          this.events.push({ type: message.type, at: performance.now() });
        }
      }
    });
    this.control.on('error', () => undefined);
  }
}

function open(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => {
      resolve(socket);
    });
    socket.once('error', reject);
  });
}
