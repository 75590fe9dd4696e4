import { jsonText, sameJson } from '@rapport/doc/json';
import { rawRecord } from '@rapport/doc/records';
import { columnValues, type ColumnValue } from '@rapport/schema/columns';
import type { ChangeContext, RowWrite } from '@rapport/sync/server/ports';
import * as Y from 'yjs';
import { activityRow } from '../activity/activity-row.ts';
import { normalPoint, pointText, type Point } from './point.ts';
import { rawState, readState, type Problem, type RawState, type RecordState } from './read-record.ts';
import { customKeysOf, recordIdOf, roots, type RecordType } from './record-type.ts';
import { readEntry } from './timeline.ts';

const rawLimit = 2000;
type Row = Readonly<Record<string, ColumnValue>>;

interface Read {
  readonly raw: RawState;
  readonly state: RecordState;
  readonly problems: readonly Problem[];
}

/**
 * Derives the rows of one record's document from what happens in it. Pure on the document and the change: replaying the
 * log gives the same rows, byte for byte.
 */
export const makeRecordProjector =
  (type: RecordType) =>
  (docName: string, doc: Y.Doc): { project(transaction: Y.Transaction, context: ChangeContext): RowWrite[] } => {
    const id = recordIdOf(docName);
    const read = (): Read => {
      const raw = rawState(doc);
      const problems: Problem[] = [];
      return { raw, state: readState(type, raw, {}, (problem) => problems.push(problem)), problems };
    };
    const isThere = ({ raw }: Read): boolean => Object.keys(raw.fields).length > 0;
    let last = read();
    const entries = doc.getMap<unknown>(roots.timeline);
    const known = new Set(entries.keys());

    return {
      project(transaction, context) {
        const touched = touchedRoots(transaction, doc);
        const writes: RowWrite[] = [];
        if (!touched.isRecord && touched.entries.size === 0) return writes;
        const before = last;
        const after = touched.isRecord ? read() : before;
        last = after;
        const tell = teller(writes, { type, docName, id }, context);

        for (const entryId of [...touched.entries].sort()) {
          const map = entries.get(entryId);
          const key = { record: id, id: entryId };
          if (!(map instanceof Y.Map)) {
            known.delete(entryId);
            writes.push({ table: 'timeline', key, row: null });
            continue;
          }
          const { kind, at, by, text, isPinned, deletedAt } = readEntry(entryId, rawRecord(map));
          writes.push({
            table: 'timeline',
            key,
            row: { noun: type.noun, kind, at, by, text, is_pinned: Number(isPinned), deleted_at: deletedAt },
          });
          if (!known.has(entryId))
            tell(after.state.name, 'logged', { field: kind, to: text.slice(0, rawLimit).toWellFormed() });
          known.add(entryId);
        }
        if (touched.isRecord) {
          writes.push(...partRows(type, id, before, after));
          writes.push(...problemRows(docName, id, before.problems, after.problems));
          const forget = (field: string) => writes.push({ table: 'activity', key: { record: id, field }, row: null });
          // The server takes the values of a field that was removed long ago; what was told of them goes, too.
          const gone = context.actor === 'server' ? forget : null;
          tellChanges(tell, before, after, isThere(before), context.via === 'import', gone);
        }
        if (isThere(after) || isThere(before))
          writes.push({
            table: type.plural,
            key: { id },
            row: { doc: docName, ...mainRow(type, after, context), touched_at: lastLogged(entries) },
          });
        return writes;
      },
    };

    function tellChanges(
      tell: ReturnType<typeof teller>,
      before: Read,
      after: Read,
      wasThere: boolean,
      isImport: boolean,
      gone: ((field: string) => void) | null,
    ): void {
      const { name } = after.state;
      if (!wasThere) return tell(name, isImport ? 'imported' : 'created');
      const [was, is] = [before.state, after.state];
      if ((was.deletedAt === null) !== (is.deletedAt === null))
        tell(name, is.deletedAt === null ? 'restored' : 'deleted');
      if (was.mergedInto !== is.mergedInto)
        tell(name, 'changed', { field: 'mergedInto', from: was.mergedInto, to: is.mergedInto });
      for (const field of Object.keys(type.fields))
        if (!sameJson(was.values[field], is.values[field]))
          tell(name, 'changed', { field, from: was.values[field], to: is.values[field] });
      const custom = new Set([...customKeysOf(type, before.raw.fields), ...customKeysOf(type, after.raw.fields)]);
      for (const key of [...custom].sort())
        if (sameJson(before.raw.fields[key], after.raw.fields[key])) continue;
        else if (gone !== null && after.raw.fields[key] === undefined) gone(key.slice(0, 100));
        else
          tell(name, 'changed', { field: key.slice(0, 100), from: before.raw.fields[key], to: after.raw.fields[key] });
      changedKeys(was.points, is.points, (key) => {
        const [from, to] = [was.points.get(key), is.points.get(key)];
        tell(name, 'changed', { field: (to ?? from)?.kind ?? 'point', from: said(from), to: said(to) });
      });
      changedKeys(was.links, is.links, (key) => {
        const [from, to] = [was.links.get(key), is.links.get(key)];
        const { noun } = to ?? from ?? { noun: 'record' };
        tell(name, to === undefined ? 'unlinked' : 'linked', { field: noun, from: from && key, to: to && key });
      });
      changedKeys(was.consent, is.consent, (key) =>
        tell(name, 'changed', {
          field: `consent ${key}`,
          from: was.consent.get(key)?.state,
          to: is.consent.get(key)?.state,
        }),
      );
    }
  };

const said = (point: Point | undefined): string | null => (point === undefined ? null : pointText(point));
/** When the newest thing that was logged happened. */
function lastLogged(entries: Y.Map<unknown>): number | null {
  let last: number | null = null;
  for (const [id, map] of entries.entries()) {
    if (!(map instanceof Y.Map)) continue;
    const { at, deletedAt } = readEntry(id, rawRecord(map));
    if (deletedAt === null && (last === null || at > last)) last = at;
  }
  return last;
}

/** Calls `visit` for each key whose value differs, in the order of the keys. */
function changedKeys<V>(was: ReadonlyMap<string, V>, is: ReadonlyMap<string, V>, visit: (key: string) => void): void {
  if (was === is) return;
  for (const key of [...new Set([...was.keys(), ...is.keys()])].sort())
    if (!sameJson(was.get(key), is.get(key))) visit(key);
}

/** Writes activity rows, numbered within the change. */
function teller(
  writes: RowWrite[],
  of: { readonly type: RecordType; readonly docName: string; readonly id: string },
  context: ChangeContext,
) {
  let position = 0;
  return (title: string, kind: string, detail: { field?: string; from?: unknown; to?: unknown } = {}): void => {
    const { type, docName: doc, id: record } = of;
    writes.push(activityRow(context, position++, { noun: type.noun, doc, record, title, kind, ...detail }));
  };
}

/** What a transaction touched: the record itself, or entries of its timeline. */
function touchedRoots(transaction: Y.Transaction, doc: Y.Doc): { isRecord: boolean; entries: Set<string> } {
  const timeline: unknown = doc.getMap(roots.timeline);
  const own: readonly unknown[] = [roots.fields, roots.points, roots.links, roots.consent].map((root) =>
    doc.getMap(root),
  );
  const found = { isRecord: false, entries: new Set<string>() };
  for (const [touched, keys] of transaction.changed) {
    let holder: Y.AbstractType<unknown> = touched as Y.AbstractType<unknown>;
    while (holder.parent !== null && holder.parent !== timeline) holder = holder.parent as Y.AbstractType<unknown>;
    if (holder.parent === timeline) {
      const entry = holder._item?.parentSub;
      if (entry != null) found.entries.add(entry);
    } else if (holder === timeline) for (const key of keys) void (key === null || found.entries.add(key));
    else if (own.includes(holder)) found.isRecord = true;
  }
  return found;
}

/** The row of the noun's own table. */
function mainRow(type: RecordType, { raw, state }: Read, { at, actor }: ChangeContext): Row {
  const row: Record<string, ColumnValue> = { name: state.name };
  for (const [key, spec] of Object.entries(type.fields))
    if (key !== 'name') Object.assign(row, columnValues(key, spec, state.values[key]));
  const custom = customKeysOf(type, raw.fields).sort();
  const textAt = (id: string | null): string | null => (id === null ? null : said(state.points.get(id)));
  return {
    ...row,
    email: textAt(state.primary.email),
    phone: textAt(state.primary.phone),
    main_company: state.primary.company,
    custom: custom.length > 0 ? jsonText(Object.fromEntries(custom.map((key) => [key, raw.fields[key]]))) : null,
    edited_at: at,
    edited_by: actor,
    merged_into: state.mergedInto,
    deleted_at: state.deletedAt,
  };
}

/** Rows of what a record has several of, where they differ. */
function partRows(type: RecordType, id: string, before: Read, after: Read): RowWrite[] {
  const pointRows = ({ state: { points, primary } }: Read) =>
    new Map(
      [...points].map(([key, point]): [string, Row] => [
        key,
        {
          noun: type.noun,
          kind: point.kind,
          type: point.type,
          value: typeof point.value === 'string' ? point.value : JSON.stringify(point.value),
          normal: normalPoint(point),
          is_primary: Number(primary[point.kind] === key),
        },
      ]),
    );
  const linkRows = ({ state: { links, primary } }: Read) =>
    new Map(
      [...links].map(([key, { noun, role }]): [string, Row] => [
        key,
        { from_noun: type.noun, to_noun: noun, role, is_primary: Number(primary.company === key) },
      ]),
    );
  const consentRows = ({ state: { consent } }: Read) =>
    new Map([...consent].map(([key, each]): [string, Row] => [key, { noun: type.noun, ...each }]));
  return [
    ...differing('contact_points', pointRows(before), pointRows(after), (key) => ({ record: id, id: key })),
    ...differing('record_links', linkRows(before), linkRows(after), (key) => ({ from_id: id, to_id: key })),
    ...differing('consents', consentRows(before), consentRows(after), (key) => ({ record: id, purpose: key })),
  ];
}

function differing(
  table: string,
  was: ReadonlyMap<string, Row>,
  is: ReadonlyMap<string, Row>,
  keyOf: (key: string) => Row,
): RowWrite[] {
  const writes: RowWrite[] = [];
  changedKeys(was, is, (key) => writes.push({ table, key: keyOf(key), row: is.get(key) ?? null }));
  return writes;
}

function problemRows(doc: string, id: string, was: readonly Problem[], is: readonly Problem[]): RowWrite[] {
  const rows = (problems: readonly Problem[]) =>
    new Map(
      problems.map(({ field, problem, raw }): [string, Row] => [
        field,
        { problem, raw: (jsonText(raw) ?? '').slice(0, rawLimit).toWellFormed() },
      ]),
    );
  return differing('data_quality', rows(was), rows(is), (field) => ({ doc, record: id, field }));
}
