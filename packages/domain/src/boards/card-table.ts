import { select, text } from '@rapport/schema/fields';
import type { TableColumnDef, TableDef } from '../tables/table-def.ts';
import type { CardType } from './card-type.ts';
import { capital } from './card-words.ts';

const stage = (column: string) =>
  `(SELECT s.${column} FROM stages s WHERE s.board_id = t.board_id AND s.id = t.stage_id)`;

/** Of a place (stage and rank), the stage's name. */
const stageOfPlace = `(SELECT s.name FROM stages s WHERE s.board_id = t.board_id AND s.id = json_extract(:value, '$[0]'))`;

/** What the table of one kind of card has for itself. */
export interface CardTable extends Pick<TableDef, 'shown' | 'follows' | 'names'> {
  /** The column of the board that a card is on. */
  readonly board: { readonly key: string; readonly label: string };
  /** Columns that are no fields, behind the status. */
  readonly derived?: readonly TableColumnDef[];
}

/** Cards of all boards of a kind as a table. Another stage is a move, with the rules of the board. */
export function cardTable({ noun, kind, fields, editable, searched, words }: CardType, own: CardTable): TableDef {
  const isEditable = (key: string) => (editable as readonly string[]).includes(key);
  const { title, ...others } = fields;
  return {
    noun,
    plural: kind,
    table: kind,
    isListed: 't.deleted_at IS NULL',
    title: 'title',
    columns: [
      { key: 'title', spec: title ?? text({ label: 'Title' }), isEditable: true },
      {
        key: own.board.key,
        spec: text({ label: own.board.label }),
        sql: '(SELECT b.name FROM boards b WHERE b.id = t.board_id)',
        isEditable: false,
      },
      {
        key: 'stage',
        spec: text({ label: 'Stage' }),
        sql: stage('name'),
        isEditable: true,
        choices: `SELECT s.name AS name FROM ${kind} d JOIN stages s ON s.board_id = d.board_id WHERE d.id = ? AND s.deleted_at IS NULL ORDER BY s.rank, s.id`,
      },
      {
        key: 'status',
        spec: select({
          label: 'Status',
          options: [
            { id: 'open', label: 'Open' },
            { id: 'won', label: capital(words.won) },
            { id: 'lost', label: capital(words.lost) },
          ],
        }),
        sql: `coalesce(${stage('kind')}, 'open')`,
        isEditable: false,
      },
      ...(own.derived ?? []),
      ...Object.entries(others).map(([key, spec]) => ({
        key,
        spec,
        isEditable: isEditable(key),
        takesNames: spec.type === 'reference',
      })),
    ],
    shown: own.shown,
    searched: ['title', ...searched],
    follows: [kind, 'stages', 'boards', ...own.follows],
    raceColumns: { place: 'stage' },
    raceTexts: { place: stageOfPlace },
    names: own.names,
  };
}
