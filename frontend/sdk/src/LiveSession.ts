import { AgentLine } from './AgentLine';
import { Commands, type Done } from './Commands';
import type { ConnectOptions } from './ConnectOptions';
import { Emitter } from './Emitter';
import type { Environment } from './Environment';
import type { ConnectionEvent, PhoneEvents, PhoneView } from './events';
import { LiveSocket, type SocketState } from './LiveSocket';
import type { ClientMessage, CommandName, ServerMessage } from './protocol';
import { qualityBetween, watchQuality, type Totals } from './quality';
import { RemoteAudio } from './RemoteAudio';
import { RestClient } from './RestClient';
import { RingmasterError } from './RingmasterError';
import { happenings, isOver, speaks, type Screens } from './screens';
import { ServerClock } from './ServerClock';
import { Sounds } from './Sounds';

/** What is true, and how it is kept true: the agent's state, her call and her line over one live socket. */
export abstract class LiveSession extends Emitter<PhoneEvents> {
  readonly rest: RestClient;
  readonly sounds = new Sounds();
  private screens: Screens = { agent: undefined, call: undefined };
  protected shown: PhoneView;
  private seq = 0;
  private callSeq = { callId: '', seq: -1 };
  private snapshotAsked = false;
  protected starting = false;
  /** The ringing call whose answer she has pressed: she speaks before the server has agreed. */
  protected answering: string | undefined;
  private freshTokenTried = false;
  private freshToken: string | undefined;
  private sentToken = '';
  private takeOver: boolean;
  protected readonly remote = new RemoteAudio(() => {
    const message = 'The browser keeps the sound silent until you click on the page.';
    this.emit('error', { code: 'AudioBlocked', message });
  });
  private readonly clock: ServerClock;
  protected readonly socket: LiveSocket;
  protected readonly commands: Commands;
  protected readonly line: AgentLine;
  protected readonly storageKey: string;
  private settleReady!: { resolve: () => void; reject: (error: RingmasterError) => void };
  /** Resolves with the first snapshot; rejects when the server will not have us (`AUTH`, `TakeOverRequired`, …). */
  readonly ready: Promise<void>;

  constructor(
    protected readonly options: ConnectOptions,
    protected readonly environment: Environment,
  ) {
    super();
    const origin = options.baseUrl ? new URL(options.baseUrl).origin : window.location.origin;
    this.clock = new ServerClock(() => environment.now());
    this.takeOver = options.takeOver ?? false;
    this.storageKey = `ringmaster.resume.${options.instanceId}`;
    this.rest = new RestClient({
      baseUrl: origin,
      getToken: () => this.token(),
      fetch: environment.fetch,
    });
    this.commands = new Commands((message) => this.socket.send(message), environment);
    this.socket = new LiveSocket(
      `${origin.replace(/^http/, 'ws')}/api/v1/live`,
      {
        hello: () => this.hello(),
        onMessage: (message) => {
          this.hear(message);
        },
        onSocket: (state, nextTryAtMs) => {
          this.onSocket(state, nextTryAtMs);
        },
      },
      environment,
    );
    this.line = new AgentLine(
      {
        exchange: async (sdp) => String((await this.commands.line(sdp))['sdp']),
        onLine: (line, error) => {
          this.onConnection({
            line,
            error: error ? { code: error.code, message: error.message } : null,
          });
          if (error) this.emit('error', { code: error.code, message: error.message });
        },
        onRemoteAudio: (stream) => {
          this.remote.hear(stream);
        },
      },
      environment,
    );
    this.shown = {
      me: undefined,
      agent: undefined,
      call: undefined,
      queue: undefined,
      connection: {
        socket: 'connecting',
        line: 'NONE',
        since: this.clock.instant(),
        nextTryAt: null,
        error: null,
      },
      superseded: undefined,
    };
    this.ready = new Promise((resolve, reject) => {
      this.settleReady = { resolve, reject };
    });
    this.ready.catch(() => undefined);
    watchQuality(
      (afterMs, run) => environment.setTimer(afterMs, run),
      () => this.line.stats(),
      (before, after) => {
        this.onQuality(before, after);
      },
      () => this.shown.connection.socket === 'closed',
    );
    this.socket.open();
  }

  /** The whole level as it is now. */
  get view(): PhoneView {
    return this.shown;
  }

  /** Milliseconds since the epoch on the server's clock. */
  now(): number {
    return this.clock.now();
  }

  /** Milliseconds since the server was last heard; beyond a few seconds nothing on the page is proven. */
  silentForMs(): number {
    return this.environment.now() - this.socket.heardAtMs;
  }

  protected async command(name: CommandName, args: Record<string, unknown> = {}): Promise<Done> {
    this.refuseIfClosed();
    return this.commands.command(name, args);
  }

  /** Nothing is asked on a session that is over, not even the microphone. */
  protected refuseIfClosed(): void {
    if (this.shown.superseded !== undefined)
      throw new RingmasterError('SessionSuperseded', this.shown.superseded);
    if (this.shown.connection.socket === 'closed')
      throw new RingmasterError('NoConnection', 'The phone is closed.');
  }

  private async token(): Promise<string> {
    return (await this.options.getToken?.()) ?? this.options.token ?? '';
  }

  private async hello(): Promise<ClientMessage> {
    const kept = this.environment.storage.getItem(this.storageKey);
    this.sentToken = this.freshToken ?? (await this.token());
    this.freshToken = undefined;
    return {
      type: 'hello',
      token: this.sentToken,
      instance: this.options.instanceId,
      ...(kept && !this.options.listenOnly ? { resume: { token: kept, seq: this.seq } } : {}),
      takeOver: this.takeOver,
      listenOnly: this.options.listenOnly ?? false,
    };
  }

  private hear(message: ServerMessage): void {
    this.clock.hear(message.now);
    switch (message.type) {
      case 'snapshot':
        this.welcome(message.session?.resumeToken);
        this.snapshotAsked = false;
        this.seq = message.seq;
        this.callSeq = { callId: message.call?.callId ?? '', seq: message.callSeq ?? -1 };
        this.line.ice = message.ice ?? this.line.ice;
        this.show({ me: message.me ?? this.shown.me });
        this.level({ agent: message.agent ?? undefined, call: message.call ?? undefined });
        this.settleReady.resolve();
        break;
      case 'resumed':
        this.welcome(message.session?.resumeToken);
        // After a reload nothing is left to resume from, whatever the numbers say.
        if (!this.screens.agent || message.seq !== this.seq) this.askSnapshot();
        else this.level(this.screens);
        break;
      case 'change':
        this.change(message);
        break;
      case 'done':
        this.commands.answer(message);
        break;
      case 'refused':
        if (!this.commands.answer(message) && message.id === undefined)
          this.refused(message.code, message.message ?? message.code);
        break;
      case 'queue': {
        const queue = { asOf: message.asOf, groups: message.groups };
        this.show({ queue });
        this.emit('queue', queue);
        break;
      }
      case 'recorded':
        this.emit('recorded', { callId: message.callId });
        break;
      case 'superseded':
        this.superseded(message.message ?? 'This account is now used in another browser.');
        break;
      case 'alive':
        // A change that never came shows at the next sign of life.
        if (message.seq !== undefined && message.seq > this.seq) this.askSnapshot();
        break;
    }
  }

  private change(message: Extract<ServerMessage, { type: 'change' }>): void {
    if (message.of === 'agent') {
      if (message.seq <= this.seq) return;
      if (message.from !== this.seq) this.askSnapshot();
      this.seq = message.seq;
      this.level({ ...this.screens, agent: message.agent });
      return;
    }
    const call = message.call ?? undefined;
    if (call) {
      if (call.callId === this.callSeq.callId && message.seq <= this.callSeq.seq) return;
      this.callSeq = { callId: call.callId, seq: message.seq };
    }
    this.level({ ...this.screens, call });
  }

  private welcome(resumeToken: string | undefined): void {
    if (resumeToken) this.environment.storage.setItem(this.storageKey, resumeToken);
    if (this.shown.connection.socket === 'open') return; // an answer to our own question
    this.takeOver = false;
    this.freshTokenTried = false;
    this.socket.welcomed();
    this.commands.resend();
    this.line.retryNow();
  }

  private askSnapshot(): void {
    if (this.snapshotAsked) return;
    this.snapshotAsked = this.socket.send({ type: 'snapshot' });
  }

  /** A new level: shown first, then acted on, then told as events. */
  private level(after: Screens): void {
    const before = this.screens;
    this.screens = after;
    this.show(after);
    if (after.agent?.state !== 'RINGING') this.answering = undefined;
    this.followSpeaking();
    this.followLine();
    this.followMute();
    this.followRing(before);
    for (const { name, payload } of happenings(before, after)) this.emit(name, payload);
  }

  private followLine(): void {
    const agent = this.screens.agent;
    if (!agent) return;
    if (this.options.audio === false) {
      // No line of our own: the node's word is all there is.
      if (agent.line && agent.line !== this.shown.connection.line)
        this.onConnection({ line: agent.line });
      return;
    }
    if (agent.state !== 'OFF') this.line.keep(agent.line);
    else if (!this.starting) this.line.close();
  }

  /** Her microphone is sent from the moment a call is hers: said before the line, so that a reload speaks at once. */
  protected followSpeaking(): void {
    const agent = this.screens.agent;
    this.line.setSpeaking(agent !== undefined && speaks(agent, this.answering));
  }

  protected followMute(): void {
    const call = this.screens.call;
    this.line.setMuted(call !== undefined && !isOver(call.phase) && call.muted === true);
  }

  private followRing(before: Screens): void {
    if (this.options.sounds === false) return;
    const agent = this.screens.agent;
    if (agent?.state === 'RINGING' && agent.sub !== 'connecting') this.sounds.startRinging();
    else this.sounds.stopRinging();
    if (
      agent?.autoAnswer &&
      agent.state === 'IN_CALL' &&
      before.agent &&
      ['IDLE', 'RINGING'].includes(before.agent.state)
    )
      this.sounds.beep();
  }

  private refused(code: string, message: string): void {
    if (code === 'Unavailable') return; // the server closes, and we come again
    if (code === 'AUTH' && !this.freshTokenTried) {
      this.freshTokenTried = true;
      void this.tryFreshToken(message);
      return;
    }
    const over = ['AUTH', 'TakeOverRequired', 'SessionSuperseded'].includes(code);
    if (this.shown.connection.socket === 'open' && !over) {
      this.emit('error', { code, message }); // about one message, not about the session
      return;
    }
    const wasIn = this.shown.me !== undefined;
    if (wasIn && (code === 'TakeOverRequired' || code === 'SessionSuperseded')) {
      this.superseded(message);
      return;
    }
    this.environment.storage.removeItem(this.storageKey);
    this.stop(code, message);
    this.emit('error', { code, message });
  }

  /** A token may have run out while another was given; the same one again would be refused again. */
  private async tryFreshToken(message: string): Promise<void> {
    const fresh = await this.token().catch(() => '');
    if (fresh !== '' && fresh !== this.sentToken) {
      this.freshToken = fresh;
      this.socket.open();
    } else this.refused('AUTH', message);
  }

  private superseded(message: string): void {
    this.environment.storage.removeItem(this.storageKey);
    this.show({ superseded: message });
    this.stop('SessionSuperseded', message);
    this.emit('superseded', { message });
  }

  protected stop(code: string, message: string): void {
    this.sounds.stopRinging();
    this.line.close();
    this.socket.close();
    this.commands.rejectAll(code, message);
    this.settleReady.reject(new RingmasterError(code, message));
  }

  private onSocket(socket: SocketState, nextTryAtMs: number | undefined): void {
    const nextTryAt =
      nextTryAtMs === undefined
        ? null
        : this.clock.instant(this.clock.now() + nextTryAtMs - this.environment.now());
    if (socket !== 'open') this.snapshotAsked = false;
    this.onConnection({ socket, nextTryAt });
  }

  private onConnection(part: Partial<ConnectionEvent>): void {
    const before = this.shown.connection;
    const after: ConnectionEvent = { ...before, ...part };
    if (after.socket !== before.socket || after.line !== before.line)
      after.since = this.clock.instant();
    this.show({ connection: after });
    this.emit('connection', after);
  }

  private show(part: Partial<PhoneView>): void {
    this.shown = { ...this.shown, ...part };
    this.emit('change', this.shown);
  }

  private onQuality(before: Totals | undefined, after: Totals): void {
    const call = this.screens.call;
    if (!call || isOver(call.phase)) return;
    const quality = qualityBetween(before, after, this.clock.instant());
    if (quality) this.emit('quality', { ...quality, callId: call.callId });
  }
}
