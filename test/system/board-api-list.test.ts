import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { fieldsOf, type Board, withBoardApi } from './board-api-fixture.ts';

const { at, api, makeBoard, makeDeal } = withBoardApi();

describe('the list', () => {
  const day = 86_400_000;
  let board: Board;
  let all: Record<string, unknown>[];

  beforeAll(async () => {
    board = await makeBoard('List');
    const { Open, Next, Won, Lost } = board.stages;
    for (let i = 0; i < 40; i++)
      await makeDeal(board, ['beta', 'Alpha', 'beta', 'Über', 'gamma 100%', "O'Hara"][i % 6] ?? '', {
        stage: [Open, Next, Won, Lost][i % 4],
        ...(i % 3 === 0 ? {} : { value: { minor: (i % 5) * 100, currency: 'EUR' } }),
        ...(i % 4 === 3 ? { lostReason: 'Price' } : {}),
        ...(i % 2 === 0 ? {} : { owner: at.owners[i % 3], company: `C${i % 4}` }),
        ...(i % 5 === 0 ? { expectedClose: `2026-0${1 + (i % 9)}-01` } : {}),
        createdAt: 1_700_000_000_000 + (i % 7) * day,
      });
    all = (await api('GET', `/deals?board=${board.id}&limit=500`)).body.items ?? [];
    expect(all).toHaveLength(40);
  });

  test.each<[string, (deal: Record<string, unknown>) => boolean]>([
    ['status=open', (deal) => deal['status'] === 'open'],
    ['status=lost', (deal) => deal['status'] === 'lost'],
    ['owner=$1', (deal) => deal['owner'] === at.owners[1]],
    ['company=C3', (deal) => deal['company'] === 'C3'],
    ['q=alph', (deal) => deal['title'] === 'Alpha'],
    ['q=0%25', (deal) => String(deal['title']).includes('0%')],
    ['q=_', () => false],
    ["q=o'h", (deal) => deal['title'] === "O'Hara"],
    ['status=won&owner=$2', (deal) => deal['status'] === 'won' && deal['owner'] === at.owners[2]],
  ])('is filtered by %s', async (filter, fits) => {
    const { body } = await api(
      'GET',
      `/deals?board=${board.id}&limit=500&${filter.replace(/\$(\d)/, (_all, index) => at.owners[Number(index)] ?? '')}`,
    );
    const expected = all.filter(fits).map(({ id }) => id);
    expect([body.items?.map(({ id }) => id), body['total']]).toEqual([expected, expected.length]);
  });

  test('[BL1] pages put together are the whole, each deal once, in order, with ties and empty values', async () => {
    const names = ['title', 'value', 'company', 'owner', 'expectedClose', 'createdAt', 'closedAt', 'rank', 'id'];
    const orders = fc.uniqueArray(fc.tuple(fc.constantFrom(...names), fc.boolean()), {
      selector: ([name]) => name,
      minLength: 1,
      maxLength: 3,
    });
    await fc.assert(
      fc.asyncProperty(orders, fc.integer({ min: 1, max: 17 }), async (order, limit) => {
        const sort = order.map(([name, down]) => (down ? `-${name}` : name)).join(',');
        const path = `/deals?board=${board.id}&sort=${sort}`;
        const whole = (await api('GET', `${path}&limit=500`)).body.items?.map(({ id }) => id);
        const paged: unknown[] = [];
        for (let cursor = ''; ;) {
          const { body } = await api('GET', `${path}&limit=${limit}${cursor}`);
          paged.push(...(body.items ?? []).map(({ id }) => id));
          expect(body['total']).toBe(40);
          if (body['nextCursor'] === null) break;
          cursor = `&cursor=${String(body['nextCursor'])}`;
        }
        expect(paged).toEqual(whole);
        expect(new Set(paged).size).toBe(40);
      }),
      { numRuns: 25 },
    );
  });

  test('sorts by what it says, and refuses what it does not know', async () => {
    const { body } = await api('GET', `/deals?board=${board.id}&sort=-value,title&limit=500`);
    const values = body.items?.map(({ value }) => (value as { minor: number } | null)?.minor ?? -1) ?? [];
    expect(values).toEqual([...values].sort((a, b) => b - a));
    expect(fieldsOf(await api('GET', '/deals?sort=colour'))).toEqual([400, 'invalid', { sort: expect.any(String) }]);
    for (const cursor of ['x', 'W10', 'bnVsbA', 'WzEsMl0'])
      expect((await api('GET', `/deals?cursor=${cursor}`)).status).toBe(400);
    expect((await api('GET', '/deals?limit=501')).status).toBe(400);
    expect(fieldsOf(await api('GET', '/deals?stge=x'))).toEqual([400, 'invalid', { stge: 'is not a known field' }]);
  });
});
