import { makeCardType } from '../boards/card-type.ts';
import { isLinkKey } from './deal-links.ts';
import { linkRows } from './link-rows.ts';
import { dealFields, defaultStages, editableDealFields, type Deal } from './schema.ts';

/** Deals, as the board engine knows them. */
export const dealType = makeCardType<Deal>({
  noun: 'deal',
  kind: 'deals',
  fields: dealFields,
  editable: editableDealFields,
  defaultStages,
  tables: { entries: 'stage_entries', touches: 'deal_touches', id: 'deal_id' },
  under: 'company',
  searched: ['company', 'contact'],
  isSummed: true,
  words: {
    one: 'deal',
    many: 'deals',
    article: 'a deal',
    board: 'pipeline',
    win: 'Won',
    lose: 'Lost',
    won: 'won',
    lost: 'lost',
    askReason: 'Say why it was lost',
    needsReason: 'A lost deal needs its reason.',
    firstTitle: 'Your first deal',
    firstUnder: 'A company you know',
  },
  isBeside: isLinkKey,
  rowsBeside: linkRows,
  rowsOfGone: (id) => [{ table: 'record_links', key: { from_id: id }, row: null }],
});
