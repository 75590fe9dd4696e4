import type { Json } from '@rapport/doc/json';
import type { Patch } from '@rapport/doc/patch';
import { byRank, isRank, ranksBetween } from '@rapport/doc/rank';
import { eachRecord, rawRecord, type RawRecord } from '@rapport/doc/records';
import type * as Y from 'yjs';
import { everything, readWhere, type ConditionGroup } from '../tables/table-query.ts';

/** Root map of a leads board's document: id → `{when, to, rank, deletedAt}`. */
export const rulesRoot = 'rules';
/** Id of the rule that takes what no other takes: it has no conditions and stands last. */
export const otherwiseId = 'otherwise';

export const targetWays = ['roundRobin', 'fewest', 'first'] as const;
export type TargetWay = (typeof targetWays)[number];

/** Who gets a lead: one of a pool of people and teams, or of several the first who can. One value in the document. */
export interface RuleTarget {
  readonly way: TargetWay;
  /** Member ids, in the order in which they are asked. */
  readonly members: readonly string[];
  /** Ids of teams, whose members are those at the moment of asking. */
  readonly teams: readonly string[];
}

/** Leads that meet `when` go to `to`. */
export interface Rule {
  readonly id: string;
  readonly when: ConditionGroup;
  readonly to: RuleTarget;
  readonly rank: string;
}

export interface Rules {
  /** In the order in which they are asked; the first that a lead meets has it. */
  readonly rules: readonly Rule[];
  /** Null: a lead that meets no rule stays without an owner. */
  readonly otherwise: Rule | null;
}

export const nobody: RuleTarget = { way: 'roundRobin', members: [], teams: [] };
const mostInPool = 200;
const mostRules = 100;

const ids = (raw: unknown): string[] =>
  Array.isArray(raw)
    ? [
        ...new Set(raw.filter((each): each is string => typeof each === 'string' && each !== '' && each.length <= 64)),
      ].slice(0, mostInPool)
    : [];

/** Reads whom a rule gives leads to, as anybody may have written it. Total. */
function readTarget(raw: unknown): RuleTarget {
  if (typeof raw !== 'object' || raw === null) return nobody;
  const { way, members, teams } = raw as Record<string, unknown>;
  return {
    way: targetWays.find((each) => each === way) ?? 'roundRobin',
    members: ids(members),
    teams: ids(teams),
  };
}

/** Reads one rule; null when it was deleted or its conditions cannot be read: else it would take every lead. */
function readRule(id: string, raw: RawRecord): Rule | null {
  if (typeof raw.deletedAt === 'number') return null;
  const when = id === otherwiseId || raw.when == null ? everything : readWhere(raw.when);
  return when === undefined ? null : { id, when, to: readTarget(raw.to), rank: isRank(raw.rank) ? raw.rank : 'V' };
}

/** The assignment rules of a leads board. Total. */
export function rulesOf(doc: Y.Doc): Rules {
  const rules: Rule[] = [];
  let otherwise: Rule | null = null;
  eachRecord(doc, rulesRoot, (id, map) => {
    const rule = readRule(id, rawRecord(map));
    if (rule === null) return;
    if (id === otherwiseId) otherwise = rule;
    else rules.push(rule);
  });
  return { rules: rules.sort(byRank).slice(0, mostRules), otherwise };
}

export const isPoolEmpty = ({ members, teams }: RuleTarget): boolean => members.length === 0 && teams.length === 0;

const json = (value: ConditionGroup | RuleTarget): Json => value as unknown as Json;

/** A new rule behind the others. */
export function addRule(doc: Y.Doc, { id, when, to }: Pick<Rule, 'id' | 'when' | 'to'>, random: () => number): Patch {
  const last = rulesOf(doc).rules.at(-1)?.rank ?? null;
  const [rank = 'V'] = ranksBetween(last, null, 1, random);
  return [{ root: rulesRoot, id, create: true, set: { when: json(when), to: json(to), rank } }];
}

/** Changes what a rule asks, or whom it names. The rule for the rest comes into being by this. */
export const editRule = (id: string, change: { readonly when?: ConditionGroup; readonly to?: RuleTarget }): Patch => [
  {
    root: rulesRoot,
    id,
    ...(id === otherwiseId ? { create: true } : {}),
    set: {
      ...(change.when === undefined ? {} : { when: json(change.when) }),
      ...(change.to === undefined ? {} : { to: json(change.to) }),
      ...(id === otherwiseId ? { deletedAt: null } : {}),
    },
  },
];

/** Puts a rule in front of another, or (null) behind all. */
export function moveRule(doc: Y.Doc, id: string, before: string | null, random: () => number): Patch {
  const others = rulesOf(doc).rules.filter((rule) => rule.id !== id);
  const at = before === null ? others.length : others.findIndex((rule) => rule.id === before);
  if (at < 0) return [];
  const [rank = 'V'] = ranksBetween(others[at - 1]?.rank ?? null, others[at]?.rank ?? null, 1, random);
  return [{ root: rulesRoot, id, set: { rank } }];
}

export const deleteRule = (id: string, now: number): Patch => [{ root: rulesRoot, id, set: { deletedAt: now } }];

/** Puts other rules in the place of all: what the API takes. */
export function replaceRules(
  doc: Y.Doc,
  next: { readonly rules: readonly Pick<Rule, 'id' | 'when' | 'to'>[]; readonly otherwise: RuleTarget | null },
  { now, random }: { readonly now: number; readonly random: () => number },
): Patch {
  const before = rulesOf(doc);
  const ranks = ranksBetween(null, null, next.rules.length, random);
  return [
    ...before.rules
      .filter(({ id }) => !next.rules.some((rule) => rule.id === id))
      .flatMap(({ id }) => deleteRule(id, now)),
    ...next.rules.map(({ id, when, to }, at) => ({
      root: rulesRoot,
      id,
      create: true as const,
      set: { when: json(when), to: json(to), rank: ranks[at] ?? 'V', deletedAt: null },
    })),
    ...(next.otherwise === null ? deleteRule(otherwiseId, now) : editRule(otherwiseId, { to: next.otherwise })),
  ];
}
