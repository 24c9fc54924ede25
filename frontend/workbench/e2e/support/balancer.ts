import { connect, createServer, type Server, type Socket } from 'node:net';

/** What stands in front of several api nodes: a new connection goes to the first of them that answers. */
export class Balancer {
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async before(...nodes: string[]): Promise<Balancer> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    const balancer = new Balancer(server, `http://127.0.0.1:${address.port}`);
    server.on('connection', (near) => {
      balancer.forward(
        near,
        nodes.map((node) => new URL(node)),
      );
    });
    return balancer;
  }

  close(): void {
    this.server.close();
    for (const socket of this.sockets) socket.destroy();
  }

  private forward(near: Socket, [node, ...others]: URL[]): void {
    if (node === undefined) {
      near.destroy();
      return;
    }
    const far = connect(Number(node.port), node.hostname);
    let answered = false;
    far.once('connect', () => {
      answered = true;
      near.pipe(far).pipe(near);
    });
    far.once('close', () => {
      if (answered) near.destroy();
      else this.forward(near, others);
    });
    far.on('error', () => undefined);
    near.on('error', () => undefined);
    near.once('close', () => far.destroy());
    for (const socket of [near, far]) {
      this.sockets.add(socket);
      socket.once('close', () => this.sockets.delete(socket));
    }
  }
}
