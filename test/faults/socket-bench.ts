import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Access, Hub } from '@rapport/sync/server/ports';
import { attachSocket } from '@rapport/sync/server/ws-endpoint';
import { docName } from './hub-bench.ts';

/** Real sockets in front of a hub that may be replaced. */
export interface SocketBench {
  readonly port: number;
  readonly sockets: Set<WebSocket>;
  /** Access of a member, where it is not `write`. */
  readonly access: Map<string, Access>;
  url(member: string): string;
  close(): Promise<void>;
}

/** `?member=` says who it is, `?x=1` asks for notices; the path is the document. */
export async function listen(hub: () => Hub): Promise<SocketBench> {
  const sockets = new Set<WebSocket>();
  const access = new Map<string, Access>();
  const server: Server = createServer();
  const accept = new WebSocketServer({ noServer: true, maxPayload: 9 * 2 ** 20, perMessageDeflate: false });
  server.on('upgrade', (request, stream, head) => {
    stream.on('error', () => stream.destroy());
    accept.handleUpgrade(request, stream, head, (socket) => {
      const url = new URL(request.url ?? '', 'http://x');
      const memberId = url.searchParams.get('member') ?? 'ann';
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
      attachSocket(socket, (peer) =>
        hub().connect({
          doc: url.pathname.slice(1) || docName,
          socket: peer,
          identity: { memberId, name: memberId, colour: 1 },
          access: access.get(memberId) ?? 'write',
          notices: url.searchParams.get('x') === '1',
        }),
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    sockets,
    access,
    url: (member) => `ws://127.0.0.1:${String(port)}/${docName}?member=${member}`,
    async close() {
      for (const socket of sockets) socket.terminate();
      accept.close();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Resolves when it is so; the test's own time limit ends a wait in vain. */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 3));
}
