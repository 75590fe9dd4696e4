import { makeBoardKind } from '@rapport/domain/boards/board-kind';
import { dealType } from '@rapport/domain/deals/deal-type';
import { makePlainKind } from '@rapport/domain/workspace/workspace-kind';
import type { DocumentKind, LogEntry, Via } from '@rapport/sync/server/ports';
import { livingContent } from '@rapport/sync/server/snapshot';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { planThinning } from './plan-thinning.ts';

const dayMs = 86_400_000;
const kinds: readonly DocumentKind[] = [makeBoardKind([dealType]), makePlainKind()];

/** A log that two people and the server wrote, with what the feed tells of and what it does not. */
function historyOf(seed: number): LogEntry[] {
  let state = seed;
  const random = (below: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const entries: LogEntry[] = [];
  let at = 1_700_000_000_000;
  const doc = new Y.Doc();
  doc.clientID = 1;
  doc.on('update', (update: Uint8Array) => {
    const actor = ['ana', 'ben', 'server'][random(3)] ?? 'ana';
    const via: Via = actor === 'server' ? 'server' : random(3) === 0 ? 'offline' : 'live';
    entries.push({ seq: entries.length * 3 + 1, doc: 'board/b', at, actor, via, update });
  });
  const cards = doc.getMap<Y.Map<unknown>>('cards');
  for (let i = 0; i < 150; i++) {
    at += random(dayMs / 8);
    const card = cards.get(`c${random(5)}`);
    const what = random(7);
    doc.transact(() => {
      if (card === undefined || what === 0)
        cards.set(
          `c${random(5)}`,
          new Y.Map<unknown>([
            ['title', `Card ${i}`],
            ['place', ['s1', `a${i}`]],
          ]),
        );
      else if (what === 1) card.set('title', `Title ${i}`);
      else if (what === 2) card.set('place', [`s${random(3)}`, `r${i}`]);
      else if (what === 3) card.set('value', i % 2 === 0 ? 'garbage' : { minor: i, currency: 'EUR' });
      else if (what === 4) doc.getMap('races').set(`r${random(4)}`, i);
      else if (what === 5) doc.getText('typed').insert(doc.getText('typed').length, `${i}`);
      else doc.getMap('meta').set('name', `Board ${i}`);
    });
  }
  return entries;
}
const replay = (entries: readonly LogEntry[]) => {
  const doc = new Y.Doc();
  for (const { update } of entries) Y.applyUpdate(doc, update);
  return doc;
};

describe.each([1, 2, 3, 4, 5, 6])('a log with seed %i', (seed) => {
  test('gives the same document and rows when its quiet days are folded', async () => {
    const entries = historyOf(seed);
    const folds = await planThinning(entries, kinds);
    expect(folds?.length).toBeGreaterThan(3);
    const gone = new Set(folds?.flatMap((fold) => fold.gone));
    const put = new Map(folds?.map(({ entry }) => [entry.seq, entry]));
    const folded = entries.filter(({ seq }) => !gone.has(seq)).map((entry) => put.get(entry.seq) ?? entry);
    const [before, after] = [replay(entries), replay(folded)];
    expect(Y.equalSnapshots(Y.snapshot(after), Y.snapshot(before))).toBe(true);
    expect(livingContent(after)).toBe(livingContent(before));
    // Folded days are of one day each, and what is folded once is folded.
    for (const { entry, gone: others } of folds ?? [])
      for (const seq of others)
        expect(Math.floor((entries.find((each) => each.seq === seq)?.at ?? 0) / dayMs)).toBe(
          Math.floor(entry.at / dayMs),
        );
    expect(await planThinning(folded, kinds)).toBeNull();
    expect(gone.has(entries[0]?.seq ?? 0)).toBe(false);
  });
});

test('a document whose rows would change stays as it is', async () => {
  // A kind that counts its steps: no fold gives the same count.
  let count = 0;
  const counting: DocumentKind = {
    owns: () => true,
    projector: () => {
      count = 0;
      return { project: () => [{ table: 'counts', key: { id: 'x' }, row: { n: ++count } }] };
    },
  };
  expect(await planThinning(historyOf(9), [counting])).toBeNull();
});

test('steps that must stay do', async () => {
  const entries = historyOf(2);
  const kept = new Set(entries.filter((_, index) => index % 2 === 0).map(({ seq }) => seq));
  const folds = await planThinning(entries, kinds, kept);
  expect(folds?.flatMap(({ gone }) => gone).filter((seq) => kept.has(seq)) ?? []).toEqual([]);
});

test('a step with which a card leaves stays where it is: in between another document has claimed its row', async () => {
  const doc = new Y.Doc();
  const entries: LogEntry[] = [];
  doc.on('update', (update: Uint8Array) =>
    entries.push({
      seq: entries.length + 1,
      doc: 'board/b',
      at: 1_700_000_000_000,
      actor: 'server',
      via: 'server',
      update,
    }),
  );
  const races = doc.getMap('races');
  const card = new Y.Map<unknown>([
    ['title', 'Leaves'],
    ['place', ['s1', 'V']],
  ]);
  doc.getMap('cards').set('c', card);
  for (let i = 0; i < 3; i++) races.set('r', i);
  doc.transact(() => {
    for (const key of card.keys()) card.delete(key);
    card.set('movedTo', 'board/b~2026q1');
  });
  const left = entries.length;
  for (let i = 0; i < 3; i++) races.set('r', i);
  const folds = await planThinning(entries, kinds);
  expect(folds?.map(({ entry, gone }) => [...gone, entry.seq])).toEqual([
    [2, 3, 4],
    [left + 1, left + 2, left + 3],
  ]);
});
