import { rawRecord } from '@rapport/doc/records';
import { createEffect, createRoot } from 'solid-js';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { createRecords } from './create-records.web.ts';

interface Row {
  readonly title: string;
  readonly value: { readonly minor: number } | null;
}

function setUp() {
  const doc = new Y.Doc();
  const root = doc.getMap('cards');
  const put = (id: string, entries: object) => root.set(id, new Y.Map(Object.entries(entries)));
  const change = (id: string, field: string, value: unknown) => (root.get(id) as Y.Map<unknown>).set(field, value);
  put('a', { title: 'A', value: { minor: 1 } });
  put('b', { title: 'B' });
  const runs: string[] = [];
  const { records, dispose } = createRoot((end) => {
    const made = createRecords<Row>(doc, 'cards', (_id, map) => {
      const { title, value, deletedAt } = rawRecord(map);
      return deletedAt === undefined ? { title: String(title), value: (value ?? null) as Row['value'] } : undefined;
    });
    for (const id of ['a', 'b', 'c']) {
      createEffect(() => runs.push(`${id}.title=${made.get(id)?.title}`));
      createEffect(() => runs.push(`${id}.minor=${made.get(id)?.value?.minor}`));
    }
    createEffect(() => runs.push(`v${made.version()}`));
    return { records: made, dispose: end };
  });
  runs.length = 0;
  return { doc, root, put, change, runs, records, dispose };
}

describe('records of a document', () => {
  it('a change of one field reaches only who follows that field', () => {
    const { change, runs } = setUp();
    change('a', 'title', 'AA');
    expect(runs).toEqual(['a.title=AA', 'v1']);
  });

  it('an equal value, also of an object, tells nobody who follows it', () => {
    const { change, runs } = setUp();
    change('a', 'value', { minor: 1 });
    expect(runs).toEqual(['v1']);
  });

  it('records come and go', () => {
    const { put, change, runs, records } = setUp();
    put('c', { title: 'C' });
    expect(runs).toContain('c.title=C');
    change('c', 'deletedAt', 1);
    expect(records.get('c')).toBeUndefined();
    expect(runs.at(-1)).toBe('v2');
    expect(runs).toContain('c.title=undefined');
  });

  it('one transaction over many records is one change for indexes', () => {
    const { doc, change, records } = setUp();
    const batches: string[][] = [];
    records.onChange((changes) =>
      batches.push(changes.map(({ id, before, after }) => `${id} ${before?.title}→${after?.title}`)),
    );
    doc.transact(() => {
      change('a', 'title', '1');
      change('b', 'title', '2');
    });
    expect(batches).toEqual([['a A→1', 'b B→2']]);
  });

  it('stops following with its owner', () => {
    const { change, runs, dispose } = setUp();
    dispose();
    change('a', 'title', 'later');
    expect(runs).toEqual([]);
  });
});
