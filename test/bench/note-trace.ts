// Run by itself: `node test/bench/note-trace.ts [trace.json.gz]`. A recorded history, typed by three clients over the real server.
import * as Y from 'yjs';
import { joinAs, makeKey, makeWorkspace, openServer, signUp } from '../system/server-fixture.ts';
import { stockClient, until, type StockClient } from '../system/stock-client.ts';
import { hasSeen, readTrace, updatesOf } from './editing-trace.ts';

const path = process.argv[2] ?? '../shared/data/editing-traces/clownschool.json.gz';
const trace = readTrace(path);
if (trace === null) {
  console.error(`SKIPPED: there is no trace at ${path}; nothing was measured`);
  process.exit(3);
}
const textOf = (doc: Y.Doc): Y.XmlText | null => {
  const paragraph = doc.getXmlFragment('body').get(0);
  const text = paragraph instanceof Y.XmlElement && paragraph.length > 0 ? paragraph.get(0) : null;
  return text instanceof Y.XmlText ? text : null;
};
const server = await openServer({ env: { LIMIT_UPDATES_PER_SECOND: '1000000', LIMIT_UPDATE_BURST: '1000000' } });
const ana = await signUp(server, 'Ana');
const workspace = await makeWorkspace(ana);
const people = [ana];
for (let at = 1; at < trace.numAgents; at++)
  people.push(await joinAs(server, ana, workspace.path, `Author ${at}`, 'member'));
const note = (await ana.call('POST', `${workspace.path}/notes`, { title: 'Trace' })).body;
const clients: StockClient[] = [];
for (const person of people) {
  const { key } = await makeKey(person, workspace.path, 'member');
  clients.push(await stockClient(server.url, workspace.id, String(note['doc']), key));
}
const [first] = clients;
const paragraph = first?.doc.getXmlFragment('body').get(0);
if (first === undefined || !(paragraph instanceof Y.XmlElement)) throw new Error('an empty note has a paragraph');
paragraph.insert(0, [new Y.XmlText()]);
await until(() => clients.every(({ doc }) => textOf(doc) !== null));
const start = Y.encodeStateAsUpdate(first.doc);
const text = (doc: Y.Doc): Y.XmlText => textOf(doc) ?? new Y.XmlText();
const [begun, cpu] = [performance.now(), process.cpuUsage()];
let sent = 0;
for (const { agent, update, needs } of updatesOf(trace, start, text)) {
  const { doc } = clients[agent] ?? first;
  if (!hasSeen(doc, needs)) await until(() => hasSeen(doc, needs));
  Y.applyUpdate(doc, update, 'typed');
  // The sockets get their turn, as they would between two keys.
  if (++sent % 20 === 0) await new Promise((resolve) => setImmediate(resolve));
}
await until(() => clients.every(({ doc }) => text(doc).toString() === trace.endContent));
const took = (performance.now() - begun) / 1000;
const { user, system } = process.cpuUsage(cpu);
const opened = await server.services.host.open(workspace.id);
const ours = await opened.hub.read(String(note['doc']), (doc) => text(doc).toString());
console.log(
  `${sent} edits of ${trace.numAgents} authors: ${took.toFixed(1)} s, ${((user + system) / 1000 / sent).toFixed(2)} ms of CPU an edit (three clients and the server); ` +
    `the server's text is ${ours === trace.endContent ? 'exactly the trace’s' : 'NOT the trace’s'} (${trace.endContent.length} characters)`,
);
for (const client of clients) client.close();
await server.stop();
process.exit(ours === trace.endContent ? 0 : 1);
