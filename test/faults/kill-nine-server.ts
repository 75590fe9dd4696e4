// The process that kill-nine.test.ts kills: a hub over a real file and real sockets. Arguments: file, document.
// It prints its port once it can be used.
import { WebSocketServer } from 'ws';
import { cellsKind, cellsSchema } from '@rapport/sync/server/cells-kind';
import { makeHub } from '@rapport/sync/server/hub';
import { defaultLimits } from '@rapport/sync/server/limits';
import { openSqliteStore } from '@rapport/sync/server/sqlite/sqlite-store';
import { attachSocket } from '@rapport/sync/server/ws-endpoint';

const [path = '', doc = ''] = process.argv.slice(2);
const hub = makeHub({
  store: openSqliteStore({ path, schema: cellsSchema }),
  kinds: [cellsKind],
  limits: { ...defaultLimits, updatesPerSecond: 1_000_000, updateBurst: 1_000_000 },
  now: () => Date.now(),
  log: (level, text, detail) => process.stderr.write(`${level} ${text} ${JSON.stringify(detail ?? {})}\n`),
});
if (!(await hub.exists(doc))) await hub.create(doc, { actor: 'server', via: 'server' }, () => {});
const sockets = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false });
sockets.on('connection', (ws, request) => {
  const memberId = (request.url ?? '/').slice(1);
  const identity = { memberId, name: memberId, colour: 1 };
  attachSocket(ws, (socket) => hub.connect({ doc, socket, identity, access: 'write', notices: true }));
});
sockets.on('listening', () => {
  const address = sockets.address();
  if (typeof address === 'object' && address !== null) process.stdout.write(`${String(address.port)}\n`);
});
