import type { Company, Employee, Expected, SharedBoard } from './access-company.ts';
import { postImport } from './access-company.ts';

/** A call that concerns one board, or the one that does not exist. */
export interface Subject {
  readonly board: string;
  readonly deal: string;
  readonly stage: string;
  readonly lostStage: string;
  readonly importId: string;
  readonly asPut: object;
}

interface Asked {
  readonly company: Company;
  readonly person: Employee;
  /** What the call is about. */
  readonly on: Subject;
  /** A fresh deal or stage there, for calls that use theirs up. */
  fresh(what: 'deal' | 'stage'): Promise<string>;
}

type Answer = { readonly status: number; readonly body: Record<string, unknown> };

export interface Probe {
  readonly needs: 'view' | 'edit' | 'share';
  ask(asked: Asked): Promise<Answer>;
}

const missing = '01HZZZZZZZZZZZZZZZZZZZZZZZ';
export const nowhere: Subject = {
  board: missing,
  deal: missing,
  stage: missing,
  lostStage: missing,
  importId: missing,
  asPut: { kind: 'everyone', level: 'edit' },
};
export const subjectOf = (board: SharedBoard): Subject => ({ ...board, board: board.id });

const view = (path: (on: Subject) => string): Probe => ({
  needs: 'view',
  ask: ({ person, on }) => person.call('GET', path(on)),
});
const edit = (ask: Probe['ask']): Probe => ({ needs: 'edit', ask });

/** Every route that is about one board. */
export const boardRoutes: Readonly<Record<string, Probe>> = {
  'GET /w/{ws}/boards/{id}': view(({ board }) => `/boards/${board}`),
  'GET /w/{ws}/boards/{id}/stages': view(({ board }) => `/boards/${board}/stages`),
  'GET /w/{ws}/boards/{id}/share': view(({ board }) => `/boards/${board}/share`),
  'GET /w/{ws}/shares/{id}': view(({ board }) => `/shares/${board}`),
  'GET /w/{ws}/deals/{id}': view(({ deal }) => `/deals/${deal}`),
  'GET /w/{ws}/deals/{id}/links': view(({ deal }) => `/deals/${deal}/links`),
  'GET /w/{ws}/imports/{id}': view(({ importId }) => `/imports/${importId}`),
  'PUT /w/{ws}/boards/{id}/share': {
    needs: 'share',
    ask: ({ person, on }) => person.call('PUT', `/boards/${on.board}/share`, on.asPut),
  },
  'PUT /w/{ws}/shares/{id}': {
    needs: 'share',
    ask: ({ person, on }) => person.call('PUT', `/shares/${on.board}`, on.asPut),
  },
  'PATCH /w/{ws}/boards/{id}': edit(({ person, on }) =>
    person.call('PATCH', `/boards/${on.board}`, { currency: 'EUR' }),
  ),
  'POST /w/{ws}/boards/{id}/stages': edit(({ person, on }) =>
    person.call('POST', `/boards/${on.board}/stages`, { name: 'More' }),
  ),
  'PATCH /w/{ws}/boards/{id}/stages/{stage}': edit(({ person, on }) =>
    person.call('PATCH', `/boards/${on.board}/stages/${on.stage}`, { colour: '2' }),
  ),
  'DELETE /w/{ws}/boards/{id}/stages/{stage}': edit(async ({ person, on, fresh }) =>
    person.call('DELETE', `/boards/${on.board}/stages/${await fresh('stage')}`),
  ),
  'POST /w/{ws}/deals': edit(({ person, on }) =>
    person.call('POST', '/deals', { board: on.board, title: 'Common new' }),
  ),
  'PATCH /w/{ws}/deals/{id}': edit(({ person, on }) => person.call('PATCH', `/deals/${on.deal}`, { company: 'Acme' })),
  'PUT /w/{ws}/deals/{id}/links/{other}': edit(async ({ company, person, on }) => {
    const other = await company.admin.call('POST', `${company.path}/companies`, { name: 'Linked' });
    return person.call('PUT', `/deals/${on.deal}/links/${String(other.body['id'])}`, { role: 'Buys' });
  }),
  'DELETE /w/{ws}/deals/{id}/links/{other}': edit(({ person, on }) =>
    person.call('DELETE', `/deals/${on.deal}/links/none`),
  ),
  'DELETE /w/{ws}/deals/{id}': edit(async ({ person, fresh }) =>
    person.call('DELETE', `/deals/${await fresh('deal')}`),
  ),
  'POST /w/{ws}/deals/{id}/move': edit(({ person, on }) =>
    person.call('POST', `/deals/${on.deal}/move`, { stage: on.stage }),
  ),
  'POST /w/{ws}/imports': edit(({ company, person, on }) =>
    postImport(company.server, company.path, person.key, on.board, { dryRun: true }),
  ),
  'POST /w/{ws}/imports/{id}/undo': edit(({ person, on }) => person.call('POST', `/imports/${on.importId}/undo`, {})),
};

/** Every route whose answer is gathered over boards: the matrix compares its lines and numbers. */
export const gatheringRoutes: readonly string[] = [
  'GET /w/{ws}/boards',
  'GET /w/{ws}/deals',
  'GET /w/{ws}/leads',
  'GET /w/{ws}/boards/{id}/signals',
  'GET /w/{ws}/boards/{id}/names',
  'GET /w/{ws}/fields',
  'GET /w/{ws}/data-quality',
  'GET /w/{ws}/imports',
  'GET /w/{ws}/reports/deals',
  'GET /w/{ws}/reports/{name}',
  'GET /w/{ws}/activity',
  'GET /w/{ws}/records/names',
  'GET /w/{ws}/search',
  'GET /w/{ws}/tables/{noun}/rows',
  'GET /w/{ws}/tables/{noun}/summary',
  'GET /w/{ws}/tables/{noun}/ids',
  'GET /w/{ws}/tables/{noun}/values',
  'GET /w/{ws}/tables/{noun}/export',
];

/** Tried with both ends, in a test of its own. */
export const twoEnded: readonly string[] = ['POST /w/{ws}/deals/transfer'];

/** Nothing of a board goes in or out of these. */
export const notOfABoard: readonly string[] = [
  'GET /w/{ws}/forms/fields',
  'GET /workspaces',
  'POST /workspaces',
  'GET /me',
  'GET /me/sessions',
  'DELETE /me/sessions',
  'DELETE /me/sessions/{id}',
  'POST /me/password',
  'GET /me/two-factor',
  'POST /me/two-factor',
  'POST /me/two-factor/confirm',
  'POST /me/two-factor/off',
  'POST /me/two-factor/recovery-codes',
  'GET /invitations/{token}',
  'POST /invitations/{token}/accept',
  'GET /w/{ws}',
  'PATCH /w/{ws}',
  'GET /w/{ws}/me',
  'PATCH /w/{ws}/me',
  'GET /w/{ws}/members',
  'PATCH /w/{ws}/members/{id}',
  'POST /w/{ws}/invitations',
  'GET /w/{ws}/invitations',
  'DELETE /w/{ws}/invitations/{id}',
  'POST /w/{ws}/api-keys',
  'GET /w/{ws}/api-keys',
  'DELETE /w/{ws}/api-keys/{id}',
  'GET /w/{ws}/teams',
  'POST /w/{ws}/teams',
  'GET /w/{ws}/teams/{id}',
  'PATCH /w/{ws}/teams/{id}',
  'DELETE /w/{ws}/teams/{id}',
  // Of contacts and companies: merge.test.ts holds that hidden ones are neither compared, told nor merged.
  'GET /w/{ws}/duplicates',
  'GET /w/{ws}/duplicates/suggestions',
  'POST /w/{ws}/duplicates/suggestions',
  'POST /w/{ws}/duplicates/dismissals',
  'DELETE /w/{ws}/duplicates/dismissals/{a}/{b}',
  'GET /w/{ws}/merges/preview',
  'POST /w/{ws}/merges',
  'POST /w/{ws}/merges/undo',
  // Tried in operate-erase, with what is hidden, missing, erased and somebody else's.
  'POST /w/{ws}/kept',
  // Makes one, of the caller's own.
  'POST /w/{ws}/boards',
  // One's own: what is in it follows the notes, test/system/inbox.test.ts tries that.
  'GET /w/{ws}/inbox',
  'GET /w/{ws}/inbox/count',
  'POST /w/{ws}/inbox/marks',
  // Folders, notes and files as their own routes show them: test/system/library-folders.test.ts tries them.
  'GET /w/{ws}/library',
  'GET /w/{ws}/library/tags',
  'GET /w/{ws}/library/templates',
  'POST /w/{ws}/library/notes',
  // Files follow what they are attached to: test/system/library-folders.test.ts tries them.
  'GET /w/{ws}/files',
  'GET /w/{ws}/files/{id}',
  'PATCH /w/{ws}/files/{id}',
  'DELETE /w/{ws}/files/{id}',
  'POST /w/{ws}/files/{id}/restore',
  'POST /w/{ws}/files/{id}/versions/{version}/restore',
  'GET /w/{ws}/files/{id}/content',
  'POST /w/{ws}/files/{id}/purge',
  'POST /w/{ws}/uploads',
  'GET /w/{ws}/uploads/{upload}',
  'PATCH /w/{ws}/uploads/{upload}',
  'DELETE /w/{ws}/uploads/{upload}',
  // Which columns there are, and edits of rows, each as its own PATCH: test/system/table-api.test.ts tries them.
  'GET /w/{ws}/tables/{noun}',
  'POST /w/{ws}/tables/{noun}/edits',
  // The list of reports and their formulas.
  'GET /w/{ws}/reports',
];

/** Whole workspaces, for admins, who open everything: others are refused whatever is shared. */
export const adminRoutes: Readonly<Record<string, (person: Employee) => Promise<Answer>>> = {
  'GET /w/{ws}/health': (person) => person.call('GET', '/health'),
  'GET /w/{ws}/export': (person) => person.call('GET', '/export'),
  'POST /w/{ws}/restorations': (person) => person.call('POST', '/restorations'),
  'POST /w/{ws}/erasures': (person) => person.call('POST', '/erasures', { texts: ['Nobody at all'] }),
  'PUT /w/{ws}/duplicates/threshold': (person) =>
    person.call('PUT', '/duplicates/threshold', { noun: 'contact', threshold: 0.5 }),
  'POST /w/{ws}/backups': (person) => person.call('POST', '/backups', {}),
  'POST /w/{ws}/demo': (person) => person.call('POST', '/demo', {}),
  'DELETE /w/{ws}/demo': (person) => person.call('DELETE', '/demo'),
  'POST /w/{ws}/members/{id}/hand-over': (person) => person.call('POST', `/members/${missing}/hand-over`, { to: null }),
  'POST /w/{ws}/fields': (person) => person.call('POST', '/fields', { noun: 'deal', type: 'text', label: 'Own' }),
  'PATCH /w/{ws}/fields/{id}': (person) => person.call('PATCH', `/fields/${missing}`, { label: 'Other' }),
  'DELETE /w/{ws}/fields/{id}': (person) => person.call('DELETE', `/fields/${missing}`),
  'POST /w/{ws}/fields/{id}/restore': (person) => person.call('POST', `/fields/${missing}/restore`),
  'GET /w/{ws}/audit': (person) => person.call('GET', '/audit'),
  'GET /w/{ws}/audit.csv': (person) => person.call('GET', '/audit.csv'),
  'DELETE /w/{ws}/members/{id}': (person) => person.call('DELETE', `/members/${missing}`),
};

/** What an answer must be, given what the person has and the call needs. */
export function verdict(person: Employee, has: Expected, needs: Probe['needs']): 'as if missing' | 'refused' | 'done' {
  if (needs === 'view') return has === 'none' ? 'as if missing' : 'done';
  if (has === 'none') return 'as if missing';
  if (has === 'view') return 'refused';
  const shares = person.role === 'admin' || person.role === 'manager' || person.isOwner;
  return needs === 'share' && !shares ? 'refused' : 'done';
}
