import { select, text } from '@rapport/schema/fields';
import type { TableDef } from '../tables/table-def.ts';
import { dealFields, editableDealFields } from './schema.ts';

const stage = (column: string) =>
  `(SELECT s.${column} FROM stages s WHERE s.board_id = t.board_id AND s.id = t.stage_id)`;

const listed = 't.deleted_at IS NULL AND t.merged_into IS NULL';

/** Deals of all pipelines as a table. Another stage is a move, with the rules of the board. */
export const dealsTable: TableDef = {
  noun: 'deal',
  plural: 'deals',
  table: 'deals',
  isListed: 't.deleted_at IS NULL',
  title: 'title',
  columns: [
    { key: 'title', spec: dealFields.title, isEditable: true },
    {
      key: 'pipeline',
      spec: text({ label: 'Pipeline' }),
      sql: '(SELECT b.name FROM boards b WHERE b.id = t.board_id)',
      isEditable: false,
    },
    {
      key: 'stage',
      spec: text({ label: 'Stage' }),
      sql: stage('name'),
      isEditable: true,
      choices:
        'SELECT s.name AS name FROM deals d JOIN stages s ON s.board_id = d.board_id WHERE d.id = ? AND s.deleted_at IS NULL ORDER BY s.rank, s.id',
    },
    {
      key: 'status',
      spec: select({
        label: 'Status',
        options: [
          { id: 'open', label: 'Open' },
          { id: 'won', label: 'Won' },
          { id: 'lost', label: 'Lost' },
        ],
      }),
      sql: `coalesce(${stage('kind')}, 'open')`,
      isEditable: false,
    },
    ...Object.entries(dealFields)
      .filter(([key]) => key !== 'title')
      .map(([key, spec]) => ({
        key,
        spec,
        isEditable: (editableDealFields as readonly string[]).includes(key),
        takesNames: true,
      })),
  ],
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
  searched: ['title', 'company', 'contact'],
  follows: ['deals', 'stages', 'boards', 'companies', 'contacts'],
  names: {
    company: { table: 'companies', name: 'name', isListed: listed },
    contact: { table: 'contacts', name: 'name', isListed: listed },
    deal: { table: 'deals', name: 'title', isListed: 't.deleted_at IS NULL' },
  },
};
