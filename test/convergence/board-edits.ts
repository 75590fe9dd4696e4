import { applyPatch, type Patch } from '@rapport/doc/patch';
import { answerRace, raceOf, racesRoot } from '@rapport/doc/race';
import { eachRecord } from '@rapport/doc/records';
import { cardsOf, stagesOf } from '@rapport/domain/boards/board';
import type { CardType } from '@rapport/domain/boards/card-type';
import { dealType } from '@rapport/domain/deals/deal-type';
import { leadType } from '@rapport/domain/leads/lead-type';
import { leadOps } from '@rapport/domain/leads/ops';
import { addRule, deleteRule, moveRule, nobody, rulesOf } from '@rapport/domain/leads/rules';
import { defaultWeights, deleteWeight, setWeight, weightsRoot } from '@rapport/domain/leads/weights';
import { everything } from '@rapport/domain/tables/table-query';
import { dealOps } from '@rapport/domain/deals/ops';
import type { CardOps, OpEnv, OpResult } from '@rapport/domain/boards/ops';
import { addStage, deleteStage, editBoard, editStage, moveStage } from '@rapport/domain/boards/stage-ops';
import type * as Y from 'yjs';
import { pick, type Person } from './board-replica.ts';

const fieldValues: readonly ((random: () => number) => Record<string, unknown>)[] = [
  (random) => ({ title: `Deal ${Math.floor(random() * 1000)} ü` }),
  (random) => ({ value: random() < 0.2 ? null : { minor: Math.floor(random() * 1e6), currency: 'EUR' } }),
  (random) => ({ owner: random() < 0.2 ? null : `m${Math.floor(random() * 4)}` }),
  (random) => ({ labels: random() < 0.3 ? null : [`l${Math.floor(random() * 5)}`, 'x'] }),
  () => ({ nextActivity: { what: 'Call', due: null } }),
];

/** What stands on the boards of a run. */
export interface FuzzedCards {
  readonly type: CardType;
  readonly ops: CardOps;
  readonly values: typeof fieldValues;
}
export const fuzzedDeals: FuzzedCards = {
  type: dealType,
  ops: dealOps,
  values: [
    ...fieldValues,
    (random) => ({ expectedClose: `2026-0${1 + Math.floor(random() * 9)}-11` }),
    (random) => ({ company: `C${Math.floor(random() * 3)}`, nextActivity: { what: 'Call', due: null } }),
  ],
};
export const fuzzedLeads: FuzzedCards = {
  type: leadType,
  ops: leadOps,
  values: [
    ...fieldValues,
    (random) => ({ companyName: `C${Math.floor(random() * 3)}`, email: `a${Math.floor(random() * 3)}@b.example` }),
    (random) => ({ form: `f${Math.floor(random() * 2)}`, message: random() < 0.3 ? null : 'Hello' }),
  ],
};

const newUlid = (random: () => number): string =>
  Array.from({ length: 26 }, (_, at) =>
    at === 0 ? '0' : '0123456789ABCDEFGHJKMNPQRSTVWXYZ'.charAt(Math.floor(random() * 32)),
  ).join('');

const some = <T>(items: readonly T[], random: () => number): T[] => {
  const wanted = 1 + Math.floor(random() * 3);
  return [...new Set(Array.from({ length: wanted }, () => pick(items, random)))].filter((item) => item !== undefined);
};

/** A weight or a rule of a leads board, as people change them at once, and as garbage stands there. */
function rulesPatch(doc: Y.Doc, random: () => number, newId: () => string): Patch {
  const own = [...doc.getMap(weightsRoot).keys()].filter((id) => !defaultWeights.some((preset) => preset.id === id));
  const { rules } = rulesOf(doc);
  const rule = pick(rules, random)?.id;
  const points = Math.round(random() * 200) - 100;
  const kinds: readonly (() => Patch)[] = [
    () => setWeight(pick(defaultWeights, random)?.id ?? 'email', { points }),
    () => setWeight(newId(), { points, field: 'country', op: 'is', value: `C${Math.floor(random() * 3)}` }),
    () => [{ root: weightsRoot, id: newId(), create: true, set: { points: 'x', field: '__proto__', op: 7 } }],
    () => own.slice(0, 1).flatMap((id) => deleteWeight(id, 1)),
    () => addRule(doc, { id: newId(), when: everything, to: nobody }, random),
    () => (rule === undefined ? [] : moveRule(doc, rule, pick(rules, random)?.id ?? null, random)),
    () => (rule === undefined ? [] : deleteRule(rule, 1)),
  ];
  return pick(kinds, random)?.() ?? [];
}

/** One random thing that a person does on a board; answers how it is called, or null when it was refused. */
export function act(
  person: Person,
  docName: string,
  doc: Y.Doc,
  env: OpEnv,
  newId: () => string,
  { type, ops, values }: FuzzedCards = fuzzedDeals,
): string | null {
  const { random } = env;
  const stages = stagesOf(doc);
  const ids = cardsOf(type, doc).map(({ id }) => id);
  const stageId = pick(stages, random)?.id ?? 'none';
  const before = random() < 0.5 ? (pick(ids, random) ?? null) : null;
  const after = random() < 0.3 ? (pick(ids, random) ?? null) : null;
  const roll = random();
  const perform = (label: string, planned: OpResult): string | null => {
    if (!planned.ok) return null;
    person.did(docName, applyPatch(doc, planned.value));
    return label;
  };
  const lostReason = { lostReason: 'Price' };
  if (roll < 0.12)
    return perform('add', ops.add(doc, { id: newId(), stageId, values: { title: 'New', ...lostReason }, before }, env));
  if (type === leadType && roll > 0.46 && roll < 0.5)
    return perform('rules', { ok: true, value: rulesPatch(doc, random, newId) });
  if (roll < 0.5)
    return perform('move', ops.move(doc, { ids: some(ids, random), stageId, before, after, values: lostReason }, env));
  if (roll < 0.7) return perform('edit', ops.edit(doc, some(ids, random), pick(values, random)?.(random) ?? {}, env));
  if (roll < 0.74) return perform('delete', ops.remove(doc, some(ids, random).slice(0, 1), env));
  if (roll < 0.78) {
    const gone: string[] = [];
    eachRecord(doc, 'cards', (id, map) => void (map.has('deletedAt') && !map.has('movedTo') && gone.push(id)));
    return perform('restore', ops.restore(doc, gone.slice(0, 2)));
  }
  if (roll < 0.8)
    return perform('add stage', addStage(doc, { id: newId(), name: `S${Math.floor(random() * 99)}` }, env));
  if (roll < 0.82)
    return perform('edit stage', editStage(doc, stageId, { name: `R${Math.floor(random() * 99)}`, probability: 40 }));
  if (roll < 0.84) return perform('move stage', moveStage(doc, stageId, pick(stages, random)?.id ?? null, env));
  if (roll < 0.85 && stages.length > 4) {
    const to = pick(stages, random)?.id ?? 'none';
    return perform('delete stage', deleteStage(doc, stageId, { stageId: to, values: lostReason }, env, ops));
  }
  if (roll < 0.86) return perform('edit board', editBoard({ name: `B${Math.floor(random() * 99)}` }));
  if (roll < 0.9) {
    for (const id of doc.getMap(racesRoot).keys()) {
      const [record = '', field = ''] = id.split('.');
      const race = raceOf(doc, record, field);
      if (race)
        return perform('answer', { ok: true, value: answerRace(race, random() < 0.5 ? 'swap' : 'keep', env.now) });
    }
    return null;
  }
  if (roll < 0.95) {
    // As a program that knows nothing of operations would; each mark is written once and must never get lost.
    const id = pick(ids, random);
    const map = id === undefined ? undefined : doc.getMap<Y.Map<unknown>>('cards').get(id);
    if (id === undefined || !map) return null;
    // What a board is of was said when it was made: this must change nothing.
    if (random() < 0.1) doc.getMap('meta').set('kind', pick(['deals', 'leads', 'nonsense'], random));
    // As a conversion does; what else it writes is in other documents.
    if (type === leadType && random() < 0.3)
      map.set('converted', { company: null, contact: newUlid(random), deal: null });
    if (random() < 0.3) map.set('place', [random() < 0.2 ? 'nowhere' : stageId, 'V']);
    const mark = `mark${newId()}`;
    map.set(mark, true);
    person.marks.push({ id, mark });
    return 'raw';
  }
  void (random() < 0.7 ? person.history.undo() : person.history.redo());
  return 'undo';
}
