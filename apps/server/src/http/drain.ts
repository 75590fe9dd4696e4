import type { RequestListener, Server } from 'node:http';

/** Slow requests get this long to end by themselves at a stop. */
const patienceMs = 1_500;

/** Serves requests until `drain`: then new ones hear 503, and it resolves when those under way have their answer. */
export function makeDrain(server: Server, listener: RequestListener) {
  let isStopping = false;
  let underWay = 0;
  let onIdle = () => {};
  const serve: RequestListener = (request, response) => {
    if (isStopping) {
      response.writeHead(503, { connection: 'close', 'retry-after': '2' }).end('Rapport is restarting.');
      return;
    }
    underWay++;
    response.once('close', () => {
      underWay--;
      if (underWay === 0) onIdle();
    });
    listener(request, response);
  };
  server.removeAllListeners('request');
  server.on('request', serve);
  return {
    async drain(): Promise<void> {
      isStopping = true;
      if (underWay === 0) return;
      await new Promise<void>((resolve) => {
        onIdle = resolve;
        setTimeout(resolve, patienceMs);
      });
    },
  };
}
