import { cardTable } from '../boards/card-table.ts';
import { dealType } from './deal-type.ts';

const listed = 't.deleted_at IS NULL AND t.merged_into IS NULL';

/** Deals of all pipelines as a table. */
export const dealsTable = cardTable(dealType, {
  board: { key: 'pipeline', label: 'Pipeline' },
  shown: [
    'title',
    'value',
    'pipeline',
    'stage',
    'company',
    'contact',
    'owner',
    'expectedClose',
    'nextActivity',
    'labels',
  ],
  follows: ['companies', 'contacts'],
  names: {
    company: { table: 'companies', name: 'name', isListed: listed },
    contact: { table: 'contacts', name: 'name', isListed: listed },
    deal: { table: 'deals', name: 'title', isListed: 't.deleted_at IS NULL' },
  },
});
