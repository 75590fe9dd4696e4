import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import {
  caller,
  joinAs,
  makeKey,
  makeWorkspace,
  openServer,
  signIn,
  signUp,
  type Person,
  type TestServer,
} from './server-fixture.ts';

interface Line {
  readonly id: string;
  readonly at: number;
  readonly actor: { id: string; name: string } | null;
  readonly key: { id: string; name: string } | null;
  readonly action: string;
  readonly target: { id: string; name: string | null } | null;
  readonly detail: Record<string, unknown>;
}

let clock = Date.UTC(2026, 2, 4, 9);
let server: TestServer;
let ana: Person;
let path: string;
let workspaceId: string;
beforeAll(async () => {
  server = await openServer({ replace: { now: () => clock } });
  ana = await signUp(server, 'Ana');
  ({ path, id: workspaceId } = await makeWorkspace(ana));
});
afterAll(() => server.stop());

const log = async (query = ''): Promise<Line[]> =>
  ((await ana.call('GET', `${path}/audit?limit=500${query}`)).body.items ?? []) as unknown as Line[];
/** Lines newer than the newest there is before `work`, oldest first, as [actor, action, target, detail]. */
async function written(work: () => Promise<unknown>): Promise<unknown[]> {
  const before = new Set((await log()).map(({ id }) => id));
  await work();
  const fresh = (await log()).filter(({ id }) => !before.has(id)).toReversed();
  return fresh.map(({ actor, action, target, detail }) => [actor?.name ?? null, action, target?.name ?? null, detail]);
}

describe('what is written down', () => {
  test('joining, roles, keys, sign-ins and their failures, leaving', async () => {
    expect((await log()).map(({ action }) => action)).toEqual(['workspace-made']);
    let ben: Person & { memberId: string } = { ...ana, memberId: '' };
    expect(
      await written(async () => {
        ben = await joinAs(server, ana, path, 'Ben', 'member');
      }),
    ).toEqual([
      ['Ana', 'invitation-made', 'ben@team.example', { role: 'member', forOneAddress: true, days: 7 }],
      ['Ben', 'invitation-used', 'ben@team.example', { role: 'member' }],
    ]);
    expect(
      await written(async () => {
        await ana.call('PATCH', `${path}/members/${ben.memberId}`, { role: 'manager' });
        await ana.call('PATCH', `${path}/members/${ben.memberId}`, { colour: 3 });
        await signIn(server, ben.email);
        await caller(server)('POST', '/api/auth/sign-in/email', { email: ben.email, password: 'not that one' });
        await caller(server)('POST', '/api/auth/sign-in/email', { email: 'nobody@team.example', password: 'x' });
        await ben.call('POST', '/api/auth/sign-out', {});
      }),
    ).toEqual([
      ['Ana', 'role-changed', 'Ben', { from: 'member', to: 'manager' }],
      ['Ben', 'signed-in', 'Ben', { method: 'password', device: 'A program' }],
      [null, 'sign-in-failed', 'Ben', { method: 'password' }],
      ['Ben', 'signed-out', 'Ben', {}],
    ]);
    expect(
      await written(async () => {
        const { id, key } = await makeKey(ana, path, 'viewer');
        const use = () => caller(server, { authorization: `Bearer ${key}` })('GET', `${path}/members`);
        await use();
        clock += 3_600_000;
        await use();
        clock += 24 * 3_600_000;
        await use();
        await ana.call('DELETE', `${path}/api-keys/${id}`);
        await ana.call('DELETE', `${path}/members/${ben.memberId}`);
      }),
    ).toEqual([
      ['Ana', 'key-made', 'A program', { role: 'viewer' }],
      ['Ana', 'key-used', 'A program', {}],
      ['Ana', 'key-used', 'A program', {}],
      ['Ana', 'key-revoked', 'A program', {}],
      ['Ana', 'member-removed', 'Ben', {}],
    ]);
  });

  test('no line holds a name, an address or a password', () => {
    const rows = JSON.stringify(server.services.control.handle.prepare('SELECT * FROM audit').all());
    expect(rows).not.toMatch(/Ana|Ben|team\.example|correct horse|not that one/);
  });

  test('nobody changes or deletes a line, not even the server', async () => {
    const { handle } = server.services.control;
    const count = (await log()).length;
    for (const sql of ["UPDATE audit SET actor = 'x'", 'DELETE FROM audit', 'DELETE FROM audit WHERE at < 0 OR 1'])
      expect(() => handle.exec(sql)).toThrow('only added to');
    expect(await log()).toHaveLength(count);
  });

  test('a change that cannot be written down is not done', async () => {
    const { handle } = server.services.control;
    handle.exec("CREATE TRIGGER full BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'no room'); END");
    const refused = await ana.call('POST', `${path}/invitations`, { role: 'viewer' });
    handle.exec('DROP TRIGGER full');
    expect(refused.status).toBe(500);
    const open = (await ana.call('GET', `${path}/invitations`)).body.items ?? [];
    expect(open.filter((each) => each['status'] === 'open')).toEqual([]);
  });
});

describe('reading it', () => {
  test('filters, pages, and only for administrators of this workspace', async () => {
    const cas = await joinAs(server, ana, path, 'Cas', 'manager');
    const stranger = await signUp(server, 'Stranger');
    for (const who of [cas, stranger])
      for (const what of ['audit', 'audit.csv']) expect((await who.call('GET', `${path}/${what}`)).status).toBe(403);
    const all = await log();
    expect(all.map(({ at }) => at)).toEqual(all.map(({ at }) => at).toSorted((a, b) => b - a));
    expect((await log('&action=key-used')).map(({ action }) => action)).toEqual(['key-used', 'key-used']);
    expect(new Set((await log(`&actor=${cas.memberId}`)).map(({ actor }) => actor?.name))).toEqual(new Set(['Cas']));
    const day = '2026-03-05T00:00:00Z';
    const [before, since] = [await log(`&to=${day}`), await log(`&from=${day}`)];
    expect(before.length * since.length).toBeGreaterThan(0);
    expect([...since, ...before].map(({ id }) => id)).toEqual(all.map(({ id }) => id));
    expect((await ana.call('GET', `${path}/audit?action=nothing`)).status).toBe(400);
    expect((await ana.call('GET', `${path}/audit?from=yesterday`)).status).toBe(400);

    const seen: string[] = [];
    let cursor = '';
    do {
      const { body } = await ana.call('GET', `${path}/audit?limit=4${cursor}`);
      expect(body['total']).toBe(all.length);
      seen.push(...(body.items ?? []).map((each) => String(each['id'])));
      cursor = body['nextCursor'] === null ? '' : `&cursor=${String(body['nextCursor'])}`;
    } while (cursor !== '');
    expect(seen).toEqual(all.map(({ id }) => id));
  });

  test('the CSV is whole, and nothing in it runs in a spreadsheet', async () => {
    await ana.call('PATCH', `${path}/me`, { name: '=HYPERLINK("https://evil.example")' });
    const all = await log();
    const reply = await ana.call('GET', `${path}/audit.csv`);
    expect(reply.headers.get('content-disposition')).toContain('audit-log.csv');
    const lines = String(reply.body['text']).trimEnd().split('\r\n');
    // The heading; and the download itself, which is a line by the time it is read.
    expect(lines).toHaveLength(all.length + 2);
    expect(lines[0]).toContain('"Time","Who"');
    expect(lines.filter((line) => /"[=+@-]/.test(line))).toEqual([]);
    expect(lines[1]).toContain(`"'=HYPERLINK(""https://evil.example"")"`);
    await ana.call('PATCH', `${path}/me`, { name: 'Ana' });
  });
});

describe('removing a person', () => {
  interface Deal {
    readonly id: string;
    readonly owner: string | null;
  }
  const deals = async (): Promise<Map<string, string | null>> => {
    const { body } = await ana.call('GET', `${path}/deals?limit=500`);
    return new Map(((body.items ?? []) as unknown as Deal[]).map(({ id, owner }) => [id, owner]));
  };

  test('their open deals go to whom is chosen, live and in the history; closed ones keep their name', async () => {
    const ida = await joinAs(server, ana, path, 'Ida', 'member');
    const joe = await joinAs(server, ana, path, 'Joe', 'member');
    const board = (await ana.call('GET', `${path}/boards`)).body.items?.[0] ?? {};
    const stages = (await ana.call('GET', `${path}/boards/${String(board['id'])}/stages`)).body.items ?? [];
    const make = async (title: string, owner: string) =>
      String((await ana.call('POST', `${path}/deals`, { board: board['id'], title, owner })).body['id']);
    const [first, second, won, other] = [
      await make('First', ida.memberId),
      await make('Second', ida.memberId),
      await make('Won', ida.memberId),
      await make('Other', joe.memberId),
    ];
    const wonStage = stages.find((each) => each['kind'] === 'won')?.['id'];
    expect((await ana.call('POST', `${path}/deals/${won}/move`, { stage: wonStage })).status).toBe(200);
    const live = new WebSocket(`${server.url.replace('http', 'ws')}/live/${workspaceId}`, {
      headers: { cookie: ida.cookie, origin: server.url },
    });
    const closed = new Promise<number>((resolve) => live.once('close', resolve));
    await new Promise((resolve) => live.once('open', resolve));
    await expect.poll(() => server.services.sockets.all().length).toBe(1);

    for (const dealsTo of ['nobody-here', ida.memberId])
      expect((await ana.call('DELETE', `${path}/members/${ida.memberId}?dealsTo=${dealsTo}`)).status).toBe(400);
    const lines = await written(() => ana.call('DELETE', `${path}/members/${ida.memberId}?dealsTo=${joe.memberId}`));
    expect(await closed).toBe(4403);
    expect(lines).toEqual([
      ['Ana', 'member-removed', 'Ida', {}],
      ['Ana', 'deals-reassigned', 'Ida', { to: joe.memberId, deals: 2 }],
    ]);
    expect(Object.fromEntries(await deals())).toMatchObject({
      [first]: joe.memberId,
      [second]: joe.memberId,
      [won]: ida.memberId,
      [other]: joe.memberId,
    });
    const { body } = await ana.call('GET', `${path}/activity?record=${first}`);
    expect(body.items?.[0]).toMatchObject({ kind: 'changed', field: 'owner' });
    const gone = (await ana.call('GET', `${path}/members?include=removed`)).body.items ?? [];
    expect(gone.find(({ id }) => id === ida.memberId)).toMatchObject({ name: 'Ida', status: 'removed' });
    expect((await ida.call('GET', `${path}/deals`)).status).toBe(403);

    // Who leaves by themselves may do it, too; to nobody is a choice.
    expect((await joe.call('DELETE', `${path}/members/${joe.memberId}?dealsTo=none`)).status).toBe(204);
    expect(Object.fromEntries(await deals())).toMatchObject({ [first]: null, [second]: null, [other]: null });
  });

  test('deals of whoever left without it can be handed over later, by an administrator', async () => {
    const kim = await joinAs(server, ana, path, 'Kim', 'member');
    const board = (await ana.call('GET', `${path}/boards`)).body.items?.[0] ?? {};
    const { body } = await kim.call('POST', `${path}/deals`, {
      board: board['id'],
      title: 'Left',
      owner: kim.memberId,
    });
    await ana.call('DELETE', `${path}/members/${kim.memberId}`);
    expect((await deals()).get(String(body['id']))).toBe(kim.memberId);
    const anaId = String((await ana.call('GET', `${path}/me`)).body['id']);
    const done = await ana.call('POST', `${path}/members/${kim.memberId}/hand-over`, { to: anaId });
    expect(done.body).toEqual({ deals: 1 });
    expect((await deals()).get(String(body['id']))).toBe(anaId);
  });
});
