// The server of y-websocket, made to promise what ours does: an update is committed (SQLite, WAL, synchronous=FULL; one
// row, nothing else) before anybody is sent it. Says what the promise alone costs on this disk. Argument: a file.
const Database = require('better-sqlite3');
const Y = require('yjs');
const { setPersistence } = require('./node_modules/y-websocket/bin/utils.cjs');

const database = new Database(process.argv[2]);
database.pragma('journal_mode = WAL');
database.pragma('synchronous = FULL');
database.exec('CREATE TABLE log (seq INTEGER PRIMARY KEY, doc TEXT NOT NULL, bytes BLOB NOT NULL) STRICT');
const rows = database.prepare('SELECT bytes FROM log WHERE doc = ? ORDER BY seq').pluck();
const insert = database.prepare('INSERT INTO log (doc, bytes) VALUES (?, ?)');

setPersistence({
  provider: null,
  bindState(name, doc) {
    for (const update of rows.all(name)) Y.applyUpdate(doc, update);
    // Handlers run in the order in which they were added, and the one that broadcasts is there already.
    const broadcasts = [...doc._observers.get('update')];
    for (const broadcast of broadcasts) doc.off('update', broadcast);
    doc.on('update', (update) => insert.run(name, update));
    for (const broadcast of broadcasts) doc.on('update', broadcast);
  },
  writeState: async () => {},
});

require('./node_modules/y-websocket/bin/server.cjs');
