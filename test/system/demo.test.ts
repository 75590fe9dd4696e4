import { expect, test } from 'vitest';
import { withBoardApi } from './board-api-fixture.ts';

const { api } = withBoardApi();

const count = async (path: string): Promise<unknown> => (await api('GET', `${path}?limit=1`)).body['total'];
const counts = async () => ({
  companies: await count('/companies'),
  contacts: await count('/contacts'),
  deals: await count('/deals'),
  notes: await count('/notes'),
  forms: await count('/forms'),
});

test('the sample brings customers, people, deals and notes that know each other, and goes as a whole', async () => {
  const before = await counts();
  const added = await api('POST', '/demo', {});
  expect(added.status).toBe(201);
  const full = await counts();
  expect(full).toMatchObject({ companies: 24, deals: 104, notes: 3, forms: 1 });
  expect(full.contacts).toBeGreaterThan(48);

  const deals = (await api('GET', '/deals?limit=500')).body.items ?? [];
  expect(new Set(deals.map((deal) => deal['board']))).toEqual(new Set([added.body['board']]));
  const ofContacts = (await api('GET', '/contacts?limit=500')).body.items ?? [];
  const companyOf = new Map(ofContacts.map(({ id, company }) => [id, (company as { id: string } | null)?.id]));
  // Every deal's person works at the deal's company.
  expect(deals.filter((deal) => deal['company'] !== companyOf.get(String(deal['contact'])))).toEqual([]);

  expect((await api('DELETE', '/demo')).status).toBe(204);
  expect(await counts()).toEqual(before);
  expect((await api('DELETE', '/demo')).status).toBe(404);
});
