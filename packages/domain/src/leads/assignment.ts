import type { FieldSpecs } from '@rapport/schema/fields';
import type { Team } from '../access/share.ts';
import { dateText } from '../fields/field-text.ts';
import { filterSentence } from '../tables/filter-sentence.ts';
import { meetsGroup, type Asked, type ValueOf } from '../tables/meets.ts';
import { otherwiseId, type Rule, type Rules, type RuleTarget } from './rules.ts';

/** What rules ask of a workspace, at the moment of asking. */
export interface AssignmentFacts extends Asked {
  /** Specs of the fields of leads, the workspace's own included. */
  readonly specs: FieldSpecs;
  /** A member's name; undefined when there is none of that id. */
  nameOf(memberId: string): string | undefined;
  /** Whether somebody is here (not only named by an import, not removed) and may edit the board. */
  mayTake(memberId: string): boolean;
  /** The last day on which somebody is away; null: they are not. */
  awayUntil(memberId: string): string | null;
  readonly teams: readonly Team[];
  /** Open leads of the board that somebody owns. */
  openOf(memberId: string): number;
  /** When a rule last gave somebody a lead, rising; 0: never. */
  servedAt(ruleId: string, memberId: string): number;
}

export interface Assignment {
  /** Null: it stays nobody's. */
  readonly owner: string | null;
  /** One sentence without a full stop, for people. */
  readonly why: string;
  /** Id of the rule that decided. */
  readonly rule: string | null;
}

const longestWhy = 500;

/** Everybody whom a rule names, in its order, each once: people first, then teams by their members' names. */
function poolOf({ members, teams }: RuleTarget, facts: Pick<AssignmentFacts, 'teams' | 'nameOf'>): string[] {
  const name = (id: string) => facts.nameOf(id) ?? '';
  const ofTeams = teams.flatMap((id) =>
    [...(facts.teams.find((team) => team.id === id)?.members ?? [])].sort((a, b) =>
      name(a) < name(b) ? -1 : name(a) > name(b) ? 1 : a < b ? -1 : 1,
    ),
  );
  return [...new Set([...members, ...ofTeams])];
}

const listed = (names: readonly string[]): string =>
  names.length > 3
    ? `${names.slice(0, 2).join(', ')} and ${names.length - 2} more`
    : names.length > 1
      ? `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`
      : (names[0] ?? 'nobody');

/** What people call those whom a rule names. */
function poolText(
  { members, teams }: RuleTarget,
  { teams: known, nameOf }: Pick<AssignmentFacts, 'teams' | 'nameOf'>,
): string {
  return listed([
    ...teams.map((id) => known.find((team) => team.id === id)?.name ?? 'a team that is gone'),
    ...members.map((id) => nameOf(id) ?? 'somebody who left'),
  ]);
}

/** The one served longest ago, those who never were first; of several the first of the pool. */
function nextInTurn(rule: Rule, able: readonly string[], facts: AssignmentFacts): string | undefined {
  return able.reduce<string | undefined>(
    (best, id) => (best === undefined || facts.servedAt(rule.id, id) < facts.servedAt(rule.id, best) ? id : best),
    undefined,
  );
}

function lastServed(rule: Rule, pool: readonly string[], facts: AssignmentFacts): string | undefined {
  const [last] = pool
    .filter((id) => facts.servedAt(rule.id, id) > 0)
    .sort((a, b) => facts.servedAt(rule.id, b) - facts.servedAt(rule.id, a));
  return last;
}

/** Who is away, and until when; of several only who they are. '' for nobody. */
function awayText(pool: readonly string[], facts: AssignmentFacts): string {
  const away = pool.flatMap((id) => {
    const until = facts.awayUntil(id);
    return until === null ? [] : [{ name: facts.nameOf(id) ?? 'somebody who left', until }];
  });
  const [first, ...others] = away;
  if (first === undefined) return '';
  return others.length === 0
    ? `${first.name} is away until ${dateText(first.until, 'en')}`
    : `${listed(away.map(({ name }) => name))} are away`;
}

interface Chosen {
  readonly owner: string;
  readonly how: string;
  /** It says by itself what was decided; a single name does not. */
  readonly isSentence: boolean;
}

/** Whom a rule gives a lead to and why; null when nobody whom it names can take one. */
function choose(rule: Rule, facts: AssignmentFacts): Chosen | null {
  const { to } = rule;
  const pool = poolOf(to, facts);
  const able = pool.filter((id) => facts.mayTake(id) && facts.awayUntil(id) === null);
  const away = awayText(pool, facts);
  const behind = away === '' ? '' : ` (${away})`;
  const name = (id: string) => facts.nameOf(id) ?? 'somebody who left';
  const among = poolText(to, facts);
  const [first] = able;
  if (first === undefined) return null;
  if (to.way === 'first' || pool.length === 1) {
    const passed = pool.slice(0, pool.indexOf(first));
    const gone = passed.filter((id) => facts.awayUntil(id) === null);
    const reasons = [
      ...(passed.length === gone.length ? [] : [awayText(passed, facts)]),
      ...(gone.length === 0 ? [] : [`${listed(gone.map(name))} cannot take it`]),
    ];
    return {
      owner: first,
      how: reasons.length === 0 ? name(first) : `${name(first)}, since ${reasons.join(' and ')}`,
      isSentence: false,
    };
  }
  if (to.way === 'fewest') {
    const least = Math.min(...able.map((id) => facts.openOf(id)));
    const owner =
      nextInTurn(
        rule,
        able.filter((id) => facts.openOf(id) === least),
        facts,
      ) ?? first;
    return { owner, how: `fewest open leads among ${among}: ${name(owner)} has ${least}${behind}`, isSentence: true };
  }
  const owner = nextInTurn(rule, able, facts) ?? first;
  const last = lastServed(rule, pool, facts);
  const before = last === undefined ? 'nobody was served yet, first is' : `${name(last)} was last served, next is`;
  return { owner, how: `round robin among ${among}: ${before} ${name(owner)}${behind}`, isSentence: true };
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function sentence(rule: Rule, { how, isSentence }: Chosen, facts: AssignmentFacts): string {
  const asked = filterSentence(rule.when, facts.specs, (id) => facts.nameOf(id) ?? 'somebody who left');
  const every = rule.id === otherwiseId ? 'No other rule is for it' : 'Every lead';
  const said = rule.when.of.length > 0 ? `${asked} → ${how}` : isSentence ? capital(how) : `${every} → ${how}`;
  return said.length > longestWhy ? `${said.slice(0, longestWhy - 1)}…` : said;
}

/**
 * Decides who gets a lead: the first rule that it meets and that names somebody who can take it, else the rule for the
 * rest. Pure: the same rules, lead and facts give the same owner and the same words.
 */
export function assign({ rules, otherwise }: Rules, lead: ValueOf, facts: AssignmentFacts): Assignment {
  let met = 0;
  const pools: string[] = [];
  for (const rule of [...rules, ...(otherwise === null ? [] : [otherwise])]) {
    if (!meetsGroup(rule.when, facts.specs, lead, facts)) continue;
    met += 1;
    pools.push(...poolOf(rule.to, facts));
    const chosen = choose(rule, facts);
    if (chosen !== null) return { owner: chosen.owner, why: sentence(rule, chosen, facts), rule: rule.id };
  }
  const away = awayText([...new Set(pools)], facts);
  const nobody = 'Nobody whom the rules name is here and may edit this board';
  const why = met === 0 ? 'No rule is for this lead' : away === '' ? nobody : `${nobody}: ${away}`;
  return { owner: null, why, rule: null };
}
