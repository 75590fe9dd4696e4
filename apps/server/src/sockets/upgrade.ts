import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';

/** An accepted connection before anything is known of it. Nothing is read from the socket until `resume`. */
export interface Arrival {
  readonly socket: WebSocket;
  /** The connection below it. */
  readonly stream: Duplex;
  readonly request: IncomingMessage;
  /** Decoded path segments after the endpoint's own, e.g. `[workspaceId, 'board', id]`. */
  readonly path: readonly string[];
  readonly search: URLSearchParams;
}

export type Endpoint = (arrival: Arrival) => Promise<void>;

/**
 * Answers WebSocket upgrades at `/<name>/…`. They are always accepted and judged afterwards: a refused upgrade would make
 * stock clients retry for ever, a close with 44xx is final.
 */
export function acceptUpgrades(
  server: Server,
  endpoints: Readonly<Record<string, Endpoint>>,
  options: { maxPayload: number; onProblem: (error: unknown) => void },
): { close: () => void } {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: options.maxPayload, perMessageDeflate: false });
  const onUpgrade = (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    // A peer that resets during the handshake must not end the process.
    stream.on('error', () => stream.destroy());
    const url = URL.canParse(request.url ?? '', 'http://x') ? new URL(request.url ?? '', 'http://x') : null;
    const [, name = '', ...rest] = url?.pathname.split('/') ?? [];
    const endpoint = Object.hasOwn(endpoints, name) ? endpoints[name] : undefined;
    if (url === null || endpoint === undefined) {
      stream.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, stream, head, (socket) => {
      // Protocol errors (a huge frame, bad masking) close the socket by themselves; unhandled they would end the process.
      socket.on('error', () => undefined);
      const path = decodeSegments(rest);
      if (path === null) {
        socket.close(4404, 'no such document');
        return;
      }
      socket.pause();
      endpoint({ socket, stream, request, path, search: url.searchParams })
        .catch((error: unknown) => {
          options.onProblem(error);
          socket.close(1011, 'this went wrong on our side');
        })
        .finally(() => socket.resume());
    });
  };
  server.on('upgrade', onUpgrade);
  return {
    close() {
      server.off('upgrade', onUpgrade);
      sockets.close();
    },
  };
}

function decodeSegments(segments: readonly string[]): string[] | null {
  try {
    return segments.map((segment) => decodeURIComponent(segment));
  } catch {
    return null;
  }
}
