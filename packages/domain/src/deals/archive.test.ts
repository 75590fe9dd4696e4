import { applyPatch } from '@rapport/doc/patch';
import { expect, test } from 'vitest';
import type * as Y from 'yjs';
import { archiveName, strayPatches, transferPatches } from '../boards/archive.ts';
import { drawBoard } from './board-fixture.ts';

const home = 'board/b';
const archive = 'board/b~2026q1';
const write = (doc: Y.Doc, id: string, set: Record<string, string | null>) =>
  applyPatch(doc, [{ root: 'cards', id, create: true, set }]);
const card = (doc: Y.Doc, id: string) => doc.getMap('cards').toJSON()[id] as Record<string, unknown> | undefined;

test.each([
  ['2026-01-01T00:00:00.000Z', 'board/b~2026q1'],
  ['2026-03-31T23:59:59.999Z', 'board/b~2026q1'],
  ['2026-12-31T23:59:59.999Z', 'board/b~2026q4'],
])('a deal closed at %s is archived in %s', (at, name) => expect(archiveName(home, Date.parse(at))).toBe(name));

test('a deal that comes back takes along what reached its stub meanwhile, and no stub is left of it', () => {
  const [from, to] = [drawBoard('A|||'), drawBoard('|||')];
  write(to, 'A', { movedTo: archive, title: 'Late' });
  const { here, there } = transferPatches(archive, from, ['A'], home, to);
  applyPatch(to, there);
  applyPatch(from, here);
  expect(card(to, 'A')).toMatchObject({ title: 'Late', movedFrom: archive, place: ['Open', 'M0V'] });
  expect(card(to, 'A')).not.toHaveProperty('movedTo');
  expect(card(from, 'A')).toEqual({ movedTo: home });
});

test('a deal that is only a stub here, or is not here, is not moved', () => {
  const from = drawBoard('|||');
  write(from, 'A', { movedTo: 'board/other', title: 'Late' });
  expect(transferPatches(home, from, ['A', 'ghost'], archive)).toEqual({ here: [], there: [] });
});

test.each<[string, string, boolean, Record<string, unknown> | undefined, Record<string, unknown>]>([
  ['follows its deal', archive, false, { title: 'Late' }, { movedTo: archive }],
  ['stays where the deal never went', 'board/none', false, undefined, { movedTo: 'board/none', title: 'Late' }],
  ['goes with a deal that was purged', 'board/none', true, undefined, { movedTo: 'board/none' }],
  ['stays where a stub names its own document', home, false, undefined, { movedTo: home, title: 'Late' }],
])('a late edit %s', (_what, target, isPurged, there, here) => {
  const [from, to] = [drawBoard('|||'), drawBoard(target === archive ? 'A|||' : '|||')];
  write(from, 'A', { movedTo: target, title: 'Late' });
  const patches = strayPatches(home, from, ['A'], target, to, () => isPurged);
  applyPatch(to, patches.there);
  applyPatch(from, patches.here);
  if (there) expect(card(to, 'A')).toMatchObject(there);
  else expect(card(to, 'A')).toBeUndefined();
  expect(card(from, 'A')).toEqual(here);
});
