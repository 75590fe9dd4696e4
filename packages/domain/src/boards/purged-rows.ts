import { purgedAt } from '@rapport/doc/purge';
import type { RawRecord } from '@rapport/doc/records';
import type { RowClaim, RowWrite } from '@rapport/sync/server/ports';
import { noPurgeRow, purgeRow } from '../purge/purged-kind.ts';
import type { CardType } from './card-type.ts';

/** A card that was emptied for good, whether or not somebody wants it back. */
export const isEmptied = (raw: RawRecord | null): boolean => typeof raw?.[purgedAt] === 'number';

/**
 * What is left in the rows of a card that was emptied: that it was, and nothing of what it had or what its board told of
 * it. Of a card that was not here before nothing is taken: any program can write an emptied one under another's id.
 */
export function rowsOfEmptied(
  type: CardType,
  {
    doc,
    boardId,
    id,
    claim,
  }: { readonly doc: string; readonly boardId: string; readonly id: string; readonly claim: RowClaim },
  before: RawRecord | null,
  after: RawRecord,
): readonly RowWrite[] {
  const left = purgeRow(doc, id, type.noun, after['deletedAt'] === undefined);
  if (before === null || isEmptied(before) || before['movedTo'] !== undefined) return [left];
  const gone: readonly RowWrite[] = [
    { table: type.tables.entries, key: { [type.tables.id]: id, board_id: boardId }, row: null },
    { table: type.tables.touches, key: { [type.tables.id]: id }, row: null },
    { table: 'activity', key: { record: id, board_id: boardId }, row: null },
    ...(type.rowsOfGone?.(id) ?? []),
  ];
  return [
    { table: type.kind, key: { id, doc }, row: null, claim },
    ...gone.map((write): RowWrite => ({ ...write, under: claim })),
    { table: 'data_quality', key: { doc, record: id }, row: null },
    left,
  ];
}

export const rowOfFilled = (doc: string, id: string): RowWrite => noPurgeRow(doc, id);

export const rowOfEmptiedStage = (doc: string, id: string, raw: RawRecord): RowWrite =>
  purgeRow(doc, id, 'stage', raw['deletedAt'] === undefined);
