import { describe, expect, test } from 'vitest';
import { dealOf } from './board.ts';
import { done, drawBoard, env, picture } from './board-fixture.ts';
import { addDeal, addDeals, dealOps, deleteDeals, editDeals, moveDeals, restoreDeals } from './ops.ts';
import type { Move } from '../boards/ops.ts';
import { addStage, deleteStage, editBoard, editStage, moveStage } from '../boards/stage-ops.ts';
import { stageOf } from '../boards/board.ts';
import { recordMap } from '@rapport/doc/records';

const error = (result: ReturnType<typeof moveDeals>) => (result.ok ? null : result.error);

describe('moving', () => {
  test.each<[string, string, Omit<Move, 'ids'> & { ids: string }, string]>([
    ['to the end', 'A B|C||', { ids: 'A', stageId: 'Next' }, 'B|C A||'],
    ['in front of a card', 'A B|C||', { ids: 'B', stageId: 'Next', before: 'C' }, 'A|B C||'],
    ['behind a card', 'A B|C D||', { ids: 'B', stageId: 'Next', after: 'C' }, 'A|C B D||'],
    ['inside its lane, up', 'A B C|||', { ids: 'C', stageId: 'Open', before: 'A' }, 'C A B|||'],
    ['inside its lane, down', 'A B C|||', { ids: 'A', stageId: 'Open', after: 'C' }, 'B C A|||'],
    ['several, in the order given', 'A B C|D E||', { ids: 'C A', stageId: 'Next', before: 'E' }, 'B|D C A E||'],
    ['behind a card that is gone by now: to the end', 'A|B||', { ids: 'A', stageId: 'Next', after: 'ghost' }, '|B A||'],
    [
      'one named neighbour is gone, the other holds',
      'A|B C||',
      { ids: 'A', stageId: 'Next', before: 'ghost', after: 'B' },
      '|B A C||',
    ],
  ])('%s', (_name, before, { ids, ...move }, after) => {
    const doc = drawBoard(before);
    expect(picture(done(doc, moveDeals(doc, { ids: ids.split(' '), ...move }, env)))).toBe(after);
  });

  test('[DM1] neighbours with one rank are ranked afresh, and the card lands between them', () => {
    const doc = drawBoard('A|B C||');
    for (const id of ['B', 'C']) recordMap(doc, 'cards', id)?.set('place', ['Next', 'V']);
    expect(picture(done(doc, moveDeals(doc, { ids: ['A'], stageId: 'Next', after: 'B' }, env)))).toBe('|B A C||');
  });

  test('[DM2] entering won sets the closing date; a given one counts', () => {
    const doc = drawBoard('A B|||');
    done(doc, moveDeals(doc, { ids: ['A'], stageId: 'Won' }, env));
    done(doc, moveDeals(doc, { ids: ['B'], stageId: 'Won', values: { closedAt: 5 } }, env));
    expect([dealOf(doc, 'A')?.closedAt, dealOf(doc, 'B')?.closedAt]).toEqual([env.now, 5]);
  });

  test('[DM3] entering lost needs a reason', () => {
    const doc = drawBoard('A|||');
    expect(error(moveDeals(doc, { ids: ['A'], stageId: 'Lost' }, env))).toMatchObject({
      code: 'reason-needed',
      fields: { lostReason: expect.any(String) },
    });
    done(doc, moveDeals(doc, { ids: ['A'], stageId: 'Lost', values: { lostReason: 'Price' } }, env));
    expect(dealOf(doc, 'A')).toMatchObject({ lostReason: 'Price', closedAt: env.now, stageId: 'Lost' });
  });

  test('[DM4] reopening clears the closing date and the reason; won clears a reason', () => {
    const doc = drawBoard('A|||');
    done(doc, moveDeals(doc, { ids: ['A'], stageId: 'Lost', values: { lostReason: 'Price' } }, env));
    done(doc, moveDeals(doc, { ids: ['A'], stageId: 'Next' }, env));
    expect(dealOf(doc, 'A')).toMatchObject({ lostReason: null, closedAt: null });
    done(doc, moveDeals(doc, { ids: ['A'], stageId: 'Lost', values: { lostReason: 'Price' } }, env));
    done(doc, moveDeals(doc, { ids: ['A'], stageId: 'Won' }, env));
    expect(dealOf(doc, 'A')?.lostReason).toBeNull();
  });

  test('[DM5] a stage asks for what it requires, once for all cards, and takes it with the move', () => {
    const doc = drawBoard('A B|||');
    done(doc, editStage(doc, 'Next', { required: ['value', 'owner'] }));
    const move = { ids: ['A', 'B'], stageId: 'Next' };
    expect(error(moveDeals(doc, move, env))).toMatchObject({
      code: 'fields-needed',
      ids: ['A', 'B'],
      fields: { value: expect.any(String), owner: expect.any(String) },
    });
    done(doc, moveDeals(doc, { ...move, values: { value: { minor: 5, currency: 'EUR' }, owner: 'm1' } }, env));
    expect(picture(doc)).toBe('|A B||');
  });

  test('[DM6] inside its lane a card is not asked for what its stage requires', () => {
    const doc = drawBoard('|A B||');
    done(doc, editStage(doc, 'Next', { required: ['value'] }));
    expect(picture(done(doc, moveDeals(doc, { ids: ['B'], stageId: 'Next', before: 'A' }, env)))).toBe('|B A||');
  });

  test('a stage or card that is gone is named', () => {
    const doc = drawBoard('A|||');
    expect(error(moveDeals(doc, { ids: ['A'], stageId: 'Nowhere' }, env))?.code).toBe('no-such-stage');
    expect(error(moveDeals(doc, { ids: ['A', 'ghost'], stageId: 'Next' }, env))).toMatchObject({
      code: 'no-such-card',
      ids: ['ghost'],
    });
  });
});

describe('adding and editing', () => {
  test('a new deal stands where it was put, several together in order', () => {
    const doc = drawBoard('A B|||');
    done(doc, addDeal(doc, { id: 'N', stageId: 'Open', values: { title: 'New' }, after: 'A' }, env));
    done(
      doc,
      addDeals(
        doc,
        ['X', 'Y'].map((id) => ({ id, stageId: 'Next', values: { title: id } })),
        env,
      ),
    );
    expect(picture(doc)).toBe('A N B|X Y||');
    expect(dealOf(doc, 'N')).toMatchObject({ title: 'New', createdAt: env.now });
  });

  test.each([
    ['no title', {}, { title: 'Title is needed' }],
    [
      'a wrong date',
      { title: 'T', expectedClose: '2026-02-30' },
      { expectedClose: 'Close date is not a date YYYY-MM-DD' },
    ],
    [
      'half a cent',
      { title: 'T', value: { minor: 0.5, currency: 'EUR' } },
      { value: expect.stringContaining('integer') },
    ],
    ['an unknown field', { title: 'T', colour: 'red' }, { colour: 'is not a field of a deal' }],
    [
      'a field named __proto__',
      JSON.parse('{"title":"T","__proto__":{"x":1}}'),
      { ['__proto__']: 'is not a field of a deal' },
    ],
    [
      'a script as address',
      { title: 'T', site: 'javascript:alert(1)' },
      { site: expect.stringContaining('web address') },
    ],
  ])('refuses %s by its name', (_name, values: Record<string, unknown>, fields) => {
    const doc = drawBoard('|||');
    const custom = { site: { type: 'url' as const, label: 'Site' } };
    const refused = error(addDeal(doc, { id: 'N', stageId: 'Open', values }, { ...env, custom }));
    expect(Object.entries(refused?.fields ?? {})).toEqual(Object.entries(fields));
  });

  test('one edit of many is one patch; the required title cannot be emptied', () => {
    const doc = drawBoard('A B|||');
    done(doc, editDeals(doc, ['A', 'B'], { owner: 'm1', labels: ['x', 'x', 'y'] }, env));
    expect(['A', 'B'].map((id) => [dealOf(doc, id)?.owner, dealOf(doc, id)?.labels])).toEqual([
      ['m1', ['x', 'y']],
      ['m1', ['x', 'y']],
    ]);
    expect(error(editDeals(doc, ['A'], { title: '' }, env))?.fields).toEqual({ title: 'Title is needed' });
  });

  test('deleting is soft and restoring brings back what others did meanwhile', () => {
    const doc = drawBoard('A B|||');
    done(doc, deleteDeals(doc, ['A'], env));
    expect(picture(doc)).toBe('B|||');
    done(doc, editDeals(doc, ['A'], { owner: 'her' }, env));
    done(doc, restoreDeals(doc, ['A']));
    expect(picture(doc)).toBe('A B|||');
    expect(dealOf(doc, 'A')?.owner).toBe('her');
  });
});

describe('stages', () => {
  test('a new open stage stands behind the open ones, or where it was put', () => {
    const doc = drawBoard('A|B|C|');
    done(doc, addStage(doc, { id: 'S', name: 'Survey' }, env));
    done(doc, addStage(doc, { id: 'F', name: 'First', before: 'Open' }, env));
    expect(picture(doc)).toBe('|A|B||C|');
    expect(stageOf(doc, 'S')?.name).toBe('Survey');
  });

  test('stages are put in front of others, or last', () => {
    const doc = drawBoard('A|B|C|D');
    expect(picture(done(doc, moveStage(doc, 'Next', 'Open', env)))).toBe('B|A|C|D');
    expect(picture(done(doc, moveStage(doc, 'Next', null, env)))).toBe('A|C|D|B');
  });

  test('[DS1] deleting a stage takes its deals along to the one that was named', () => {
    const doc = drawBoard('A B|C||');
    expect(error(deleteStage(doc, 'Open', null, env, dealOps))).toMatchObject({
      code: 'no-such-stage',
      ids: ['A', 'B'],
    });
    expect(picture(done(doc, deleteStage(doc, 'Open', { stageId: 'Next' }, env, dealOps)))).toBe('C A B||');
  });

  test('a stage keeps sane values and refuses unknown ones', () => {
    const doc = drawBoard('|||');
    done(doc, editStage(doc, 'Open', { probability: 250, colour: '7' }));
    expect(stageOf(doc, 'Open')).toMatchObject({ probability: 100, colour: '7' });
    expect(error(editStage(doc, 'Open', { size: 3 } as never))?.fields).toEqual({ size: 'is not a field of a stage' });
    expect(error(editStage(doc, 'Open', { name: ' ' }))?.code).toBe('invalid-value');
  });

  test('a pipeline needs a name and a real currency code', () => {
    expect(error(editBoard({ name: '' }))?.fields).toEqual({ name: 'Name is needed' });
    expect(error(editBoard({ currency: 'euro' }))?.code).toBe('invalid-value');
  });
});
