import { applyPatch, planRevert } from '@rapport/doc/patch';
import { makeIds } from '@rapport/doc/ids';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { makeFormKind } from './form-kind.ts';
import { readForm, readOrigin, readWebAddress } from './form.ts';
import { addItems, changeForm, moveItem, newForm, removeItem, replaceItems } from './ops.ts';

const env = { random: () => 0.5, now: 5, newId: makeIds({ now: () => 5, random: Math.random }) };

function makeForm(...keys: string[]): Y.Doc {
  const doc = new Y.Doc();
  applyPatch(doc, newForm({ name: 'Ask us', by: 'ana', at: 1 }));
  const items = keys.map((field) => ({ id: `id_${field}`, field, label: '' }));
  applyPatch(doc, addItems(doc, 'fields', items, env));
  return doc;
}
const keysOf = (doc: Y.Doc) =>
  readForm(doc)
    .fields.map(({ field }) => field)
    .join(' ');
const merge = (a: Y.Doc, b: Y.Doc) => {
  Y.applyUpdate(a, Y.encodeStateAsUpdate(b));
  Y.applyUpdate(b, Y.encodeStateAsUpdate(a));
};
const copyOf = (doc: Y.Doc): Y.Doc => {
  const copy = new Y.Doc();
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
  return copy;
};

describe('a form’s document', () => {
  test('is read whatever anybody wrote', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string(), fc.jsonValue()),
        fc.dictionary(fc.string(), fc.jsonValue()),
        (meta, field) => {
          const doc = new Y.Doc();
          applyPatch(doc, [{ root: 'meta', id: '', set: meta as Record<string, never> }]);
          for (const root of ['fields', 'consents'])
            applyPatch(doc, [{ root, id: 'x', create: true, set: field as Record<string, never> }]);
          doc.getMap('fields').set('not a map', 7);
          const form = readForm(doc);
          expect(form.name.length).toBeGreaterThan(0);
          expect(form.origins.every((origin) => /^https?:\/\/[\w.:[\]-]+$/.test(origin))).toBe(true);
        },
      ),
      { numRuns: 200 },
    );
  });

  test.each([
    ['https://www.Shop.example/page?x', 'https://www.shop.example'],
    ['https://shop.example:443', 'https://shop.example'],
    ['http://shop.example:8080', 'http://shop.example:8080'],
    ['http://[::1]:80', 'http://[::1]'],
    ['https://a;sandbox', null],
    ["https://a'b", null],
    ['https://*.shop.example', null],
    ['https://shop.example evil', null],
    ['javascript:alert(1)', null],
    ['data:text/html,x', null],
    ['//shop.example', null],
    ['https://user:pass@shop.example', null],
    [null, null],
  ])('the origin of %s is %s', (raw, origin) => expect(readOrigin(raw)).toBe(origin));

  test.each([
    ['https://shop.example/thanks?x=1#y', 'https://shop.example/thanks?x=1#y'],
    ['https://shop.example/ø%20', 'https://shop.example/%C3%B8%20'],
    ['https://shop.example/\r\nSet-Cookie:x', ''],
    ['HTTPS://Shop.example', 'https://shop.example'],
    ['mailto:a@b.example', ''],
  ])('%s leads to %s', (raw, address) => expect(readWebAddress(raw)).toBe(address));

  test.each([
    ['to the front', 'email', 'name', 'email name message'],
    ['to the end', 'name', null, 'email message name'],
    ['where it is', 'name', 'email', 'name email message'],
    ['before nothing known', 'name', 'gone', 'email message name'],
  ])('a question is put %s', (_, key, before, order) => {
    const doc = makeForm('name', 'email', 'message');
    applyPatch(doc, moveItem(doc, 'fields', `id_${key}`, before === null ? null : `id_${before}`, env));
    expect(keysOf(doc)).toBe(order);
  });

  test('ranks that fell together are given anew', () => {
    const doc = makeForm('name', 'email', 'message');
    for (const key of ['name', 'email', 'message'])
      applyPatch(doc, [{ root: 'fields', id: `id_${key}`, set: { rank: 'V' } }]);
    applyPatch(doc, moveItem(doc, 'fields', 'id_name', 'id_email', env));
    applyPatch(doc, moveItem(doc, 'fields', 'id_message', 'id_name', env));
    expect(keysOf(doc).split(' ').indexOf('message')).toBe(keysOf(doc).split(' ').indexOf('name') - 1);
  });

  test('two people edit it at once, and each takes back their own', () => {
    const ana = makeForm('name', 'email');
    const bo = copyOf(ana);
    const anas = applyPatch(ana, removeItem('fields', 'id_email', 9));
    applyPatch(ana, changeForm({ intro: 'Hello', origins: ['https://shop.example'] }));
    applyPatch(bo, addItems(bo, 'fields', [{ id: 'bo_phone', field: 'phone', label: 'Call' }], env));
    applyPatch(bo, changeForm({ name: 'Ask Bo' }));
    merge(ana, bo);
    expect(readForm(ana)).toEqual(readForm(bo));
    expect(keysOf(ana)).toBe('name phone');
    applyPatch(ana, planRevert(ana, anas, 10).patch);
    merge(ana, bo);
    expect(readForm(bo)).toMatchObject({ name: 'Ask Bo', intro: 'Hello' });
    expect(keysOf(bo).split(' ').toSorted().join(' ')).toBe('email name phone');
  });

  test('a field that two people added at once is asked once, by both alike', () => {
    const ana = makeForm('name');
    const bo = copyOf(ana);
    applyPatch(ana, addItems(ana, 'fields', [{ id: 'a', field: 'phone', label: 'A' }], env));
    applyPatch(bo, addItems(bo, 'fields', [{ id: 'b', field: 'phone', label: 'B' }], env));
    merge(ana, bo);
    expect(keysOf(ana)).toBe('name phone');
    expect(readForm(ana)).toEqual(readForm(bo));
  });

  test('a list that replaces another keeps what it names', () => {
    const doc = makeForm('name', 'email');
    applyPatch(
      doc,
      replaceItems(
        doc,
        'fields',
        [
          { field: 'phone', label: '' },
          { id: 'id_name', field: 'name', label: 'You' },
        ],
        env,
      ),
    );
    expect(readForm(doc).fields.map(({ id, label }) => [id === 'id_name', label])).toEqual([
      [false, ''],
      [true, 'You'],
    ]);
  });
});

test('its rows follow from its log alone', () => {
  const kind = makeFormKind();
  const run = (apply: (doc: Y.Doc, step: number) => void) => {
    const doc = new Y.Doc();
    const projector = kind.projector('form/F', doc);
    const written: unknown[] = [];
    let seq = 0;
    doc.on('afterTransaction', (transaction: Y.Transaction) => {
      seq += 1;
      written.push(...projector.project(transaction, { seq, at: seq * 10, actor: 'ana', via: 'live' }));
    });
    for (let step = 0; step < 5; step++) apply(doc, step);
    return { doc, written };
  };
  const updates: Uint8Array[] = [];
  const first = run((doc, step) => {
    const before = Y.encodeStateVector(doc);
    if (step === 0) applyPatch(doc, newForm({ name: 'Ask', by: 'ana', at: 1 }));
    if (step === 1) applyPatch(doc, addItems(doc, 'fields', [{ id: 'a', field: 'name', label: '' }], env));
    if (step === 2) applyPatch(doc, changeForm({ active: true, name: 'Ask us' }));
    if (step === 3) applyPatch(doc, changeForm({ intro: 'Hello' }));
    if (step === 4) applyPatch(doc, changeForm({ deletedAt: 40 }));
    updates.push(Y.encodeStateAsUpdate(doc, before));
  });
  const again = run((doc, step) => Y.applyUpdate(doc, updates[step] ?? new Uint8Array()));
  expect(again.written).toEqual(first.written);
  const lines = (first.written as { table: string; row: { kind: string; field: string } }[]).filter(
    ({ table }) => table === 'activity',
  );
  expect(lines.map(({ row }) => [row.kind, row.field])).toEqual([
    ['created', null],
    ['changed', 'name'],
    ['changed', 'active'],
    ['deleted', null],
  ]);
});
