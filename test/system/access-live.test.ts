// The same matrix on open connections: documents, the live channel, presence; and what a change of a share, a team or a
// role does to them while they are open.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type * as Y from 'yjs';
import { expectedAccess, foundCompany, type Company, type Employee, type SharedBoard } from './access-company.ts';
import { openSync, type SyncLine } from './access-line.ts';
import { joinAs, makeKey, type Person } from './server-fixture.ts';

let company: Company;
const lines: { close(): void }[] = [];
beforeAll(async () => void (company = await foundCompany()));
afterAll(async () => {
  for (const line of lines) line.close();
  await company.stop();
});

const may = (person: Employee, board: SharedBoard) => expectedAccess(person, board.share);
const toSync = { none: 4403, view: 'read', edit: 'write' } as const;
const sync = (doc: string, key: string): SyncLine => {
  const line = openSync(company.server.url, `${company.id}/${doc}?x=1&token=${key}`);
  lines.push(line.socket);
  return line;
};
const asBrowser = (doc: string, person: Person): SyncLine => {
  const line = openSync(company.server.url, `${company.id}/${doc}?x=1`, {
    cookie: person.cookie,
    origin: company.server.url,
  });
  lines.push(line.socket);
  return line;
};
const board = (name: string): SharedBoard => {
  const found = company.boards.find(({ share }) => share.name === name);
  if (found === undefined) throw new Error(`no board ${name}`);
  return found;
};
async function listen(key: string): Promise<{ heard: { type: string; docs?: string[]; tables?: string[] }[] }> {
  const socket = new WebSocket(`${company.server.url.replace('http', 'ws')}/live/${company.id}?token=${key}`);
  lines.push(socket);
  const heard: { type: string }[] = [];
  socket.on('message', (data: Buffer) => heard.push(JSON.parse(data.toString()) as { type: string }));
  await new Promise((resolve) => socket.once('open', resolve));
  return { heard };
}

describe('documents', () => {
  test('a board and its archive are read, written or closed as shared', async () => {
    const wrong: unknown[] = [];
    for (const person of company.people)
      for (const each of company.boards)
        for (const doc of [each.doc, each.archive]) {
          const line = sync(doc, person.key);
          const letIn = await line.tryEdit();
          line.socket.terminate();
          if (letIn !== toSync[may(person, each)]) wrong.push([person.name, each.share.name, doc, letIn]);
        }
    expect(wrong).toEqual([]);
  });

  test('what is not there is closed like what is hidden; imports and other people’s documents are closed', async () => {
    const codeOf = async (doc: string, key: string) => {
      const line = sync(doc, key);
      const letIn = await line.tryEdit();
      line.socket.terminate();
      return letIn;
    };
    for (const person of company.people) {
      const hidesSome = company.boards.some((each) => may(person, each) === 'none');
      expect(await codeOf('board/01HZZZZZZZZZZZZZZZZZZZZZZZ', person.key), person.name).toBe(hidesSome ? 4403 : 4404);
      const [{ importId } = { importId: '' }] = company.boards;
      expect(await codeOf(`import/${importId}`, person.key)).toBe(4403);
      expect(await codeOf(`import/${importId}~0`, person.key)).toBe(4403);
      const other = company.people.find((each) => each !== person);
      expect(await codeOf(`member/${other?.memberId ?? ''}`, person.key)).toBe(4403);
    }
  });
});

describe('what everybody is told', () => {
  test('the live channel names a board only to those who may open it, and is silent about the others', async () => {
    const listeners = await Promise.all(
      company.people.map(async (person) => ({ person, ...(await listen(person.key)) })),
    );
    const founder = company.people.find(({ role }) => role === 'admin');
    const listening = listeners.find(({ person }) => person === founder);
    // Connected is not yet listening: until everybody has heard of somebody's new colour.
    await expect
      .poll(async () => {
        await company.admin.call('PATCH', `${company.path}/me`, { colour: 3 });
        return listeners.every(({ heard }) => heard.length > 0);
      })
      .toBe(true);
    for (const each of company.boards) {
      for (const { heard } of listeners) heard.length = 0;
      await founder?.call('POST', '/deals', { board: each.id, title: 'Told' });
      await expect.poll(() => listening?.heard.some(({ docs }) => docs?.includes(each.doc))).toBe(true);
      // Every listener is told in one turn, so whoever heard nothing by now was told nothing.
      for (const { person, heard } of listeners) {
        const told = heard.filter(({ type }) => type === 'changed');
        const isSeen = may(person, each) !== 'none';
        expect(
          [told.length > 0, told.some(({ docs }) => docs?.includes(each.doc))],
          `${person.name} ${each.share.name}`,
        ).toEqual([isSeen, isSeen]);
      }
      // The next change is not drawn together with this one.
      await new Promise((resolve) => setTimeout(resolve, 120));
    }
  });

  test('where somebody is shows only to those who may go there', async () => {
    const readers = company.people.map((person) => ({ person, line: sync('workspace', person.key) }));
    for (const { line } of readers) await line.tryEdit();
    const walker = sync('workspace', company.people[0]?.key ?? '');
    await walker.tryEdit();
    for (const [step, each] of company.boards.entries()) {
      walker.announce({
        board: each.id,
        record: each.deal,
        view: `/w/${company.id}/b/${each.id}?q=secret`,
        activeAt: step + 1,
      });
      for (const { person, line } of readers) {
        const stateOf = () => line.awareness.getStates().get(walker.awareness.clientID);
        await expect.poll(() => stateOf()?.['activeAt'], { interval: 5 }).toBe(step + 1);
        // A key may do less than its member, so an admin's key is told no more of places than anybody's.
        const role = person.role === 'admin' ? 'manager' : person.role;
        const isHidden = expectedAccess({ ...person, role }, each.share) === 'none';
        const { user, ...shown } = stateOf() ?? {};
        expect(user).toMatchObject({ id: company.people[0]?.memberId });
        if (isHidden) expect(shown, `${person.name} ${each.share.name}`).toEqual({ activeAt: step + 1 });
        else expect(shown).toMatchObject({ board: each.id, record: each.deal });
      }
    }
  });
});

describe('while it is open', () => {
  let ben: Person & { memberId: string };
  beforeAll(async () => void (ben = await joinAs(company.server, company.admin, company.path, 'Ben', 'member')));
  const share = async (each: SharedBoard, body: object) => {
    const reply = await company.people[0]?.call('PUT', `/boards/${each.id}/share`, body);
    expect(reply?.status, JSON.stringify(reply?.body)).toBe(200);
  };
  const withBen = (level: string) => ({ kind: 'restricted', grants: [{ to: 'member', id: ben.memberId, level }] });

  test('a lesser share makes a page read-only within a second, and the end of it closes it with 4403', async () => {
    const each = board('private');
    await share(each, withBen('edit'));
    const program = await makeKey(ben, company.path, 'member');
    const [page, archive, key] = [asBrowser(each.doc, ben), asBrowser(each.archive, ben), sync(each.doc, program.key)];
    expect([await page.tryEdit(), await archive.tryEdit(), await key.tryEdit()]).toEqual(['write', 'write', 'write']);
    await share(each, withBen('view'));
    await expect.poll(() => page.notices.at(-1), { timeout: 1000 }).toMatchObject({ type: 'access', access: 'read' });
    expect([await page.tryEdit(), await archive.tryEdit(), await key.closed]).toEqual(['read', 'read', 1012]);
    await share(each, withBen('edit'));
    await expect.poll(() => page.notices.at(-1), { timeout: 1000 }).toMatchObject({ type: 'access', access: 'write' });
    await share(each, { kind: 'restricted', grants: [] });
    const started = performance.now();
    expect([await page.closed, await archive.closed]).toEqual([4403, 4403]);
    expect(performance.now() - started).toBeLessThan(1000);
    expect(await asBrowser(each.doc, ben).tryEdit()).toBe(4403);
  });

  test('coming into a team and leaving it, its end, and a new role', async () => {
    const each = board('a team edits');
    const team = `/teams/${company.team}`;
    const admin = async (method: string, path: string, body?: object) => {
      const reply = await company.admin.call(method, company.path + path, body);
      expect(reply.status, JSON.stringify(reply.body)).toBeLessThan(300);
      return reply.body;
    };
    const members = (await admin('GET', team))['members'] as string[];
    const withHim = { members: [...members, ben.memberId] };
    expect(await asBrowser(each.doc, ben).tryEdit()).toBe(4403);
    await admin('PATCH', team, withHim);
    const first = asBrowser(each.doc, ben);
    expect(await first.tryEdit()).toBe('write');
    await admin('PATCH', `/members/${ben.memberId}`, { role: 'viewer' });
    await expect.poll(() => first.notices.at(-1)).toMatchObject({ access: 'read' });
    await admin('PATCH', `/members/${ben.memberId}`, { role: 'member' });
    await admin('PATCH', team, { members });
    expect(await first.closed).toBe(4403);
    await admin('PATCH', team, withHim);
    const second = asBrowser(each.doc, ben);
    expect(await second.tryEdit()).toBe('write');
    await admin('DELETE', team);
    expect(await second.closed).toBe(4403);
    expect((await company.people[0]?.call('GET', `/boards/${each.id}/share`))?.body).toMatchObject({ grants: [] });
  });

  test('a manager gives by a team only what they have; an admin may, and it is written down', async () => {
    const manager = company.people.find(({ name }) => name === 'manager neither');
    const named = company.people.find(({ name }) => name === 'member named');
    const team = String((await manager?.call('POST', '/teams', { name: 'Own', members: [] }))?.body['id']);
    const secret = board('people view');
    await share(secret, { kind: 'restricted', grants: [{ to: 'team', id: team, level: 'view' }] });
    const mine = { members: [manager?.memberId] };
    expect((await manager?.call('PATCH', `/teams/${team}`, mine))?.status).toBe(403);
    expect((await named?.call('PATCH', `/teams/${team}`, mine))?.status).toBe(403);
    expect((await manager?.call('DELETE', `/teams/${team}`))?.status).toBe(403);
    expect((await company.admin.call('PATCH', `${company.path}/teams/${team}`, mine)).status).toBe(200);
    const page = asBrowser(secret.doc, company.admin);
    expect(await page.tryEdit()).toBe('write');
    const actions = company.server.services.audit
      .list(company.id, {}, { limit: 500 })
      .map(({ action, target }) => `${action} ${target}`);
    expect(actions).toEqual(
      expect.arrayContaining([`opened-by-admin ${secret.id}`, `share-changed ${secret.id}`, `team-changed ${team}`]),
    );
  });

  test('a private board is nobody else’s from its first moment, and can be handed over', async () => {
    const [owner, ...others] = company.people;
    const made = await owner?.call('POST', '/boards', { name: 'Own', private: true });
    const id = String(made?.body['id']);
    expect(made?.body).toMatchObject({ shared: 'private', access: 'edit' });
    for (const person of others)
      expect((await person.call('GET', `/boards/${id}`)).status, person.name).toBe(person.role === 'admin' ? 200 : 404);
    const hand = { kind: 'restricted', grants: [], owner: ben.memberId };
    const admin = others.find(({ role }) => role === 'admin');
    expect((await admin?.call('PUT', `/boards/${id}/share`, { ...hand, owner: 'nobody' }))?.status).toBe(400);
    expect((await admin?.call('PUT', `/boards/${id}/share`, hand))?.body).toMatchObject({ owner: ben.memberId });
    expect((await owner?.call('GET', `/boards/${id}`))?.status).toBe(404);
    expect((await ben.call('GET', `${company.path}/boards/${id}`)).body).toMatchObject({ access: 'edit' });
  });

  test('an edit that names a hidden board in a stub does not get there', async () => {
    const [from, to] = [board('everyone edits'), board('a team views, people edit')];
    const { hub, query } = await company.server.services.host.open(company.id);
    await hub.transact(from.doc, { actor: ben.memberId, via: 'live' }, (doc) => {
      const stub = new (doc.getMap('cards').constructor as new () => Y.Map<unknown>)();
      doc.getMap('cards').set(to.deal, stub);
      stub.set('movedTo', to.doc);
      stub.set('title', 'Smuggled');
    });
    await expect.poll(() => query.all(`SELECT 1 FROM stray_edits WHERE record = ?`, [to.deal]).length).toBe(1);
    await hub.transact(from.doc, { actor: ben.memberId, via: 'live' }, (doc) => void doc.getMap('tried').set('it', 2));
    const titleOf = () => query.get<{ title: string }>('SELECT title FROM deals WHERE id = ?', [to.deal])?.title;
    expect(titleOf()).toBe('Common first');
    // Somebody who may is carried as before.
    await share(to, { kind: 'everyone', level: 'edit' });
    await hub.transact(from.doc, { actor: ben.memberId, via: 'live' }, (doc) => {
      const stub = doc.getMap<Y.Map<unknown>>('cards').get(to.deal);
      stub?.set('company', 'Carried');
    });
    await expect.poll(titleOf).toBe('Smuggled');
  });
});
