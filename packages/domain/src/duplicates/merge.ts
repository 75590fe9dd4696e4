import { sameJson, type Json } from '@rapport/doc/json';
import { applyPatch, planRevert, type Applied, type Patch, type RecordWrite } from '@rapport/doc/patch';
import { eachRecord, rawRecord, recordMap, rootRecord, type RawRecord } from '@rapport/doc/records';
import type * as Y from 'yjs';
import { normalPoint, readPoint } from '../records/point.ts';
import { rawState, readConsent, type Consent } from '../records/read-record.ts';
import { roots, structuralKeys } from '../records/record-type.ts';

/**
 * Root map of a record that was merged into another, with one entry: what it was then, and what the merge did, so that a
 * later edit of it can be carried on and the merge be taken back. Nothing else of the record is touched: its history stays.
 */
const mergeRoot = 'merge';
const entryKey = 'last';

/** What was done to another document than the two that were merged: a deal that now names the survivor. */
export interface MovedReference {
  readonly doc: string;
  readonly applied: Applied;
}

/** What a record keeps of its merge. */
export interface MergeNote {
  readonly into: string;
  /** Epoch ms. */
  readonly at: number;
  readonly by: string;
  /** Root → key → value, as everything was when it was merged or last carried on. */
  readonly was: Snapshot;
  /** What the merge changed in the survivor. */
  readonly applied: Applied;
  readonly moved: readonly MovedReference[];
}

type Snapshot = Readonly<Record<string, Readonly<Record<string, Json>>>>;

/** Of which record the value of a field is taken, by field key; where nothing is said, the survivor's, else the first there is. */
export type FieldChoices = Readonly<Record<string, string>>;

/** One of the records that become one. */
export interface MergedRecord {
  readonly id: string;
  readonly doc: Y.Doc;
}

const valueRoots = [roots.fields, roots.points, roots.links, roots.consent] as const;
const isEmpty = (value: unknown): boolean =>
  value == null || value === '' || (Array.isArray(value) && value.length === 0);
const at = (raw: RawRecord, key: string): Json => (raw[key] ?? null) as Json;

function timelineOf(doc: Y.Doc): Record<string, RawRecord> {
  const entries: Record<string, RawRecord> = Object.create(null);
  eachRecord(doc, roots.timeline, (id, map) => (entries[id] = rawRecord(map)));
  return entries;
}

const snapshotOf = (doc: Y.Doc): Snapshot => ({
  ...(rawState(doc) as unknown as Snapshot),
  timeline: timelineOf(doc) as unknown as Readonly<Record<string, Json>>,
});

/** What the survivor takes over from one record that goes into it. Pure; several go in one after another. */
function planMerge(survivor: MergedRecord, gone: MergedRecord, choices: FieldChoices): Patch {
  const mine = rawState(survivor.doc);
  const theirs = rawState(gone.doc);
  const patch: RecordWrite[] = [];
  const write = (root: string, set: Record<string, Json>) => {
    if (Object.keys(set).length > 0) patch.push({ root, id: rootRecord, set });
  };
  write(
    roots.fields,
    fieldsTaken(mine.fields, theirs.fields, (key) => choices[key] === gone.id, choices),
  );
  write(roots.points, pointsTaken(mine.points, theirs.points));
  const links = Object.entries(theirs.links).filter(([id]) => id !== survivor.id && isEmpty(mine.links[id]));
  write(roots.links, Object.fromEntries(links) as Record<string, Json>);
  // Two records that were linked with each other are not linked with themselves.
  if (!isEmpty(mine.links[gone.id])) write(roots.links, { [gone.id]: null });
  write(roots.consent, consentTaken(mine.consent, theirs.consent));
  for (const [id, raw] of Object.entries(timelineOf(gone.doc)))
    patch.push({
      root: roots.timeline,
      id,
      create: true,
      set: { ...(raw as Record<string, Json>), deletedAt: at(raw, 'deletedAt') },
    });
  return patch;
}

function fieldsTaken(
  mine: RawRecord,
  theirs: RawRecord,
  isChosen: (key: string) => boolean,
  choices: FieldChoices,
): Record<string, Json> {
  const taken: Record<string, Json> = Object.create(null);
  for (const key of Object.keys({ ...mine, ...theirs })) {
    if (structuralKeys.has(key)) continue;
    const [own, other] = [at(mine, key), at(theirs, key)];
    if (isChosen(key)) taken[key] = other;
    else if (isEmpty(other) || Object.hasOwn(choices, key)) continue;
    else if (isEmpty(own)) taken[key] = other;
    else if (key === 'createdAt' && typeof own === 'number' && typeof other === 'number')
      taken[key] = Math.min(own, other);
    else if (Array.isArray(own) && Array.isArray(other))
      taken[key] = [...own, ...other.filter((each) => !own.some((known) => sameJson(known, each)))];
  }
  return taken;
}

/** Points that the survivor has not, however they are spelled. */
function pointsTaken(mine: RawRecord, theirs: RawRecord): Record<string, Json> {
  const keyOf = (raw: unknown): string | null => {
    const point = readPoint(raw);
    return point === null ? null : `${point.kind} ${normalPoint(point)}`;
  };
  const known = new Set(Object.values(mine).map(keyOf));
  const taken: Record<string, Json> = Object.create(null);
  for (const [id, raw] of Object.entries(theirs)) {
    if (known.has(keyOf(raw))) continue;
    // An id that both have is another point in each: imports may make the same ids.
    taken[Object.hasOwn(mine, id) ? `${id}~2` : id] = raw as Json;
  }
  return taken;
}

/** The newest word counts; of two that say no date, the one that allows less. */
function consentTaken(mine: RawRecord, theirs: RawRecord): Record<string, Json> {
  const allowsLess = (one: Consent, other: Consent): boolean => one.state !== 'granted' && other.state === 'granted';
  return Object.fromEntries(
    Object.entries(theirs).flatMap(([purpose, raw]): [string, Json][] => {
      const [own, other] = [readConsent(mine[purpose]), readConsent(raw)];
      if (other === null) return [];
      if (own === null) return [[purpose, raw as Json]];
      const [ownAt, otherAt] = [own.at ?? 0, other.at ?? 0];
      return otherAt > ownAt || (otherAt === ownAt && allowsLess(other, own)) ? [[purpose, raw as Json]] : [];
    }),
  );
}

/** Merges one record into another, in the transactions of both documents. `moved`: what else was changed for it. */
export function mergeInto(
  survivor: MergedRecord,
  gone: MergedRecord,
  choices: FieldChoices,
  { now, by, moved }: { now: number; by: string; moved: readonly MovedReference[] },
): void {
  const was = snapshotOf(gone.doc);
  const applied = applyPatch(survivor.doc, planMerge(survivor, gone, choices));
  const note: MergeNote = { into: survivor.id, at: now, by, was, applied, moved };
  applyPatch(gone.doc, [
    { root: roots.fields, id: rootRecord, set: { mergedInto: survivor.id } },
    { root: mergeRoot, id: rootRecord, set: { [entryKey]: note as unknown as Json } },
  ]);
}

/** What a record keeps of its merge; null when it was not merged, or somebody wrote something else there. */
export function readMergeNote(doc: Y.Doc): MergeNote | null {
  const raw = recordMap(doc, mergeRoot, rootRecord)?.get(entryKey);
  if (typeof raw !== 'object' || raw === null) return null;
  const note = raw as Partial<MergeNote>;
  const isWhole =
    typeof note.into === 'string' &&
    typeof note.was === 'object' &&
    Array.isArray(note.applied?.changes) &&
    Array.isArray(note.applied.created) &&
    Array.isArray(note.moved);
  const mergedInto = recordMap(doc, roots.fields, rootRecord)?.get('mergedInto');
  return isWhole && mergedInto === note.into ? (note as MergeNote) : null;
}

/** What taking a merge back writes in the survivor: all that it did and nobody changed since. */
export const planUnmerge = (survivor: Y.Doc, note: MergeNote, now: number): Patch =>
  planRevert(survivor, note.applied, now).patch;

/** Makes a merged record stand for itself again. */
export const standAgain: Patch = [
  { root: roots.fields, id: rootRecord, set: { mergedInto: null } },
  { root: mergeRoot, id: rootRecord, set: { [entryKey]: null } },
];

/**
 * What somebody wrote into a record after it was merged (they were offline, or had it open), as a patch for the survivor,
 * and the note that it was carried on. Null when there is nothing.
 */
export function planCarryOn(gone: Y.Doc): { survivor: Patch; here: Patch } | null {
  const note = readMergeNote(gone);
  if (note === null) return null;
  const is = snapshotOf(gone);
  const patch: RecordWrite[] = [];
  for (const root of valueRoots) {
    const [before, after] = [note.was[root] ?? {}, is[root] ?? {}];
    const changed = Object.keys({ ...before, ...after }).filter(
      (key) =>
        !(root === roots.fields && structuralKeys.has(key)) && !sameJson(before[key] ?? null, after[key] ?? null),
    );
    if (changed.length > 0)
      patch.push({
        root,
        id: rootRecord,
        set: Object.fromEntries(changed.filter((key) => key !== note.into).map((key) => [key, after[key] ?? null])),
      });
  }
  for (const [id, raw] of Object.entries(is['timeline'] ?? {}))
    if (!sameJson(note.was['timeline']?.[id] ?? null, raw))
      patch.push({ root: roots.timeline, id, create: true, set: { ...(raw as Record<string, Json>) } });
  if (patch.length === 0) return null;
  const next = { ...note, was: is } as unknown as Json;
  return { survivor: patch, here: [{ root: mergeRoot, id: rootRecord, set: { [entryKey]: next } }] };
}
