import { select, text } from '@rapport/schema/fields';
import type { TableDef } from '../tables/table-def.ts';
import { dealFields, editableDealFields } from './schema.ts';

const stage = (column: string) =>
  `(SELECT s.${column} FROM stages s WHERE s.board_id = t.board_id AND s.id = t.stage_id)`;

/** Deals of all pipelines as a table. The stage is moved on the board, where its rules are asked. */
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
    { key: 'stage', spec: text({ label: 'Stage' }), sql: stage('name'), isEditable: false },
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
        isEditable: spec.type !== 'planned' && (editableDealFields as readonly string[]).includes(key),
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
  names: { company: { table: 'companies', name: 'name' }, contact: { table: 'contacts', name: 'name' } },
};
