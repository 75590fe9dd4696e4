import type { Json } from '@rapport/doc/json';
import type { Patch } from '@rapport/doc/patch';
import { rankBetween, ranksBetween } from '@rapport/doc/rank';
import { eachRecord, rawRecord, type RawRecord } from '@rapport/doc/records';
import type { FieldSpec, FieldSpecs, SelectOption } from '@rapport/schema/fields';
import type * as Y from 'yjs';

/** Root map of the `workspace` document: id → {noun, key, type, label, options?, open?, of?, rank, deletedAt?}. */
export const fieldsRoot = 'fields';

export const customFieldTypes = [
  'text',
  'longText',
  'number',
  'money',
  'date',
  'instant',
  'select',
  'multiSelect',
  'checkbox',
  'person',
  'url',
  'email',
  'phone',
  'reference',
  'planned',
] as const;

/** What a field of type `reference` can name: one record of such a noun. */
export const referencedNouns = ['company', 'contact', 'deal'] as const;
export type ReferencedNoun = (typeof referencedNouns)[number];
const isReferenced = (raw: unknown): raw is ReferencedNoun => (referencedNouns as readonly unknown[]).includes(raw);
export type CustomFieldType = (typeof customFieldTypes)[number];

/** A field that an administrator or an import made. Its values stand in the record under `key`. */
export interface CustomField {
  readonly id: string;
  readonly noun: string;
  readonly key: string;
  readonly spec: FieldSpec;
  readonly rank: string;
  /** Kept, written by programs and imports, and shown in no form, table or card. */
  readonly isHidden: boolean;
}

/** A removed field can be brought back this long; its values stay in the records. */
export const removedFieldStayMs = 30 * 86_400_000;

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
function readCustomField(id: string, raw: RawRecord): CustomField | null {
  return raw.deletedAt === undefined || raw.deletedAt === null ? readDefinition(id, raw) : null;
}

/** The same of a definition that was removed, or is there. */
function readDefinition(id: string, raw: RawRecord): CustomField | null {
  const { noun, key, type, label, open, rank } = raw;
  if (typeof noun !== 'string' || !isType(type)) return null;
  if (typeof key !== 'string' || !/^[a-z][a-zA-Z0-9_]{0,62}$/.test(key)) return null;
  if (type === 'reference' && !isReferenced(raw.of)) return null;
  const base = { type, label: textOr(label, key) };
  const spec =
    type === 'select' || type === 'multiSelect'
      ? { ...base, options: readOptions(raw.options), ...(open === true ? { open: true } : {}) }
      : type === 'reference'
        ? { ...base, noun: raw.of }
        : base;
  return {
    id,
    noun,
    key,
    spec: spec as FieldSpec,
    rank: typeof rank === 'string' ? rank : 'V',
    isHidden: raw.hidden === true,
  };
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

/** All keys that a field of the noun has or had, as long as values of it may stand in records. */
export function takenKeys(doc: Y.Doc, noun: string): Set<string> {
  const keys = new Set<string>();
  eachRecord(doc, fieldsRoot, (id, map) => {
    const field = readDefinition(id, rawRecord(map));
    if (field?.noun === noun) keys.add(field.key);
  });
  return keys;
}

/** Keys of the noun's fields, removed ones included, that name a record of this other noun. */
export function keysNaming(doc: Y.Doc, noun: string, named: string): Set<string> {
  const keys = new Set<string>();
  eachRecord(doc, fieldsRoot, (id, map) => {
    const field = readDefinition(id, rawRecord(map));
    if (field?.noun === noun && field.spec.type === 'reference' && field.spec.noun === named) keys.add(field.key);
  });
  return keys;
}

/** Keys that only removed fields of the noun have. */
export function keysOfRemoved(doc: Y.Doc, noun: string): string[] {
  const live = new Set(customFieldList(doc, noun).map(({ key }) => key));
  return [...takenKeys(doc, noun)].filter((key) => !live.has(key));
}

/** Fields of a noun that were removed before an instant (epoch ms). */
export function removedBefore(doc: Y.Doc, noun: string, before: number): CustomField[] {
  const fields: CustomField[] = [];
  eachRecord(doc, fieldsRoot, (id, map) => {
    const raw = rawRecord(map);
    const field = readDefinition(id, raw);
    if (field?.noun === noun && typeof raw.deletedAt === 'number' && raw.deletedAt < before) fields.push(field);
  });
  return fields;
}

/** Fields of a noun that were removed and can still be brought back, with when that was; the newest first. */
export function removedFieldList(doc: Y.Doc, noun: string, now: number): (CustomField & { removedAt: number })[] {
  const fields: (CustomField & { removedAt: number })[] = [];
  eachRecord(doc, fieldsRoot, (id, map) => {
    const raw = rawRecord(map);
    const field = readDefinition(id, raw);
    const removedAt = raw.deletedAt;
    if (field?.noun === noun && typeof removedAt === 'number' && now - removedAt < removedFieldStayMs)
      fields.push({ ...field, removedAt });
  });
  return fields.sort((a, b) => b.removedAt - a.removedAt);
}

/** Specs of the custom fields that people see, by key, in their order. */
export const shownFieldsOf = (doc: Y.Doc, noun: string): FieldSpecs =>
  Object.fromEntries(
    customFieldList(doc, noun)
      .filter(({ isHidden }) => !isHidden)
      .map(({ key, spec }) => [key, spec]),
  );

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
    /** Of type `reference`: what it names. */
    of?: ReferencedNoun;
  },
  env: { random: () => number },
): Patch {
  const { id, noun, key, type, label, options, open, of } = field;
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
    ...(type === 'reference' ? { of: of ?? 'company' } : {}),
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

/** Brings a removed field back. */
export const restoreCustomField = (id: string): Patch => [{ root: fieldsRoot, id, set: { deletedAt: null } }];

/** Renames a field, hides or shows it, or says other options. What is left out stays. */
export function changeCustomField(
  id: string,
  change: { label?: string; isHidden?: boolean; options?: readonly SelectOption[] },
): Patch {
  const { label, isHidden, options } = change;
  return [
    {
      root: fieldsRoot,
      id,
      set: {
        ...(label === undefined ? {} : { label: label.slice(0, 200).toWellFormed() }),
        ...(isHidden === undefined ? {} : { hidden: isHidden ? true : null }),
        ...(options === undefined ? {} : { options: options.slice(0, optionsLimit).map((each) => ({ ...each })) }),
      },
    },
  ];
}

/** Puts a field in front of another, or behind all. */
export function moveCustomField(
  doc: Y.Doc,
  field: CustomField,
  before: string | null,
  env: { random: () => number },
): Patch {
  const others = customFieldList(doc, field.noun).filter(({ id }) => id !== field.id);
  const at = before === null ? others.length : others.findIndex(({ id }) => id === before);
  const slot = at < 0 ? others.length : at;
  const [above, below] = [others[slot - 1]?.rank ?? null, others[slot]?.rank ?? null];
  // Ranks that fell together make no room: then all of them are given anew.
  if (above !== null && below !== null && above >= below) {
    const order = [...others.slice(0, slot), field, ...others.slice(slot)];
    const ranks = ranksBetween(null, null, order.length, env.random);
    return order.map(({ id }, index) => ({ root: fieldsRoot, id, set: { rank: ranks[index] ?? 'V' } }));
  }
  return [{ root: fieldsRoot, id: field.id, set: { rank: rankBetween(above, below, env.random) } }];
}
