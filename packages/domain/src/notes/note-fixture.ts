import type { RowWrite } from '@rapport/sync/server/ports';
import * as Y from 'yjs';
import type { ElementNode, TextNode } from './body-tree.ts';
import { makeNoteProjector } from './projection.ts';
import { toXml } from './read-body.ts';
import { bodyRoot, metaRoot, noteSchema } from './schema.ts';

/** Builders for tests: `p('text')`, `list(p('a'))`, `doc(p('a'), h(2, 'b'))`. */
export const t = (text: string, ...marks: TextNode['marks']): TextNode => ({ text, marks });
const el = (type: string, attributes: ElementNode['attributes'], children: ElementNode['children']): ElementNode => ({
  type,
  attributes,
  children,
});
const inline = (parts: readonly (string | ElementNode | TextNode)[]) =>
  parts.map((part) => (typeof part === 'string' ? t(part) : part));
export const p = (...parts: (string | ElementNode | TextNode)[]): ElementNode => el('paragraph', {}, inline(parts));
export const h = (level: number, text: string): ElementNode => el('heading', { level }, [t(text)]);
export const list = (...items: ElementNode[]): ElementNode =>
  el(
    'bulletList',
    {},
    items.map((item) => el('listItem', {}, [item])),
  );
export const task = (text: string, attributes: ElementNode['attributes'] = {}): ElementNode =>
  el('taskItem', { checked: false, ...attributes }, [p(text)]);
export const tasks = (...items: ElementNode[]): ElementNode => el('taskList', {}, items);
export const mention = (noun: string, ref: string, mid?: string): ElementNode =>
  el('mention', { noun, ref, ...(mid === undefined ? {} : { mid }) }, []);
export const element = el;

/** A note with this body. */
export function makeNote(...body: ElementNode[]): Y.Doc {
  const doc = new Y.Doc();
  doc.transact(() => {
    const meta = doc.getMap<unknown>(metaRoot);
    meta.set('schema', noteSchema);
    meta.set('title', 'A note');
    meta.set('links', new Y.Map());
    meta.set('createdAt', 1);
    doc.getXmlFragment(bodyRoot).insert(0, body.map(toXml));
  });
  return doc;
}

export type Tables = Map<string, Map<string, Record<string, unknown>>>;

/** Applies row writes as the store does: a row is replaced whole, a null row deletes what has the key. */
export function applyWrites(tables: Tables, writes: readonly RowWrite[]): void {
  for (const { table, key, row } of writes) {
    const rows = tables.get(table) ?? new Map<string, Record<string, unknown>>();
    tables.set(table, rows);
    if (row !== null) rows.set(JSON.stringify(key), { ...key, ...row });
    else
      for (const [id, each] of rows)
        if (Object.entries(key).every(([name, value]) => each[name] === value)) rows.delete(id);
  }
}

export interface LoggedUpdate {
  readonly update: Uint8Array;
  readonly actor: string;
  readonly at: number;
}

/** A server's copy of a note: takes updates one by one, as the log has them, and keeps the rows. */
export function makeNoteServer(from?: { state: Uint8Array; tables: Tables; log: readonly LoggedUpdate[] }) {
  const doc = new Y.Doc();
  if (from !== undefined) Y.applyUpdate(doc, from.state);
  const tables: Tables = from?.tables ?? new Map();
  const log: LoggedUpdate[] = [...(from?.log ?? [])];
  const projector = makeNoteProjector('note/n1', doc);
  return {
    doc,
    tables,
    log,
    take(update: Uint8Array, actor: string, at: number): void {
      const project = (transaction: Y.Transaction) => {
        if (transaction.origin !== log) return;
        log.push({ update, actor, at });
        applyWrites(tables, projector.project(transaction, { seq: log.length, at, actor, via: 'live' }));
      };
      doc.on('afterTransaction', project);
      Y.applyUpdate(doc, update, log);
      doc.off('afterTransaction', project);
    },
  };
}

export const rowsOf = (tables: Tables, table: string): Record<string, unknown>[] => [
  ...(tables.get(table)?.values() ?? []),
];
