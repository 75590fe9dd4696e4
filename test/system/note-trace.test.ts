import { afterAll, beforeAll, expect, it } from 'vitest';
import * as Y from 'yjs';
import { hasSeen, makeTrace, updatesOf } from '../bench/editing-trace.ts';
import { randomOf } from '../faults/seeds.ts';
import { joinAs, makeKey, makeWorkspace, openServer, signUp, type Person, type TestServer } from './server-fixture.ts';
import { stockClient, until, type StockClient } from './stock-client.ts';

const seed = Number(process.env['TRACE_SEED'] ?? Math.floor(Math.random() * 1e9));
const textOf = (doc: Y.Doc): Y.XmlText => {
  const paragraph = doc.getXmlFragment('body').get(0);
  const text = paragraph instanceof Y.XmlElement ? paragraph.get(0) : null;
  if (!(text instanceof Y.XmlText)) throw new Error('no text');
  return text;
};

let server: TestServer;
const clients: StockClient[] = [];
beforeAll(async () => {
  // The trace is played as fast as it goes, which no person types.
  server = await openServer({ env: { LIMIT_UPDATES_PER_SECOND: '100000', LIMIT_UPDATE_BURST: '100000' } });
});
afterAll(async () => {
  for (const client of clients) client.close();
  await server.stop();
});

it(`a recorded kind of history, typed by three people at once, gives its exact text everywhere (TRACE_SEED=${seed})`, async () => {
  const trace = makeTrace(randomOf(seed), { agents: 3, txns: 600 });
  const ana = await signUp(server, 'Ana');
  const { path, id: workspaceId } = await makeWorkspace(ana);
  const people: Person[] = [
    ana,
    await joinAs(server, ana, path, 'Ben', 'member'),
    await joinAs(server, ana, path, 'Cem', 'member'),
  ];
  const note = (await ana.call('POST', `${path}/notes`, { title: 'Trace' })).body;
  for (const person of people) {
    const { key } = await makeKey(person, path, 'member');
    clients.push(await stockClient(server.url, workspaceId, String(note['doc']), key));
  }
  const [first] = clients;
  const paragraph = first?.doc.getXmlFragment('body').get(0);
  if (first === undefined || !(paragraph instanceof Y.XmlElement)) throw new Error('an empty note has a paragraph');
  paragraph.insert(0, [new Y.XmlText()]);
  await until(() =>
    clients.every(({ doc }) => doc.getXmlFragment('body').toString().includes('paragraph') && canRead(doc)),
  );
  for (const { agent, update, needs } of updatesOf(trace, Y.encodeStateAsUpdate(first.doc), textOf)) {
    const { doc } = clients[agent] ?? first;
    await until(() => hasSeen(doc, needs));
    Y.applyUpdate(doc, update, 'typed');
  }
  await until(() => clients.every(({ doc }) => textOf(doc).toString() === trace.endContent));
  const workspace = await server.services.host.open(workspaceId);
  await until(
    async () => (await workspace.hub.read(String(note['doc']), (doc) => textOf(doc).toString())) === trace.endContent,
  );
  // Rows in step within a second: what is searched is what is there.
  await until(
    () =>
      workspace.query.get<{ text: string }>('SELECT text FROM note_blocks WHERE note_id = ?', [String(note['id'])])
        ?.text === trace.endContent,
  );
  expect(textOf(first.doc).toString()).toBe(trace.endContent);
});

function canRead(doc: Y.Doc): boolean {
  const paragraph = doc.getXmlFragment('body').get(0);
  return paragraph instanceof Y.XmlElement && paragraph.length > 0;
}
