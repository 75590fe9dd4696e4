import type { FieldSpecs } from '@rapport/schema/fields';
import { isGroup, type Condition, type ConditionGroup } from './table-query.ts';
import { conditionText, opText } from './words.ts';

/** Operators that a sentence needs no more words for than “is”. */
const plainOps: Readonly<Record<string, string>> = { is: 'is', any: 'is', set: 'is set', empty: 'is empty' };

/** A filter as part of a sentence: `Country is DE and (Source is Web or Value ≥ 500)`; '' when it has no conditions. */
export function filterSentence(group: ConditionGroup, specs: FieldSpecs, nameOf: (id: string) => string): string {
  const one = (node: Condition | ConditionGroup): string => {
    if (isGroup(node)) {
      const inner = filterSentence(node, specs, nameOf);
      return node.of.length > 1 ? `(${inner})` : inner;
    }
    const spec = Object.hasOwn(specs, node.field) ? specs[node.field] : undefined;
    if (spec === undefined) return `${node.field}, a field that is gone`;
    return `${spec.label} ${plainOps[node.op] ?? opText(node.op)} ${conditionText(spec, node, nameOf)}`.trim();
  };
  return group.of
    .map(one)
    .filter((text) => text !== '')
    .join(group.match === 'all' ? ' and ' : ' or ');
}
