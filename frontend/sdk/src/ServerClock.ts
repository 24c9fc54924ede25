/**
 * The server's clock as seen from here: `since` and `deadline` are counted from it, never from the browser's clock.
 *
 * A message's `now` is always older than its arrival, so each sample underestimates the offset by the way it
 * travelled; the largest of the last few samples is the best one.
 */
export class ServerClock {
  private samples: number[] = [];

  constructor(private readonly localNow: () => number) {}

  /** Notes the server's `now` of a message that has just arrived. */
  hear(now: string | undefined): void {
    if (now === undefined) return;
    const at = Date.parse(now);
    if (Number.isNaN(at)) return;
    this.samples.push(at - this.localNow());
    // More samples follow a drifting clock more slowly, fewer let one late message show.
    if (this.samples.length > 12) this.samples.shift();
  }

  /** Milliseconds since the epoch on the server's clock. */
  now(): number {
    const offset = this.samples.length === 0 ? 0 : Math.max(...this.samples);
    return this.localNow() + offset;
  }

  instant(atMs = this.now()): string {
    return new Date(atMs).toISOString();
  }
}
