import type { Json } from '@rapport/doc/json';
import { applyPatch } from '@rapport/doc/patch';
import { makeIds } from '@rapport/doc/ids';
import { makeHistory } from '@rapport/doc/undo';
import { announce } from '@rapport/ui/announcer';
import { showToast } from '@rapport/ui/toasts';
import { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import type { ChangeLabel, OpenDocument, PersonHere, WorkspaceClient } from '../src/client.ts';
import type { DealSignals } from '../src/deals/query.ts';
import { memberIds } from './sample-board.ts';

const names: Record<string, [string, number]> = {
  noor: ['Noor Haddad', 9],
  ana: ['Ana Sørli', 7],
  mateus: ['Mateus Okafor', 5],
  ines: ['Ines Valdivia', 11],
  joel: ['Joel Lindqvist', 8],
  dario: ['Dario Conti', 2],
};

/** A workspace without a server: one local board, a history, and colleagues who hold still. */
export function fakeWorkspace(options: {
  doc: Y.Doc;
  signals: Record<string, DealSignals>;
  people: readonly PersonHere[];
  pending: ReadonlySet<string>;
  isReader: boolean;
}): WorkspaceClient {
  const members = new Map(
    memberIds.map((id) => {
      const [name, colour] = names[id] ?? [id, 1];
      return [id, { id, name, colour, email: null, role: 'member' as const, status: 'active' as const }];
    }),
  );
  const others = new Map<string, Y.Doc>();
  const docOf = (name: string) => {
    if (name.startsWith('board/')) return options.doc;
    const known = others.get(name) ?? new Y.Doc();
    others.set(name, known);
    return known;
  };
  const history = makeHistory<ChangeLabel>({ now: Date.now, documentOf: async (name) => docOf(name) });
  const activity: Json[] = [
    {
      id: 5,
      at: Date.now() - 3_600_000,
      actor: 'ana',
      agent: null,
      offline: false,
      kind: 'changed',
      field: 'value',
      from: { minor: 3_650_000, currency: 'EUR' },
      to: { minor: 4_000_000, currency: 'EUR' },
    },
    {
      id: 4,
      at: Date.now() - 6 * 86_400_000,
      actor: 'ana',
      agent: null,
      offline: true,
      kind: 'moved',
      field: 'stage',
      from: 'Meeting',
      to: 'Proposal',
    },
    {
      id: 3,
      at: Date.now() - 17 * 86_400_000,
      actor: 'joel',
      agent: null,
      offline: false,
      kind: 'moved',
      field: 'stage',
      from: 'Qualified',
      to: 'Meeting',
    },
    {
      id: 2,
      at: Date.now() - 20 * 86_400_000,
      actor: 'joel',
      agent: null,
      offline: false,
      kind: 'changed',
      field: 'owner',
      from: 'joel',
      to: 'ana',
    },
    {
      id: 1,
      at: Date.now() - 21 * 86_400_000,
      actor: 'joel',
      agent: null,
      offline: false,
      kind: 'created',
      field: 'stage',
      from: null,
      to: 'Qualified',
    },
  ];
  const api = async (method: string, path: string): Promise<unknown> => {
    if (path.includes('/signals')) return { items: options.signals };
    if (path.startsWith('/boards') && method === 'GET')
      return {
        items: [
          { id: 'b1', name: 'New business', kind: 'deals' },
          { id: 'b2', name: 'Renewals', kind: 'deals' },
        ],
      };
    if (path.startsWith('/activity')) return { items: activity };
    throw new Error('There is no server here.');
  };
  const me = members.get('noor');
  if (!me) throw new Error('no me');
  return {
    workspaceId: 'w1',
    me,
    members: () => members,
    teams: () => [],
    held: {
      list: () => [],
      send: () => Promise.reject(new Error('no server')),
      drop: () => Promise.resolve(false),
      replyOf: () => undefined,
    },
    keptTables: { read: () => Promise.resolve(undefined), keep: () => undefined },
    currency: () => 'EUR',
    customFields: () => ({}),
    open(name): OpenDocument {
      return {
        doc: docOf(name),
        ready: Promise.resolve(),
        access: () => (options.isReader ? 'read' : 'write'),
        onReplaced: () => () => undefined,
        people: () => options.people,
        onPeople: () => () => undefined,
        awareness: () => new Awareness(doc),
        setPresence: () => undefined,
        pendingRecords: () => options.pending,
        onPending: () => () => undefined,
        onAccess: () => () => undefined,
        refusal: () => null,
        onRefusal: () => () => undefined,
        isAway: () => false,
        onAway: () => () => undefined,
        release: () => undefined,
      };
    },
    perform(document, name, patch, label) {
      const applied = applyPatch(document.doc, patch, 'me');
      history.push({ label, parts: [{ doc: name, applied }] });
      return applied;
    },
    performed: (label, remote) => history.push({ label, parts: [], remote }),
    async undo() {
      const outcome = await history.undo();
      showToast({ text: outcome ? `Undone: ${outcome.label.text}` : 'Nothing to undo' });
    },
    async redo() {
      const outcome = await history.redo();
      showToast({ text: outcome ? `Done again: ${outcome.label.text}` : 'Nothing to redo' });
    },
    api: (async (method: string, path: string) => api(method, path)) as WorkspaceClient['api'],
    onChanged: () => () => undefined,
    toast: ({ text, tone, action }) =>
      void showToast({
        text,
        tone: tone === 'danger' ? 'problem' : 'done',
        ...(action?.label === 'Undo' ? { undo: action.run } : action ? { action } : {}),
      }),
    announce,
    now: Date.now,
    random: Math.random,
    newId: makeIds({ now: Date.now, random: Math.random }),
  };
}
