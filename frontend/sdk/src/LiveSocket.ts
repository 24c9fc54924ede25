import { backOff } from './backOff';
import type { Environment, SocketLike } from './Environment';
import type { ClientMessage, ServerMessage } from './protocol';

/** An alive goes out this often; the server does the same. */
export const ALIVE_EVERY_MS = 5_000;
/** So much silence is a lost connection, whatever the operating system still believes. */
export const SILENCE_IS_LOSS_MS = 10_000;
const HELLO_ANSWER_WITHIN_MS = 6_000;

export type SocketState = 'connecting' | 'open' | 'lost' | 'closed';

/** What the owner of a socket wants to hear and decide. */
export interface SocketOwner {
  /** The first message of every connection; may take a fresh token. */
  hello(): Promise<ClientMessage>;
  onMessage(message: ServerMessage): void;
  onSocket(state: SocketState, nextTryAtMs: number | undefined): void;
}

/**
 * One WebSocket that is always either open, on its way, or waiting for its next try: reconnects with jitter,
 * says alive, and takes silence for loss.
 */
export class LiveSocket {
  private socket: SocketLike | undefined;
  private state: SocketState = 'connecting';
  private tries = 0;
  private greeted = false;
  private cancelWatch = noTimer;
  private cancelAlive = noTimer;
  private cancelRetry = noTimer;
  private aliveAtMs = 0;
  /** When the last message came, on the browser's clock. */
  heardAtMs = 0;

  constructor(
    private readonly url: string,
    private readonly owner: SocketOwner,
    private readonly environment: Environment,
  ) {
    environment.onOnline(() => {
      if (this.state === 'lost') this.open();
    });
  }

  /** Opens at once, whatever was planned. */
  open(): void {
    if (this.state === 'closed') return;
    this.drop();
    this.to('connecting');
    let socket: SocketLike;
    try {
      socket = this.environment.openSocket(this.url);
    } catch {
      this.lose();
      return;
    }
    this.socket = socket;
    this.watch(HELLO_ANSWER_WITHIN_MS);
    const mine = (run: () => void) => {
      if (this.socket === socket) run();
    };
    socket.onopen = () => {
      void this.greet(socket);
    };
    socket.onmessage = (event) => {
      mine(() => {
        this.hear(event.data);
      });
    };
    socket.onclose = () => {
      mine(() => {
        this.lose();
      });
    };
    socket.onerror = () => {
      mine(() => {
        this.lose();
      });
    };
  }

  /** Sends if the server has greeted us; what is not sent is the caller's to send again. */
  send(message: ClientMessage): boolean {
    if (!this.greeted || !this.socket) return false;
    try {
      this.socket.send(JSON.stringify(message));
      return true;
    } catch {
      this.lose();
      return false;
    }
  }

  /** The server knows us now; from here on messages flow. */
  welcomed(): void {
    this.greeted = true;
    this.tries = 0;
    this.to('open');
    this.aliveAtMs = this.environment.now();
    this.nextAlive();
  }

  /** For good: no more tries. */
  close(): void {
    this.drop();
    this.to('closed');
  }

  private async greet(socket: SocketLike): Promise<void> {
    try {
      const hello = await this.owner.hello();
      if (this.socket === socket) socket.send(JSON.stringify(hello));
    } catch {
      if (this.socket === socket) this.lose();
    }
  }

  private hear(text: unknown): void {
    this.heardAtMs = this.environment.now();
    this.watch(SILENCE_IS_LOSS_MS);
    // Browsers slow the timers of hidden tabs down to one a minute, but not what comes from the server.
    if (this.greeted && this.heardAtMs - this.aliveAtMs >= ALIVE_EVERY_MS - 500) this.sayAlive();
    let message: ServerMessage;
    try {
      message = JSON.parse(String(text)) as ServerMessage;
    } catch {
      return; // not ours; the next numbered message shows whether something was missed
    }
    this.owner.onMessage(message);
  }

  private watch(withinMs: number): void {
    this.cancelWatch();
    this.cancelWatch = this.environment.setTimer(withinMs, () => {
      this.lose();
    });
  }

  private sayAlive(): void {
    this.aliveAtMs = this.environment.now();
    if (this.send({ type: 'alive' })) this.nextAlive();
  }

  private nextAlive(): void {
    this.cancelAlive();
    this.cancelAlive = this.environment.setTimer(ALIVE_EVERY_MS, () => {
      this.sayAlive();
    });
  }

  private lose(): void {
    if (this.state === 'closed') return;
    this.drop();
    const waitMs = backOff(this.tries, this.environment.random());
    this.tries += 1;
    this.to('lost', this.environment.now() + waitMs);
    this.cancelRetry = this.environment.setTimer(waitMs, () => {
      this.open();
    });
  }

  private drop(): void {
    this.cancelWatch();
    this.cancelAlive();
    this.cancelRetry();
    this.greeted = false;
    const socket = this.socket;
    this.socket = undefined;
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = socket.onerror = null;
    try {
      socket.close();
    } catch {
      // it was never open
    }
  }

  private to(state: SocketState, nextTryAtMs?: number): void {
    this.state = state;
    this.owner.onSocket(state, nextTryAtMs);
  }
}

function noTimer(): void {
  // nothing planned
}
