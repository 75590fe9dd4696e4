import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { rewriteUpdate } from './rewrite-update.ts';

/** Random edits of every kind of content by three clients who meet now and then: their updates, in an order that fits. */
function history(seed: number): Uint8Array[] {
  let state = seed;
  const random = (below: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const updates: Uint8Array[] = [];
  const docs = [1, 2, 3].map((client) => {
    const doc = new Y.Doc();
    doc.clientID = client * 1000 + seed;
    doc.on('update', (update: Uint8Array, origin: unknown) => void (origin !== 'other' && updates.push(update)));
    return doc;
  });
  for (let i = 0; i < 120; i++) {
    const doc = docs[random(3)] ?? expect.fail();
    const map = doc.getMap('map');
    const text = doc.getText('text');
    const xml = doc.getXmlFragment('xml');
    doc.transact(() => {
      map.set(`key ${random(5)}`, [`word ${random(9)}`, { deep: 'Zora 😀' }, null, 1.5, true]);
      text.insert(random(text.length + 1), '😀ab');
      if (text.length > 4) text.delete(random(text.length - 2), 2);
      if (random(4) === 0) text.format(0, Math.min(3, text.length), { link: 'mailto:zora@x.example' });
      if (random(4) === 0) text.insertEmbed(0, { mention: 'Zora' });
      const element = new Y.XmlElement('p');
      element.setAttribute('title', 'Zora');
      element.insert(0, [new Y.XmlText(`Zora ${random(100)}`)]);
      xml.insert(random(xml.length + 1), [element]);
      if (xml.length > 6) xml.delete(random(xml.length), 1);
      map.set('bytes', new Uint8Array([1, 2, 3]));
      map.set('nested', new Y.Map([['name', 'Zora']]));
    });
    if (random(3) === 0)
      for (const other of docs) if (other !== doc) Y.applyUpdate(other, Y.encodeStateAsUpdate(doc), 'other');
  }
  return updates;
}

const replay = (updates: readonly Uint8Array[]) => {
  const doc = new Y.Doc();
  for (const update of updates) Y.applyUpdate(doc, update);
  return doc;
};

test.each([1, 2, 3, 4])('an update that is only written anew says the same (seed %i)', (seed) => {
  const updates = history(seed);
  // One that only deletes has no items.
  const again = updates.map((update) => rewriteUpdate(update, () => true) ?? update);
  expect(Y.encodeStateAsUpdate(replay(again))).toEqual(Y.encodeStateAsUpdate(replay(updates)));
  // Updates that were merged have gaps, and structs in slices.
  const merged = Y.mergeUpdates(updates.filter((_, index) => index % 3 !== 0));
  const twice = rewriteUpdate(merged, () => true) ?? expect.fail('not written');
  expect(Y.encodeStateVectorFromUpdate(twice)).toEqual(Y.encodeStateVectorFromUpdate(merged));
  const rest = updates.filter((_, index) => index % 3 === 0);
  expect(replay([twice, ...rest]).toJSON()).toEqual(replay([merged, ...rest]).toJSON());
});

test('typed text of the same length leaves every later edit where it was', () => {
  const updates = history(7);
  const masked = updates.map(
    (update) =>
      rewriteUpdate(update, ({ content }) => {
        if (!(content instanceof Y.ContentString)) return false;
        content.str = '•'.repeat(content.str.length);
        return true;
      }) ?? update,
  );
  const [before, after] = [replay(updates), replay(masked)];
  expect(Y.encodeStateVector(after)).toEqual(Y.encodeStateVector(before));
  expect(after.getText('text').length).toBe(before.getText('text').length);
  expect(after.getText('text').toJSON()).toMatch(/^[•￼]*$/);
});

test('null when nothing was changed', () => {
  const [first] = history(5);
  expect(rewriteUpdate(first ?? expect.fail(), () => false)).toBeNull();
});
