import { Hono } from 'hono';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Read, WorkspaceEnv } from '../http/workspace-context.node.ts';
import { makeTables } from '../reports/dev/tables.node.ts';
import type { ActivityList } from './entry.ts';
import { activityRoutes } from './routes.ts';

const { database, tables } = makeTables();
const app = new Hono<WorkspaceEnv>();
const read: Read = async (job, args) => job.run(tables, args, 0);
app.use(async (c, next) => {
  // The feed uses nothing else of the workspace.
  c.set('workspace', { read, query: tables } as never);
  await next();
});
app.route('/', activityRoutes());

const get = async (path: string) => {
  const reply = await app.request(`/activity${path}`);
  expect(reply.status).toBe(200);
  return (await reply.json()) as ActivityList;
};

const insert = database.prepare(
  `INSERT INTO activity (id, at, actor, agent, offline, noun, doc, board_id, record, title, kind, field, "from", "to", value_minor, value_currency)
   VALUES (?, ?, ?, NULL, ?, 'deal', 'board/b', 'b', ?, ?, ?, ?, ?, ?, ?, ?)`,
);
let id = 0;
/** `Ana 5s changed value 1→2`: who, at which second, what kind, which field, from → to; on deal d1. */
function happened(line: string, { record = 'd1', offline = 0 } = {}): void {
  const [actor = '', at = '', kind = '', field = '', change = ''] = line.split(' ');
  const [from = '', to = ''] = change.split('→');
  const json = (text: string) => (text === '' ? null : JSON.stringify(text));
  id += 1;
  insert.run(
    id,
    Number.parseInt(at, 10) * 1000,
    actor,
    offline,
    record,
    `Deal ${record}`,
    kind,
    field === '' ? null : field,
    json(from),
    json(to),
    100,
    'EUR',
  );
}
const told = (list: ActivityList) =>
  list.items.map(({ actor, from, to, merged }) => `${actor} ${from as string}→${to as string} ×${merged}`);

describe('GET /activity', () => {
  beforeEach(() => {
    database.exec('DELETE FROM activity');
    id = 0;
  });

  it.each([
    ['one change', ['Ana 0s changed value 1→2'], ['Ana 1→2 ×1']],
    [
      'a burst is one line',
      ['Ana 0s changed value 1→2', 'Ana 50s changed value 2→3', 'Ana 100s changed value 3→4'],
      ['Ana 1→4 ×3'],
    ],
    ['a pause ends it', ['Ana 0s changed value 1→2', 'Ana 61s changed value 2→3'], ['Ana 2→3 ×1', 'Ana 1→2 ×1']],
    [
      'another field is another line',
      ['Ana 0s changed value 1→2', 'Ana 1s changed title a→b'],
      ['Ana a→b ×1', 'Ana 1→2 ×1'],
    ],
    [
      'a colleague in between ends it',
      ['Ana 0s changed value 1→2', 'Ben 1s changed value 2→3', 'Ana 2s changed value 3→4'],
      ['Ana 3→4 ×1', 'Ben 2→3 ×1', 'Ana 1→2 ×1'],
    ],
    [
      'a colleague on another field does not',
      ['Ana 0s changed value 1→2', 'Ben 1s changed title a→b', 'Ana 2s changed value 2→3'],
      ['Ana 1→3 ×2', 'Ben a→b ×1'],
    ],
    [
      'won is never drawn together',
      ['Ana 0s won stage a→b', 'Ana 1s reopened stage b→a', 'Ana 2s won stage a→b'],
      ['Ana a→b ×1', 'Ana b→a ×1', 'Ana a→b ×1'],
    ],
  ])('%s', async (_what, lines, expected) => {
    for (const line of lines) happened(line);
    expect(told(await get(''))).toEqual(expected);
    const raw = await get('?raw=1');
    expect(raw.items).toHaveLength(lines.length);
    expect(raw.total).toBe(lines.length);
  });

  it('pages without losing or repeating a change, whatever is drawn together', async () => {
    for (let step = 0; step < 60; step += 1)
      happened(`${step % 7 === 0 ? 'Ben' : 'Ana'} ${step * 20}s changed value ${step}→${step + 1}`, {
        record: `d${step % 3}`,
      });
    for (const limit of [1, 3, 50]) {
      const items: ActivityList['items'] = [];
      let before = '';
      for (;;) {
        const page: ActivityList = await get(`?limit=${limit}${before === '' ? '' : `&before=${before}`}`);
        items.push(...page.items);
        if (page.nextCursor === null) break;
        before = page.nextCursor;
      }
      expect(items.reduce((sum, entry) => sum + entry.merged, 0)).toBe(60);
      expect(new Set(items.map((entry) => entry.id)).size).toBe(items.length);
    }
  });

  it('filters by record, actor, kind, and what is newer', async () => {
    happened('Ana 0s created');
    happened('Ben 1s moved stage a→b');
    happened('Ben 2s won stage b→c', { record: 'd2', offline: 1 });
    expect((await get('?record=d2')).items).toMatchObject([
      { record: 'd2', kind: 'won', offline: true, board: 'b', value: { minor: 100, currency: 'EUR' } },
    ]);
    expect((await get('?actor=Ana')).items.map((entry) => entry.kind)).toEqual(['created']);
    expect((await get('?kind=won,lost')).items.map((entry) => entry.id)).toEqual([3]);
    expect((await get('?after=1')).items.map((entry) => entry.id)).toEqual([3, 2]);
    expect((await get('?noun=contact')).items).toEqual([]);
  });

  it('refuses what it does not know by its name', async () => {
    const reply = await app.request('/activity?limt=3');
    expect(reply.status).toBe(400);
    expect(await reply.json()).toEqual({
      error: { code: 'invalid', message: 'limt is not a known field.', fields: { limt: 'is not a known field' } },
    });
  });
});
