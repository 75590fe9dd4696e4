import { number, select, text } from '@rapport/schema/fields';
import type { TableDef } from '../tables/table-def.ts';
import { editableLeadFields, leadFields } from './schema.ts';
import { scoreSql } from './score-sql.ts';

const stage = (column: string) =>
  `(SELECT s.${column} FROM stages s WHERE s.board_id = t.board_id AND s.id = t.stage_id)`;

/** Leads of all inboxes as a table. Another status is a move, with the rules of the board. */
export const leadsTable: TableDef = {
  noun: 'lead',
  plural: 'leads',
  table: 'leads',
  isListed: 't.deleted_at IS NULL',
  title: 'title',
  columns: [
    { key: 'title', spec: leadFields.title, isEditable: true },
    {
      key: 'inbox',
      spec: text({ label: 'Inbox' }),
      sql: '(SELECT b.name FROM boards b WHERE b.id = t.board_id)',
      isEditable: false,
    },
    {
      key: 'stage',
      spec: text({ label: 'Stage' }),
      sql: stage('name'),
      isEditable: true,
      choices:
        'SELECT s.name AS name FROM leads d JOIN stages s ON s.board_id = d.board_id WHERE d.id = ? AND s.deleted_at IS NULL ORDER BY s.rank, s.id',
    },
    {
      key: 'status',
      spec: select({
        label: 'Status',
        options: [
          { id: 'open', label: 'Open' },
          { id: 'won', label: 'Converted' },
          { id: 'lost', label: 'Disqualified' },
        ],
      }),
      sql: `coalesce(${stage('kind')}, 'open')`,
      isEditable: false,
    },
    { key: 'score', spec: number({ label: 'Score', min: 0, max: 100 }), sql: scoreSql('t'), isEditable: false },
    ...Object.entries(leadFields)
      .filter(([key]) => key !== 'title')
      .map(([key, spec]) => ({ key, spec, isEditable: (editableLeadFields as readonly string[]).includes(key) })),
  ],
  shown: ['title', 'score', 'stage', 'name', 'companyName', 'email', 'phone', 'owner', 'source', 'createdAt'],
  searched: ['title', 'name', 'companyName', 'email', 'phone'],
  follows: ['leads', 'stages', 'boards', 'score_weights', 'lead_stage_entries', 'lead_touches', 'companies'],
  names: {},
};
