import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';

/** A port that is free for UDP and TCP on 127.0.0.1 now. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < 50; tries++) {
    const port = await freeTcpPort();
    if (await freeForUdp(port)) return port;
  }
  throw new Error('no free port');
}

let nextMedia = 30_000 + Math.floor(Math.random() * 100) * 200;

/** A range of UDP ports that no other test of this run uses. */
export function mediaRange(size = 200): string {
  const first = nextMedia;
  nextMedia += size;
  if (nextMedia > 59_000) nextMedia = 30_000;
  return `127.0.0.1:${first}-${first + size - 1}`;
}

function freeTcpPort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        if (address !== null && typeof address === 'object') resolve(address.port);
        else reject(new Error('no port'));
      });
    });
  });
}

function freeForUdp(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4');
    socket.once('error', () => {
      resolve(false);
    });
    socket.bind(port, '127.0.0.1', () => {
      socket.close(() => {
        resolve(true);
      });
    });
  });
}
