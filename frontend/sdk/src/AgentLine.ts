import { backOff } from './backOff';
import { deviceError } from './deviceErrors';
import type { Environment } from './Environment';
import { Outgoing } from './Outgoing';
import type { IceSettings } from './protocol';
import { RingmasterError } from './RingmasterError';

/** Without candidates of its own the browser can still reach the node, so gathering is not waited out. */
const GATHER_AT_MOST_MS = 1_500;
const CONNECT_WITHIN_MS = 10_000;
/** ICE often comes back by itself after a short gap in the network; a shorter wait re-offers for nothing. */
const DISCONNECTED_IS_LOST_MS = 3_000;
/** The node hears of a new line a moment after the browser does; its older word is not believed for so long. */
const SERVER_LAGS_MS = 4_000;

export type LineState = 'NONE' | 'OPENING' | 'UP' | 'LOST';

export interface LineOwner {
  /** Sends the offer and resolves with the node's answer. */
  exchange(sdp: string): Promise<string>;
  onLine(state: LineState, error: RingmasterError | undefined): void;
  onRemoteAudio(stream: MediaStream): void;
}

/**
 * The agent's standing line: one WebRTC audio connection that is opened when work starts and kept between calls,
 * so that answering only re-bridges. Re-offers by itself as long as it is wanted. Between calls it sends no sound:
 * a hundred open lines would cost the node as much as a hundred calls, and nobody is to be overheard.
 */
export class AgentLine {
  state: LineState = 'NONE';
  private connection: RTCPeerConnection | undefined;
  private microphone: MediaStream | undefined;
  private outgoing: Outgoing | undefined;
  private wanted = false;
  private muted = false;
  private speaking = false;
  private opening: Promise<void> | undefined;
  private tries = 0;
  private upAtMs = 0;
  private cancelRetry: () => void = () => undefined;
  private cancelDoubt: () => void = () => undefined;
  ice: IceSettings | undefined;

  constructor(
    private readonly owner: LineOwner,
    private readonly environment: Environment,
  ) {}

  /** Opens the line unless it is open; resolves when audio can flow, rejects in plain words when it cannot. */
  open(): Promise<void> {
    this.wanted = true;
    if (this.state === 'UP') return Promise.resolve();
    this.opening ??= this.offer().finally(() => {
      this.opening = undefined;
    });
    return this.opening;
  }

  /**
   * The server's view of the line while the agent is on duty. What it has lost (or never had, after a reload) is
   * offered again; what both sides have is left alone.
   */
  keep(atServer: 'NONE' | 'UP' | 'LOST' | undefined): void {
    this.wanted = true;
    this.cancelDoubt();
    if (this.opening) return;
    if (this.state === 'NONE') this.openQuietly();
    if (this.state !== 'UP' || atServer === 'UP') return;
    const doubtForMs = this.upAtMs + SERVER_LAGS_MS - this.environment.now();
    if (doubtForMs <= 0) this.lose();
    else {
      this.cancelDoubt = this.environment.setTimer(doubtForMs, () => {
        if (this.state === 'UP') this.lose();
      });
    }
  }

  /** Is the network there at all? Called after a reconnect, so that no back-off is waited out. */
  retryNow(): void {
    if (this.state === 'LOST' && this.wanted && !this.opening) {
      this.cancelRetry();
      this.openQuietly();
    }
  }

  /** Off duty: the microphone is given back. */
  close(): void {
    this.wanted = false;
    this.tries = 0;
    this.cancelRetry();
    this.cancelDoubt();
    this.hangUp();
    for (const track of this.microphone?.getTracks() ?? []) track.stop();
    this.microphone = undefined;
    this.to('NONE');
  }

  setMuted(on: boolean): void {
    this.muted = on;
    for (const track of this.microphone?.getAudioTracks() ?? []) track.enabled = !on;
  }

  /** Whether the microphone is sent; a wish that outlives every connection, and is other than muting. */
  setSpeaking(on: boolean): void {
    this.speaking = on;
    this.followSpeaking();
  }

  stats(): Promise<RTCStatsReport> | undefined {
    return this.state === 'UP' ? this.connection?.getStats() : undefined;
  }

  private openQuietly(): void {
    this.open().catch(() => {
      // shown by the state of the line; tried again by itself
    });
  }

  private async offer(): Promise<void> {
    this.cancelRetry();
    this.hangUp();
    this.to('OPENING');
    try {
      await this.openMicrophone();
      const connection = this.environment.newPeerConnection(this.ice ?? {});
      this.connection = connection;
      const connected = this.untilConnected(connection);
      connected.catch(() => undefined);
      connection.ontrack = (event) => {
        this.owner.onRemoteAudio(event.streams[0] ?? new MediaStream([event.track]));
      };
      const transceiver = connection.addTransceiver('audio', { direction: 'sendrecv' });
      preferTelephoneCodecs(transceiver);
      this.outgoing = new Outgoing(transceiver.sender, () => {
        if (this.connection === connection && this.state === 'UP') this.lose();
      });
      this.followSpeaking();
      await connection.setLocalDescription(await connection.createOffer());
      await this.gathered(connection);
      const answer = await this.owner.exchange(connection.localDescription?.sdp ?? '');
      await connection.setRemoteDescription({ type: 'answer', sdp: answer });
      await connected;
      if (!this.stillWanted())
        throw new RingmasterError('LineFailed', 'The line was closed while it opened.');
      this.tries = 0;
      connection.onconnectionstatechange = () => {
        this.watch(connection);
      };
      this.upAtMs = this.environment.now();
      this.to('UP');
      this.followSpeaking();
    } catch (thrown) {
      const error =
        thrown instanceof RingmasterError
          ? thrown
          : new RingmasterError(
              'LineFailed',
              `The audio line could not be opened (${String(thrown)}).`,
            );
      this.hangUp();
      if (this.stillWanted()) this.retryLater(error);
      throw error;
    }
  }

  private followSpeaking(): void {
    this.outgoing?.send(this.speaking ? (this.liveTrack() ?? null) : null);
  }

  private liveTrack(): MediaStreamTrack | undefined {
    return this.microphone?.getAudioTracks().find((track) => track.readyState === 'live');
  }

  private stillWanted(): boolean {
    return this.wanted;
  }

  private async openMicrophone(): Promise<void> {
    if (this.liveTrack()) return;
    let stream: MediaStream;
    try {
      stream = await this.environment.openMicrophone();
    } catch (thrown) {
      throw deviceError(thrown);
    }
    const track = stream.getAudioTracks()[0];
    if (!track) throw new RingmasterError('NoMicrophone', 'The sound device has no microphone.');
    this.microphone = stream;
    track.enabled = !this.muted;
    track.onended = () => {
      // The headset was unplugged: tell so at once, and take the next default device.
      if (this.wanted)
        this.lose(
          new RingmasterError(
            'MicrophoneUnplugged',
            'The microphone was unplugged. Plug it in again.',
          ),
        );
    };
  }

  private gathered(connection: RTCPeerConnection): Promise<void> {
    if (connection.iceGatheringState === 'complete') return Promise.resolve();
    return new Promise((resolve) => {
      const cancel = this.environment.setTimer(GATHER_AT_MOST_MS, resolve);
      connection.onicegatheringstatechange = () => {
        if (connection.iceGatheringState !== 'complete') return;
        cancel();
        resolve();
      };
    });
  }

  private untilConnected(connection: RTCPeerConnection): Promise<void> {
    return new Promise((resolve, reject) => {
      const failed = new RingmasterError(
        'LineFailed',
        'The audio line could not be opened: no way through the network.',
      );
      const cancel = this.environment.setTimer(CONNECT_WITHIN_MS, () => {
        reject(failed);
      });
      connection.onconnectionstatechange = () => {
        if (connection.connectionState === 'connected') {
          cancel();
          resolve();
        } else if (
          connection.connectionState === 'failed' ||
          connection.connectionState === 'closed'
        ) {
          cancel();
          reject(failed);
        }
      };
    });
  }

  private watch(connection: RTCPeerConnection): void {
    if (this.connection !== connection) return;
    if (connection.connectionState === 'failed') this.lose();
    if (connection.connectionState === 'disconnected') {
      this.cancelRetry = this.environment.setTimer(DISCONNECTED_IS_LOST_MS, () => {
        if (this.connection === connection && connection.connectionState !== 'connected')
          this.lose();
      });
    }
  }

  private lose(error?: RingmasterError): void {
    this.hangUp();
    this.retryLater(error);
  }

  private retryLater(error: RingmasterError | undefined): void {
    this.to('LOST', error);
    const waitMs = this.tries === 0 ? 0 : backOff(this.tries, this.environment.random());
    this.tries += 1;
    this.cancelRetry = this.environment.setTimer(waitMs, () => {
      if (this.wanted && !this.opening) this.openQuietly();
    });
  }

  private hangUp(): void {
    const connection = this.connection;
    this.connection = undefined;
    this.outgoing = undefined;
    if (!connection) return;
    connection.onconnectionstatechange =
      connection.onicegatheringstatechange =
      connection.ontrack =
        null;
    connection.close();
  }

  private to(state: LineState, error?: RingmasterError): void {
    if (this.state === state && !error) return;
    this.state = state;
    this.owner.onLine(state, error);
  }
}

/** G.711 first and only: what the trunk speaks, so that nothing is transcoded on the way. */
function preferTelephoneCodecs(transceiver: RTCRtpTransceiver): void {
  const offered =
    typeof RTCRtpReceiver === 'undefined'
      ? []
      : (RTCRtpReceiver.getCapabilities('audio')?.codecs ?? []);
  const wanted = ['audio/pcmu', 'audio/pcma', 'audio/telephone-event'];
  const codecs = wanted.flatMap((mime) =>
    offered.filter((codec) => codec.mimeType.toLowerCase() === mime && codec.clockRate === 8000),
  );
  if (codecs.length > 0) transceiver.setCodecPreferences(codecs);
}
