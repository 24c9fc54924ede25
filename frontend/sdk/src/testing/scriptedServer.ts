import type { Environment, SocketLike } from '../Environment';
import type { AgentScreen, CallScreen, ClientMessage, ServerMessage } from '../protocol';

/** A browser with a clock that only moves when a test says so, and a socket whose other end is the test. */
export class ScriptedBrowser {
  readonly sockets: ScriptedSocket[] = [];
  readonly connections: ScriptedPeerConnection[] = [];
  readonly stored = new Map<string, string>();
  at = Date.parse('2026-03-01T09:00:00.000Z');
  microphone: () => Promise<MediaStream> = () => Promise.resolve(microphone().stream);
  online: () => void = () => undefined;
  fetch: typeof fetch = () => Promise.reject(new TypeError('no network'));
  private timers: { at: number; run: () => void }[] = [];
  private ids = 0;

  readonly environment: Environment = {
    openSocket: (url) => {
      const socket = new ScriptedSocket(url);
      this.sockets.push(socket);
      return socket;
    },
    fetch: (input, init) => this.fetch(input, init),
    storage: {
      getItem: (key) => this.stored.get(key) ?? null,
      setItem: (key, value) => void this.stored.set(key, value),
      removeItem: (key) => void this.stored.delete(key),
    },
    now: () => this.at,
    random: () => 0.5,
    newId: () => `id-${String((this.ids += 1))}`,
    setTimer: (afterMs, run) => {
      const timer = { at: this.at + afterMs, run };
      this.timers.push(timer);
      return () => {
        this.timers = this.timers.filter((other) => other !== timer);
      };
    },
    newPeerConnection: () => {
      const connection = new ScriptedPeerConnection();
      this.connections.push(connection);
      return connection as unknown as RTCPeerConnection;
    },
    openMicrophone: () => this.microphone(),
    onOnline: (run) => {
      this.online = run;
    },
  };

  /** The newest socket. */
  get socket(): ScriptedSocket {
    const socket = this.sockets.at(-1);
    if (!socket) throw new Error('no socket was opened');
    return socket;
  }

  /** Lets time pass, timer by timer. */
  async pass(ms: number): Promise<void> {
    const until = this.at + ms;
    for (;;) {
      await settle();
      const next = this.timers.filter((timer) => timer.at <= until).sort((a, b) => a.at - b.at)[0];
      if (!next) break;
      this.timers = this.timers.filter((timer) => timer !== next);
      this.at = Math.max(this.at, next.at);
      next.run();
    }
    this.at = until;
    await settle();
  }
}

export class ScriptedSocket implements SocketLike {
  readonly sent: ClientMessage[] = [];
  closed = false;
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: (() => void) | null = null;
  onerror: (() => void) | null = null;

  constructor(readonly url: string) {}

  send(text: string): void {
    this.sent.push(JSON.parse(text) as ClientMessage);
  }

  close(): void {
    this.closed = true;
  }

  /** The connection is made; the client says hello. */
  async open(): Promise<void> {
    this.onopen?.();
    await settle();
  }

  async say(message: ServerMessage): Promise<void> {
    this.onmessage?.({ data: JSON.stringify(message) });
    await settle();
  }

  async drop(): Promise<void> {
    this.onclose?.();
    await settle();
  }

  commands(): Extract<ClientMessage, { type: 'command' }>[] {
    return this.sent.filter((message) => message.type === 'command');
  }

  of<Type extends ClientMessage['type']>(type: Type): Extract<ClientMessage, { type: Type }>[] {
    return this.sent.filter((message) => message.type === type) as Extract<
      ClientMessage,
      { type: Type }
    >[];
  }
}

/** As much of RTCPeerConnection as the line uses. */
export class ScriptedPeerConnection {
  connectionState = 'new';
  iceGatheringState = 'complete';
  localDescription: { sdp: string } | undefined;
  remoteSdp: string | undefined;
  /** What it sends. */
  readonly sender = {
    track: null as MediaStreamTrack | null,
    replaceTrack: (track: MediaStreamTrack | null): Promise<void> => {
      if (this.connectionState === 'closed') return Promise.reject(new Error('closed'));
      return Promise.resolve().then(() => {
        this.sender.track = track;
      });
    },
  };
  preferred: string[] = [];
  onconnectionstatechange: (() => void) | null = null;
  onicegatheringstatechange: (() => void) | null = null;
  ontrack: (() => void) | null = null;

  addTransceiver() {
    return {
      sender: this.sender,
      setCodecPreferences: (codecs: { mimeType: string }[]) => {
        this.preferred = codecs.map((codec) => codec.mimeType);
      },
    };
  }

  createOffer() {
    return Promise.resolve({ type: 'offer', sdp: 'v=0 offer' });
  }

  setLocalDescription(description: { sdp: string }) {
    this.localDescription = description;
    return Promise.resolve();
  }

  setRemoteDescription(description: { sdp: string }) {
    this.remoteSdp = description.sdp;
    return Promise.resolve();
  }

  getStats() {
    return Promise.resolve(new Map());
  }

  close() {
    this.connectionState = 'closed';
  }

  async becomes(state: string): Promise<void> {
    this.connectionState = state;
    this.onconnectionstatechange?.();
    await settle();
  }
}

export function microphone() {
  const track = {
    kind: 'audio',
    enabled: true,
    readyState: 'live',
    onended: null as (() => void) | null,
    stop() {
      this.readyState = 'ended';
    },
  };
  const stream = { getTracks: () => [track], getAudioTracks: () => [track] };
  return { track, stream: stream as unknown as MediaStream };
}

export function agent(part: Partial<AgentScreen> = {}): AgentScreen {
  return {
    agentId: 'alice',
    state: 'OFF',
    cause: 'login',
    since: '2026-03-01T09:00:00.000Z',
    connection: 'CONNECTED',
    line: 'NONE',
    actions: ['startWork'],
    ...part,
  };
}

export function call(part: Partial<CallScreen> = {}): CallScreen {
  return { callId: 'call-1', direction: 'INBOUND', phase: 'TALKING', ...part };
}

/** Everything that is already decided happens. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}
