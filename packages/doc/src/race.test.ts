import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { applyPatch } from './patch.ts';
import { answerRace, forgetRaces, noteRaces, raceOf, racesIn, type Race } from './race.ts';
import { recordMap, rootRecord } from './records.ts';

/** A server and two people; what the server finds when an update arrives. */
function table() {
  const server = new Y.Doc();
  const [ana, ben] = [new Y.Doc(), new Y.Doc()];
  const members = new Map([
    [ana.clientID, 'ana'],
    [ben.clientID, 'ben'],
    [server.clientID, 'server'],
  ]);
  const found: Race[] = [];
  server.on('afterTransaction', (transaction: Y.Transaction) => {
    if (!transaction.local) found.push(...racesIn(transaction, 'cards', (client) => members.get(client)));
  });
  const send = (from: Y.Doc, to: Y.Doc) => Y.applyUpdate(to, Y.encodeStateAsUpdate(from, Y.encodeStateVector(to)));
  const set = (doc: Y.Doc, field: string, value: unknown) => recordMap(doc, 'cards', 'c')?.set(field, value);
  applyPatch(server, [{ root: 'cards', id: 'c', create: true, set: { title: 'T', value: 1 } }]);
  send(server, ana);
  send(server, ben);
  return { server, ana, ben, found, send, set, shows: (field: string) => recordMap(server, 'cards', 'c')?.get(field) };
}

describe('a race on one field', () => {
  // Which value a CRDT keeps hangs on the clientIDs; both ways round must be told.
  test.each(Array.from({ length: 8 }, (_, round) => round))('keeps both values, whoever wins (round %i)', () => {
    const { server, ana, ben, found, send, set, shows } = table();
    set(ana, 'value', 10);
    set(ben, 'value', 20);
    send(ana, server);
    send(ben, server);
    expect(found).toHaveLength(1);
    const [race] = found;
    expect(race?.kept).toBe(shows('value'));
    expect([race?.kept, race?.other].sort()).toEqual([10, 20]);
    expect(race?.keptBy).toBe(race?.kept === 10 ? 'ana' : 'ben');
    expect(race?.otherBy).toBe(race?.other === 10 ? 'ana' : 'ben');
  });

  test('also when one of them typed several values on the way', () => {
    const { server, ana, ben, found, send, set, shows } = table();
    for (const value of [11, 12, 13]) set(ana, 'value', value);
    set(ben, 'value', 20);
    send(ben, server);
    send(ana, server);
    expect(found.map((race) => [race.kept, race.other].sort())).toEqual([[13, 20]]);
    expect(found[0]?.kept).toBe(shows('value'));
  });

  test('is none when the second saw the first', () => {
    const { server, ana, ben, found, send, set } = table();
    set(ana, 'value', 10);
    send(ana, server);
    send(server, ben);
    set(ben, 'value', 20);
    send(ben, server);
    expect(found).toEqual([]);
  });

  test('is none on different fields, on equal values, and with oneself', () => {
    const { server, ana, ben, found, send, set } = table();
    set(ana, 'value', 10);
    set(ben, 'title', 'B');
    set(ben, 'owner', 'x');
    set(ana, 'owner', 'x');
    send(ana, server);
    send(ben, server);
    expect(found).toEqual([]);
  });

  test('an emptied field against a value is one, too', () => {
    const { server, ana, ben, found, send, set, shows } = table();
    recordMap(ana, 'cards', 'c')?.delete('value');
    set(ben, 'value', 20);
    send(ana, server);
    send(ben, server);
    // The value stands: a deletion in a CRDT only removes what was there. Nothing is lost, so nothing is asked.
    expect(shows('value')).toBe(20);
    expect(found).toEqual([]);
  });
});

describe('answering', () => {
  const race: Race = { root: 'cards', record: 'c', field: 'value', kept: 10, keptBy: 'ana', other: 20, otherBy: 'ben' };
  const noted = () => {
    const { server } = table();
    applyPatch(server, [{ root: 'cards', id: 'c', set: { value: 10 } }]);
    applyPatch(server, noteRaces([race], 5));
    return server;
  };

  test('stays open until somebody answers', () => {
    expect(raceOf(noted(), 'c', 'value')).toEqual(race);
    expect(raceOf(noted(), 'c', 'title')).toBeNull();
  });

  test('swap puts the other value in, keep leaves what shows; both close it', () => {
    for (const [answer, value] of [
      ['swap', 20],
      ['keep', 10],
    ] as const) {
      const doc = noted();
      applyPatch(doc, answerRace(race, answer, 6));
      expect(recordMap(doc, 'cards', 'c')?.get('value')).toBe(value);
      expect(raceOf(doc, 'c', 'value')).toBeNull();
    }
  });

  test('of a record that is emptied nothing stays noted, of others all', () => {
    const doc = noted();
    applyPatch(doc, noteRaces([{ ...race, record: 'd', other: 40 }], 6));
    applyPatch(doc, answerRace(race, 'keep', 7));
    forgetRaces(doc, 'c');
    expect(Object.keys(doc.getMap('races').toJSON())).toEqual(['d.value']);
    expect(raceOf(doc, 'd', 'value')?.other).toBe(40);
  });

  test('a newer race of the field opens it again', () => {
    const doc = noted();
    applyPatch(doc, answerRace(race, 'keep', 6));
    applyPatch(doc, noteRaces([{ ...race, other: 30 }], 7));
    expect(raceOf(doc, 'c', 'value')?.other).toBe(30);
  });
});

describe('a document that is one record', () => {
  test('tells of races on its own keys, and answers them', () => {
    const server = new Y.Doc();
    const [ana, ben] = [new Y.Doc(), new Y.Doc()];
    const names = new Map([
      [ana.clientID, 'ana'],
      [ben.clientID, 'ben'],
    ]);
    const found: Race[] = [];
    server.on('afterTransaction', (transaction: Y.Transaction) => {
      if (transaction.local) return;
      found.push(...racesIn(transaction, 'fields', (client) => names.get(client), { isRecord: true }));
    });
    const send = (from: Y.Doc, to: Y.Doc) => Y.applyUpdate(to, Y.encodeStateAsUpdate(from, Y.encodeStateVector(to)));
    applyPatch(server, [{ root: 'fields', id: rootRecord, set: { jobTitle: 'Clerk', city: 'Bergen' } }]);
    send(server, ana);
    send(server, ben);
    ana.getMap('fields').set('jobTitle', 'Head');
    ben.getMap('fields').set('jobTitle', 'Chief');
    ben.getMap('fields').set('city', 'Oslo');
    send(ana, server);
    send(ben, server);
    expect(found.map(({ record, field }) => [record, field])).toEqual([[rootRecord, 'jobTitle']]);
    applyPatch(server, noteRaces(found, 1));
    const race = raceOf(server, rootRecord, 'jobTitle');
    expect([race?.kept, race?.other].sort()).toEqual(['Chief', 'Head']);
    if (race) applyPatch(server, answerRace(race, 'swap', 2));
    expect(server.getMap('fields').get('jobTitle')).toBe(race?.other);
    expect(raceOf(server, rootRecord, 'jobTitle')).toBeNull();
  });
});
