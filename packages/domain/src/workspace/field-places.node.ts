import { eachRecord } from '@rapport/doc/records';
import type * as Y from 'yjs';
import { formDoc, readForm } from '../forms/form.ts';
import type { WorkspaceContext } from '../http/workspace-context.node.ts';
import { rulesOf } from '../leads/rules.ts';
import { weightsOf } from '../leads/weights.ts';
import { savedViewsOf, viewsRoot } from '../views/saved-views.ts';
import { teamDocument } from './team-document.ts';
import { fieldsOfBoardView, fieldsOfTableView, fieldsOfWhere } from './view-fields.node.ts';
import { memberDocument, viewsDocument } from './workspace-kind.ts';

/** What uses a field: a saved view, somebody else's view, a public form, a rule that gives out leads, a score. */
export type FieldPlaceKind = 'view' | 'otherView' | 'form' | 'rules' | 'score';

/** Something that fields are used in, with their keys. */
export interface FieldPlace {
  readonly kind: FieldPlaceKind;
  /** What the fields are of: `deals`, `leads`, `contacts`, `companies`. */
  readonly of: string;
  /** What people call it; of a view that is not the caller's nothing. */
  readonly name: string;
  readonly keys: ReadonlySet<string>;
}

interface Found {
  readonly views: readonly { readonly of: string; readonly name: string; readonly keys: ReadonlySet<string> }[];
  readonly asked: ReadonlySet<string>;
  readonly rules: ReadonlySet<string>;
  readonly weights: ReadonlySet<string>;
}

const nothing: ReadonlySet<string> = new Set();

/** All saved views of a document, whatever they are views of. */
function viewsIn(doc: Y.Doc): Found['views'] {
  const places = new Set<string>();
  eachRecord(doc, viewsRoot, (_, map) => {
    const of = map.get('board');
    if (typeof of === 'string') places.add(of);
  });
  return [...places].flatMap((of) =>
    savedViewsOf(doc, of).map(({ name, query }) => ({
      of,
      name,
      keys: of.startsWith('table/') ? fieldsOfTableView(query) : fieldsOfBoardView(query),
    })),
  );
}

const look = (name: string, doc: Y.Doc): Found => ({
  views: viewsIn(doc),
  asked: name.startsWith('form/') ? new Set(readForm(doc).fields.map(({ field }) => field)) : nothing,
  rules: name.startsWith('board/') ? new Set(rulesOf(doc).rules.flatMap(({ when }) => fieldsOfWhere(when))) : nothing,
  weights: name.startsWith('board/') ? new Set(weightsOf(doc).map(({ field }) => field)) : nothing,
});

/** Documents whose findings are kept: at some hundred bytes each. */
const mostKept = 5000;

/**
 * Finds where fields are used. A document is read when it has changed since the last time, so that a page of settings
 * does not load every board again.
 */
export function makeFieldPlaces() {
  const kept = new Map<string, { readonly seq: number; readonly found: Found }>();

  async function findIn({ id, hub, query }: WorkspaceContext, doc: string): Promise<Found | null> {
    const seq = query.get<{ seq: number | null }>('SELECT max(seq) AS seq FROM sync_log WHERE doc = ?', [doc])?.seq;
    if (seq === undefined || seq === null) return null;
    const key = `${id} ${doc}`;
    const known = kept.get(key);
    if (known?.seq === seq) return known.found;
    const found = await hub.read(doc, (live) => look(doc, live));
    if (kept.size >= mostKept) kept.clear();
    kept.set(key, { seq, found });
    return found;
  }

  /** As far as the caller may open it; of the views of other people only that there are some. */
  return async (ws: WorkspaceContext): Promise<readonly FieldPlace[]> => {
    const places: FieldPlace[] = [];
    const boards = new Map(
      ws.query
        .all<{ id: string; name: string; kind: string }>('SELECT id, name, kind FROM boards ORDER BY name, id')
        .map((board) => [board.id, board]),
    );
    const addViews = async (doc: string, whose: string | null): Promise<void> => {
      for (const { of, name, keys } of (await findIn(ws, doc))?.views ?? []) {
        const board = boards.get(of);
        // A view of a board that the caller may not open is none of their business, not even as one of many.
        if (board === undefined && !of.startsWith('table/')) continue;
        const noun = board?.kind ?? of.slice('table/'.length);
        if (whose === null) places.push({ kind: 'otherView', of: noun, name: '', keys });
        else places.push({ kind: 'view', of: noun, name: `${board ? `${board.name}: ` : ''}${name}${whose}`, keys });
      }
    };
    await addViews(viewsDocument, '');
    for (const { id, name, kind } of boards.values()) {
      const found = await findIn(ws, `board/${id}`);
      await addViews(`board/${id}`, '');
      if (found === null || kind !== 'leads') continue;
      places.push({ kind: 'rules', of: kind, name, keys: found.rules });
      places.push({ kind: 'score', of: kind, name, keys: found.weights });
    }
    const me = ws.actor.memberId;
    for (const { id, name } of ws.teams.list())
      if (ws.accessTo(teamDocument(id)) !== 'none') await addViews(teamDocument(id), ` (${name})`);
    for (const { id } of ws.people.list()) await addViews(memberDocument(id), id === me ? ' (yours)' : null);
    const forms = ws.query.all<{ id: string; name: string }>(
      'SELECT id, name FROM forms WHERE deleted_at IS NULL ORDER BY name, id',
    );
    for (const { id, name } of forms) {
      const found = await findIn(ws, formDoc(id));
      if (found !== null) places.push({ kind: 'form', of: 'leads', name, keys: found.asked });
    }
    return places;
  };
}
