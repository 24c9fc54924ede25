/**
 * What one connection sends: the microphone, or no packet at all. Carries out the newest wish, one change at a time,
 * so that two wishes in a row never end as the older one.
 */
export class Outgoing {
  private wished: MediaStreamTrack | null = null;
  private changing = false;

  constructor(
    private readonly sender: RTCRtpSender,
    /** The browser would not; what is sent is not what was wished. */
    private readonly onFault: () => void,
  ) {}

  send(track: MediaStreamTrack | null): void {
    this.wished = track;
    if (!this.changing) void this.converge();
  }

  private async converge(): Promise<void> {
    this.changing = true;
    try {
      while (this.sender.track !== this.wished) await this.sender.replaceTrack(this.wished);
    } catch {
      this.onFault();
    } finally {
      this.changing = false;
    }
  }
}
