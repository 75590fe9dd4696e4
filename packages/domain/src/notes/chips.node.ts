import type { Query } from '../http/workspace-context.node.ts';
import { isMentionNoun, isRecordId } from './schema.ts';

/** What a chip shows of a record now. */
export interface Chip {
  readonly noun: string;
  readonly id: string;
  readonly name: string;
  /** Of a deal or lead: its board, its stage's name, probability and colour, its value. */
  readonly parent?: string;
  readonly stage?: { readonly name: string; readonly probability: number; readonly colour: string };
  readonly value?: { readonly minor: number; readonly currency: string } | null;
}

interface Row {
  readonly id: string;
  readonly name: string;
  readonly parent?: string;
  readonly stage?: string | null;
  readonly probability?: number | null;
  readonly colour?: string | null;
  readonly minor?: number | null;
  readonly currency?: string | null;
}

/** What stands on a board, with its stage. */
const cardsSql = (table: string): string =>
  `SELECT d.id, d.title AS name, d.board_id AS parent, s.name AS stage, s.probability, s.colour,
      d.value_minor AS minor, d.value_currency AS currency
    FROM ${table} d LEFT JOIN stages s ON s.board_id = d.board_id AND s.id = d.stage_id AND s.deleted_at IS NULL
    WHERE d.deleted_at IS NULL AND d.id IN (SELECT value FROM json_each(?))`;

/** Where the names of records stand, by noun: the table, and what is read of its rows whose id is among `?`. */
const sources: Readonly<Record<string, { readonly table: string; readonly sql: string }>> = {
  deal: { table: 'deals', sql: cardsSql('deals') },
  lead: { table: 'leads', sql: cardsSql('leads') },
  note: {
    table: 'notes',
    sql: `SELECT id, title AS name FROM notes WHERE deleted_at IS NULL AND id IN (SELECT value FROM json_each(?))`,
  },
  contact: {
    table: 'contacts',
    sql: `SELECT id, name FROM contacts WHERE deleted_at IS NULL AND id IN (SELECT value FROM json_each(?))`,
  },
  company: {
    table: 'companies',
    sql: `SELECT id, name FROM companies WHERE deleted_at IS NULL AND id IN (SELECT value FROM json_each(?))`,
  },
};

/** As many are answered at once. */
export const mostChips = 200;

/** Chips of `noun/id` keys, as far as `query` shows the records; what is missing is not there, or not for this reader. */
export function readChips(query: Query, keys: readonly string[]): Chip[] {
  const idsByNoun = new Map<string, string[]>();
  for (const key of keys.slice(0, mostChips)) {
    const [noun, id] = key.split('/');
    if (isMentionNoun(noun) && isRecordId(id)) idsByNoun.set(noun, [...(idsByNoun.get(noun) ?? []), id]);
  }
  return [...idsByNoun].flatMap(([noun, ids]) => {
    const source = Object.hasOwn(sources, noun) ? sources[noun] : undefined;
    if (source === undefined) return [];
    const exists = query.get('SELECT 1 FROM main.sqlite_master WHERE name = ?', [source.table]) !== undefined;
    return exists ? query.all<Row>(source.sql, [JSON.stringify(ids)]).map((row) => chipOf(noun, row)) : [];
  });
}

function chipOf(noun: string, row: Row): Chip {
  const { id, name, parent, stage, probability, colour, minor, currency } = row;
  return {
    noun,
    id,
    name,
    ...(parent === undefined ? {} : { parent }),
    ...(stage == null ? {} : { stage: { name: stage, probability: probability ?? 0, colour: colour ?? '' } }),
    ...(minor == null || currency == null ? {} : { value: { minor, currency } }),
  };
}
