import { applyPatch } from '@rapport/doc/patch';
import { rawRecord, rootRecord } from '@rapport/doc/records';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { rawState } from '../records/read-record.ts';
import { mergeInto, planCarryOn, planUnmerge, readMergeNote, standAgain, type MergedRecord } from './merge.ts';

interface Picture {
  readonly fields?: Record<string, unknown>;
  readonly points?: Record<string, unknown>;
  readonly links?: Record<string, unknown>;
  readonly consent?: Record<string, unknown>;
  readonly timeline?: Record<string, Record<string, unknown>>;
}

function draw(id: string, picture: Picture): MergedRecord {
  const doc = new Y.Doc();
  doc.transact(() => {
    for (const root of ['fields', 'points', 'links', 'consent'] as const)
      for (const [key, value] of Object.entries(picture[root] ?? {})) doc.getMap(root).set(key, value);
    for (const [key, entry] of Object.entries(picture.timeline ?? {}))
      doc.getMap('timeline').set(key, new Y.Map(Object.entries(entry)));
  });
  return { id, doc };
}
const email = (value: string) => ({ kind: 'email', type: 'work', value });
const meta = { now: 5, by: 'ana', moved: [] };
const merged = (into: Picture, from: Picture, choices: Record<string, string> = {}) => {
  const [a, b] = [draw('A', into), draw('B', from)];
  mergeInto(a, b, choices, meta);
  return { a, b, state: rawState(a.doc) };
};
const timeline = ({ doc }: MergedRecord) =>
  Object.fromEntries(
    [...doc.getMap<Y.Map<unknown>>('timeline').entries()].map(([id, map]) => [id, { ...rawRecord(map) }]),
  );

describe('what the survivor has', () => {
  test('its own values, what it had not, and what was chosen', () => {
    const { state } = merged(
      { fields: { firstName: 'Ana', jobTitle: 'CEO', tags: ['a'], createdAt: 9 } },
      { fields: { firstName: 'Anna', jobTitle: 'Boss', department: 'Sales', tags: ['b', 'a'], createdAt: 3 } },
      { jobTitle: 'B' },
    );
    expect({ ...state.fields }).toEqual({
      firstName: 'Ana',
      jobTitle: 'Boss',
      department: 'Sales',
      tags: ['a', 'b'],
      createdAt: 3,
    });
  });

  test('a choice for the own value keeps it, also an empty one', () => {
    const { state } = merged({ fields: { jobTitle: '' } }, { fields: { jobTitle: 'Boss' } }, { jobTitle: 'A' });
    expect(state.fields['jobTitle']).toBe('');
  });

  test('each way to reach somebody once, however it is spelled; two with one id are both kept', () => {
    const { state } = merged(
      { points: { p1: email('ana@x.example') } },
      { points: { p1: email('other@x.example'), p2: email('ANA@x.example'), p3: email('b@x.example') } },
    );
    expect(Object.values(state.points).map((point) => (point as { value: string }).value)).toEqual([
      'ana@x.example',
      'other@x.example',
      'b@x.example',
    ]);
  });

  test('links of both, none to itself', () => {
    const { state } = merged(
      { links: { C: { noun: 'company', role: 'CEO' }, B: { noun: 'contact', role: '' } } },
      {
        links: {
          C: { noun: 'company', role: 'Staff' },
          D: { noun: 'company', role: '' },
          A: { noun: 'contact', role: '' },
        },
      },
    );
    expect({ ...state.links }).toEqual({ C: { noun: 'company', role: 'CEO' }, D: { noun: 'company', role: '' } });
  });

  test.each([
    ['the newer counts', { state: 'granted', at: 1 }, { state: 'withdrawn', at: 2 }, 'withdrawn'],
    ['the newer counts, also where it allows more', { state: 'denied', at: 1 }, { state: 'granted', at: 2 }, 'granted'],
    ['without dates the one that allows less', { state: 'granted' }, { state: 'denied' }, 'denied'],
    ['without dates its own', { state: 'denied' }, { state: 'granted' }, 'denied'],
  ])('consent: %s', (_what, own, other, expected) => {
    const { state } = merged({ consent: { news: own } }, { consent: { news: other } });
    expect(state.consent['news']).toMatchObject({ state: expected });
  });

  test('the timeline of both', () => {
    const { a } = merged(
      { timeline: { t1: { text: 'one' } } },
      { timeline: { t2: { text: 'two' }, t3: { text: 'x', deletedAt: 4 } } },
    );
    expect(timeline(a)).toEqual({ t1: { text: 'one' }, t2: { text: 'two' }, t3: { text: 'x', deletedAt: 4 } });
  });
});

describe('the record that went', () => {
  test('keeps everything, and leads to the survivor', () => {
    const { b } = merged(
      { fields: { firstName: 'Ana' } },
      { fields: { firstName: 'Anna' }, points: { p: email('x@x.example') } },
    );
    const state = rawState(b.doc);
    expect({ ...state.fields }).toEqual({ firstName: 'Anna', mergedInto: 'A' });
    expect(readMergeNote(b.doc)).toMatchObject({ into: 'A', by: 'ana', at: 5 });
  });

  test('what is written into it later is carried on, once, and nothing else of it', () => {
    const { a, b } = merged(
      { fields: { firstName: 'Ana', jobTitle: 'CEO' } },
      { fields: { firstName: 'Anna', jobTitle: 'Boss' } },
    );
    expect(planCarryOn(b.doc)).toBeNull();
    applyPatch(b.doc, [
      { root: 'fields', id: rootRecord, set: { jobTitle: 'Chair' } },
      { root: 'points', id: rootRecord, set: { p9: email('late@x.example') } },
      { root: 'timeline', id: 't9', create: true, set: { text: 'called' } },
    ]);
    const carried = planCarryOn(b.doc);
    applyPatch(a.doc, carried?.survivor ?? []);
    applyPatch(b.doc, carried?.here ?? []);
    expect({ ...rawState(a.doc).fields }).toEqual({ firstName: 'Ana', jobTitle: 'Chair' });
    expect(Object.keys(rawState(a.doc).points)).toEqual(['p9']);
    expect(timeline(a)).toEqual({ t9: { text: 'called' } });
    expect(planCarryOn(b.doc)).toBeNull();
  });
});

test('taking it back restores both, but what somebody changed since stays', () => {
  const { a, b } = merged(
    { fields: { firstName: 'Ana' }, consent: { news: { state: 'granted', at: 1 } } },
    {
      fields: { jobTitle: 'Boss', department: 'Sales' },
      points: { p: email('x@x.example') },
      consent: { news: { state: 'denied', at: 2 } },
    },
  );
  applyPatch(a.doc, [{ root: 'fields', id: rootRecord, set: { department: 'Service' } }]);
  const note = readMergeNote(b.doc);
  if (note === null) throw new Error('no note');
  applyPatch(a.doc, planUnmerge(a.doc, note, 9));
  applyPatch(b.doc, standAgain);
  const [is, was] = [rawState(a.doc), rawState(b.doc)];
  expect({ ...is.fields }).toEqual({ firstName: 'Ana', department: 'Service' });
  expect([{ ...is.points }, { ...is.consent }]).toEqual([{}, { news: { state: 'granted', at: 1 } }]);
  expect({ ...was.fields }).toEqual({ jobTitle: 'Boss', department: 'Sales' });
  expect(readMergeNote(b.doc)).toBeNull();
});

const value = fc.option(fc.string({ maxLength: 4 }), { nil: null });
const picture = fc.record({
  fields: fc.dictionary(
    fc.constantFrom('firstName', 'jobTitle', 'department', 'x'),
    value.map((v) => v ?? ''),
  ),
  points: fc.dictionary(
    fc.constantFrom('p1', 'p2', 'p3'),
    fc.string({ maxLength: 3 }).map((v) => email(`${v}@x.example`)),
  ),
  timeline: fc.dictionary(fc.constantFrom('t1', 't2'), fc.record({ text: fc.string({ maxLength: 3 }) })),
});

test('whatever two records hold: merging and taking it back leaves the survivor as it was, and nothing of the other is lost', () => {
  fc.assert(
    fc.property(picture, picture, (one, other) => {
      const [a, b] = [draw('A', one), draw('B', { ...other, timeline: { t9: { text: 'theirs' } } })];
      const before = JSON.stringify(rawState(a.doc));
      const points = new Set(Object.values(other.points).map((each) => each.value.toLowerCase().trim()));
      mergeInto(a, b, {}, meta);
      const after = rawState(a.doc);
      for (const [key, text] of Object.entries(other.fields))
        if (text !== '' && (one.fields[key] ?? '') === '') expect(after.fields[key]).toBe(text);
      const kept = new Set(
        Object.values(after.points).map((each) => (each as { value: string }).value.toLowerCase().trim()),
      );
      for (const point of points) expect(kept.has(point)).toBe(true);
      const note = readMergeNote(b.doc);
      if (note === null) throw new Error('no note');
      applyPatch(a.doc, planUnmerge(a.doc, note, 9));
      const order = (json: string) => JSON.stringify(sorted(JSON.parse(json)));
      expect(order(JSON.stringify(rawState(a.doc)))).toBe(order(before));
    }),
    { numRuns: 100 },
  );
});

const sorted = (given: unknown): unknown =>
  typeof given === 'object' && given !== null && !Array.isArray(given)
    ? Object.fromEntries(
        Object.entries(given)
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([key, each]) => [key, sorted(each)]),
      )
    : given;
