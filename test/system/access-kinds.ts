import * as Y from 'yjs';
import type { Company, Employee } from './access-company.ts';

type Answer = {
  readonly status: number;
  readonly body: Record<string, unknown> & { items?: Record<string, unknown>[] };
};

export interface KindProbe {
  readonly needs: 'view' | 'edit';
  /** Makes what the route is about besides the thing, as somebody who may; answers its id. */
  readonly part?: (owner: Employee, id: string, company: Company) => Promise<string>;
  ask(person: Employee, id: string, part: string): Promise<Answer>;
  /** Each call that is allowed takes a part of its own; a DELETE always does. */
  readonly usesUp?: true;
}

/**
 * A kind of thing that is shared by itself. To have a new one tried, in every role and on every kind of share, over the
 * API, sync, lists and search by its title, add one entry here.
 */
export interface Kind {
  /** Of the document: `<noun>/<id>`. */
  readonly noun: string;
  /** Where it is listed and made. */
  readonly path: string;
  /** What a POST takes besides the title. */
  readonly make: object;
  /** Makes what it lies in, once; answers what else a POST takes. */
  readonly within?: (owner: Employee) => Promise<object>;
  /** The field that holds the title. */
  readonly title: string;
  /** What a PATCH takes; changes nothing when it is sent again. Null: there is no such route. */
  readonly patch: object | null;
  /** Whether it can be deleted; tried on a thing made for it. */
  readonly isDeletable: boolean;
  /** Routes besides listing, making, reading, changing, deleting: as OpenAPI names them. */
  readonly more: Readonly<Record<string, KindProbe>>;
}

type Send = readonly [method: string, rest: string, body?: unknown];
const missing = '01HZZZZZZZZZZZZZZZZZZZZZZZ';

/** Routes below one thing, as `METHOD /rest` with the body that they take. */
const below = (path: string, needs: KindProbe['needs'], ...sends: readonly Send[]): Record<string, KindProbe> =>
  Object.fromEntries(
    sends.map(([method, rest, body]) => [
      `${method} /w/{ws}${path}/{id}${rest}`,
      { needs, ask: (person, id) => person.call(method, `${path}/${id}${rest}`, body) },
    ]),
  );

/** A route about a part of a thing, which the thing's owner makes. */
const ofPart = (
  path: string,
  [method, rest, body]: Send,
  part: NonNullable<KindProbe['part']>,
): Record<string, KindProbe> => ({
  [`${method} /w/{ws}${path}/{id}${rest}`]: {
    needs: 'edit',
    part,
    ask: (person, id, made) => person.call(method, `${path}/${id}${rest.replace(/\{\w+\}/, made)}`, body),
  },
});

/** Companies and contacts alike. */
function recordKind(noun: string, path: string): Kind {
  const point = async (person: Employee, id: string) => {
    const { body } = await person.call('POST', `${path}/${id}/points`, { kind: 'email', value: 'a@common.example' });
    return String((body['points'] as { id: string }[] | undefined)?.at(-1)?.id);
  };
  const entry = async (person: Employee, id: string) =>
    String((await person.call('POST', `${path}/${id}/timeline`, { kind: 'call', text: 'Peculiar call' })).body['id']);
  return {
    noun,
    path,
    make: {},
    title: 'name',
    patch: { tags: ['common'] },
    isDeletable: true,
    more: {
      ...below(path, 'view', ['GET', '/timeline']),
      ...below(
        path,
        'edit',
        ['POST', '/restore', {}],
        ['POST', '/points', { kind: 'phone', value: '+45 20 30 40 50' }],
        ['POST', '/timeline', { kind: 'call', text: 'Peculiar call' }],
        ['PUT', '/consent', { purpose: 'news', state: 'granted' }],
      ),
      ...ofPart(path, ['PATCH', '/points/{point}', { type: 'work' }], point),
      ...ofPart(path, ['DELETE', '/points/{point}'], point),
      ...ofPart(path, ['PATCH', '/timeline/{entry}', { pinned: true }], entry),
      ...ofPart(path, ['DELETE', '/timeline/{entry}'], entry),
      ...ofPart(path, ['PUT', '/links/{other}', { role: 'knows' }], async (person) => {
        const { body } = await person.call('POST', '/companies', { name: 'Linked' });
        return String(body['id']);
      }),
      ...ofPart(path, ['DELETE', '/links/{other}'], () => Promise.resolve(missing)),
    },
  };
}

/** Routes about a version of a note, by its number. */
const ofVersion = (
  route: string,
  rest: (seq: string) => string,
  body?: (seq: number) => object,
): Record<string, KindProbe> => ({
  [route]: {
    needs: body === undefined ? 'view' : 'edit',
    part: async (owner, id) => String((await owner.call('GET', `/notes/${id}/versions`)).body.items?.[0]?.['seq']),
    ask: (person, id, seq) => person.call(route.split(' ')[0] ?? '', `/notes/${id}${rest(seq)}`, body?.(Number(seq))),
  },
});
/** A check-list item, written as an editor does. */
async function makeTask(owner: Employee, id: string, { id: workspace, server }: Company): Promise<string> {
  const { hub } = await server.services.host.open(workspace);
  await hub.transact(`note/${id}`, { actor: owner.memberId, via: 'live' }, (doc) => {
    const [list, item] = [new Y.XmlElement('taskList'), new Y.XmlElement('taskItem')];
    item.setAttribute('taskId', `task of ${id}`.replaceAll(' ', '-'));
    item.insert(0, [new Y.XmlElement('paragraph')]);
    list.insert(0, [item]);
    doc.getXmlFragment('body').insert(0, [list]);
  });
  const { body } = await owner.call('GET', `/notes/tasks?note=${id}`);
  return String(body.items?.[0]?.['id']);
}
const madeIn = (rest: string, body: object) => async (person: Employee, id: string) =>
  String((await person.call('POST', `/notes/${id}${rest}`, body)).body['id']);

/** A lead on an inbox, and the status that it stands in. */
async function makeLead(owner: Employee, board: string): Promise<string> {
  const { body } = await owner.call('POST', '/leads', { board, title: 'Peculiar lead', name: 'Peculiar Person' });
  return `${String(body['id'])} ${String(body['stage'])}`;
}
const leadOf = (part: string): string => part.split(' ')[0] ?? '';
/** Routes about a lead, by the inbox that it stands on. */
const ofLead = (
  needs: KindProbe['needs'],
  [method, rest, body = () => undefined]: readonly [
    string,
    string,
    ((board: string, stage: string) => object | undefined)?,
  ],
): Record<string, KindProbe> => ({
  [`${method} /w/{ws}/leads/{id}${rest}`]: {
    needs,
    part: makeLead,
    usesUp: true,
    ask: (person, board, part) => {
      const [lead = missing, stage = missing] = board === missing ? [missing] : part.split(' ');
      return person.call(method, `/leads/${lead}${rest}`, body(board, stage));
    },
  },
});

export const kinds: readonly Kind[] = [
  recordKind('company', '/companies'),
  recordKind('contact', '/contacts'),
  {
    noun: 'note',
    path: '/notes',
    make: {},
    title: 'title',
    patch: { tags: ['common'] },
    isDeletable: true,
    more: {
      'GET /w/{ws}/notes/chips': {
        needs: 'view',
        ask: (person, id) => person.call('GET', `/notes/chips?of=note/${id}`),
      },
      'GET /w/{ws}/notes/tasks': { needs: 'view', ask: (person, id) => person.call('GET', `/notes/tasks?note=${id}`) },
      ...ofPart('/notes', ['PATCH', '/tasks/{task}', { done: true }], makeTask),
      ...below('/notes', 'view', ['GET', '/comments'], ['GET', '/versions'], ['GET', '/export']),
      ...below(
        '/notes',
        'edit',
        ['POST', '/comments', { text: 'Peculiar comment' }],
        ['POST', '/versions', { name: 'Peculiar version' }],
        ['POST', '/mend', {}],
      ),
      ...ofPart('/notes', ['PATCH', '/comments/{comment}', { resolved: true }], madeIn('/comments', { text: 'One' })),
      ...ofPart('/notes', ['DELETE', '/comments/{comment}'], madeIn('/comments', { text: 'One' })),
      ...ofPart('/notes', ['PATCH', '/versions/{version}', { name: 'Other' }], madeIn('/versions', { name: 'One' })),
      ...ofPart('/notes', ['DELETE', '/versions/{version}'], madeIn('/versions', { name: 'One' })),
      ...ofVersion('GET /w/{ws}/notes/{id}/versions/{seq}/content', (seq) => `/versions/${seq}/content`),
      ...ofVersion('GET /w/{ws}/notes/{id}/compare', (seq) => `/compare?from=${seq}&to=${seq}`),
      ...ofVersion(
        'POST /w/{ws}/notes/{id}/restore',
        () => '/restore',
        (seq) => ({ seq }),
      ),
    },
  },
  {
    noun: 'board',
    path: '/boards',
    make: { currency: 'EUR' },
    title: 'name',
    patch: { currency: 'EUR' },
    isDeletable: false,
    // The others are tried in access-routes.ts, on boards with something on them.
    more: {},
  },
  {
    noun: 'board',
    path: '/boards',
    make: { kind: 'leads' },
    title: 'name',
    patch: { currency: 'EUR' },
    isDeletable: false,
    more: {
      'POST /w/{ws}/leads': {
        needs: 'edit',
        ask: (person, board) => person.call('POST', '/leads', { board, title: 'Common lead' }),
      },
      'POST /w/{ws}/leads/transfer': {
        needs: 'edit',
        part: makeLead,
        ask: (person, board, part) =>
          person.call('POST', '/leads/transfer', { ids: [leadOf(part)], board, stage: part.split(' ')[1] ?? missing }),
      },
      ...below(
        '/boards',
        'view',
        ['GET', '/assignment'],
        ['POST', '/assignment/try', { values: {} }],
        ['GET', '/score'],
        ['GET', '/known-companies'],
      ),
      ...below('/boards', 'edit', ['PUT', '/assignment', { rules: [] }], ['PUT', '/score', { weights: [] }]),
      ...ofLead('view', ['GET', '']),
      ...ofLead('view', ['GET', '/matches']),
      ...ofLead('edit', ['PATCH', '', () => ({ jobTitle: 'Common' })]),
      ...ofLead('edit', ['DELETE', '']),
      ...ofLead('edit', ['POST', '/move', (_board, stage) => ({ stage })]),
      ...ofLead('edit', ['POST', '/convert', () => ({ company: 'none', contact: 'new' })]),
      ...ofLead('edit', [
        'POST',
        '/convert/undo',
        (board) => ({ undo: [{ doc: `board/${board}`, applied: { created: [], changes: [] } }] }),
      ]),
    },
  },
  {
    noun: 'form',
    path: '/forms',
    make: {},
    within: async (owner) => ({
      board: String((await owner.call('POST', '/boards', { name: 'Inbox of forms', kind: 'leads' })).body['id']),
    }),
    title: 'name',
    patch: { button: 'Common' },
    isDeletable: true,
    more: {
      ...below('/forms', 'view', ['GET', '/submissions']),
      ...below('/forms', 'edit', ['POST', '/restore', {}], ['POST', '/test-link', {}]),
    },
  },
  {
    noun: 'folder',
    path: '/folders',
    make: {},
    title: 'name',
    patch: {},
    isDeletable: true,
    more: {
      'POST /w/{ws}/folders/{id}/restore': {
        needs: 'edit',
        ask: (person, id) => person.call('POST', `/folders/${id}/restore`, {}),
      },
    },
  },
];

/** Every route of a kind with what it takes, in the words of OpenAPI. */
export function probesOf({ path, patch, isDeletable, more }: Kind): Record<string, KindProbe> {
  const one = `/w/{ws}${path}/{id}`;
  return {
    [`GET ${one}`]: { needs: 'view', ask: (person, id) => person.call('GET', `${path}/${id}`) },
    ...(patch === null
      ? {}
      : {
          [`PATCH ${one}`]: {
            needs: 'edit' as const,
            ask: (person: Employee, id: string) => person.call('PATCH', `${path}/${id}`, patch),
          },
        }),
    ...(isDeletable
      ? {
          // Only where it is refused: who may, is tried last and elsewhere.
          [`DELETE ${one}`]: {
            needs: 'edit' as const,
            ask: (person: Employee, id: string) => person.call('DELETE', `${path}/${id}`),
          },
        }
      : {}),
    ...more,
  };
}

/** The routes that the matrix of kinds tries, for the list of all that are classified. */
export const kindRoutes: readonly string[] = kinds.flatMap((kind) => [
  `GET /w/{ws}${kind.path}`,
  `POST /w/{ws}${kind.path}`,
  ...Object.keys(probesOf(kind)),
]);
