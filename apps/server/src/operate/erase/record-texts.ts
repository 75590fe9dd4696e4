import type { Database } from 'better-sqlite3';
import * as Y from 'yjs';
import { readSteps } from '../read-log.ts';

const address = /[^\s@<>"',;]+@[^\s@<>"',;]+\.[^\s@<>"',;]+/gu;
const day = /^\d{4}-\d\d-\d\d/;
const phone = /^\+?[\d\s()./-]{7,30}$/u;

/**
 * By what else the record with this id is known: its addresses, numbers and full names, so that they are erased wherever else
 * somebody wrote them. A single first or last name is left out: too many others have it.
 */
export const textsOfRecordIn = (database: Database, record: string): string[] =>
  textsOfRecord(updatesOf(database, record));

function textsOfRecord(updates: Iterable<Uint8Array>): string[] {
  const doc = new Y.Doc();
  for (const update of updates) Y.applyUpdate(doc, update);
  const texts = new Set<string>();
  for (const type of doc.share.values()) collect(jsonOf(type), null, texts);
  doc.destroy();
  return [...texts].filter((text) => text.length >= 5);
}

/** Whatever type a root is of: nobody has said so in a document that was only replayed. */
function jsonOf(type: { readonly _map: ReadonlyMap<string, Y.Item> }): unknown {
  const entries = [...type._map].flatMap(([key, { deleted, content }]): [string, unknown][] => {
    if (deleted) return [];
    const value: unknown = content.getContent().at(-1);
    return [[key, value instanceof Y.AbstractType ? jsonOf(value) : value]];
  });
  return Object.fromEntries(entries);
}

function collect(value: unknown, key: string | null, texts: Set<string>): void {
  if (typeof value === 'string') {
    for (const [found] of value.matchAll(address)) texts.add(found);
    if (phone.test(value) && !day.test(value) && value.replaceAll(/\D/g, '').length >= 7) texts.add(value.trim());
    if (key === 'name' && /\S\s+\S/u.test(value)) texts.add(value.trim());
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  const { firstName, lastName } = value as { firstName?: unknown; lastName?: unknown };
  if (typeof firstName === 'string' && typeof lastName === 'string' && firstName !== '' && lastName !== '')
    for (const whole of [`${firstName} ${lastName}`, `${lastName} ${firstName}`, `${lastName}, ${firstName}`])
      texts.add(whole.trim());
  for (const [name, each] of Object.entries(value)) collect(each, name, texts);
}

function* updatesOf(database: Database, record: string): Generator<Uint8Array> {
  const names = database
    .prepare<[string, string], string>(`SELECT name FROM sync_documents WHERE name LIKE ? OR name LIKE ? ORDER BY name`)
    .pluck()
    .all(`%/${record}`, `%/${record}~%`);
  for (const name of names)
    for (const { entry, isSound } of readSteps(database, 'main', name)) if (isSound) yield entry.update;
}
