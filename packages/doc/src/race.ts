import * as Y from 'yjs';
import type { Json } from './json.ts';
import { sameJson } from './json.ts';
import type { Patch, RecordWrite } from './patch.ts';
import { eachRecord, recordMap, rootRecord } from './records.ts';

/**
 * Races: two people wrote one field without having seen each other's value. A CRDT keeps one value and drops the
 * other; here the dropped one is kept, too, as a record under the root `races` of the same document, until somebody
 * answers it. Found on the server, which alone sees every write in one order.
 */
export const racesRoot = 'races';

export interface Race {
  readonly root: string;
  readonly record: string;
  readonly field: string;
  /** The value that shows, and the member who wrote it. */
  readonly kept: Json;
  readonly keptBy: string;
  /** The value that lost, and the member who wrote it. */
  readonly other: Json;
  readonly otherBy: string;
}

const valueOf = (item: Y.Item): Json => {
  const content = item.content.getContent();
  return (content[content.length - 1] ?? null) as Json;
};

/**
 * The races that a transaction brought, in records directly under `root`; with `isRecord` in the root itself, which is
 * then one record (see `rootRecord`). To be called before Yjs collects garbage (in `afterTransaction` at the latest),
 * because the dropped value lives in an item that is about to go.
 * Two writes of a key raced when the later one to arrive does not have the earlier one as its origin.
 */
export function racesIn(
  transaction: Y.Transaction,
  root: string,
  memberOf: (client: number) => string | undefined,
  { isRecord = false }: { readonly isRecord?: boolean } = {},
): Race[] {
  const records: unknown = transaction.doc.getMap(root);
  const races: Race[] = [];
  const isNew = (item: Y.Item) => item.id.clock >= (transaction.beforeState.get(item.id.client) ?? 0);
  for (const [type, keys] of transaction.changed) {
    if (!(type instanceof Y.Map)) continue;
    const holder = type._item;
    let record: string | null = null;
    if (isRecord) record = Object.is(type, records) ? rootRecord : null;
    else if (holder && Object.is(holder.parent, records) && !isNew(holder)) record = holder.parentSub;
    if (record === null) continue;
    for (const field of keys) {
      const last = field === null ? undefined : type._map.get(field);
      if (field === null || !last) continue;
      const arrived: Y.Item[] = [];
      let known: Y.Item | null = last;
      // The chain of a key's values, newest first; what arrived just now may stand before or behind what was known.
      let newestKnown: Y.Item | null = null;
      while (known) {
        if (isNew(known)) arrived.push(known);
        else newestKnown ??= known;
        known = known.left;
      }
      const first = arrived[arrived.length - 1];
      const newest = arrived[0];
      if (!first || !newest || !newestKnown) continue;
      const sawIt = arrived.some((item) => item.origin !== null && Y.compareIDs(item.origin, newestKnown.lastId));
      const winner = last === newest ? newest : newestKnown;
      const loser = winner === newest ? newestKnown : newest;
      if (sawIt || loser.content instanceof Y.ContentDeleted || winner.content instanceof Y.ContentDeleted) continue;
      const keptBy = memberOf(winner.id.client);
      const otherBy = memberOf(loser.id.client);
      if (keptBy === undefined || otherBy === undefined || keptBy === otherBy) continue;
      const kept = winner.deleted ? null : valueOf(winner);
      const other = valueOf(loser);
      if (!sameJson(kept, other)) races.push({ root, record, field, kept, keptBy, other, otherBy });
    }
  }
  return races;
}

/** By which a race is known in its document. */
export const raceId = (record: string, field: string): string => `${record}.${field}`;

/** Notes races in their document; the newest race of a field replaces an older one. */
export function noteRaces(races: readonly Race[], at: number): Patch {
  return races.map((race): RecordWrite => ({
    root: racesRoot,
    id: raceId(race.record, race.field),
    create: true,
    set: { ...race, at, answeredAt: null },
  }));
}

/** The open race of this id, or null. */
export function raceById(doc: Y.Doc, id: string): Race | null {
  const map = recordMap(doc, racesRoot, id);
  // The root itself is no race; an answered one is over.
  if (!map || id === rootRecord || typeof map.get('answeredAt') === 'number') return null;
  const text = (key: string) => (typeof map.get(key) === 'string' ? (map.get(key) as string) : '');
  const race: Race = {
    root: text('root'),
    record: text('record'),
    field: text('field'),
    kept: (map.get('kept') ?? null) as Json,
    keptBy: text('keptBy'),
    other: (map.get('other') ?? null) as Json,
    otherBy: text('otherBy'),
  };
  // Its id says what it is about; anybody may have written anything below it.
  return raceId(race.record, race.field) === id ? race : null;
}

/** The open race of a field, or null. */
export const raceOf = (doc: Y.Doc, record: string, field: string): Race | null => raceById(doc, raceId(record, field));

/** Takes away all that is noted of a record's races, answered ones, too: values that it has no more. */
export function forgetRaces(doc: Y.Doc, record: string): void {
  const root = doc.getMap(racesRoot);
  const gone: string[] = [];
  eachRecord(doc, racesRoot, (id, map) => {
    if (map.get('record') === record) gone.push(id);
  });
  doc.transact(() => {
    for (const id of gone) root.delete(id);
  });
}

/** Answers a race: `swap` puts the other value in, `keep` leaves what shows. */
export function answerRace(race: Race, answer: 'swap' | 'keep', now: number): Patch {
  const answered: RecordWrite = { root: racesRoot, id: raceId(race.record, race.field), set: { answeredAt: now } };
  return answer === 'keep'
    ? [answered]
    : [{ root: race.root, id: race.record, set: { [race.field]: race.other } }, answered];
}
