import { jsonText } from '@rapport/doc/json';
import { raceById, racesRoot } from '@rapport/doc/race';
import { rootRecord } from '@rapport/doc/records';
import type { DocumentKind, RowWrite } from '@rapport/sync/server/ports';
import type * as Y from 'yjs';
import { thingOfDocumentSql, type RowOwners } from '../access/row-owners.ts';

/**
 * Races that nobody has answered yet, so that tables show them without opening documents. `id` names the race in its
 * document; values are JSON, of long texts the beginning. `root` and `field` are as in the document.
 */
export const racesReadModel: readonly string[] = [
  `CREATE TABLE races (record TEXT NOT NULL, doc TEXT NOT NULL, id TEXT NOT NULL, root TEXT NOT NULL, field TEXT NOT NULL,
    kept TEXT, kept_by TEXT NOT NULL, other TEXT, other_by TEXT NOT NULL, PRIMARY KEY (record, doc, id)) WITHOUT ROWID`,
];

export const racesRowOwners: RowOwners = { races: thingOfDocumentSql('doc') };

const idLimit = 300;
const textLimit = 2000;

const short = (text: string): string => text.slice(0, idLimit).toWellFormed();

function valueText(value: unknown): string | null {
  if (typeof value === 'string') return jsonText(value.slice(0, textLimit).toWellFormed());
  const text = jsonText(value)?.toWellFormed() ?? null;
  // A cut list or object could not be read again.
  return text !== null && text.length > textLimit ? null : text;
}

/** The races of a document that a transaction touched, in the order of their ids. */
function touchedRaces(transaction: Y.Transaction, root: unknown): readonly string[] {
  const ids = new Set<string>();
  for (const [type, keys] of transaction.changed) {
    if (Object.is(type, root)) for (const key of keys) void (key === null || ids.add(key));
    else if (Object.is(type.parent, root) && type._item?.parentSub != null) ids.add(type._item.parentSub);
  }
  return [...ids].filter((id) => id.length <= idLimit).sort();
}

/** The same kind of document, whose open races are rows, too. Of a record that is emptied for good none is left. */
export const withRaceRows = (kind: DocumentKind): DocumentKind => ({
  ...kind,
  projector(doc, live) {
    const inner = kind.projector(doc, live);
    const root: unknown = live.getMap(racesRoot);
    const recordOf = (record: string) => (record === rootRecord ? doc.slice(doc.indexOf('/') + 1) : record);
    return {
      project(transaction, context) {
        const writes = inner.project(transaction, context);
        const emptied = writes.flatMap(({ table, key, row }): RowWrite[] =>
          table === 'purges' && row !== null
            ? [{ table: 'races', key: { doc, record: String(key['record']) }, row: null }]
            : [],
        );
        const races = touchedRaces(transaction, root).map((id): RowWrite => {
          const race = raceById(live, id);
          if (race === null) return { table: 'races', key: { doc, id }, row: null };
          return {
            table: 'races',
            key: { record: short(recordOf(race.record)), doc, id },
            row: {
              root: short(race.root),
              field: short(race.field),
              kept: valueText(race.kept),
              kept_by: short(race.keptBy),
              other: valueText(race.other),
              other_by: short(race.otherBy),
            },
          };
        });
        return emptied.length + races.length === 0 ? writes : [...writes, ...races, ...emptied];
      },
    };
  },
});
