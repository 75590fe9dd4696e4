import Sqlite from 'better-sqlite3';
import { companyType } from '../../companies/schema.ts';
import { contactType } from '../../contacts/schema.ts';
import { boardsReadModel, cardReadModel } from '../../boards/read-model.ts';
import { dealType } from '../../deals/deal-type.ts';
import type { Query, SqlParams } from '../../http/workspace-context.node.ts';
import { recordReadModel } from '../../records/read-model.ts';

/** For tests: the read model in memory, filled by hand. */
export interface DealFixture {
  readonly id: string;
  readonly board: string;
  readonly stage: string;
  readonly title?: string;
  readonly minor?: number | null;
  readonly currency?: string | null;
  readonly owner?: string | null;
  readonly company?: string | null;
  readonly source?: string | null;
  readonly lostReason?: string | null;
  readonly labels?: readonly string[] | null;
  readonly createdAt?: number | null;
  readonly closedAt?: number | null;
  readonly deletedAt?: number | null;
  readonly touchedAt?: number | null;
  readonly custom?: Readonly<Record<string, unknown>> | null;
}

export interface StageFixture {
  readonly board: string;
  readonly id: string;
  readonly kind: 'open' | 'won' | 'lost';
  readonly probability: number;
  readonly rotDays?: number | null;
  readonly deletedAt?: number | null;
}

export interface Fixture {
  readonly boards: readonly { readonly id: string; readonly currency: string; readonly kind?: string }[];
  readonly stages: readonly StageFixture[];
  readonly deals: readonly DealFixture[];
}

export function makeTables(): { database: Sqlite.Database; tables: Query } {
  const database = new Sqlite(':memory:');
  for (const statement of [
    ...boardsReadModel,
    ...cardReadModel(dealType),
    ...recordReadModel(companyType),
    ...recordReadModel(contactType),
  ])
    database.exec(statement);
  const tables: Query = {
    all: <Row>(sql: string, params: SqlParams = []) => database.prepare(sql).all(params) as Row[],
    get: <Row>(sql: string, params: SqlParams = []) => database.prepare(sql).get(params) as Row | undefined,
  };
  return { database, tables };
}

/** Replaces all that the read model holds. */
export function fill(database: Sqlite.Database, { boards, stages, deals }: Fixture): void {
  const insert = (table: string, columns: string) =>
    database.prepare(
      `INSERT INTO ${table} (${columns}) VALUES (${columns
        .split(',')
        .map(() => '?')
        .join(',')})`,
    );
  const board = insert('boards', 'id,doc,name,kind,currency');
  const stage = insert('stages', 'board_id,id,name,colour,kind,probability,rot_days,rank,required,deleted_at');
  const touch = insert('deal_touches', 'deal_id,at,actor,what');
  const deal = insert(
    'deals',
    'id,doc,board_id,stage_id,rank,title,value_minor,value_currency,owner,company,source,lost_reason,labels,created_at,closed_at,deleted_at,custom',
  );
  const json = (value: unknown) => (value == null ? null : JSON.stringify(value));
  database.transaction(() => {
    for (const table of ['boards', 'stages', 'deals', 'deal_touches']) database.exec(`DELETE FROM ${table}`);
    for (const each of boards)
      board.run(each.id, `board/${each.id}`, `Board ${each.id}`, each.kind ?? 'deals', each.currency);
    for (const [index, each] of stages.entries())
      stage.run(
        each.board,
        each.id,
        `Stage ${each.id}`,
        '',
        each.kind,
        each.probability,
        each.rotDays ?? null,
        `a${index}`,
        '[]',
        each.deletedAt ?? null,
      );
    for (const each of deals) {
      deal.run(
        each.id,
        `board/${each.board}`,
        each.board,
        each.stage,
        'V',
        each.title ?? `Deal ${each.id}`,
        each.minor ?? null,
        each.minor == null ? null : (each.currency ?? 'USD'),
        each.owner ?? null,
        each.company ?? null,
        each.source ?? null,
        each.lostReason ?? null,
        json(each.labels),
        each.createdAt ?? null,
        each.closedAt ?? null,
        each.deletedAt ?? null,
        json(each.custom),
      );
      if (each.touchedAt != null) touch.run(each.id, each.touchedAt, 'm1', 'moved');
    }
  })();
}
