import type { Environment } from './Environment';
import type { ClientMessage, CommandName, ServerMessage } from './protocol';
import { RingmasterError } from './RingmasterError';

/** A command that nobody answered for so long rejects; its effect, if any, is seen in the state. */
export const ANSWER_WITHIN_MS = 30_000;

type Asked = Extract<ClientMessage, { id: string }>;
export type Done = Extract<ServerMessage, { type: 'done' }>;

interface Waiting {
  message: Asked;
  resolve: (done: Done) => void;
  reject: (error: RingmasterError) => void;
  cancelTimer: () => void;
}

/**
 * Commands that wait for their answer. Each carries an idempotency key and is sent again after every reconnect until
 * it is answered, so that a lost answer is not a lost command and a command is done once.
 */
export class Commands {
  private readonly waiting = new Map<string, Waiting>();

  constructor(
    private readonly send: (message: ClientMessage) => boolean,
    private readonly environment: Pick<Environment, 'newId' | 'setTimer'>,
  ) {}

  command(name: CommandName, args: Record<string, unknown>): Promise<Done> {
    return this.ask({ type: 'command', id: this.environment.newId(), name, args });
  }

  line(sdp: string): Promise<Done> {
    return this.ask({ type: 'line', id: this.environment.newId(), sdp });
  }

  /** The server has greeted us (again): everything that is unanswered goes out once more, oldest first. */
  resend(): void {
    for (const { message } of this.waiting.values()) this.send(message);
  }

  /** Takes an answer to its question; false if nobody asked. */
  answer(message: Extract<ServerMessage, { type: 'done' | 'refused' }>): boolean {
    const waiting = message.id === undefined ? undefined : this.waiting.get(message.id);
    if (!waiting) return false;
    this.forget(waiting);
    if (message.type === 'done') waiting.resolve(message);
    else
      waiting.reject(
        new RingmasterError(message.code, message.message ?? message.code, {
          field: message.field,
        }),
      );
    return true;
  }

  /** Nobody will answer any more. */
  rejectAll(code: string, message: string): void {
    for (const waiting of [...this.waiting.values()]) {
      this.forget(waiting);
      waiting.reject(new RingmasterError(code, message));
    }
  }

  private ask(message: Asked): Promise<Done> {
    return new Promise((resolve, reject) => {
      const cancelTimer = this.environment.setTimer(ANSWER_WITHIN_MS, () => {
        this.forget(waiting);
        reject(
          new RingmasterError(
            'NoConnection',
            'The server did not answer. What the state shows is what is true.',
          ),
        );
      });
      const waiting: Waiting = { message, resolve, reject, cancelTimer };
      this.waiting.set(message.id, waiting);
      this.send(message);
    });
  }

  private forget(waiting: Waiting): void {
    waiting.cancelTimer();
    this.waiting.delete(waiting.message.id);
  }
}
