// Run by itself: `node test/bench/browser-note.ts [trace.json.gz]`. A note of 20,000 words in a real Chromium: how long it
// takes to open, and from a key to its paint while a recorded history is typed into it at fifty times its speed.
import { element, p, t } from '@rapport/domain/notes/note-fixture';
import { toXml } from '@rapport/domain/notes/read-body';
import * as Y from 'yjs';
import { startRapport } from '../browser/harness.ts';
import { makeKey } from '../system/server-fixture.ts';
import { stockClient, until, type StockClient } from '../system/stock-client.ts';
import { hasSeen, makeTrace, readTrace, updatesOf } from './editing-trace.ts';
import { median } from './statistics.ts';

const words = 20_000;
const wordsInBlock = 50;
const speed = 50;
const keys = 150;
const path = process.argv[2] ?? '../shared/data/editing-traces/clownschool.json.gz';
const recorded = readTrace(path);
if (recorded === null) console.error(`There is no trace at ${path}: one of the same shape is made up`);
const trace = recorded ?? makeTrace(Math.random, { agents: 3, txns: 8000 });

const rapport = await startRapport({ env: { LIMIT_UPDATES_PER_SECOND: '100000', LIMIT_UPDATE_BURST: '100000' } });
const ana = await rapport.newPerson('Ana Adams');
const { workspaceId } = await rapport.newWorkspace(ana);
const api = `/api/v1/w/${workspaceId}`;
const note = await ana.api<{ id: string; doc: string }>('POST', `${api}/notes`, { title: 'Twenty thousand words' });
const workspace = await rapport.server.services.host.open(workspaceId);
const block = Array.from({ length: wordsInBlock }, (_, at) => `word${at}`).join(' ');
await workspace.hub.transact(note.doc, { actor: 'server', via: 'server' }, (doc) => {
  const blocks = Array.from({ length: words / wordsInBlock }, (_, at) =>
    at % 20 === 0 ? element('heading', { level: 2 }, [t(`Part ${at / 20 + 1}`)]) : p(block),
  );
  // The trace has a paragraph of its own, three screens down.
  const traced = new Y.XmlElement('paragraph');
  traced.insert(0, [new Y.XmlText()]);
  doc.getXmlFragment('body').insert(0, [...blocks.slice(0, 20).map(toXml), traced, ...blocks.slice(20).map(toXml)]);
});

const opened: number[] = [];
for (let round = 0; round < 3; round++) {
  const context = await rapport.newContext({ storageState: await ana.context.storageState() });
  const page = await context.newPage();
  await page.addInitScript(() => {
    const Plain = globalThis.WebSocket;
    globalThis.WebSocket = class extends Plain {
      constructor(...args: ConstructorParameters<typeof WebSocket>) {
        super(...args);
        this.addEventListener('message', ({ data }) => {
          if (data instanceof ArrayBuffer && data.byteLength > 50_000) performance.mark('document-received');
        });
      }
    };
    const look = (): void => {
      if (document.querySelectorAll('.note-text p').length < 100) requestAnimationFrame(look);
      else requestAnimationFrame(() => performance.mark('note-painted'));
    };
    requestAnimationFrame(look);
  });
  await page.goto(`/w/${workspaceId}/n/${note.id}`);
  await page.waitForFunction(() => performance.getEntriesByName('note-painted').length > 0, undefined, {
    timeout: 60_000,
  });
  opened.push(
    await page.evaluate(() => {
      const at = (name: string) => performance.getEntriesByName(name)[0]?.startTime ?? Number.NaN;
      return at('note-painted') - at('document-received');
    }),
  );
  await context.close();
}
console.log(
  `document received to painted: ${median(opened).toFixed(0)} ms (${opened.map((ms) => ms.toFixed(0)).join(', ')})`,
);

const { page } = ana;
await page.goto(`/w/${workspaceId}/n/${note.id}`);
await page.locator('.note-text p').nth(100).waitFor({ timeout: 60_000 });
await page.evaluate(() => {
  const durations: number[] = [];
  Object.assign(globalThis, { durations });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (entry.name === 'keydown') durations.push(entry.duration);
  }).observe({ type: 'event', durationThreshold: 16, buffered: false } as PerformanceObserverInit);
});

/** Types into the first paragraph; answers each key's time to its paint. The browser tells none below 16 ms. */
const type = async (): Promise<number[]> => {
  await page.evaluate(() => ((globalThis as unknown as { durations: number[] }).durations.length = 0));
  await page.locator('.note-text p').first().click();
  for (let key = 0; key < keys; key++) await page.keyboard.press('x', { delay: 20 });
  await page.waitForTimeout(500);
  const told = await page.evaluate(() => (globalThis as unknown as { durations: number[] }).durations);
  return [...told, ...Array.from({ length: Math.max(0, keys - told.length) }, () => 16)].sort((a, b) => a - b);
};
const say = (what: string, times: readonly number[]): void => {
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? Number.NaN;
  console.log(
    `${what}: key to paint median ≤ ${at(0.5)} ms, p95 ≤ ${at(0.95)} ms, most ${times.at(-1)} ms (${times.length} keys)`,
  );
};
say('alone', await type());

const server = rapport.server;
const clients: StockClient[] = [];
const person = {
  call: async (method: string, at: string, body?: unknown) => ({ status: 201, body: await ana.api(method, at, body) }),
};
for (let at = 0; at < trace.numAgents; at++) {
  const { key } = await makeKey(person as never, api, 'member');
  clients.push(await stockClient(server.url, workspaceId, note.doc, key));
}
const [first] = clients;
if (first === undefined) throw new Error('a trace has an author');
const textOf = (doc: Y.Doc): Y.XmlText => {
  const paragraph = doc.getXmlFragment('body').get(20);
  const text = paragraph instanceof Y.XmlElement ? paragraph.get(0) : null;
  if (!(text instanceof Y.XmlText)) throw new Error('no text for the trace');
  return text;
};
let isOver = false;
let sent = 0;
const replay = (async () => {
  const begun = performance.now();
  let start: number | null = null;
  for (const { agent, time, update, needs } of updatesOf(trace, Y.encodeStateAsUpdate(first.doc), textOf)) {
    start ??= time;
    const { doc } = clients[agent] ?? first;
    const due = (time - start) / speed;
    const wait = due - (performance.now() - begun);
    if (wait > 1) await new Promise((resolve) => setTimeout(resolve, wait));
    if (isOver) break;
    await until(() => hasSeen(doc, needs));
    Y.applyUpdate(doc, update, 'typed');
    sent++;
  }
})();
await page.waitForTimeout(1000);
// Another load of the machine moves what is measured from key to paint; what the page itself works moves less.
const session = await ana.context.newCDPSession(page);
await session.send('Performance.enable', { timeDomain: 'threadTicks' });
const worked = async (): Promise<number> => {
  const { metrics } = await session.send('Performance.getMetrics');
  return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN) * 1000;
};
const [before, begun, workedBefore] = [sent, performance.now(), await worked()];
const times = await type();
const secs = (performance.now() - begun) / 1000;
const rate = (sent - before) / secs;
const busyMs = ((await worked()) - workedBefore) / secs;
isOver = true;
await replay;
say(`while ${rate.toFixed(0)} edits a second came in`, times);
console.log(`the page's main thread worked ${busyMs.toFixed(0)} ms of each second`);
for (const client of clients) client.close();
console.log(`errors of the page: ${rapport.pageErrors.length}`);
await rapport.close();
