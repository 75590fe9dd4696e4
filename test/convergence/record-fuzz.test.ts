import { applyPatch, revert, type Applied, type Patch } from '@rapport/doc/patch';
import { companyType } from '@rapport/domain/companies/schema';
import { contactType } from '@rapport/domain/contacts/schema';
import {
  choosePrimary,
  deleteRecord,
  editEntry,
  editFields,
  logEntry,
  newRecord,
  removeLink,
  removePoint,
  restoreRecord,
  setConsent,
  setLink,
  setPoint,
} from '@rapport/domain/records/ops';
import { makeRecordProjector } from '@rapport/domain/records/projection';
import { readRecord } from '@rapport/domain/records/read-record';
import { documentOf, roots } from '@rapport/domain/records/record-type';
import type { RowWrite, Via } from '@rapport/sync/server/ports';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';

/** mulberry32: the same numbers for the same seed. */
function makeRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Tables as a store would have them: a write without a row takes every row with its key. */
class Rows {
  readonly tables = new Map<string, Map<string, Record<string, unknown>>>();

  write({ table, key, row }: RowWrite): void {
    const rows = this.tables.get(table) ?? new Map<string, Record<string, unknown>>();
    this.tables.set(table, rows);
    if (row !== null) rows.set(JSON.stringify(key), { ...key, ...row });
    else
      for (const [id, each] of rows)
        if (Object.entries(key).every(([name, value]) => each[name] === value)) rows.delete(id);
  }

  all(): unknown {
    return [...this.tables].sort().map(([table, rows]) => [table, [...rows].sort()]);
  }

  of(table: string): Record<string, unknown>[] {
    return [...(this.tables.get(table)?.values() ?? [])];
  }
}

interface Entry {
  readonly update: Uint8Array;
  readonly seq: number;
  readonly actor: string;
  readonly via: Via;
}

const type = contactType;
const name = documentOf(type, 'c');

/** A server's side of the document: its log, and rows that follow it. It can forget the document and load it again. */
class Server {
  readonly log: Entry[] = [];
  readonly rows = new Rows();
  doc = new Y.Doc();
  private projector = makeRecordProjector(type)(name, this.doc);
  private current: Omit<Entry, 'update'> | null = null;

  constructor() {
    this.watch();
  }

  private watch(): void {
    this.doc.on('afterTransaction', (transaction: Y.Transaction) => {
      if (this.current === null) return;
      const writes = this.projector.project(transaction, { ...this.current, at: this.current.seq * 1000 });
      for (const write of writes) this.rows.write(write);
    });
  }

  receive(update: Uint8Array, actor: string, via: Via, seq = this.log.length + 1): void {
    this.current = { seq, actor, via };
    this.log.push({ update, seq, actor, via });
    Y.applyUpdate(this.doc, update);
    this.current = null;
  }

  reload(): void {
    const state = Y.encodeStateAsUpdate(this.doc);
    this.doc = new Y.Doc();
    Y.applyUpdate(this.doc, state);
    this.projector = makeRecordProjector(type)(name, this.doc);
    this.watch();
  }
}

const rebuilt = (log: readonly Entry[]): Rows => {
  const fresh = new Server();
  for (const { update, actor, via, seq } of log) fresh.receive(update, actor, via, seq);
  return fresh.rows;
};

const words = ['Head', 'Ĉefo', '頭', 'رئيس', '', 'x'.repeat(300), '=1+1', '\u0000'];

/** One thing that a person does; null where it was refused. */
function act(doc: Y.Doc, random: () => number, step: number): Patch | null {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const id = `p${Math.floor(random() * 6)}`;
  const now = step * 10;
  const of = (planned: { ok: true; value: Patch } | { ok: false }) => (planned.ok ? planned.value : null);
  switch (Math.floor(random() * 10)) {
    case 0:
    case 1:
      return of(editFields(type, { [pick(['jobTitle', 'department', 'lastName'])]: pick(words) || null }, {}));
    case 2:
      return of(setPoint(type, doc, id, { kind: pick(['email', 'phone']), type: 'work', value: `${id}@x.example 1` }));
    case 3:
      return of(setPoint(type, doc, id, { kind: 'email', type: 'home', value: `${id}${step}@y.example` }));
    case 4:
      return random() < 0.5 ? removePoint(id) : removeLink(id);
    case 5:
      return setLink(id, { noun: 'company', role: pick(words).slice(0, 90) });
    case 6:
      return of(choosePrimary(type, doc, id));
    case 7:
      return setConsent('newsletter', {
        state: pick(['granted', 'withdrawn'] as const),
        at: now,
        source: 'form',
        proof: '',
      });
    case 8:
      return of(logEntry(`e${step}`, { kind: pick(['call', 'meeting'] as const), text: pick(words) }, 'ana', now));
    default:
      return random() < 0.3
        ? random() < 0.5
          ? deleteRecord(now)
          : restoreRecord()
        : of(editEntry(doc, `e${step - 1}`, { text: pick(words), pinned: random() < 0.5 }));
  }
}

describe('a contact that several people edit, apart and together', () => {
  test.each(Array.from({ length: 40 }, (_, seed) => seed))(
    'converges, and its rows are those of its log (seed %i)',
    (seed) => {
      const random = makeRandom(seed);
      const server = new Server();
      const first = new Y.Doc();
      const made = newRecord(type, { values: { firstName: 'Helle', lastName: 'B' } }, { now: 1 });
      if (!made.ok) throw new Error(made.error.message);
      applyPatch(first, made.value);
      server.receive(Y.encodeStateAsUpdate(first), 'ana', 'rest');
      const people = ['ana', 'ben', 'cleo'].map((actor) => {
        const doc = new Y.Doc();
        Y.applyUpdate(doc, Y.encodeStateAsUpdate(server.doc));
        return { actor, doc, isAway: false, done: [] as Applied[] };
      });
      const meet = (person: (typeof people)[number], via: Via) => {
        const news = Y.encodeStateAsUpdate(person.doc, Y.encodeStateVector(server.doc));
        server.receive(news, person.actor, via);
        Y.applyUpdate(person.doc, Y.encodeStateAsUpdate(server.doc, Y.encodeStateVector(person.doc)));
      };
      for (let step = 1; step <= 60; step++) {
        const person = people[Math.floor(random() * people.length)];
        if (!person) continue;
        if (random() < 0.15) person.isAway = !person.isAway;
        if (random() < 0.05) server.reload();
        const undone = random() < 0.1 ? person.done.pop() : undefined;
        if (undone) revert(person.doc, undone, step * 10);
        else {
          const patch = act(person.doc, random, step);
          if (patch) person.done.push(applyPatch(person.doc, patch));
        }
        if (!person.isAway) meet(person, random() < 0.2 ? 'offline' : 'live');
      }
      for (const person of [...people, ...people]) meet(person, 'offline');
      for (const { doc } of people) expect(readRecord(type, doc)).toEqual(readRecord(type, server.doc));
      expect(server.rows.all()).toEqual(rebuilt(server.log).all());
      const state = readRecord(type, server.doc);
      expect(server.rows.of('contact_points')).toHaveLength(state.points.size);
      expect(server.rows.of('record_links')).toHaveLength(state.links.size);
      expect(server.rows.of('contacts')[0]).toMatchObject({ name: state.name, main_company: state.primary.company });
      // Of each kind at most one is the primary one, whatever was chosen at once.
      for (const kind of ['email', 'phone'])
        expect(
          server.rows.of('contact_points').filter((row) => row['kind'] === kind && row['is_primary'] === 1).length,
        ).toBe([...state.points.values()].some((point) => point.kind === kind) ? 1 : 0);
    },
  );
});

describe('garbage from a program', () => {
  const nested = () => {
    const map = new Y.Map<unknown>();
    map.set('deep', new Y.Array());
    return map;
  };
  const junk: readonly (readonly [string, () => unknown])[] = [
    ['a number', () => 7],
    ['NaN', () => Number.NaN],
    ['a flag', () => true],
    ['bytes', () => new Uint8Array([1, 2])],
    ['a list', () => [1, [2]]],
    ['an empty object', () => ({})],
    ['an object that looks right', () => ({ kind: 'email', value: 5, noun: 1, role: {}, state: 'maybe' })],
    ['a nested map', nested],
    ['a text', () => new Y.Text('hello')],
    ['a huge string', () => 'x'.repeat(100_000)],
    ['a lone surrogate', () => '\ud800'],
    ['a big integer', () => 10n ** 30n],
  ];
  const keys = [
    'firstName',
    'tags',
    'createdAt',
    'nextActivity',
    'deletedAt',
    'mergedInto',
    'primaryEmail',
    '__proto__',
    'constructor',
    'a'.repeat(5000),
    '',
  ];

  test.each(junk)('%s in every root and field is read, told and rebuilt alike', (_name, make) => {
    const server = new Server();
    const client = new Y.Doc();
    const send = () =>
      server.receive(Y.encodeStateAsUpdate(client, Y.encodeStateVector(server.doc)), 'mallory', 'live');
    for (const root of [roots.fields, roots.points, roots.links, roots.consent, roots.timeline, 'meta', 'other'])
      for (const key of keys) {
        client.getMap(root).set(key, make());
        send();
      }
    for (const each of client.getMap(roots.fields).values())
      if (each instanceof Y.Map) {
        each.set('later', 1);
        send();
      }
    expect(() => readRecord(type, server.doc)).not.toThrow();
    expect(() => readRecord(companyType, server.doc)).not.toThrow();
    expect(server.rows.all()).toEqual(rebuilt(server.log).all());
    for (const { field, problem } of server.rows.of('data_quality')) {
      expect(String(field).length).toBeLessThan(200);
      expect(problem).not.toBe('');
    }
    // An honest edit still goes through.
    applyPatch(client, [{ root: roots.fields, id: '', set: { firstName: 'Helle', lastName: 'B', deletedAt: null } }]);
    send();
    expect(server.rows.of('contacts')[0]).toMatchObject({ name: 'Helle B' });
  });
});
