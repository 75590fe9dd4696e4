import { applyPatch } from '@rapport/doc/patch';
import { roles, type Role } from '@rapport/domain/people/roles';
import {
  caller,
  makeWorkspace,
  openServer,
  signUp,
  type Person,
  type Reply,
  type TestServer,
} from './server-fixture.ts';

/** What the matrix asks for: written down here from the documents, not taken from the code under test. */
export type Expected = 'none' | 'view' | 'edit';

/** How somebody stands to what boards are shared with. */
export const standings = ['named', 'in the team', 'neither'] as const;
export type StandingTo = (typeof standings)[number];

export interface ShareKind {
  readonly name: string;
  readonly everyone?: 'view' | 'edit';
  readonly team?: 'view' | 'edit';
  readonly named?: 'view' | 'edit';
}

export const shareKinds: readonly ShareKind[] = [
  { name: 'everyone edits', everyone: 'edit' },
  { name: 'everyone views', everyone: 'view' },
  { name: 'a team views', team: 'view' },
  { name: 'a team edits', team: 'edit' },
  { name: 'people view', named: 'view' },
  { name: 'people edit', named: 'edit' },
  { name: 'a team views, people edit', team: 'view', named: 'edit' },
  { name: 'private' },
];

export interface Employee {
  readonly name: string;
  readonly role: Role;
  readonly standing: StandingTo;
  readonly isOwner: boolean;
  readonly memberId: string;
  readonly key: string;
  call(method: string, path: string, body?: unknown): Promise<Reply>;
}

/** The oracle: what this person may do with a board that is shared so. */
export function expectedAccess(person: Pick<Employee, 'role' | 'standing' | 'isOwner'>, share: ShareKind): Expected {
  if (person.role === 'admin') return 'edit';
  const given = person.isOwner
    ? 'edit'
    : (share.everyone ??
      (person.standing === 'named' ? share.named : person.standing === 'in the team' ? share.team : undefined) ??
      'none');
  return person.role === 'viewer' && given === 'edit' ? 'view' : given;
}

export interface SharedBoard {
  readonly share: ShareKind;
  readonly id: string;
  readonly doc: string;
  readonly archive: string;
  readonly stage: string;
  readonly lostStage: string;
  /** Open deals that nobody deletes: ids. */
  readonly deal: string;
  readonly importId: string;
  /** As PUT takes it. */
  readonly asPut: object;
}

export interface Company {
  readonly server: TestServer;
  readonly id: string;
  readonly path: string;
  readonly admin: Person;
  readonly people: readonly Employee[];
  readonly boards: readonly SharedBoard[];
  readonly team: string;
  stop(): Promise<void>;
}

/** One person for every role and standing, an owner, and one board for every kind of share, each with the same things. */
export async function foundCompany(): Promise<Company> {
  const server = await openServer({ env: { LIMIT_REQUESTS_PER_SECOND: '100000', LIMIT_REQUEST_BURST: '100000' } });
  const admin = await signUp(server, 'Founder');
  const workspace = await makeWorkspace(admin);
  const { members, apiKeys } = server.services;
  // Without passwords, whose hashing would take most of the test's time.
  const hire = (name: string, role: Role, standing: StandingTo, isOwner = false): Employee => {
    const email = `${name.replaceAll(' ', '.')}@team.example`;
    const memberId = members.join({ workspaceId: workspace.id, userId: `user ${name}`, name, email, role });
    const { key } = apiKeys.create({ workspaceId: workspace.id, name, role, memberId });
    const call = caller(server, { authorization: `Bearer ${key}` });
    return {
      name,
      role,
      standing,
      isOwner,
      memberId,
      key,
      call: (method, path, body) => call(method, workspace.path + path, body),
    };
  };
  const owner = hire('owner', 'member', 'neither', true);
  const people = [owner, ...roles.flatMap((role) => standings.map((each) => hire(`${role} ${each}`, role, each)))];
  const ofStanding = (standing: StandingTo) => people.filter((each) => each.standing === standing && !each.isOwner);
  const api = async (method: string, path: string, body?: unknown): Promise<Reply['body']> => {
    const reply = await owner.call(method, path, body);
    if (reply.status >= 300) throw new Error(`${method} ${path}: ${reply.status} ${JSON.stringify(reply.body)}`);
    return reply.body;
  };
  const made = await admin.call('POST', `${workspace.path}/teams`, {
    name: 'Team',
    members: ofStanding('in the team').map(({ memberId }) => memberId),
  });
  const team = String(made.body['id']);

  const { hub } = await server.services.host.open(workspace.id);
  const boards: SharedBoard[] = [];
  for (const share of shareKinds) {
    const stages = [{ name: 'Open' }, { name: 'Won', kind: 'won' }, { name: 'Lost', kind: 'lost' }];
    const board = await api('POST', '/boards', { name: `Board ${share.name}`, currency: 'EUR', stages });
    const id = String(board['id']);
    const [open, won, lost] = (board['stages'] as { id: string }[]).map((stage) => stage.id);
    const deal = async (values: object) => String((await api('POST', '/deals', { board: id, ...values }))['id']);
    const value = { minor: 100_00, currency: 'EUR' };
    const first = await deal({ title: 'Common first', company: 'Acme', value });
    await deal({ title: 'Common won', company: 'Acme', value, stage: won });
    await deal({ title: 'Common lost', stage: lost, lostReason: 'Price' });
    const doc = `board/${id}`;
    const archive = `${doc}~2020q1`;
    const author = { actor: owner.memberId, via: 'rest' } as const;
    await hub.create(archive, author, (live) => {
      const card = { title: 'Common archived', place: [won ?? '', 'V'], createdAt: 1, closedAt: Date.UTC(2020, 1, 1) };
      applyPatch(live, [{ root: 'cards', id: server.services.newId(), create: true, set: card }]);
    });
    // What cannot be read as it stands is told by /data-quality.
    await hub.transact(doc, author, (live) => {
      const odd = { title: 'Common odd', value: 'a lot', place: [open ?? '', 'X'] };
      applyPatch(live, [{ root: 'cards', id: server.services.newId(), create: true, set: odd }]);
    });
    const importId = await importOne(server, workspace.path, owner.key, id);
    const grants = (['team', 'named'] as const).flatMap((whom) => {
      const level = share[whom];
      if (level === undefined) return [];
      if (whom === 'team') return [{ to: 'team', id: team, level }];
      return ofStanding('named').map(({ memberId }) => ({ to: 'member', id: memberId, level }));
    });
    const asPut =
      share.everyone === undefined ? { kind: 'restricted', grants } : { kind: 'everyone', level: share.everyone };
    await api('PUT', `/boards/${id}/share`, asPut);
    boards.push({ share, id, doc, archive, stage: open ?? '', lostStage: lost ?? '', deal: first, importId, asPut });
  }
  return { server, id: workspace.id, path: workspace.path, admin, people, boards, team, stop: () => server.stop() };
}

/** Posts a file with one deal for a board. */
export async function postImport(
  server: TestServer,
  path: string,
  key: string,
  board: string,
  more: object = {},
): Promise<{ status: number; body: Record<string, unknown> }> {
  const form = new FormData();
  form.set('file', new File(['title\nCommon imported\n'], 'deals.csv'));
  form.set('options', JSON.stringify({ noun: 'deal', board, mapping: { title: 'title' }, ...more }));
  const headers = { authorization: `Bearer ${key}` };
  const reply = await fetch(`${server.url}${path}/imports`, { method: 'POST', headers, body: form });
  return { status: reply.status, body: (await reply.json()) as Record<string, unknown> };
}

/** Imports one deal and takes it back, so that asking for it once more changes nothing. */
async function importOne(server: TestServer, path: string, key: string, board: string): Promise<string> {
  const { status, body } = await postImport(server, path, key, board);
  if (status !== 202) throw new Error(`import: ${status} ${JSON.stringify(body)}`);
  const call = caller(server, { authorization: `Bearer ${key}` });
  const id = String(body['id']);
  while ((await call('GET', `${path}/imports/${id}`)).body['status'] !== 'done')
    await new Promise((resolve) => setTimeout(resolve, 5));
  await call('POST', `${path}/imports/${id}/undo`, {});
  return id;
}
