import type * as Y from 'yjs';
import type { Mark } from './body-tree.ts';
import type { Altered } from './compare.ts';
import { cleanAttributes, markOf, type AttributeValue, type Attributes, type ElementRule } from './element-rules.ts';
import { markName } from './read-text.ts';

/** Which of a document's items two versions have, and through whom each came and went. */
export interface TwoMoments {
  was(item: Y.Item): boolean;
  is(item: Y.Item): boolean;
  wroteBy(item: Y.Item): string | null;
  deletedBy(item: Y.Item): string | null;
}

// An id is given once, when the item becomes somebody's task: a change of it says nothing to a reader.
const unsaid: ReadonlySet<string> = new Set(['taskId', 'mid', 'colwidth']);

/** The attributes of an element that differ between two versions; null when none does. */
export function alteredAttributes(
  element: Y.XmlElement,
  rule: ElementRule,
  at: TwoMoments,
): Altered<Attributes> | null {
  const was: Record<string, AttributeValue> = {};
  let by: string | null = null;
  for (const [name, newest] of element._map) {
    if (unsaid.has(name) || rule.attributes?.[name] === undefined) continue;
    let before: Y.Item | null = newest;
    while (before !== null && !at.was(before)) before = before.left;
    const [then, now] = [valueOf(before, name, rule), at.is(newest) ? valueOf(newest, name, rule) : null];
    if (JSON.stringify(then) === JSON.stringify(now)) continue;
    was[name] = then;
    by = at.is(newest) ? at.wroteBy(newest) : at.deletedBy(newest);
  }
  return Object.keys(was).length === 0 ? null : { by, was };
}

function valueOf(item: Y.Item | null, name: string, rule: ElementRule): AttributeValue {
  const values = item?.content.getContent() ?? [];
  return cleanAttributes(rule, { [name]: values.at(-1) }).attributes[name] ?? null;
}

/** Follows which marks are on along a text, in both versions at once. */
export function makeMarksOn(at: TwoMoments) {
  const on = { was: new Map<string, Mark>(), is: new Map<string, Mark>() };
  /** Who set or took away, by mark. */
  const through = new Map<string, string | null>();
  const put = (marks: Map<string, Mark>, name: string, value: unknown) => {
    marks.delete(name);
    const attributes = value === null ? undefined : markOf(name)?.(value);
    if (attributes !== undefined) marks.set(name, { type: name, attributes });
  };
  const sorted = (marks: ReadonlyMap<string, Mark>): readonly Mark[] =>
    [...marks.values()].sort((a, b) => (a.type < b.type ? -1 : 1));
  return {
    /** Passes a place where a mark begins or ends. */
    pass(item: Y.Item, { key, value }: Y.ContentFormat): void {
      const name = markName(key);
      const [was, is] = [at.was(item), at.is(item)];
      if (was) put(on.was, name, value);
      if (is) put(on.is, name, value);
      if (was !== is) through.set(name, is ? at.wroteBy(item) : at.deletedBy(item));
    },
    /** The marks of a letter here, then and now (the same object when they are the same), and who changed them last. */
    here(): { was: readonly Mark[]; is: readonly Mark[]; by: string | null } {
      const [was, is] = [sorted(on.was), sorted(on.is)];
      if (JSON.stringify(was) === JSON.stringify(is)) return { was: is, is, by: null };
      const changed = [...through].findLast(
        ([name]) => JSON.stringify(on.was.get(name)) !== JSON.stringify(on.is.get(name)),
      );
      return { was, is, by: changed?.[1] ?? null };
    },
  };
}
