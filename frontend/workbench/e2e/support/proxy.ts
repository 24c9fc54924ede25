import { connect, createServer, type Server, type Socket } from 'node:net';

/** A cable between browser and node that can be pulled and put back. */
export class Cable {
  private readonly sockets = new Set<Socket>();
  private cut = false;

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async to(http: string): Promise<Cable> {
    const target = new URL(http);
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    const cable = new Cable(server, `http://127.0.0.1:${address.port}`);
    server.on('connection', (near) => {
      if (cable.cut) {
        near.destroy();
        return;
      }
      const far = connect(Number(target.port), target.hostname);
      cable.join(near, far);
    });
    return cable;
  }

  /** Nothing gets through any more, and nobody is told: as with a pulled cable. */
  pull(): void {
    this.cut = true;
    for (const socket of this.sockets) socket.pause();
  }

  /** Old connections are dead, new ones work. */
  plug(): void {
    this.cut = false;
    for (const socket of this.sockets) socket.destroy();
  }

  close(): void {
    this.server.close();
    for (const socket of this.sockets) socket.destroy();
  }

  private join(near: Socket, far: Socket): void {
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      this.sockets.add(from);
      from.on('data', (chunk) => {
        if (!this.cut) to.write(chunk);
      });
      from.on('error', () => undefined);
      from.on('close', () => {
        this.sockets.delete(from);
        to.destroy();
      });
    }
  }
}
