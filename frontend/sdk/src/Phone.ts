import type { TransferTarget } from './ConnectOptions';
import { LiveSession } from './LiveSession';
import type { BreakReason, CallSource } from './protocol';
import type { CallerId } from './records';

/**
 * An agent's phone in a browser. Every method resolves when the server has journaled the change and rejects with a
 * `RingmasterError`; nothing is optimistic about calls.
 */
export class Phone extends LiveSession {
  /** Opens the line (asks for the microphone if needed), then goes on duty. */
  async startWork(): Promise<void> {
    this.refuseIfClosed();
    this.sounds.unlock();
    this.starting = true;
    try {
      if (this.options.audio !== false) await this.line.open();
      await this.command('startWork');
    } finally {
      this.starting = false;
      if (this.shown.agent?.state === 'OFF') this.line.close();
    }
  }

  async break(reason: BreakReason): Promise<void> {
    await this.command('break', { reason });
  }

  async offWork(): Promise<void> {
    await this.command('offWork');
  }

  async continueWork(): Promise<void> {
    await this.command('continueWork');
  }

  async cancelPending(): Promise<void> {
    await this.command('cancelPending');
  }

  /** Resolves when the call has agreed; `CallGone` when the caller was faster. */
  async answer(callId = this.currentCall()): Promise<void> {
    this.sounds.unlock();
    this.answering = callId;
    this.followSpeaking();
    try {
      await this.command('answer', { callId });
    } catch (refused) {
      if (this.answering === callId) this.answering = undefined;
      this.followSpeaking();
      throw refused;
    }
  }

  async hangup(callId = this.currentCall()): Promise<void> {
    await this.command('hangup', { callId });
  }

  async hold(callId = this.currentCall()): Promise<void> {
    await this.command('hold', { callId });
  }

  async resume(callId = this.currentCall()): Promise<void> {
    await this.command('resume', { callId });
  }

  /** Muting takes effect in the browser at once; un-muting when the server has agreed. */
  async mute(on: boolean, callId = this.currentCall()): Promise<void> {
    if (on) this.line.setMuted(true);
    try {
      await this.command('mute', { callId, on });
    } finally {
      this.followMute();
    }
  }

  async sendDtmf(callId: string, digits: string): Promise<void> {
    await this.command('sendDtmf', { callId, digits });
  }

  async call(
    number: string,
    more: { callerId?: string; remark?: string; source?: CallSource } = {},
  ): Promise<{ callId: string }> {
    const { callerId, remark, source } = more;
    const done = await this.command('call', {
      number,
      ...(callerId ? { callerId } : {}),
      ...(remark ? { remark } : {}),
      source: source ?? 'api',
    });
    return { callId: String(done['callId']) };
  }

  async saveNote(
    callId: string,
    note: { category: string; result: string; text: string },
  ): Promise<void> {
    await this.command('saveNote', { callId, ...note });
  }

  async setAutoAnswer(on: boolean): Promise<void> {
    await this.command('autoAnswer', { on });
  }

  async transfer(callId: string, target: TransferTarget): Promise<void> {
    await this.command('transfer', { callId, ...target });
  }

  async completeTransfer(callId: string): Promise<void> {
    await this.command('completeTransfer', { callId });
  }

  async cancelTransfer(callId: string): Promise<void> {
    await this.command('cancelTransfer', { callId });
  }

  /** Numbers the agent may call out with, last used first. */
  listCallers(): Promise<CallerId[]> {
    return this.rest.callers();
  }

  /** The element that the caller is heard through; without one the SDK makes its own. */
  attachAudio(element: HTMLAudioElement): void {
    this.remote.attach(element);
  }

  /** Tries to reach the server now instead of at `nextTryAt`. */
  retryNow(): void {
    if (this.shown.connection.socket === 'lost') this.socket.open();
    this.line.retryNow();
  }

  /** Ends the session of this browser; `bye` says that the person left on purpose. */
  close(how: { bye?: boolean } = {}): void {
    if (how.bye) {
      this.socket.send({ type: 'bye' });
      this.environment.storage.removeItem(this.storageKey);
    }
    this.stop('NoConnection', 'The phone was closed.');
  }

  private currentCall(): string {
    return this.shown.agent?.callId ?? '';
  }
}
