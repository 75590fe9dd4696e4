import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import {
  bringBackDocument,
  bringBackRecord,
  deleteAgain,
  isPurged,
  isWantedBack,
  purgeDocument,
  purgeRecord,
} from './purge.ts';

/** A card that was deleted, on two devices that know of it. */
function deletedCard() {
  const [server, device] = [new Y.Doc(), new Y.Doc()];
  server.getMap('cards').set('c', new Y.Map(Object.entries({ title: 'Secret', value: { minor: 1 }, deletedAt: 5 })));
  const exchange = () => {
    Y.applyUpdate(device, Y.encodeStateAsUpdate(server, Y.encodeStateVector(device)));
    Y.applyUpdate(server, Y.encodeStateAsUpdate(device, Y.encodeStateVector(server)));
  };
  exchange();
  const before = new Y.Doc();
  Y.applyUpdate(before, Y.encodeStateAsUpdate(server));
  const card = (doc: Y.Doc) => doc.getMap('cards').get('c') as Y.Map<unknown>;
  return { server, device, before, exchange, card };
}

describe('a record', () => {
  test('is emptied; nothing of it is left in the bytes of the document', () => {
    const { server, card } = deletedCard();
    expect(purgeRecord(server, 'cards', 'c', 9)).toBe(true);
    expect(card(server).toJSON()).toEqual({ deletedAt: 5, purgedAt: 9 });
    expect(Buffer.from(Y.encodeStateAsUpdate(server)).includes('Secret')).toBe(false);
    expect(purgeRecord(server, 'cards', 'c', 10)).toBe(false);
    expect(purgeRecord(server, 'cards', 'none', 10)).toBe(false);
  });

  test('that was restored before is left alone', () => {
    const { server, device, exchange, card } = deletedCard();
    card(device).delete('deletedAt');
    exchange();
    expect(purgeRecord(server, 'cards', 'c', 9)).toBe(false);
    expect(card(server).toJSON()).toEqual({ title: 'Secret', value: { minor: 1 } });
  });

  test('that was restored apart meanwhile is wanted back, and comes back with what was written since', () => {
    const { server, device, before, exchange, card } = deletedCard();
    card(device).delete('deletedAt');
    card(device).set('title', 'Secret, again');
    purgeRecord(server, 'cards', 'c', 9);
    exchange();
    exchange();
    expect([isPurged(card(server)), isWantedBack(card(server)), isWantedBack(card(device))]).toEqual([
      true,
      true,
      true,
    ]);
    expect(bringBackRecord(server, before, 'cards', 'c')).toBe(true);
    expect(card(server).toJSON()).toEqual({ title: 'Secret, again', value: { minor: 1 } });
    expect(bringBackRecord(server, before, 'cards', 'c')).toBe(false);
    deleteAgain(server, 'cards', 'c', 11);
    expect(card(server).has('deletedAt')).toBe(false);
  });

  test('of which nothing is left is deleted again', () => {
    const { server, device, exchange, card } = deletedCard();
    card(device).delete('deletedAt');
    purgeRecord(server, 'cards', 'c', 9);
    exchange();
    deleteAgain(server, 'cards', 'c', 11);
    expect(card(server).toJSON()).toEqual({ deletedAt: 11, purgedAt: 9 });
  });
});

test('a document that is one record goes and comes back whole, nested text and maps included', () => {
  const whole = { home: 'meta', maps: ['meta', 'comments'], fragments: ['body'], keeps: ['links'] };
  const doc = new Y.Doc();
  const paragraph = new Y.XmlElement('paragraph');
  paragraph.insert(0, [new Y.XmlText('Private')]);
  doc.getXmlFragment('body').insert(0, [paragraph]);
  doc.getMap('comments').set('k', new Y.Map(Object.entries({ text: 'Private, too' })));
  for (const [key, value] of Object.entries({ title: 'Private title', links: { a: 1 }, deletedAt: 5 }))
    doc.getMap('meta').set(key, value);
  const was = { body: doc.getXmlFragment('body').toJSON(), comments: doc.getMap('comments').toJSON() };
  const before = new Y.Doc();
  Y.applyUpdate(before, Y.encodeStateAsUpdate(doc));
  expect(purgeDocument(doc, whole, 9)).toBe(true);
  expect(doc.getMap('meta').toJSON()).toEqual({ links: { a: 1 }, deletedAt: 5, purgedAt: 9 });
  expect(Buffer.from(Y.encodeStateAsUpdate(doc)).includes('Private')).toBe(false);
  expect(bringBackDocument(doc, before, whole)).toBe(false);
  doc.getMap('meta').delete('deletedAt');
  expect(bringBackDocument(doc, before, whole)).toBe(true);
  expect({ body: doc.getXmlFragment('body').toJSON(), comments: doc.getMap('comments').toJSON() }).toEqual(was);
  expect(doc.getMap('meta').toJSON()).toEqual({ title: 'Private title', links: { a: 1 } });
});
