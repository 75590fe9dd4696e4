import Sqlite from 'better-sqlite3';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Figures, Scenario } from '../scenario.ts';
import { pause, quantile } from '../statistics.ts';
import { isOurs, type OurServer } from '../subjects/ours.ts';

const questions = 300;

/** The same sequence at each run: Park and Miller's generator. */
function makeDice(seed: number) {
  let state = seed;
  return (below: number): number => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
}

const syllables = 'ka lo mi ren dor sten var hel nor bjo tan ris ble qua son fro wen zu pel gri'.split(' ');

interface Made {
  readonly title: string;
  readonly company: string;
  readonly contact: string;
  readonly description: string;
}

/** Names of two to four syllables, so that there are as many words as in a real company's records. */
function makeRecords(count: number): Made[] {
  const dice = makeDice(7);
  const word = (): string => Array.from({ length: 2 + dice(3) }, () => syllables[dice(syllables.length)]).join('');
  return Array.from({ length: count }, () => {
    const company = `${word()} ${word()}`;
    return {
      title: `${word()} ${word()} ${dice(3) === 0 ? 'retrofit' : word()}`,
      company,
      contact: `${word()}.${word()}@${company.replace(' ', '-')}.example`,
      description: `Call +47 ${100 + dice(900)} ${10 + dice(90)} ${100 + dice(900)}`,
    };
  });
}

/** What people type: beginnings as they grow, two words, slips, pieces of addresses and numbers. */
function makeQuestions(records: readonly Made[]): string[] {
  const dice = makeDice(11);
  return Array.from({ length: questions }, (_, n) => {
    const { title, company, contact, description } = records[dice(records.length)] ?? expectRecord();
    const [first = '', second = ''] = title.split(' ');
    const kinds = [
      first.slice(0, 1 + dice(6)),
      first,
      `${first} ${second.slice(0, 3)}`,
      `${company.split(' ')[0] ?? ''} ${first.slice(0, 2)}`,
      first.slice(0, 2) + (first[3] ?? '') + (first[2] ?? '') + first.slice(4),
      contact.slice(2, 12),
      description.slice(-9),
      'retrofit',
    ];
    return kinds[n % kinds.length] ?? first;
  });
}

const expectRecord = (): never => {
  throw new Error('no records');
};

/** Puts rows straight into the read model: what is measured is search, and the log would take minutes. */
function fill(dataDir: string, records: readonly Made[]): void {
  const folder = join(dataDir, 'workspaces');
  const file = readdirSync(folder).find((name) => name.endsWith('.sqlite')) ?? '';
  const database = new Sqlite(join(folder, file));
  const board = database.prepare<[], string>('SELECT id FROM boards').pluck().get() ?? '';
  const insert = database.prepare(
    `INSERT INTO deals (id, doc, board_id, stage_id, rank, title, company, contact, description) VALUES (?, ?, ?, '', 'V', ?, ?, ?, ?)`,
  );
  database.transaction(() => {
    for (const [at, { title, company, contact, description }] of records.entries())
      insert.run(`01J${String(at).padStart(23, '0')}`, `board/${board}`, board, title, company, contact, description);
  })();
  database.close();
}

/** The same questions as a program without an index would ask them, on the same file. */
function askPlainly(dataDir: string, asked: readonly string[]): number[] {
  const folder = join(dataDir, 'workspaces');
  const file = readdirSync(folder).find((name) => name.endsWith('.sqlite')) ?? '';
  const database = new Sqlite(join(folder, file), { readonly: true });
  const columns = ['title', 'company', 'contact', 'description'];
  const times = asked.map((q) => {
    const words = q.split(' ').filter((word) => word !== '');
    const each = words.map(() => `(${columns.map((column) => `${column} LIKE ?`).join(' OR ')})`).join(' AND ');
    const statement = database.prepare(
      `SELECT id, title FROM deals WHERE deleted_at IS NULL AND ${each} ORDER BY title LIMIT 20`,
    );
    const started = performance.now();
    statement.all(words.flatMap((word) => columns.map(() => `%${word}%`)));
    return performance.now() - started;
  });
  database.close();
  return times;
}

async function askAll(server: OurServer, asked: readonly string[]): Promise<number[]> {
  const times: number[] = [];
  for (const q of asked) {
    const started = performance.now();
    await server.call('GET', `/search?q=${encodeURIComponent(q)}`);
    times.push(performance.now() - started);
  }
  return times;
}

/** Search over 100,000 records, against LIKE over the same rows. */
export const search: Scenario = {
  name: 'search',
  title: `${questions} questions to 100,000 records, over HTTP, against LIKE over the same rows without HTTP`,
  rounds: 3,
  isOursAlone: true,
  targets: { 'p95 ms': 50 },
  async prepare(ground) {
    const records = makeRecords(ground.quick ? 10_000 : 100_000);
    const asked = makeQuestions(records);
    let dataDir = '';
    await ground.restart({
      whileDown(folder) {
        dataDir = folder;
        fill(folder, records);
      },
    });
    const running = ground.running();
    if (!isOurs(running)) throw new Error('only our server searches');
    const cpuBefore = running.process.cpuMs();
    const started = performance.now();
    while (!(await running.call<{ isUpToDate: boolean }>('GET', '/search?q=x')).isUpToDate) await pause(100);
    const indexSeconds = (performance.now() - started) / 1000;
    const indexCpuSeconds = (running.process.cpuMs() - cpuBefore) / 1000;
    return async (): Promise<Figures> => {
      const plain = askPlainly(dataDir, asked);
      // Nothing was answered meanwhile, and the server may just be closing the idle connection.
      await running.call('GET', '/search?q=x').catch(() => pause(100));
      const times = await askAll(running, asked);
      return {
        'p50 ms': quantile(times, 0.5),
        'p95 ms': quantile(times, 0.95),
        'worst ms': Math.max(...times),
        'LIKE p50 ms': quantile(plain, 0.5),
        'LIKE p95 ms': quantile(plain, 0.95),
        'index made s': indexSeconds,
        'index made CPU s': indexCpuSeconds,
      };
    };
  },
};
