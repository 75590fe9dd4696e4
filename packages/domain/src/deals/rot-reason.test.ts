import { expect, it } from 'vitest';
import { readStage } from '../boards/read.ts';
import { rotReason } from './rot-reason.ts';

const dayMs = 86_400_000;
const now = Date.parse('2026-11-18T12:00:00');
const stage = readStage('s', { name: 'Proposal', rotDays: 10, rank: 'V' });
const nameOf = () => 'Ines';

it.each<[string, number, string, string[]]>([
  [
    'a field',
    23,
    'value',
    [
      'In Proposal for 30 days.',
      'Nobody touched it for 23 days; this stage allows 10 days.',
      'Last: Ines changed the value, Oct 26',
    ],
  ],
  ['a move', 1, 'moved', ['In Proposal for 30 days.', 'Last: Ines moved it, Tue 17']],
])('says what restarted the clock last: %s', (_name, idleDays, touchedWhat, expected) => {
  const signals = { stageSince: now - 30 * dayMs, touchedAt: now - idleDays * dayMs, touchedBy: 'ines', touchedWhat };
  expect(rotReason(stage, signals, signals.stageSince, now, nameOf, (key) => key, 'en').split('\n')).toEqual(expected);
});
