import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { makeChangeLog, type PendingChange } from './changes.ts';
import { isIn, refuse } from './refused.ts';

function setUp() {
  const doc = new Y.Doc();
  const cards = doc.getMap<Y.Map<unknown>>('cards');
  doc.transact(() => {
    const card = new Y.Map<unknown>();
    card.set('title', 'Acme');
    cards.set('c1', card);
  });
  let ids = 0;
  const log = makeChangeLog(() => `id-${(ids += 1)}`);
  const added: PendingChange[] = [];
  doc.on('afterTransaction', (transaction: Y.Transaction) => added.push(log.add(transaction, 7, false)));
  return { doc, cards, log, added };
}

describe('pending changes', () => {
  it('counts one transaction as one change, with its description and the places it touched', () => {
    const { doc, cards, log } = setUp();
    doc.transact(
      () => {
        cards.get('c1')?.set('title', 'Acme Ltd');
        cards.get('c1')?.set('place', ['won', 'a0']);
      },
      { change: { kind: 'moved', title: 'Acme', to: 'Won' } },
    );
    expect(log.pending()).toMatchObject([
      {
        id: 'id-1',
        at: 7,
        change: { kind: 'moved', title: 'Acme', to: 'Won' },
        touched: [{ path: ['cards', 'c1'], keys: ['title', 'place'] }],
      },
    ]);
  });

  it('is plain data that IndexedDB can keep, whatever the caller described it with', () => {
    const { doc, log } = setUp();
    doc.transact(() => doc.getMap('m').set('k', 1), { change: { kind: 'x', at: new Date(0), no: () => 1 } });
    expect(structuredClone(log.pending())).toEqual(log.pending());
    expect(log.pending()[0]?.change).toEqual({ kind: 'x', at: '1970-01-01T00:00:00.000Z' });
  });

  it('shows a row of nameless keystrokes at one place as one change that is saved with its last key', () => {
    const { doc, log } = setUp();
    const text = doc.getText('body');
    for (const key of 'hello') text.insert(text.length, key);
    expect(log.pending()).toHaveLength(1);
    expect(log.pending()[0]?.inserts).toEqual([[doc.clientID, 2, 7]]);
    const early = log.version() - 1;
    expect(log.acknowledge(early)).toEqual([]);
    expect(log.acknowledge(log.version())).toHaveLength(1);
    expect(log.pending()).toEqual([]);
  });

  it('keeps two described changes apart', () => {
    const { doc, cards, log } = setUp();
    for (const to of ['a', 'b']) doc.transact(() => cards.get('c1')?.set('x', to), { change: { to } });
    expect(log.pending()).toHaveLength(2);
  });

  it('lets any barrier but that of nothing cover restored changes', () => {
    const { log } = setUp();
    const left: PendingChange = {
      id: 'left',
      at: 1,
      change: null,
      offline: true,
      touched: [],
      inserts: [],
      deletes: [],
    };
    log.restore([left]);
    expect(log.acknowledge(0)).toEqual([]);
    expect(log.acknowledge(1)).toEqual([left]);
  });
});

describe('refused changes', () => {
  it('hold the values of the touched places, also of texts and of roots that nobody opened', () => {
    const { doc, cards, added } = setUp();
    doc.transact(() => {
      cards.get('c1')?.set('title', 'Lost words');
      cards.delete('none');
      doc.getText('body').insert(0, 'A note');
    });
    const [change] = added;
    if (!change) throw new Error('no change was made');
    const copy = new Y.Doc();
    Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
    copy.getText('body');
    const refused = refuse(change, copy, { code: 'malformed', reason: 'No.', at: 9 });
    expect(refused).toMatchObject({ code: 'malformed', reason: 'No.', at: 7, refusedAt: 9 });
    expect(refused.values).toEqual([
      { path: ['cards', 'c1'], value: { title: 'Lost words' } },
      { path: ['body'], value: 'A note' },
    ]);
  });

  it('are told from saved ones by what a fresh copy contains, pure deletions too', () => {
    const { doc, cards, added } = setUp();
    const server = new Y.Doc();
    Y.applyUpdate(server, Y.encodeStateAsUpdate(doc));
    cards.get('c1')?.set('title', 'arrived');
    Y.applyUpdate(server, Y.encodeStateAsUpdate(doc));
    cards.get('c1')?.delete('title');
    cards.get('c1')?.set('title', 'did not');
    expect(added.map(isIn(server))).toEqual([true, false, false]);
    Y.applyUpdate(server, Y.encodeStateAsUpdate(doc));
    expect(added.map(isIn(server))).toEqual([true, true, true]);
  });
});
