// Hocuspocus with its SQLite extension and its own defaults. Arguments: port, file.
import { Server } from '@hocuspocus/server';
import { SQLite } from '@hocuspocus/extension-sqlite';

const [port, database] = process.argv.slice(2);
const server = new Server({
  port: Number(port),
  address: '127.0.0.1',
  quiet: true,
  // Its default of 100 documents that load at once would refuse a part of the load.
  maxPendingDocuments: 10_000,
  extensions: [new SQLite({ database })],
});
await server.listen();
console.log('ready');
