import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { applyPatch, revert, type Applied } from './patch.ts';
import { rawRecord, recordMap } from './records.ts';

const docWith = (records: Record<string, Record<string, unknown>>): Y.Doc => {
  const doc = new Y.Doc();
  for (const [id, set] of Object.entries(records))
    applyPatch(doc, [{ root: 'cards', id, create: true, set: set as never }]);
  return doc;
};
const record = (doc: Y.Doc, id: string) => ({ ...rawRecord(recordMap(doc, 'cards', id) ?? new Y.Map()) });
const edit = (doc: Y.Doc, id: string, set: Record<string, never | string | number | null>): Applied =>
  applyPatch(doc, [{ root: 'cards', id, set }]);

describe('applying a patch', () => {
  test('writes fields, empties with null, and is one transaction', () => {
    const doc = docWith({ a: { title: 'A', value: 1 } });
    let updates = 0;
    doc.on('update', () => updates++);
    applyPatch(doc, [
      { root: 'cards', id: 'a', set: { title: 'B', value: null } },
      { root: 'cards', id: 'b', create: true, set: { title: 'New' } },
    ]);
    expect(record(doc, 'a')).toEqual({ title: 'B' });
    expect(record(doc, 'b')).toEqual({ title: 'New' });
    expect(updates).toBe(1);
  });

  test('what is the same is not written again', () => {
    const doc = docWith({ a: { place: ['s', 'V'] } });
    let updates = 0;
    doc.on('update', () => updates++);
    expect(applyPatch(doc, [{ root: 'cards', id: 'a', set: { place: ['s', 'V'], title: null } }]).changes).toEqual([]);
    expect(updates).toBe(0);
  });

  test('a record that is not there is passed over, not made', () => {
    const doc = docWith({});
    expect(edit(doc, 'ghost', { title: 'x' }).changes).toEqual([]);
    expect(doc.getMap('cards').size).toBe(0);
  });

  test('a field named __proto__ is only a field', () => {
    const doc = docWith({ a: { title: 'A' } });
    recordMap(doc, 'cards', 'a')?.set('__proto__', { polluted: true });
    expect(Object.keys(rawRecord(recordMap(doc, 'cards', 'a') ?? new Y.Map()))).toContain('__proto__');
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});

describe('taking a step back', () => {
  test('restores each field, and doing it again restores the step', () => {
    const doc = docWith({ a: { title: 'A', value: 1 } });
    const step = edit(doc, 'a', { title: 'B', value: null, owner: 'me' });
    const undone = revert(doc, step, 9);
    expect(record(doc, 'a')).toEqual({ title: 'A', value: 1 });
    revert(doc, undone.applied, 9);
    expect(record(doc, 'a')).toEqual({ title: 'B', owner: 'me' });
  });

  test("leaves a colleague's later value alone and says so, and takes the rest back", () => {
    const doc = docWith({ a: { title: 'A', value: 1 } });
    const step = edit(doc, 'a', { title: 'Mine', value: 2 });
    edit(doc, 'a', { title: 'Hers' });
    const { kept } = revert(doc, step, 9);
    expect(record(doc, 'a')).toEqual({ title: 'Hers', value: 1 });
    expect(kept.map(({ field, to }) => [field, to])).toEqual([['title', 'Hers']]);
  });

  test('a created record is deleted softly, and comes back on redo', () => {
    const doc = docWith({});
    const step = applyPatch(doc, [{ root: 'cards', id: 'n', create: true, set: { title: 'N' } }]);
    const undone = revert(doc, step, 9);
    expect(record(doc, 'n')).toEqual({ title: 'N', deletedAt: 9 });
    revert(doc, undone.applied, 10);
    expect(record(doc, 'n')).toEqual({ title: 'N' });
  });

  test('a created record that a colleague built on stays', () => {
    const doc = docWith({});
    const step = applyPatch(doc, [{ root: 'cards', id: 'n', create: true, set: { title: 'N' } }]);
    edit(doc, 'n', { owner: 'her' });
    const { kept } = revert(doc, step, 9);
    expect(record(doc, 'n')).toEqual({ title: 'N', owner: 'her' });
    expect(kept).toHaveLength(1);
  });
});

describe('what the server set on a new record by itself', () => {
  const made = () => {
    const doc = docWith({});
    const step = applyPatch(doc, [{ root: 'cards', id: 'a', create: true, set: { title: 'A' } }]);
    applyPatch(doc, [
      { root: 'cards', id: 'a', set: { owner: 'mia', byServer: { rule: 'r', set: { owner: 'mia' } } } },
    ]);
    return { doc, step };
  };

  test('is nobody’s work: whoever made it takes it back', () => {
    const { doc, step } = made();
    expect(revert(doc, step, 9).kept).toEqual([]);
    expect(record(doc, 'a')).toMatchObject({ deletedAt: 9 });
  });

  test('and is somebody’s once they changed it', () => {
    const { doc, step } = made();
    applyPatch(doc, [{ root: 'cards', id: 'a', set: { owner: 'jan' } }]);
    expect(revert(doc, step, 9).kept).toMatchObject([{ field: 'owner', to: 'jan' }]);
    expect(record(doc, 'a')).toMatchObject({ owner: 'jan', title: 'A' });
  });

  test('garbage in the note is no note', () => {
    for (const byServer of ['x', { set: 'x' }, { set: null }]) {
      const { doc, step } = made();
      applyPatch(doc, [{ root: 'cards', id: 'a', set: { byServer } }]);
      expect(revert(doc, step, 9).kept).toMatchObject([{ field: 'owner' }]);
    }
  });
});
