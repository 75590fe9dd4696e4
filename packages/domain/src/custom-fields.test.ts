import { applyPatch } from '@rapport/doc/patch';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import {
  addCustomField,
  addOptions,
  customFieldKey,
  customFieldsOf,
  deleteCustomField,
  fieldsRoot,
} from './custom-fields.ts';

const env = { random: () => 0.5 };
const add = (doc: Y.Doc, id: string, key: string, more: object = {}) =>
  applyPatch(doc, addCustomField(doc, { id, noun: 'deal', key, type: 'text', label: key, ...more }, env));

test('fields come in their order, each noun its own, deleted ones not', () => {
  const doc = new Y.Doc();
  add(doc, '1', 'region');
  add(doc, '2', 'product', { type: 'select', options: [{ id: 'a', label: 'A' }], open: true });
  add(doc, '3', 'age', { noun: 'contact' });
  expect(customFieldsOf(doc, 'deal')).toEqual({
    region: { type: 'text', label: 'region' },
    product: { type: 'select', label: 'product', options: [{ id: 'a', label: 'A' }], open: true },
  });
  applyPatch(doc, deleteCustomField('1', 5));
  expect(Object.keys(customFieldsOf(doc, 'deal'))).toEqual(['product']);
});

test('a reference says what it names, and stays that', () => {
  const doc = new Y.Doc();
  add(doc, '1', 'partner', { type: 'reference', of: 'contact' });
  add(doc, '2', 'visit', { type: 'planned' });
  expect(customFieldsOf(doc, 'deal')).toEqual({
    partner: { type: 'reference', label: 'partner', noun: 'contact' },
    visit: { type: 'planned', label: 'visit' },
  });
});

test('options are added once', () => {
  const doc = new Y.Doc();
  add(doc, '1', 'product', { type: 'select', options: [{ id: 'a', label: 'A' }] });
  applyPatch(
    doc,
    addOptions(doc, '1', [
      { id: 'a', label: 'A' },
      { id: 'b', label: 'B' },
    ]),
  );
  expect(customFieldsOf(doc, 'deal').product).toMatchObject({ options: [{ id: 'a' }, { id: 'b' }] });
  expect(addOptions(doc, 'none', [{ id: 'a', label: 'A' }])).toEqual([]);
});

test('what anybody may have written is read, or passed over', () => {
  const doc = new Y.Doc();
  const root = doc.getMap(fieldsRoot);
  root.set('a', 'text');
  for (const [id, raw] of Object.entries({
    b: { noun: 'deal', key: '__proto__', type: 'text' },
    c: { noun: 'deal', key: 'ok', type: 'formula' },
    f: { noun: 'deal', key: 'boss', type: 'reference', of: 'member' },
    d: { noun: 'deal', key: 'tier', type: 'select', options: ['x', { id: 3 }, { id: 'y' }], label: 7 },
    e: { noun: 'deal', key: 'tier', type: 'text' },
  }))
    root.set(id, new Y.Map(Object.entries(raw)));
  expect(customFieldsOf(doc, 'deal')).toEqual({
    tier: { type: 'select', label: 'tier', options: [{ id: 'y', label: 'y' }] },
  });
});

test.each([
  ['Deal type', 'dealType'],
  ['Größe (m²)', 'grosseM2'],
  ['opportunity_id', 'opportunityId'],
  ['2nd try', 'field2ndTry'],
  ['刘', 'field'],
  ['Title', 'title2'],
])('the key of %s is %s', (label, key) => expect(customFieldKey(label, new Set(['title']))).toBe(key));
