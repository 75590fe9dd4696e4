import type { Person } from './server-fixture.ts';

export type Body = Record<string, unknown>;

/** Calls of a workspace's API that have to succeed. Both are asked at each call; `usual` makes those that name nobody. */
export function callsIn(path: () => string, usual: () => Person) {
  const call = async (person: Person, method: string, to: string, body?: unknown): Promise<Body> => {
    const reply = await person.call(method, path() + to, body);
    if (reply.status >= 300) throw new Error(`${method} ${to}: ${reply.status} ${JSON.stringify(reply.body)}`);
    return reply.body;
  };
  return {
    call,
    /** Answers the id of what was made. */
    make: async (to: string, body: object, person = usual()): Promise<string> =>
      String((await call(person, 'POST', to, body))['id']),
    items: async (to: string, person = usual()) => (await call(person, 'GET', to))['items'] as Body[],
  };
}
