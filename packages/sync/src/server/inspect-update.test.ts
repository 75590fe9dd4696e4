import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { MalformedBytes } from '../shared/byte-reader.ts';
import { inspectUpdate, type UpdateShape } from './inspect-update.ts';
import { judgeUpdate } from './judge-update.ts';

/** A document with every kind of content that Yjs can write. */
function everything(): Y.Doc {
  const doc = new Y.Doc();
  doc.clientID = 77;
  const map = doc.getMap<unknown>('map');
  for (const [key, value] of Object.entries({
    n: 1,
    f: 1.5,
    neg: -70_000,
    big: 2 ** 40,
    s: 'hä 😀',
    nil: null,
    yes: true,
  })) {
    map.set(key, value);
  }
  map.set('undef', undefined);
  map.set('bytes', new Uint8Array([1, 2, 3]));
  map.set('nested', { a: [1, { b: 'c' }], u: new Uint8Array(2) });
  map.set('bigint', 12n);
  map.set('sub', new Y.Doc({ guid: 'sub' }));
  map.set('map', new Y.Map([['x', new Y.Array()]]));
  const text = new Y.Text('plain');
  map.set('text', text);
  text.format(1, 2, { bold: true });
  text.insertEmbed(0, { image: 'x' });
  text.delete(2, 1);
  const xml = doc.getXmlFragment('xml');
  xml.insert(0, [new Y.XmlElement('p'), new Y.XmlText('hi')]);
  doc.getArray('list').insert(0, [1, 'two', { three: 3 }]);
  doc.getArray('list').delete(1, 1);
  map.set('hook', new Y.XmlHook('hook'));
  map.delete('n');
  return doc;
}

function inspected(update: Uint8Array): UpdateShape | null {
  try {
    return inspectUpdate(update);
  } catch (error) {
    if (error instanceof MalformedBytes) return null;
    throw error;
  }
}

const protoOfBytes = { value: new Uint8Array(2), enumerable: true };
/** The update of a program that sets a field to this value. */
function setting(value: unknown): Uint8Array {
  const doc = new Y.Doc();
  doc.getMap('cards').set('a', value);
  return Y.encodeStateAsUpdate(doc);
}

describe('inspectUpdate', () => {
  test('reads every kind of content to its end', () => {
    const doc = everything();
    const shape = inspectUpdate(Y.encodeStateAsUpdate(doc));
    expect([...shape.sections.values()]).toEqual([{ client: 77, start: 0, end: Y.getState(doc.store, 77), gapEnd: 0 }]);
    expect(shape.needs.size).toBe(0);
    expect(shape.deletes.length).toBeGreaterThan(0);
  });

  test('sees gaps and what is needed of others', () => {
    const doc = everything();
    const updates: Uint8Array[] = [];
    doc.on('update', (update: Uint8Array) => updates.push(update));
    const start = Y.getState(doc.store, 77);
    for (const n of [1, 2, 3]) doc.getMap('map').set('k', n);
    const [first, , third] = updates;
    if (first === undefined || third === undefined) throw new Error('three updates');
    expect(inspectUpdate(Y.mergeUpdates([first, third])).sections.get(77)).toEqual({
      client: 77,
      start,
      end: start + 3,
      gapEnd: start + 2,
    });
    const other = new Y.Doc();
    Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
    other.clientID = 5;
    const before = Y.encodeStateVector(other);
    other.getMap('map').set('k', 'theirs');
    const theirs = inspectUpdate(Y.encodeStateAsUpdate(other, before));
    expect([...theirs.needs]).toEqual([[77, start + 2]]);
    expect(judgeUpdate(theirs, new Y.Doc(), 'ann', () => undefined).kind).toBe('gap');
    expect(judgeUpdate(theirs, doc, 'ann', () => undefined)).toEqual({ kind: 'fresh', newClients: [5] });
  });

  test.each([
    ['nothing', []],
    ['no delete set', [0]],
    ['bytes after the end', [0, 0, 0]],
    ['a struct of no length', [1, 1, 5, 0, 0, 0, 0]],
    ['empty text', [1, 1, 5, 0, 4, 1, 1, 97, 0, 0]],
    ['a client twice', [2, 1, 5, 0, 0, 1, 1, 5, 1, 0, 1, 0]],
    ['its own future as origin', [1, 1, 5, 0, 0x84, 5, 0, 1, 97, 0]],
    ['an unknown content', [1, 1, 5, 0, 11, 1, 1, 97, 0]],
    ['an unknown type', [1, 1, 5, 0, 7, 1, 1, 97, 9, 0]],
    ['JSON that is none', [1, 1, 5, 0, 5, 1, 1, 97, 1, 123, 0]],
    ['text that is not UTF-8', [1, 1, 5, 0, 4, 1, 1, 97, 1, 255, 0]],
    ['a length beyond the end', [1, 1, 5, 0, 4, 1, 1, 97, 255, 255, 255, 255, 7]],
    ['millions of structs', [1, 255, 255, 255, 127, 5, 0]],
    [
      'a value nested 100 deep',
      [1, 1, 5, 0, 8, 1, 1, 97, 1, ...Array.from({ length: 100 }, () => [117, 1]).flat(), 127, 0],
    ],
    ['an object with a prototype', [...setting({ a: [{ ['__proto__']: 1 }] })]],
    ['an object with bytes for a prototype', [...setting(Object.defineProperty({}, '__proto__', protoOfBytes))]],
  ])('refuses %s', (_name, bytes) => {
    expect(() => inspectUpdate(new Uint8Array(bytes))).toThrow(MalformedBytes);
  });

  test('[S7] whatever it lets through, Yjs applies whole (mutations of a real update)', () => {
    const good = Y.encodeStateAsUpdate(everything());
    let state = 12_345;
    const random = (below: number): number => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
      return Math.floor((state / 2 ** 32) * below);
    };
    let applied = 0;
    for (let run = 0; run < 20_000; run++) {
      const bytes = good.slice();
      for (let flips = 1 + random(3); flips > 0; flips--) bytes[random(bytes.length)] = random(256);
      const shape = inspected(bytes);
      if (shape === null) continue;
      const doc = new Y.Doc();
      const verdict = judgeUpdate(shape, doc, 'ann', () => undefined);
      if (verdict.kind !== 'fresh' && verdict.kind !== 'mixed') continue;
      applied++;
      expect(() => Y.applyUpdate(doc, bytes), `run ${String(run)}: ${String(bytes)}`).not.toThrow();
      expect(doc.store.pendingStructs ?? doc.store.pendingDs, `run ${String(run)}`).toBeNull();
    }
    expect(applied).toBeGreaterThan(500);
  });
});
