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
  isMakers: true,
  chips: ['mine', 'no-activity', 'rotting', 'closing'],
  quick: { fields: ['title', 'company', 'value'] },
  panel: { first: ['company', 'contact'], last: ['description'] },
  columns: ['value', 'company', 'contact', 'owner', 'expectedClose', 'nextActivity', 'labels', 'source'],
  alsoOnCards: ['contact', 'expectedClose', 'source'],
  words: {
    one: 'deal',
    many: 'deals',
    article: 'a deal',
    board: 'pipeline',
    boards: 'Pipelines',
    win: 'Won',
    lose: 'Lost',
    won: 'won',
    lost: 'lost',
    askReason: 'Say why it was lost',
    needsReason: 'A lost deal needs its reason.',
    whyLost: (what) => `Why was ${what} lost?`,
    markLost: 'Mark as lost',
    reasons: 'Price, timing, a competitor',
    firstTitle: 'Your first deal',
    firstUnder: 'A company you know',
    firstText: 'Add one, or bring them from your old CRM.',
    hint({ kind, probability }) {
      if (kind === 'won') return 'They signed';
      if (kind === 'lost') return 'It came to nothing, for a reason';
      if (probability <= 20) return 'Someone you have spoken to';
      if (probability <= 40) return 'You have met and know the need';
      if (probability <= 60) return 'They have a price from you';
      if (probability <= 80) return 'You are agreeing on terms';
      return 'They said yes; the paper follows';
    },
  },
  isBeside: isLinkKey,
  rowsBeside: linkRows,
  rowsOfGone: (id) => [{ table: 'record_links', key: { from_id: id }, row: null }],
});
