// A team's own document (its saved views): its members' alone, whatever anybody's own sync client asks for.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSync, type LetIn } from './access-line.ts';
import { joinAs, makeWorkspace, openServer, signUp, type Person, type TestServer } from './server-fixture.ts';
import { until } from './stock-client.ts';

let server: TestServer;
let workspaceId: string;
let path: string;
let ana: Person;
const people: Record<string, Person & { memberId: string }> = {};

beforeAll(async () => {
  server = await openServer();
  ana = await signUp(server, 'Ana');
  ({ id: workspaceId, path } = await makeWorkspace(ana));
  for (const [name, role] of [
    ['Ben', 'member'],
    ['Cleo', 'member'],
    ['Vera', 'viewer'],
  ] as const)
    people[name] = await joinAs(server, ana, path, name, role);
}, 60_000);
afterAll(() => server?.stop());

const open = (who: Person, doc: string) =>
  openSync(server.url, `${workspaceId}/${doc}?x=1`, { cookie: who.cookie, origin: server.url });
async function letIn(who: Person | undefined, doc: string): Promise<LetIn> {
  if (who === undefined) throw new Error('nobody');
  const line = open(who, doc);
  const outcome = await line.tryEdit();
  line.socket.terminate();
  return outcome;
}
const idOf = (name: string): string => people[name]?.memberId ?? '';

test('a team’s views are read and written by its members, closed to others, and follow who is in it at once', async () => {
  // From Cleo something is hidden: then what does not exist is closed with the same answer, and this must not be.
  await ana.call('POST', `${path}/contacts`, { firstName: 'Secret', private: true });
  const made = await ana.call('POST', `${path}/teams`, { name: 'North', members: [idOf('Ben'), idOf('Vera')] });
  const team = String(made.body['id']);
  const doc = `team/${team}`;
  expect(await letIn(people['Ben'], doc)).toBe('write');
  expect(await letIn(people['Vera'], doc)).toBe('read');
  expect(await letIn(people['Cleo'], doc)).toBe(4403);
  expect(await letIn(people['Cleo'], 'team/nothing')).toBe(4403);

  const ben = open(people['Ben'] as Person, doc);
  let closed: number | null = null;
  ben.socket.on('close', (code: number) => (closed = code));
  await until(() => ben.socket.readyState === ben.socket.OPEN);
  await ana.call('PATCH', `${path}/teams/${team}`, { members: [idOf('Cleo')] });
  expect(await letIn(people['Cleo'], doc)).toBe('write');
  expect(await letIn(people['Ben'], doc)).toBe(4403);
  await until(() => closed !== null);
  expect(closed).toBe(4403);

  await ana.call('DELETE', `${path}/teams/${team}`);
  for (const name of ['Ben', 'Cleo', 'Vera']) expect(await letIn(people[name], doc), name).toBe(4403);
});
