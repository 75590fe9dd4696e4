import Sqlite from 'better-sqlite3';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { columnsOf, columnValues } from '@rapport/schema/columns';
import type { FieldValue } from '@rapport/schema/fields';
import * as Y from 'yjs';
import { applyPatch, revert } from '@rapport/doc/patch';
import { boardsReadModel, cardReadModel } from '../boards/read-model.ts';
import { companyType } from '../companies/schema.ts';
import { recordReadModel } from '../records/read-model.ts';
import { leadType } from './lead-type.ts';
import { leadFields } from './schema.ts';
import { scoreMetSql, scoreReadModel, scoreSql } from './score-sql.ts';
import { holds, scoreOf, scoreOfMet, warmthOf, weightText, type ScoreFacts } from './score.ts';
import { defaultWeights, deleteWeight, readWeight, setWeight, weightsOf, type Weight } from './weights.ts';

const dayMs = 86_400_000;
const now = Date.now();

const database = new Sqlite(':memory:');
for (const statement of [
  ...boardsReadModel,
  ...cardReadModel(leadType),
  ...recordReadModel(companyType),
  ...scoreReadModel,
])
  database.exec(statement);
const companyColumns = {
  id: 'c1',
  doc: 'company/c1',
  name: 'Aune Seafood',
  domain: 'aune.example',
  edited_at: 1,
  edited_by: 'ana',
};
database
  .prepare(
    `INSERT INTO companies (${Object.keys(companyColumns).join(', ')}) VALUES (${Object.keys(companyColumns)
      .map(() => '?')
      .join(', ')})`,
  )
  .run(Object.values(companyColumns));

type Values = Readonly<Record<string, FieldValue | null>>;

function inSql(values: Values, weights: readonly Weight[], facts: ScoreFacts): { score: number; met: Weight[] } {
  for (const table of ['leads', 'score_weights', 'lead_stage_entries', 'lead_touches'])
    database.exec(`DELETE FROM ${table}`);
  const { size, ...own } = values;
  const row: Record<string, unknown> = { id: 'l', doc: 'board/b', board_id: 'b', stage_id: 's', rank: 'V' };
  for (const [key, spec] of Object.entries(leadFields)) Object.assign(row, columnValues(key, spec, own[key] ?? null));
  row['custom'] = size == null ? null : JSON.stringify({ size });
  const put = (table: string, each: Readonly<Record<string, unknown>>) =>
    database
      .prepare(
        `INSERT INTO ${table} (${Object.keys(each).join(', ')}) VALUES (${Object.keys(each)
          .map(() => '?')
          .join(', ')})`,
      )
      .run(Object.values(each));
  put('leads', row);
  for (const weight of weights) put('score_weights', { board_id: 'b', ...weight });
  if (facts.stageSince !== null)
    put('lead_stage_entries', {
      lead_id: 'l',
      seq: 1,
      board_id: 'b',
      stage_id: 's',
      entered_at: facts.stageSince,
      actor: 'ana',
    });
  if (facts.touchedAt !== null) put('lead_touches', { lead_id: 'l', at: facts.touchedAt, actor: 'ana', what: 'phone' });
  const found = database
    .prepare<[], { score: number; met: string }>(
      `SELECT ${scoreSql('t')} AS score, ${scoreMetSql('t')} AS met FROM leads t`,
    )
    .get();
  return { score: found?.score ?? -1, met: JSON.parse(found?.met ?? '[]') as Weight[] };
}

const or = <T>(...values: readonly T[]) => fc.constantFrom(null, ...values);
/** Away from the edge of a day, so that the moment that passes between the two changes nothing. */
const ago = or(...[0.5, 2.5, 6.5, 7.5, 13.5, 14.5, 40.5].map((days) => Math.round(now - days * dayMs)));
const leads = fc.record({
  title: fc.constant('A lead'),
  companyName: or('aune seafood', 'AUNE SEAFOOD', 'Nobody Ltd'),
  email: or('a@aune.example', 'B@GMAIL.com', 'c@elsewhere.example'),
  phone: or('+47 555 01 274'),
  country: or('DE', 'de', 'FR', 'Ærø'),
  source: or('Web', 'Fair'),
  labels: or(['hot'], ['Hot', 'cold'], [] as readonly string[]),
  message: or('short', 'x'.repeat(99), 'é'.repeat(100), '🙂'.repeat(100)),
  value: or({ minor: 50_000, currency: 'EUR' }, { minor: 500, currency: 'JPY' }, { minor: 1, currency: 'KWD' }),
  createdAt: ago,
  size: or<string | number>('12', 250, 'big'),
});
const byField = fc.record({
  points: fc.integer({ min: -100, max: 100 }),
  field: fc.constantFrom('country', 'source', 'labels', 'value', 'size', 'email', 'gone', 'createdAt', 'title'),
  op: fc.constantFrom('is', 'has', 'gte', 'lte', 'set', 'empty'),
  value: fc.constantFrom('de', 'DE', 'web', 'hot', '500', '12', '5', 'é', ''),
});

test('the score in SQL and in the browser is the same for any lead and any weights', () => {
  fc.assert(
    fc.property(
      leads,
      fc.array(fc.tuple(fc.constantFrom(...defaultWeights), fc.integer({ min: -60, max: 60 })), { maxLength: 6 }),
      fc.array(byField, { maxLength: 4 }),
      ago,
      ago,
      (values, changed, own, stageSince, touchedAt) => {
        const doc = new Y.Doc();
        for (const [{ id }, points] of changed) applyPatch(doc, setWeight(id, { points }));
        for (const [at, weight] of own.entries()) applyPatch(doc, setWeight(`w${at}`, weight));
        const weights = weightsOf(doc);
        const domain = (values.email ?? '').split('@')[1]?.toLowerCase();
        const isKnownCompany = (values.companyName ?? '').toLowerCase() === 'aune seafood' || domain === 'aune.example';
        const facts: ScoreFacts = { now, isKnownCompany, stageSince, touchedAt };
        const valueOf = (field: string) => (values as Values)[field] ?? null;
        const sql = inSql(values as Values, weights, facts);
        const ids = (met: readonly Weight[]) => met.map(({ id }) => id).sort();
        expect(ids(sql.met)).toEqual(ids(weights.filter((each) => each.points !== 0 && holds(each, valueOf, facts))));
        expect(sql.score).toBe(scoreOf(valueOf, weights, facts).score);
        expect(scoreOfMet(sql.met).score).toBe(sql.score);
      },
    ),
    { numRuns: 400 },
  );
});

test('reasons add up to the score as long as it lies within 0 and 100', () => {
  const facts: ScoreFacts = { now, isKnownCompany: true, stageSince: now - 20 * dayMs, touchedAt: null };
  const values: Values = { email: 'a@aune.example', createdAt: now };
  const { score, reasons } = scoreOf((field) => values[field] ?? null, defaultWeights, facts);
  expect([score, reasons.reduce((sum, { points }) => sum + points, 0), warmthOf(score)]).toEqual([35, 35, 'cold']);
  expect(reasons[0]).toEqual({ text: 'E-mail is of a company, not free mail', points: 15 });
  expect(reasons).toContainEqual({ text: 'In its status for more than 14 days', points: -15 });
});

test('weights that anybody may have written are read as what they can be', () => {
  expect(readWeight('email', { points: 1e9, number: 'x' })).toMatchObject({ points: 100, number: 0 });
  expect(readWeight('mine', { points: 5, field: 'country', op: 'is', value: 'DE' })).toMatchObject({
    kind: 'field',
    value: 'DE',
  });
  for (const raw of [
    {},
    { field: '__proto__', op: 'is' },
    { field: 'country', op: 'like' },
    { field: 'a"b', op: 'is' },
  ])
    expect(readWeight('mine', raw as never)).toBeNull();
  const doc = new Y.Doc();
  applyPatch(doc, setWeight('mine', { points: 5, field: 'country', op: 'is', value: 'DE' }));
  expect(weightsOf(doc)).toHaveLength(defaultWeights.length + 1);
  applyPatch(doc, deleteWeight('mine', 1));
  expect(weightsOf(doc)).toEqual(defaultWeights);
  expect(
    weightText(
      { ...defaultWeights[0], kind: 'field', field: 'owner', op: 'is', value: 'm1' } as Weight,
      undefined,
      () => 'Mia',
    ),
  ).toBe('Owner is Mia');
});

test('taking back the first change of a built-in weight brings back what it was', () => {
  const doc = new Y.Doc();
  const step = applyPatch(doc, setWeight('email', { points: 60 }));
  expect(weightsOf(doc)[0]).toMatchObject({ id: 'email', points: 60 });
  revert(doc, step, 1);
  expect(weightsOf(doc)).toEqual(defaultWeights);
  applyPatch(doc, setWeight('email', { points: 20 }));
  expect(weightsOf(doc)[0]).toMatchObject({ id: 'email', points: 20 });
});

test('every field of a lead can be asked by a weight', () => {
  for (const [key, spec] of Object.entries(leadFields))
    expect([key, Object.keys(columnsOf(key, spec)).length > 0]).toEqual([key, true]);
});
