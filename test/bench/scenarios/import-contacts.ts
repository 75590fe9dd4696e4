import * as Y from 'yjs';
import { seedBoard } from '../board-fixture.ts';
import { makeEdits } from '../edits.ts';
import { runLoad } from '../load.ts';
import type { Figures, Scenario } from '../scenario.ts';
import { pause } from '../statistics.ts';
import { isOurs, type OurServer } from '../subjects/ours.ts';
import { WireClient } from '../wire-client.ts';

/** People in the shape of a CRM's export: two e-mails, two phones, an address, a company of every eleven. */
function contactsCsv(count: number): string {
  const first = ['Ada', 'Bo', 'Cleo', 'Dee', 'Eli', 'Fay', 'Gus', 'Hal', 'Ivy', 'Jo'];
  const companies = Math.ceil(count / 11);
  const lines = [
    'Record ID,First Name,Last Name,Email,Secondary Email,Phone Number,Mobile Phone Number,Job Title,Company Name,Street Address,City,Postal Code,Country,Lead Source,Create Date,Contact owner',
  ];
  for (let i = 0; i < count; i++)
    lines.push(
      `${i},${first[i % 10]},Last${i},p${i}@c${i % companies}.example,p${i}@mail.example,+49 30 ${100_000 + i},+49 170 ${1_000_000 + i},Manager,Company ${i % companies},Street ${i},Town ${i % 500},${10_000 + (i % 80_000)},Germany,Web,2025-0${1 + (i % 9)}-11,Owner ${i % 7}`,
    );
  return lines.join('\n');
}

interface ImportReply {
  readonly id: string;
  readonly status: string;
  readonly created: number;
}

async function importFile(server: OurServer, csv: string): Promise<ImportReply> {
  const form = new FormData();
  form.set('file', new File([csv], 'contacts.csv'));
  form.set('options', JSON.stringify({ noun: 'contacts' }));
  const response = await fetch(`${server.url}/api/v1/w/${server.account.workspaceId}/imports`, {
    method: 'POST',
    body: form,
    headers: { authorization: `Bearer ${server.account.key}` },
  });
  if (!response.ok) throw new Error(`import: ${response.status} ${await response.text()}`);
  const { id } = (await response.json()) as ImportReply;
  for (;;) {
    const now = await server.call<ImportReply>('GET', `/imports/${id}`);
    if (now.status !== 'running') return now;
    await pause(250);
  }
}

const everyMs = 50;

/** One person types, one watches; the p99 of how long a keystroke takes to the other, in ms. */
async function typed(server: OurServer, board: Awaited<ReturnType<typeof seedBoard>>, edits: number): Promise<Figures> {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(board.doc));
  const made = makeEdits(doc, edits);
  for (const { update } of made) Y.applyUpdate(board.doc, update);
  const { client } = await WireClient.join(server, board.name, board.bytes);
  const reader = (await WireClient.join(server, board.name, board.bytes)).client;
  try {
    return await runLoad({
      subject: server,
      writers: [{ client, edits: made }],
      readers: [client, reader],
      everyMs,
      copies: 1,
    });
  } finally {
    await Promise.all([client, reader].map((each) => each.close()));
  }
}

/** An import of many contacts while somebody types on a board: how long it takes, and what it does to the typing. */
export const importContacts: Scenario = {
  name: 'import-contacts',
  title: '100,000 contacts are imported while one person types and one watches (20 edits/s)',
  rounds: 1,
  isOursAlone: true,
  targets: { 'import s': 60 },
  prepare: async (ground) => async () => {
    await ground.restart({ onEmptyStore: true });
    const server = ground.running();
    if (!isOurs(server)) throw new Error('only our server imports');
    const board = await seedBoard(server, 500);
    // As many looks as an import of this size takes, so that the worst of both are alike.
    const idle: Figures[] = [];
    for (let look = 0; look < (ground.quick ? 1 : 4); look++) idle.push(await typed(server, board, 200));
    const cpuBefore = server.process.cpuMs();
    const started = performance.now();
    const running = importFile(server, contactsCsv(ground.quick ? 5_000 : 100_000)).then((reply) => ({
      ...reply,
      seconds: (performance.now() - started) / 1000,
    }));
    const during: Figures[] = [];
    const isRunning = () => Promise.race([running.then(() => false), pause(0).then(() => true)]);
    while (await isRunning()) during.push(await typed(server, board, 200));
    const { seconds, ...done } = await running;
    if (done.status !== 'done') throw new Error(`the import ended as ${done.status}`);
    const worst = (looks: readonly Figures[], label: string) => Math.max(...looks.map((each) => each[label] ?? 0));
    const median = (looks: readonly Figures[], label: string) =>
      looks.map((each) => each[label] ?? 0).toSorted((a, b) => a - b)[Math.floor(looks.length / 2)] ?? 0;
    return {
      'import s': seconds,
      'import CPU s': (server.process.cpuMs() - cpuBefore) / 1000,
      'contacts made': done.created,
      'idle p50 ms': median(idle, 'p50 ms'),
      'idle p99 ms': median(idle, 'p99 ms'),
      'idle p99 ms, worst ten seconds': worst(idle, 'p99 ms'),
      'during p50 ms': median(during, 'p50 ms'),
      'during p99 ms': median(during, 'p99 ms'),
      'during p99 ms, worst ten seconds': worst(during, 'p99 ms'),
      'memory at its end MB': server.process.residentMb(),
    };
  },
};
