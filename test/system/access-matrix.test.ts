// Who may open what: every role, in every standing, on every kind of share, on every surface. The cells are generated and
// each is judged by the oracle in access-company.ts; a route that nobody classified fails the first test.
import { reports } from '@rapport/domain/reports/definitions';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectedAccess, foundCompany, type Company, type Employee, type SharedBoard } from './access-company.ts';
import { kindRoutes } from './access-kinds.ts';
import {
  adminRoutes,
  boardRoutes,
  gatheringRoutes,
  notOfABoard,
  nowhere,
  subjectOf,
  twoEnded,
  verdict,
} from './access-routes.ts';

let company: Company;
beforeAll(async () => void (company = await foundCompany()));
afterAll(() => company.stop());

const may = (person: Employee, board: SharedBoard) => expectedAccess(person, board.share);
const visibleTo = (person: Employee) => company.boards.filter((board) => may(person, board) !== 'none');
const cell = (person: Employee, board: SharedBoard, what: string) => `${person.name} · ${board.share.name} · ${what}`;
const admin = () => company.people.find(({ role }) => role === 'admin')?.call ?? expect.fail('no admin');
async function fresh(board: SharedBoard, what: 'deal' | 'stage'): Promise<string> {
  const path = what === 'deal' ? '/deals' : `/boards/${board.id}/stages`;
  const body = what === 'deal' ? { board: board.id, title: 'Common fresh' } : { name: 'Fresh' };
  return String((await admin()('POST', path, body)).body['id']);
}

test('every route is classified', async () => {
  const { paths } = (await (await fetch(`${company.server.url}/api/v1/openapi.json`)).json()) as {
    paths: Record<string, object>;
  };
  const there = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  const classified = [
    ...Object.keys(boardRoutes),
    ...gatheringRoutes,
    ...twoEnded,
    ...kindRoutes,
    ...notOfABoard,
    ...Object.keys(adminRoutes),
  ];
  expect([...new Set(classified)].toSorted()).toEqual(there.toSorted());
});

describe('one board over the API', () => {
  test.each(Object.entries(boardRoutes))('%s', async (route, { needs, ask }) => {
    const wrong: string[] = [];
    for (const person of company.people) {
      const ofNone = await ask({ company, person, on: nowhere, fresh: async () => nowhere.deal });
      for (const board of company.boards) {
        const expected = verdict(person, may(person, board), needs);
        const use = (what: 'deal' | 'stage') =>
          expected === 'done' ? fresh(board, what) : Promise.resolve(what === 'deal' ? board.deal : board.stage);
        const { status, body } = await ask({ company, person, on: subjectOf(board), fresh: use });
        const isFine =
          expected === 'as if missing'
            ? status >= 400 && status === ofNone.status && JSON.stringify(body) === JSON.stringify(ofNone.body)
            : expected === 'refused'
              ? status === 403
              : status < 300;
        if (!isFine)
          wrong.push(cell(person, board, `${expected}, but ${status} ${JSON.stringify(body).slice(0, 200)}`));
      }
    }
    expect(wrong, route).toEqual([]);
  });

  test('a transfer takes the right to edit both ends', async () => {
    const wrong: string[] = [];
    const [open] = company.boards;
    if (open === undefined) return;
    for (const person of company.people) {
      const away = (ids: string[], board: string, stage: string) =>
        person.call('POST', '/deals/transfer', { ids, board, stage });
      const [fromNowhere, toNowhere] = [
        await away([nowhere.deal], open.id, open.stage),
        await away([open.deal], nowhere.board, nowhere.stage),
      ];
      for (const board of company.boards.slice(1)) {
        const both = may(person, board) === 'edit' && may(person, open) === 'edit';
        const ends = [
          { from: board, to: open, unseen: fromNowhere },
          { from: open, to: board, unseen: toNowhere },
        ];
        for (const { from, to, unseen } of ends) {
          const id = both ? await fresh(from, 'deal') : from.deal;
          const { status, body } = await away([id], to.id, to.stage);
          const isUnseen = may(person, board) === 'none';
          const isFine = both
            ? status === 200
            : isUnseen
              ? status === unseen.status && JSON.stringify(body) === JSON.stringify(unseen.body)
              : status === 403;
          if (!isFine) wrong.push(cell(person, board, `${status} ${JSON.stringify(body)}`));
        }
      }
    }
    expect(wrong).toEqual([]);
  });
});

describe('what is gathered over boards', () => {
  const each = (what: string, look: (person: Employee, visible: readonly SharedBoard[]) => Promise<void>) =>
    test(what, async () => {
      for (const person of company.people) await look(person, visibleTo(person));
    });
  const idsOf = (boards: readonly SharedBoard[]) => boards.map(({ id }) => id).toSorted();
  /** Every line of a list and the total that it claims. */
  async function lines(person: Employee, path: string) {
    const { status, body } = await person.call('GET', `${path}${path.includes('?') ? '&' : '?'}limit=500`);
    expect(status, `${person.name} ${path}`).toBe(200);
    const items = body.items ?? [];
    return { items, total: Number(body['total']) };
  }
  const boardsIn = (items: readonly Record<string, unknown>[], key: string) =>
    [...new Set(items.map((item) => String(item[key])))].toSorted();
  // The workspace came with a board of its own, for everybody.
  const ours = (ids: readonly string[]) => ids.filter((id) => company.boards.some((board) => board.id === id));

  each('boards, and what one may do with them', async (person, visible) => {
    const { items } = await lines(person, '/boards');
    expect(ours(boardsIn(items, 'id')), person.name).toEqual(idsOf(visible));
    for (const board of visible)
      expect(items.find(({ id }) => id === board.id)?.['access'], cell(person, board, 'access')).toBe(
        may(person, board),
      );
    expect((await lines(person, '/boards?q=private')).total).toBe(
      visible.some(({ share }) => share.name === 'private') ? 1 : 0,
    );
  });

  each('deals, searched and counted', async (person, visible) => {
    for (const path of ['/deals', '/deals?q=common', '/deals?company=Acme', '/deals?status=won']) {
      const { items, total } = await lines(person, path);
      expect(boardsIn(items, 'board'), `${person.name} ${path}`).toEqual(idsOf(visible));
      expect(total).toBe(items.length);
    }
    for (const board of company.boards) {
      const { total } = await lines(person, `/deals?board=${board.id}`);
      expect(total > 0, cell(person, board, 'deals')).toBe(visible.includes(board));
      const signals = (await person.call('GET', `/boards/${board.id}/signals`)).body['items'] as object;
      expect(Object.keys(signals).length > 0, cell(person, board, 'signals')).toBe(visible.includes(board));
    }
  });

  each('activity', async (person, visible) => {
    const { query } = await company.server.services.host.open(company.id);
    // Of deals: what happens to records that lie on no board is counted with their kinds.
    const { items, total } = await lines(person, '/activity?raw=1&noun=deal');
    const count = query.get<{ n: number }>(
      `SELECT count(*) AS n FROM activity WHERE noun = 'deal' AND board_id IN (SELECT value FROM json_each(?))`,
      [JSON.stringify(idsOf(visible))],
    );
    expect(total, person.name).toBe(count?.n);
    expect(total, person.name).toBeGreaterThan(0);
    expect(idsOf(visible)).toEqual(expect.arrayContaining(boardsIn(items, 'board')));
    for (const board of company.boards) {
      for (const path of [`/activity?board=${board.id}`, `/activity?record=${board.deal}`])
        expect((await lines(person, path)).total > 0, cell(person, board, path)).toBe(visible.includes(board));
    }
  });

  each('odd values and imports', async (person, visible) => {
    const odd = await lines(person, '/data-quality');
    const named = [...new Set(odd.items.map(({ doc }) => String(doc).slice('board/'.length).split('~')[0] ?? ''))];
    expect(named.toSorted(), person.name).toEqual(idsOf(visible));
    expect(boardsIn((await lines(person, '/imports')).items, 'board'), person.name).toEqual(idsOf(visible));
    for (const board of company.boards)
      expect((await lines(person, `/data-quality?board=${board.id}`)).total > 0).toBe(visible.includes(board));
  });

  test('every report counts what is visible, and nothing else', async () => {
    const ask = async (call: Employee['call'], name: string, more = '') =>
      await call('GET', `/reports/${name}?timeZone=UTC${name === 'value-by' ? '&dimension=company' : ''}${more}`);
    for (const { name } of reports) {
      const n = new Map<string, number>();
      for (const { id } of company.boards) n.set(id, Number((await ask(admin(), name, `&board=${id}`)).body['n']));
      for (const person of company.people) {
        const visible = visibleTo(person);
        const all = await ask(person.call, name);
        expect(all.body['n'], `${person.name} ${name}`).toBe(
          visible.reduce((sum, { id }) => sum + (n.get(id) ?? 0), 0),
        );
        for (const { id } of company.boards.filter((board) => !visible.includes(board)))
          expect(JSON.stringify(all.body), `${person.name} ${name}`).not.toContain(id);
        const hidden = company.boards.find((board) => !visible.includes(board));
        if (hidden === undefined) continue;
        const [one, none] = [
          await ask(person.call, name, `&board=${hidden.id}`),
          await ask(person.call, name, `&board=${nowhere.board}`),
        ];
        expect([one.status, one.body]).toEqual([none.status, none.body]);
      }
    }
    for (const person of company.people) {
      const { items, total } = await lines(person, '/reports/deals');
      expect(boardsIn(items, 'board'), person.name).toEqual(idsOf(visibleTo(person)));
      expect(total).toBe(items.length);
    }
  });

  test('a whole workspace is for admins', async () => {
    for (const person of company.people.filter(({ role }) => role !== 'admin'))
      for (const [route, ask] of Object.entries(adminRoutes))
        expect((await ask(person)).status, `${person.name} ${route}`).toBe(403);
  });
});
