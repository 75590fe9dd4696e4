// Every kind of thing that can be shared, in every role and standing, on every kind of share: one entry of access-kinds.ts
// each. What is asked for is judged by the oracle of access-company.ts.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectedAccess, foundCompany, shareKinds, type Company, type Employee } from './access-company.ts';
import { kinds, probesOf, type Kind } from './access-kinds.ts';
import { openSync } from './access-line.ts';

let company: Company;
beforeAll(async () => void (company = await foundCompany()));
afterAll(() => company.stop());

const missing = '01HZZZZZZZZZZZZZZZZZZZZZZZ';
const toSync = { none: 4403, view: 'read', edit: 'write' } as const;

const places = new Map<string, Promise<object>>();

async function makeOne({ noun, path, make, within, title }: Kind, name: string): Promise<string> {
  if (within !== undefined && !places.has(noun)) places.set(noun, within(owner()));
  const { status, body } = await owner().call('POST', path, { ...make, ...(await places.get(noun)), [title]: name });
  expect(status, JSON.stringify(body)).toBeLessThan(300);
  return String(body['id']);
}
const owner = (): Employee => company.people.find(({ isOwner }) => isOwner) ?? expect.fail('no owner');
async function share(id: string, name: string): Promise<void> {
  // Shared exactly as the company's board of this kind is.
  const asPut = company.boards.find((each) => each.share.name === name)?.asPut;
  const { status, body } = await owner().call('PUT', `/shares/${id}`, asPut);
  expect(status, JSON.stringify(body)).toBe(200);
}

/** The things of all kinds, for what answers with several. */
const all: { readonly id: string; readonly share: (typeof shareKinds)[number] }[] = [];

describe.each(kinds)('$noun', (kind) => {
  const things: { readonly id: string; readonly share: (typeof shareKinds)[number] }[] = [];
  beforeAll(async () => {
    for (const each of shareKinds) {
      const id = await makeOne(kind, `Peculiar ${each.name}`);
      await share(id, each.name);
      things.push({ id, share: each });
      all.push({ id, share: each });
    }
  });
  const cells = () => company.people.flatMap((person) => things.map((thing) => ({ person, thing })));

  test.each(Object.entries(probesOf(kind)))('%s', async (route, { needs, part, ask, usesUp }) => {
    const wrong: unknown[] = [];
    const nobodys = await Promise.all(company.people.map((person) => ask(person, missing, '1')));
    const parts = new Map<string, string>();
    for (const { id } of things) parts.set(id, (await part?.(owner(), id, company)) ?? '1');
    for (const { person, thing } of cells()) {
      const has = expectedAccess(person, thing.share);
      const isAllowed = has === 'edit' || has === needs;
      const isUsedUp = isAllowed && (usesUp === true || route.startsWith('DELETE'));
      const id = isUsedUp && part === undefined ? await makeOne(kind, 'Passing') : thing.id;
      if (id !== thing.id) await share(id, thing.share.name);
      const about = isUsedUp ? await part?.(owner(), id, company) : parts.get(id);
      const { status, body } = await ask(person, id, about ?? '1');
      const ofNone = nobodys[company.people.indexOf(person)];
      const isFine = isAllowed
        ? status < 300
        : has === 'none'
          ? status === ofNone?.status && JSON.stringify(body) === JSON.stringify(ofNone.body)
          : status === 403;
      if (!isFine) wrong.push([person.name, thing.share.name, has, status, JSON.stringify(body).slice(0, 200)]);
    }
    expect(wrong).toEqual([]);
  });

  test('lists, their totals and their search have what one may open', async () => {
    for (const person of company.people) {
      const visible = things.filter(({ share: each }) => expectedAccess(person, each) !== 'none');
      const { status, body } = await person.call('GET', `${kind.path}?q=Peculiar&limit=500`);
      expect(status, person.name).toBe(200);
      const ids = (body.items ?? [])
        .map(({ id }) => String(id))
        .filter((id) => things.some((thing) => thing.id === id));
      expect(ids.toSorted(), person.name).toEqual(visible.map(({ id }) => id).toSorted());
      expect(Number(body['total']), person.name).toBe(body.items?.length);
    }
  });

  test('the feed tells of what one may open', async () => {
    for (const { person, thing } of cells()) {
      const { body } = await person.call('GET', `/activity?record=${thing.id}&raw=1`);
      if (expectedAccess(person, thing.share) === 'none') expect(body['total'], person.name).toBe(0);
    }
  });

  test('the document is read, written or closed as shared', async () => {
    const wrong: unknown[] = [];
    for (const { person, thing } of cells()) {
      const line = openSync(company.server.url, `${company.id}/${kind.noun}/${thing.id}?x=1&token=${person.key}`);
      const letIn = await line.tryEdit();
      line.socket.terminate();
      if (letIn !== toSync[expectedAccess(person, thing.share)]) wrong.push([person.name, thing.share.name, letIn]);
    }
    expect(wrong).toEqual([]);
  });

  test('the audit log says by name how it was shared, and that an administrator opened what is not shared with them', async () => {
    const linesOf = async (action: string) => {
      const { body } = await company.admin.call('GET', `${company.path}/audit?limit=500&action=${action}`);
      return (body.items ?? []).map(({ target }) => target as { id: string; name: string | null });
    };
    const [shared, opened] = [await linesOf('share-changed'), await linesOf('opened-by-admin')];
    for (const { id, share: each } of things) {
      expect(shared.find((line) => line.id === id)?.name, id).toContain('Peculiar');
      if (each.name === 'private') expect(opened.map((line) => line.id)).toContain(id);
    }
  });
});

test('no answer of any route without an id of its own names what one may not open', async () => {
  const { paths } = (await (await fetch(`${company.server.url}/api/v1/openapi.json`)).json()) as {
    paths: Record<string, object>;
  };
  const routes = Object.entries(paths).flatMap(([path, methods]) =>
    'get' in methods && path.startsWith('/w/{ws}/') && !path.replace('{ws}', '').includes('{')
      ? [path.slice('/w/{ws}'.length)]
      : [],
  );
  // Whole workspaces are for admins, who open everything.
  const asked = routes.filter((route) => !['/export', '/audit.csv'].includes(route));
  expect(asked.length).toBeGreaterThan(10);
  let told = 0;
  for (const person of company.people.filter(({ role }) => role !== 'admin')) {
    const hidden = all.filter(({ share: each }) => expectedAccess(person, each) === 'none');
    for (const route of asked)
      for (const query of ['?limit=500', '?limit=500&q=Peculiar', '?q=Peculiar', '']) {
        const { status, body } = await person.call('GET', route + query);
        const text = JSON.stringify(body);
        if (status === 200) told += 1;
        for (const { id } of hidden) expect(text, `${person.name} ${route}${query}`).not.toContain(id);
      }
  }
  expect(told).toBeGreaterThan(company.people.length * 5);
});
