import { expect, it } from 'vitest';
import type { DealEvent } from './stage-visits.ts';
import { timeInStages } from './stage-visits.ts';

const entry = (id: number, at: number, to: string, field = 'stage'): DealEvent => ({
  id,
  at,
  to,
  field,
  actor: 'ana',
  agent: null,
  offline: false,
  kind: 'moved',
  from: null,
});

it('adds up every visit of a stage, the last one until now', () => {
  const events = [entry(4, 60, 'One'), entry(3, 40, '9', 'value'), entry(2, 30, 'Two'), entry(1, 0, 'One')];
  expect([...timeInStages(events, 100)]).toEqual([
    ['One', 70],
    ['Two', 30],
  ]);
});
