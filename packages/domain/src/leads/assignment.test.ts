import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FieldValue } from '@rapport/schema/fields';
import type { Condition, ConditionGroup } from '../tables/table-query.ts';
import { assign, type AssignmentFacts } from './assignment.ts';
import { otherwiseId, type Rule, type RuleTarget } from './rules.ts';
import { leadFields } from './schema.ts';

const names: Readonly<Record<string, string>> = { ana: 'Ana', jan: 'Jan', mia: 'Mia', zoe: 'Zoe' };

interface World {
  readonly away?: readonly string[];
  /** Until when somebody is on leave. */
  readonly leave?: Readonly<Record<string, string>>;
  readonly open?: Readonly<Record<string, number>>;
  readonly served?: Readonly<Record<string, number>>;
}
const factsOf = ({ away = [], leave = {}, open = {}, served = {} }: World = {}): AssignmentFacts => ({
  specs: leadFields,
  today: '2026-03-01',
  timeZone: 'UTC',
  teams: [{ id: 'dach', name: 'Sales DACH', members: ['mia', 'jan'] }],
  nameOf: (id) => names[id],
  mayTake: (id) => id in names && !away.includes(id),
  awayUntil: (id) => leave[id] ?? null,
  openOf: (id) => open[id] ?? 0,
  servedAt: (rule, id) => served[`${rule} ${id}`] ?? 0,
});
const to = (way: RuleTarget['way'], members: readonly string[], teams: readonly string[] = []): RuleTarget => ({
  way,
  members,
  teams,
});
const is = (field: string, value: string): Condition => ({ field, op: 'is', values: [value] });
const all = (...of: (Condition | ConditionGroup)[]): ConditionGroup => ({ match: 'all', of });
const rule = (id: string, target: RuleTarget, when: ConditionGroup = all()): Rule => ({
  id,
  when,
  to: target,
  rank: id,
});
const give = (
  rules: readonly Rule[],
  values: Readonly<Record<string, FieldValue>> = {},
  facts = factsOf(),
  otherwise: RuleTarget | null = null,
) =>
  assign(
    { rules, otherwise: otherwise === null ? null : rule(otherwiseId, otherwise) },
    (field) => values[field] ?? null,
    facts,
  );

describe('who gets a lead, and why', () => {
  test.each<[string, ReturnType<typeof give>, string | null, string]>([
    [
      'by field',
      give([rule('r', to('first', ['mia']), all(is('country', 'DE')))], { country: 'de' }),
      'mia',
      'Country is DE → Mia',
    ],
    [
      'the first rule that is met',
      give(
        [
          rule('a', to('first', ['mia']), all(is('country', 'FR'))),
          rule('b', to('first', ['jan'])),
          rule('c', to('first', ['ana'])),
        ],
        {
          country: 'DE',
        },
      ),
      'jan',
      'Every lead → Jan',
    ],
    [
      'round robin, nobody served yet',
      give([rule('r', to('roundRobin', [], ['dach']))]),
      'jan',
      'Round robin among Sales DACH: nobody was served yet, first is Jan',
    ],
    [
      'round robin, next in turn',
      give([rule('r', to('roundRobin', [], ['dach']))], {}, factsOf({ served: { 'r jan': 5, 'r mia': 9 } })),
      'jan',
      'Round robin among Sales DACH: Mia was last served, next is Jan',
    ],
    [
      'another rule’s turns do not count',
      give([rule('r', to('roundRobin', ['mia', 'ana']))], {}, factsOf({ served: { 'q mia': 9 } })),
      'mia',
      'Round robin among Mia and Ana: nobody was served yet, first is Mia',
    ],
    [
      'fewest open',
      give(
        [rule('r', to('fewest', ['ana'], ['dach']))],
        {},
        factsOf({ open: { ana: 3, jan: 2, mia: 2 }, served: { 'r jan': 1 } }),
      ),
      'mia',
      'Fewest open leads among Sales DACH and Ana: Mia has 2',
    ],
    [
      'who may not edit the board is passed over',
      give([rule('r', to('first', ['mia', 'jan']))], {}, factsOf({ away: ['mia'] })),
      'jan',
      'Every lead → Jan, since Mia cannot take it',
    ],
    [
      'a rule without anybody who can take it leaves it to the next',
      give([rule('a', to('first', ['mia'])), rule('b', to('first', ['gone', 'ana']))], {}, factsOf({ away: ['mia'] })),
      'ana',
      'Every lead → Ana, since somebody who left cannot take it',
    ],
    [
      'the rest',
      give([rule('a', to('first', ['mia']), all(is('country', 'FR')))], {}, factsOf(), to('first', ['zoe'])),
      'zoe',
      'No other rule is for it → Zoe',
    ],
    ['no rule', give([rule('a', to('first', ['mia']), all(is('country', 'FR')))]), null, 'No rule is for this lead'],
    [
      'who is away is passed by in turn',
      give(
        [rule('r', to('roundRobin', ['mia', 'jan', 'zoe']))],
        {},
        factsOf({ leave: { jan: '2026-03-09' }, served: { 'r mia': 1 } }),
      ),
      'zoe',
      'Round robin among Mia, Jan and Zoe: Mia was last served, next is Zoe (Jan is away until Mar 9, 2026)',
    ],
    [
      'who is away is passed by though they have the fewest',
      give(
        [rule('r', to('fewest', ['mia', 'jan', 'zoe']))],
        {},
        factsOf({ leave: { jan: '2026-03-09', zoe: '2026-03-02' }, open: { mia: 4 } }),
      ),
      'mia',
      'Fewest open leads among Mia, Jan and Zoe: Mia has 4 (Jan and Zoe are away)',
    ],
    [
      'the first who is there',
      give(
        [rule('r', to('first', ['mia', 'jan', 'zoe']))],
        {},
        factsOf({ leave: { mia: '2026-03-09' }, away: ['jan'] }),
      ),
      'zoe',
      'Every lead → Zoe, since Mia is away until Mar 9, 2026 and Jan cannot take it',
    ],
    [
      'all away: the next rule',
      give(
        [rule('a', to('first', ['mia'])), rule('b', to('roundRobin', ['jan', 'zoe']))],
        {},
        factsOf({ leave: { mia: '2026-03-09' } }),
      ),
      'jan',
      'Round robin among Jan and Zoe: nobody was served yet, first is Jan',
    ],
    [
      'all away and no other rule',
      give([rule('a', to('first', ['mia']))], {}, factsOf({ leave: { mia: '2026-03-09' } })),
      null,
      'Nobody whom the rules name is here and may edit this board: Mia is away until Mar 9, 2026',
    ],
    [
      'nobody left',
      give([rule('a', to('roundRobin', ['mia']))], {}, factsOf({ away: ['mia'] })),
      null,
      'Nobody whom the rules name is here and may edit this board',
    ],
    [
      'groups of conditions, and money',
      give(
        [
          rule(
            'r',
            to('first', ['mia']),
            all(
              { field: 'value', op: 'gte', values: ['500'] },
              { match: 'any', of: [is('country', 'DE'), { field: 'source', op: 'any', values: ['Web'] }] },
            ),
          ),
        ],
        { value: { minor: 50_000, currency: 'EUR' }, source: 'Web' },
      ),
      'mia',
      'Value ≥ 500 and (Country is DE or Source is Web) → Mia',
    ],
    [
      'a field that is gone is met by nothing',
      give([rule('r', to('first', ['mia']), all({ field: 'gone', op: 'empty', values: [] }))]),
      null,
      'No rule is for this lead',
    ],
  ])('%s', (_what, given, owner, why) => {
    expect([given.owner, given.why]).toEqual([owner, why]);
  });
});

test('round robin is fair whoever comes, goes and is away: nobody waits while somebody is served twice', () => {
  fc.assert(
    fc.property(
      fc.array(fc.subarray(['ana', 'jan', 'mia', 'zoe'], { minLength: 1 }), { minLength: 1, maxLength: 40 }),
      (turns) => {
        const served: Record<string, number> = {};
        const waiting = new Map<string, string[]>();
        for (const [at, here] of turns.entries()) {
          const away = Object.keys(names).filter((id) => !here.includes(id));
          const { owner } = give([rule('r', to('roundRobin', Object.keys(names)))], {}, factsOf({ served, away }));
          expect(owner === null || here.includes(owner)).toBe(true);
          if (owner === null) continue;
          // Since somebody's last turn, another who was there all the time got at most one.
          for (const id of here) {
            const since = id === owner ? [] : [...(waiting.get(id) ?? []), owner];
            expect(new Set(since).size).toBe(since.length);
            waiting.set(id, since);
          }
          for (const id of away) waiting.set(id, []);
          served[`r ${owner}`] = at + 1;
        }
      },
    ),
    { numRuns: 200 },
  );
});
