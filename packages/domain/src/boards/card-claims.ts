import { jsonText } from '@rapport/doc/json';
import type { RowClaim } from '@rapport/sync/server/ports';
import type { CardType } from './card-type.ts';

/** Field and words of the line in `data_quality` for a card whose id another document's record has; see ADR 27. */
export const foreignId = { field: 'id', problem: 'is that of another record, so this is in no list and no report' };

const rawLimit = 2000;

/**
 * What a board's document says of whose a card's rows are. Anybody who edits a board can write a card with any id into it:
 * the rows of an id are those of the document that has it already. `recordTables`: tables of other records, by id.
 */
export function makeCardClaims(docName: string, types: readonly CardType[], recordTables: readonly string[]) {
  const elsewhere = new Map(
    types.map(({ kind }) => [
      kind,
      [...types.map((each) => each.kind).filter((each) => each !== kind), ...recordTables],
    ]),
  );
  const line = (record: string) => ({ table: 'data_quality', key: { doc: docName, record, field: foreignId.field } });
  return {
    /** To the row of a card that is here. `takesFrom`: the document from which the server itself has brought it. */
    to({ kind }: CardType, id: string, isShown: boolean, takesFrom: string | null = null): RowClaim {
      const raw = (jsonText(id) ?? '').slice(0, rawLimit).toWellFormed();
      return {
        owner: 'doc',
        unless: elsewhere.get(kind) ?? [],
        refusal: { ...line(id), row: isShown ? { problem: foreignId.problem, raw } : null },
        ...(takesFrom === null ? {} : { takesFrom }),
      };
    },
    /** To the row of a card that is not here any more. */
    of: (id: string): RowClaim => ({ owner: 'doc', refusal: { ...line(id), row: null } }),
  };
}
