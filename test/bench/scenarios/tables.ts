import Sqlite from 'better-sqlite3';
import type { Figures, Scenario } from '../scenario.ts';
import { pause, quantile } from '../statistics.ts';
import { isOurs, type OurServer } from '../subjects/ours.ts';
import { fileIn, fillContacts } from '../table-fixture.ts';

const filter = (field: string, op: string, ...values: string[]) =>
  JSON.stringify({ match: 'all', of: [{ field, op, values }] });

/** Questions by what they are, each with what a program of its own would ask the same file. */
const questions: Readonly<Record<string, { query: Record<string, string>; plain: string }>> = {
  first: {
    query: {},
    plain: 'SELECT * FROM contacts WHERE deleted_at IS NULL ORDER BY name COLLATE NOCASE, id LIMIT 100',
  },
  jump: {
    query: { offset: '90000' },
    plain: 'SELECT * FROM contacts WHERE deleted_at IS NULL ORDER BY name COLLATE NOCASE, id LIMIT 100 OFFSET 90000',
  },
  filter: {
    query: { where: filter('email', 'has', 'team17') },
    plain: `SELECT * FROM contacts WHERE deleted_at IS NULL AND email LIKE '%team17%' ORDER BY name COLLATE NOCASE, id LIMIT 100`,
  },
  sort: {
    query: { sort: '-touchedAt,name' },
    plain:
      'SELECT * FROM contacts WHERE deleted_at IS NULL ORDER BY touched_at IS NULL, touched_at DESC, name COLLATE NOCASE, id LIMIT 100',
  },
  'sort by company': {
    query: { sort: 'company' },
    plain:
      'SELECT t.*, c.name FROM contacts t LEFT JOIN companies c ON c.id = t.main_company WHERE t.deleted_at IS NULL ORDER BY c.name IS NULL, c.name COLLATE NOCASE, t.id LIMIT 100',
  },
  group: {
    query: { group: 'lifecycle', offset: '60000' },
    plain:
      'SELECT * FROM contacts WHERE deleted_at IS NULL ORDER BY lifecycle IS NULL, lifecycle, name COLLATE NOCASE, id LIMIT 100 OFFSET 60000',
  },
};

/** Every question is another one, so that no answer is one that was kept. */
async function timed(server: OurServer, kind: string, count: number): Promise<number[]> {
  const times: number[] = [];
  for (let at = 0; at < count; at++) {
    const { query } = questions[kind] ?? { query: {} };
    const asked = new URLSearchParams({ limit: String(90 + at), ...query });
    const started = performance.now();
    await server.call('GET', `/tables/contacts/rows?${asked}`);
    times.push(performance.now() - started);
  }
  return times;
}

/** The table of 100,000 contacts, over HTTP, against plain SQL on the same file. */
export const tables: Scenario = {
  name: 'tables',
  title: 'a window of the table of 100,000 contacts, over HTTP, against plain SQL on the same file without HTTP',
  rounds: 3,
  isOursAlone: true,
  targets: { 'first p95 ms': 300, 'jump p95 ms': 400, 'filter p95 ms': 200, 'sort p95 ms': 200, 'group p95 ms': 400 },
  async prepare(ground) {
    let dataDir = '';
    await ground.restart({
      whileDown(folder) {
        dataDir = folder;
        fillContacts(folder, ground.quick ? 10_000 : 100_000);
      },
    });
    const running = ground.running();
    if (!isOurs(running)) throw new Error('only our server has tables');
    return async (): Promise<Figures> => {
      const figures: Record<string, number> = {};
      for (const [kind, { plain }] of Object.entries(questions)) {
        // Nothing was answered meanwhile, and the server may just be closing the idle connection.
        await running.call('GET', '/tables/contacts').catch(() => pause(100));
        const times = await timed(running, kind, 12);
        const database = new Sqlite(fileIn(dataDir), { readonly: true });
        const statement = database.prepare(plain);
        const own = Array.from({ length: 6 }, () => {
          const started = performance.now();
          statement.all();
          return performance.now() - started;
        });
        database.close();
        figures[`${kind} p95 ms`] = quantile(times, 0.95);
        figures[`${kind} plain SQL p50 ms`] = quantile(own, 0.5);
      }
      await running.call('GET', '/tables/contacts').catch(() => pause(100));
      const started = performance.now();
      await running.call('GET', '/tables/contacts/summary?columns=name,email');
      figures['count ms'] = performance.now() - started;
      return figures;
    };
  },
};
