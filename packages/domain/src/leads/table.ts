import { number } from '@rapport/schema/fields';
import { cardTable } from '../boards/card-table.ts';
import { leadType } from './lead-type.ts';
import { scoreSql } from './score-sql.ts';

/** Leads of all inboxes as a table. */
export const leadsTable = cardTable(leadType, {
  board: { key: 'inbox', label: 'Inbox' },
  derived: [
    { key: 'score', spec: number({ label: 'Score', min: 0, max: 100 }), sql: scoreSql('t'), isEditable: false },
  ],
  shown: ['title', 'score', 'stage', 'name', 'companyName', 'email', 'phone', 'owner', 'source', 'createdAt'],
  follows: ['score_weights', leadType.tables.entries, leadType.tables.touches, 'companies'],
  names: {},
});
