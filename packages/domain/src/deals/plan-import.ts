import type { Json } from '@rapport/doc/json';
import { sameJson } from '@rapport/doc/json';
import { columnValues, type ColumnValue } from '@rapport/schema/columns';
import type { FieldSpec, FieldSpecs, FieldValue } from '@rapport/schema/fields';
import { nameKey } from '../imports/name-key.ts';
import type { ReadRow } from '../imports/read-rows.ts';
import { noneDone, type RowsDone } from '../imports/rows-done.ts';
import { makePeopleFinder, type OwnerRef } from '../imports/people-finder.ts';
import type { RowError } from '../imports/target.ts';
import type { Member } from '../people/member.ts';
import { archiveName, closedStayMs } from '../boards/archive.ts';
import { makeStageFinder, type MadeStage, type StageRef } from './import-stages.ts';
import type { Stage, StageKind } from '../boards/schema.ts';
import { dealFields } from './schema.ts';

/** A deal that is there already, as its row in the read model. */
export type DealRow = Readonly<Record<string, ColumnValue>> & {
  readonly id: string;
  readonly doc: string;
  readonly stage_id: string;
};

/** What a row that matches a deal does to it. Empty cells never empty a field. */
export type WhenThere = 'overwrite' | 'fill' | 'skip';

export interface DealImportSetting {
  readonly boardDoc: string;
  readonly stages: readonly Stage[];
  readonly members: readonly Member[];
  readonly custom: FieldSpecs;
  /** Deals of the board, when a key is chosen. */
  readonly there: readonly DealRow[];
  /**
   * Fields by whose value a row and a deal are the same, `title+company` for both. The first that a row has a value for
   * and that some deal has decides; none: every row is new.
   */
  readonly keys: readonly string[];
  readonly whenThere: WhenThere;
  /** Fields that make a title where the file has none, e.g. company and product. */
  readonly titleFrom: readonly string[];
  /** Name of a field or a column, for error messages. */
  readonly columnOf: (key: string) => string;
  readonly now: number;
  /** Rows that were written before a stop of the server; they are not planned again. */
  readonly done?: RowsDone;
}

/** A deal to be made or changed; `stage` and `owner` may not exist yet. */
export interface PlannedDeal {
  readonly row: number;
  /** Null: a new deal. */
  readonly id: string | null;
  readonly doc: string;
  readonly stage: StageRef | null;
  readonly owner: OwnerRef | null;
  readonly set: Readonly<Record<string, Json>>;
}

export interface DealImportPlan {
  readonly deals: readonly PlannedDeal[];
  readonly errors: readonly RowError[];
  readonly created: number;
  readonly updated: number;
  /** Rows that match a deal and change nothing, or were to be skipped because they match. */
  readonly unchanged: number;
  readonly stages: readonly MadeStage[];
  readonly people: readonly string[];
}

export const titleAndCompany = 'title+company';

const columnName = (key: string): string => key.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const customOf = (row: DealRow): Record<string, unknown> =>
  typeof row.custom === 'string' ? (JSON.parse(row.custom) as Record<string, unknown>) : {};

/** The text by which a row or a deal is recognised; null: by nothing. */
function keyText(key: string, value: (field: string) => unknown): string | null {
  if (key === titleAndCompany) {
    const title = value('title');
    return typeof title === 'string' ? `${nameKey(title)}\n${nameKey(String(value('company') ?? ''))}` : null;
  }
  const found = value(key);
  return found === undefined || found === null || typeof found === 'object' ? null : String(found).trim();
}

/**
 * Plans what rows do to a board's deals, without writing. Rows are taken one by one (`take`), so that the caller can let
 * others work in between; `finish` gives the plan.
 */
export function makeDealPlanner(setting: DealImportSetting) {
  const { boardDoc, keys, whenThere, now, columnOf, custom, done = noneDone } = setting;
  const stages = makeStageFinder(setting.stages);
  const people = makePeopleFinder(setting.members);
  const kindById = new Map(setting.stages.map(({ id, kind }) => [id, kind]));
  const thereByKey = new Map<string, DealRow | 'several'>();
  const rowByKey = new Map<string, number>();
  const deals: PlannedDeal[] = [];
  const errors: RowError[] = [];
  let unchanged = 0;

  for (const deal of setting.there) {
    const extra = customOf(deal);
    for (const key of keys) {
      const text = keyText(key, (field) => deal[columnName(field)] ?? extra[field]);
      if (text !== null) thereByKey.set(`${key}\n${text}`, thereByKey.has(`${key}\n${text}`) ? 'several' : deal);
    }
  }

  const fail = (row: number, field: string, message: string) => void errors.push({ row, field, message });

  function title({ row, values }: ReadRow): string {
    if (typeof values.title === 'string') return values.title;
    const parts = setting.titleFrom.flatMap((field) => (typeof values[field] === 'string' ? [values[field]] : []));
    return parts.join(' · ').slice(0, dealFields.title.max) || `Row ${row}`;
  }

  function closing(values: ReadRow['values'], kind: StageKind): Record<string, Json> {
    const { closeDate, closedAt, expectedClose } = values;
    const day = typeof closeDate === 'number' ? new Date(closeDate).toISOString().slice(0, 10) : undefined;
    if (kind === 'open') {
      const expected = expectedClose ?? day;
      return expected === undefined ? {} : { expectedClose: expected as Json };
    }
    const closed = closedAt ?? closeDate;
    return {
      ...(expectedClose === undefined ? {} : { expectedClose: expectedClose as Json }),
      ...(closed === undefined ? {} : { closedAt: closed as Json }),
    };
  }

  function fieldsOf(read: ReadRow): Record<string, Json> {
    const set = Object.create(null) as Record<string, Json>;
    for (const [field, value] of Object.entries(read.values)) {
      if (['stage', 'status', 'closeDate', 'closedAt', 'expectedClose', 'owner', 'currency'].includes(field)) continue;
      set[field] = value as Json;
    }
    return set;
  }

  function create(read: ReadRow, stage: StageRef, owner: OwnerRef | null): void {
    const dates = closing(read.values, stage.kind);
    const set = { ...fieldsOf(read), ...dates, title: title(read) };
    // A deal that was closed before it came here was not created now; nobody knows when.
    if (read.values.createdAt === undefined && stage.kind === 'open') Object.assign(set, { createdAt: now });
    const closedAt = dates.closedAt;
    const isLongClosed = typeof closedAt === 'number' && closedAt < now - closedStayMs;
    deals.push({
      row: read.row,
      id: null,
      doc: isLongClosed ? archiveName(boardDoc, closedAt) : boardDoc,
      stage,
      owner,
      set,
    });
  }

  const specOf = (field: string): FieldSpec | undefined =>
    Object.hasOwn(dealFields, field) ? dealFields[field as keyof typeof dealFields] : custom[field];

  /** Whether the deal has this value already; `fill` also leaves what has any value. */
  function isSettled(deal: DealRow, extra: Record<string, unknown>, field: string, value: Json): boolean {
    const spec = specOf(field);
    if (!Object.hasOwn(dealFields, field) || !spec) {
      const had = extra[field] ?? null;
      return whenThere === 'fill' ? had !== null : sameJson(had, value);
    }
    const columns = Object.entries(columnValues(field, spec, value as FieldValue));
    if (whenThere === 'fill') return columns.some(([name]) => (deal[name] ?? null) !== null);
    return columns.every(([name, column]) => (deal[name] ?? null) === column);
  }

  function update(read: ReadRow, deal: DealRow, named: StageRef | null, owner: OwnerRef | null): void {
    if (whenThere === 'skip') return void (unchanged += 1);
    const before = kindById.get(deal.stage_id) ?? 'open';
    const isMove = named !== null && whenThere === 'overwrite' && !('id' in named && named.id === deal.stage_id);
    const kind = isMove ? named.kind : before;
    const given: Record<string, Json> = { ...fieldsOf(read), ...closing(read.values, kind) };
    if (isMove && kind === 'open' && before !== 'open') Object.assign(given, { closedAt: null, lostReason: null });
    if (isMove && kind !== 'open' && before === 'open') given.closedAt ??= now;
    const extra = customOf(deal);
    const set: Record<string, Json> = Object.create(null) as Record<string, Json>;
    for (const [field, value] of Object.entries(given)) if (!isSettled(deal, extra, field, value)) set[field] = value;
    const isSameOwner =
      owner === null || ('id' in owner && owner.id === deal.owner) || (whenThere === 'fill' && deal.owner !== null);
    if (Object.keys(set).length === 0 && !isMove && isSameOwner) return void (unchanged += 1);
    deals.push({
      row: read.row,
      id: deal.id,
      doc: deal.doc,
      stage: isMove ? named : null,
      owner: isSameOwner ? null : owner,
      set,
    });
  }

  return {
    take(read: ReadRow): void {
      const { row, values } = read;
      const told = keys.flatMap((key) => {
        const text = keyText(key, (field) => values[field]);
        return text === null ? [] : [{ key, text: `${key}\n${text}` }];
      });
      let there: DealRow | undefined;
      for (const { key, text } of told) {
        const earlier = rowByKey.get(text);
        if (earlier !== undefined)
          return fail(row, columnOf(key), `is the same as in row ${earlier}; that row is taken`);
        const found = there ?? thereByKey.get(text);
        if (found === 'several')
          return fail(row, columnOf(key), 'is that of several deals; nobody can say which is meant');
        there = found;
      }
      for (const { text } of told) rowByKey.set(text, row);
      const stageText = typeof values.stage === 'string' ? values.stage : undefined;
      const statusText = typeof values.status === 'string' ? values.status : undefined;
      if (
        stageText === undefined &&
        values.title === undefined &&
        setting.titleFrom.every((field) => values[field] === undefined) &&
        there === undefined &&
        Object.keys(values).length === 0
      )
        return fail(row, '', 'has no value in any column that is imported');
      const named = stages.find(stageText, statusText);
      const owner = typeof values.owner === 'string' ? people.find(values.owner) : null;
      if (there) update(read, there, named, owner);
      else create(read, named ?? stages.first(), owner);
    },
    /** Takes rows out that could not be read. */
    refuse(row: readonly RowError[]): void {
      errors.push(...row);
    },
    finish(): DealImportPlan {
      const left = deals.filter(({ row }) => !done.has(row));
      const created = left.filter(({ id }) => id === null).length;
      return {
        deals: left,
        errors,
        created,
        updated: left.length - created,
        unchanged,
        stages: stages.made,
        people: people.added,
      };
    },
  };
}
