import type { SocketState } from './LiveSocket';
import type { LineState } from './AgentLine';
import type { AgentScreen, CallQuality, CallScreen, Instant, Me, QueueScreen } from './protocol';
import type { EndedEvent, RingingEvent, StateEvent } from './screens';

/** The connection as part of the state: what is proven now, since when, and what happens next. */
export interface ConnectionEvent {
  socket: SocketState;
  line: LineState;
  since: Instant;
  /** When the next try to reach the server is made; null while none is planned. */
  nextTryAt: Instant | null;
  /** Why the line could not be opened, until it is open. */
  error: { code: string; message: string } | null;
}

/** Events of a phone and what each carries. */
export interface PhoneEvents {
  state: StateEvent;
  ringing: RingingEvent;
  connected: CallScreen;
  held: CallScreen;
  ended: EndedEvent;
  queue: QueueScreen;
  /** Comes with calls of the bot. */
  transcript: { callId: string; lines: { who: string; text: string; at: Instant }[] };
  quality: CallQuality & { callId: string };
  connection: ConnectionEvent;
  superseded: { message: string };
  error: { code: string; message: string; field?: string };
  /** A call's record, or its recording, can now be read by REST. */
  recorded: { callId: string };
  /** Anything of `view` is new; for pages that draw the whole level. */
  change: PhoneView;
}

/** Everything a page needs to draw, replaced as a whole with every change. */
export interface PhoneView {
  readonly me: Me | undefined;
  readonly agent: AgentScreen | undefined;
  readonly call: CallScreen | undefined;
  readonly queue: QueueScreen | undefined;
  readonly connection: ConnectionEvent;
  readonly superseded: string | undefined;
}
