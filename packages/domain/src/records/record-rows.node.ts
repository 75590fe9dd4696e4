import type { ColumnValue } from '@rapport/schema/columns';
import type { FieldSpec } from '@rapport/schema/fields';
import * as v from 'valibot';
import { sharedWith } from '../access/share.ts';
import { fieldsSchema } from '../http/field-schema.node.ts';
import type { Query, WorkspaceContext } from '../http/workspace-context.node.ts';
import { namesOf } from './names-of.ts';
import { addressParts, pointKinds } from './point.ts';
import { consentStates } from './read-record.ts';
import type { RecordType } from './record-type.ts';

export interface RecordRow {
  readonly id: string;
  readonly doc: string;
  readonly name: string;
  readonly custom: string | null;
  readonly deleted_at: number | null;
  readonly [column: string]: ColumnValue;
}

export const addressSchema = v.strictObject(
  Object.fromEntries(addressParts.map((part) => [part, v.optional(v.string())])),
);
const pointReply = v.object({
  id: v.string(),
  kind: v.picklist(pointKinds),
  type: v.pipe(v.string(), v.description('work, home, mobile, a network … or empty')),
  value: v.pipe(v.any(), v.description('Text; of an address its parts')),
  primary: v.boolean(),
});
const linkReply = v.object({
  noun: v.string(),
  id: v.string(),
  name: v.string(),
  role: v.string(),
  primary: v.boolean(),
});
const consentReply = v.object({
  purpose: v.string(),
  state: v.picklist(consentStates),
  at: v.nullable(v.number()),
  source: v.string(),
  proof: v.string(),
});

/** A record as lists show it. */
export const recordSchemaOf = (type: RecordType) =>
  v.object({
    id: v.string(),
    doc: v.pipe(v.string(), v.description("The document's name on sync")),
    name: v.string(),
    ...fieldsSchema(type.fields),
    email: v.pipe(v.nullable(v.string()), v.description('The primary one')),
    phone: v.nullable(v.string()),
    company: v.pipe(
      v.nullable(v.object({ id: v.string(), name: v.string() })),
      v.description('The primary one of those it is linked to'),
    ),
    custom: v.pipe(v.record(v.string(), v.any()), v.description('Values of custom fields by key')),
    touchedAt: v.pipe(
      v.nullable(v.number()),
      v.description('The newest call, meeting, e-mail or note that was logged'),
    ),
    editedAt: v.number(),
    editedBy: v.string(),
    mergedInto: v.nullable(v.string()),
    deletedAt: v.nullable(v.number()),
    shared: v.picklist(['everyone', 'some', 'private']),
    access: v.picklist(['view', 'comment', 'edit']),
  });

/** A record with all that it has several of. */
export const wholeRecordSchemaOf = (type: RecordType) =>
  v.object({
    ...recordSchemaOf(type).entries,
    points: v.array(pointReply),
    links: v.array(linkReply),
    consent: v.array(consentReply),
  });

type Reader = Pick<WorkspaceContext, 'query' | 'shareOf' | 'accessTo'>;

const columnName = (key: string): string => key.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

function fieldOf(row: RecordRow, key: string, spec: FieldSpec): unknown {
  const name = columnName(key);
  const column = (of: string): ColumnValue => row[of] ?? null;
  switch (spec.type) {
    case 'money': {
      const minor = column(`${name}_minor`);
      return minor === null ? null : { minor, currency: column(`${name}_currency`) };
    }
    case 'planned': {
      const what = column(`${name}_what`);
      return what === null ? null : { what, due: column(`${name}_due`) };
    }
    case 'multiSelect': {
      const list = column(name);
      return typeof list === 'string' ? JSON.parse(list) : [];
    }
    case 'checkbox': {
      const flag = column(name);
      return flag === null ? null : flag === 1;
    }
    default:
      return column(name);
  }
}

/** A row as the API shows it in lists. */
export function recordReply(ws: Reader, type: RecordType, row: RecordRow): Record<string, unknown> {
  const fields = Object.fromEntries(
    Object.entries(type.fields).map(([key, spec]) => [key, key === 'name' ? row.name : fieldOf(row, key, spec)]),
  );
  const company = row['main_company'];
  const companyName =
    typeof company === 'string'
      ? ws.query.get<{ name: string }>('SELECT name FROM companies WHERE id = ?', [company])?.name
      : undefined;
  return {
    id: row.id,
    doc: row.doc,
    name: row.name,
    ...fields,
    email: row['email'] ?? null,
    phone: row['phone'] ?? null,
    company: companyName === undefined ? null : { id: company, name: companyName },
    custom: row.custom === null ? {} : JSON.parse(row.custom),
    touchedAt: row['touched_at'] ?? null,
    editedAt: row['edited_at'],
    editedBy: row['edited_by'],
    mergedInto: row['merged_into'] ?? null,
    deletedAt: row.deleted_at,
    shared: sharedWith(ws.shareOf(row.id)),
    access: ws.accessTo(row.id),
  };
}

/** Undefined also where the caller may not open it. */
export const recordRow = (query: Query, type: RecordType, id: string): RecordRow | undefined =>
  query.get<RecordRow>(`SELECT * FROM ${type.plural} WHERE id = ?`, [id]);

interface LinkRow {
  readonly id: string;
  readonly role: string;
  readonly is_primary: number;
}

/** The records that one is linked to, whichever of the two has the link. */
export function linksOf(query: Query, id: string): v.InferOutput<typeof linkReply>[] {
  const rows = query.all<LinkRow>(
    `SELECT to_id AS id, role, is_primary FROM record_links WHERE from_id = :id
     UNION ALL SELECT from_id, role, is_primary FROM record_links WHERE to_id = :id ORDER BY is_primary DESC, id`,
    { id },
  );
  const names = namesOf(
    query,
    rows.map((row) => row.id),
  );
  return rows.flatMap((row) => {
    const other = names.get(row.id);
    return other === undefined ? [] : [{ ...other, id: row.id, role: row.role, primary: row.is_primary === 1 }];
  });
}

/** A record with its points, links and consent; undefined also where the caller may not open it. */
export function wholeRecord(ws: Reader, type: RecordType, id: string): Record<string, unknown> | undefined {
  const row = recordRow(ws.query, type, id);
  if (row === undefined) return undefined;
  const points = ws.query.all<{ id: string; kind: string; type: string; value: string; is_primary: number }>(
    'SELECT id, kind, type, value, is_primary FROM contact_points WHERE record = ? ORDER BY kind, is_primary DESC, id',
    [id],
  );
  return {
    ...recordReply(ws, type, row),
    points: points.map((point) => ({
      id: point.id,
      kind: point.kind,
      type: point.type,
      value: point.kind === 'address' ? JSON.parse(point.value) : point.value,
      primary: point.is_primary === 1,
    })),
    links: linksOf(ws.query, id),
    consent: ws.query.all('SELECT purpose, state, at, source, proof FROM consents WHERE record = ? ORDER BY purpose', [
      id,
    ]),
  };
}
