import type { Json } from '@rapport/doc/json';
import type { Patch } from '@rapport/doc/patch';
import { rankBetween } from '@rapport/doc/rank';
import { eachRecord, rawRecord, type RawRecord } from '@rapport/doc/records';
import type { FieldSpec, FieldSpecs, SelectOption } from '@rapport/schema/fields';
import type * as Y from 'yjs';

/** Root map of the `workspace` document: id → {noun, key, type, label, options?, open?, rank, deletedAt?}. */
export const fieldsRoot = 'fields';

export const customFieldTypes = [
  'text',
  'longText',
  'number',
  'money',
  'date',
  'select',
  'multiSelect',
  'checkbox',
  'url',
  'email',
  'phone',
] as const;
export type CustomFieldType = (typeof customFieldTypes)[number];

/** A field that an administrator or an import made. Its values stand in the record under `key`. */
export interface CustomField {
  readonly id: string;
  readonly noun: string;
  readonly key: string;
  readonly spec: FieldSpec;
  readonly rank: string;
}

const optionsLimit = 500;
const isType = (raw: unknown): raw is CustomFieldType => (customFieldTypes as readonly unknown[]).includes(raw);
const textOr = (raw: unknown, fallback: string): string =>
  typeof raw === 'string' && raw !== '' ? raw.slice(0, 200).toWellFormed() : fallback;

function readOptions(raw: unknown): SelectOption[] {
  if (!Array.isArray(raw)) return [];
  return raw.slice(0, optionsLimit).flatMap((option: unknown) => {
    if (typeof option !== 'object' || option === null || Array.isArray(option)) return [];
    const { id, label } = option as Record<string, unknown>;
    return typeof id === 'string' && id !== '' ? [{ id, label: textOr(label, id) }] : [];
  });
}

/** Reads a definition that anybody may have written; null when it defines nothing (or is deleted). Total. */
export function readCustomField(id: string, raw: RawRecord): CustomField | null {
  const { noun, key, type, label, open, rank, deletedAt } = raw;
  if (typeof noun !== 'string' || !isType(type) || (deletedAt !== undefined && deletedAt !== null)) return null;
  if (typeof key !== 'string' || !/^[a-z][a-zA-Z0-9_]{0,62}$/.test(key)) return null;
  const base = { type, label: textOr(label, key) };
  const spec =
    type === 'select' || type === 'multiSelect'
      ? { ...base, options: readOptions(raw.options), ...(open === true ? { open: true } : {}) }
      : base;
  return { id, noun, key, spec: spec as FieldSpec, rank: typeof rank === 'string' ? rank : 'V' };
}

/** The custom fields of a noun in their order. Where two have one key, the one that was made first holds. */
export function customFieldList(doc: Y.Doc, noun: string): CustomField[] {
  const fields: CustomField[] = [];
  eachRecord(doc, fieldsRoot, (id, map) => {
    const field = readCustomField(id, rawRecord(map));
    if (field?.noun === noun) fields.push(field);
  });
  fields.sort((a, b) => (a.id < b.id ? -1 : 1));
  const byKey = new Map<string, CustomField>();
  for (const field of fields) if (!byKey.has(field.key)) byKey.set(field.key, field);
  return [...byKey.values()].sort((a, b) => (a.rank < b.rank ? -1 : a.rank > b.rank ? 1 : a.id < b.id ? -1 : 1));
}

/** Specs of a noun's custom fields by key, in their order. */
export const customFieldsOf = (doc: Y.Doc, noun: string): FieldSpecs =>
  Object.fromEntries(customFieldList(doc, noun).map(({ key, spec }) => [key, spec]));

/** A key made of a label, unlike the keys that are taken: `Deal type` → `dealType`. */
export function customFieldKey(label: string, taken: ReadonlySet<string>): string {
  const words = label
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll('ß', 'ss')
    .split(/[^a-zA-Z0-9]+/)
    .filter((word) => word !== '');
  const camel = words.map((word, at) => {
    const lower = word.toLowerCase();
    return at === 0 ? lower : lower.charAt(0).toUpperCase() + lower.slice(1);
  });
  const joined = camel.join('').slice(0, 50);
  const base = /^[a-z]/.test(joined) ? joined : `field${joined.charAt(0).toUpperCase()}${joined.slice(1)}`;
  let key = base;
  for (let copy = 2; taken.has(key); copy++) key = `${base}${copy}`;
  return key;
}

/** Adds a custom field behind the others. `key` must be none of the noun's own; see `customFieldKey`. */
export function addCustomField(
  doc: Y.Doc,
  field: {
    id: string;
    noun: string;
    key: string;
    type: CustomFieldType;
    label: string;
    options?: readonly SelectOption[];
    open?: boolean;
  },
  env: { random: () => number },
): Patch {
  const { id, noun, key, type, label, options, open } = field;
  const last = customFieldList(doc, noun).at(-1);
  const isSelect = type === 'select' || type === 'multiSelect';
  const set: Record<string, Json> = {
    noun,
    key,
    type,
    label: label.slice(0, 200).toWellFormed(),
    rank: rankBetween(last?.rank ?? null, null, env.random),
    ...(isSelect ? { options: (options ?? []).slice(0, optionsLimit).map((each) => ({ ...each })) } : {}),
    ...(isSelect && open === true ? { open: true } : {}),
  };
  return [{ root: fieldsRoot, id, create: true, set }];
}

/** Adds options to a select field; those that it has already are passed over. */
export function addOptions(doc: Y.Doc, id: string, options: readonly SelectOption[]): Patch {
  const map = doc.getMap(fieldsRoot).get(id);
  const raw = map && typeof map === 'object' && 'get' in map ? rawRecord(map as Y.Map<unknown>) : null;
  if (!raw) return [];
  const had = readOptions(raw.options);
  const fresh = options.filter((option) => !had.some((each) => each.id === option.id));
  if (fresh.length === 0) return [];
  return [
    { root: fieldsRoot, id, set: { options: [...had, ...fresh].slice(0, optionsLimit).map((each) => ({ ...each })) } },
  ];
}

/** Deletes a custom field's definition softly; the values stay in the records. */
export const deleteCustomField = (id: string, now: number): Patch => [
  { root: fieldsRoot, id, set: { deletedAt: now } },
];
