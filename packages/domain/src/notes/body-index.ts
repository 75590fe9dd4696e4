import * as Y from 'yjs';
import type { BodyProblemKind } from './body-tree.ts';
import { countWords } from './count-words.ts';
import { cleanAttributes, ruleOf } from './element-rules.ts';
import { plainText, readText } from './read-text.ts';
import { deepestElement, isMentionNoun, isRecordId, longestBlock, type MentionNoun } from './schema.ts';

export interface TaskFound {
  /** Its id, when somebody gave it one: it then stays when the item is moved or cut and pasted. */
  readonly taskId: string | null;
  readonly text: string;
  readonly isDone: boolean;
  readonly assignee: string | null;
  readonly due: string | null;
}

export interface MentionFound {
  readonly mid: string | null;
  readonly noun: MentionNoun;
  readonly ref: string;
  /** Key of the block that it stands in. */
  readonly block: string | null;
}

/** What one element (or loose text) of a body means to the read model. */
export interface Found {
  readonly kind: string;
  /** Only of blocks of text. */
  readonly text: string | null;
  readonly words: number;
  readonly task: TaskFound | null;
  readonly mention: MentionFound | null;
  /** Id of the file that a picture shows. */
  readonly file: string | null;
  readonly problem: BodyProblemKind | null;
}

/** Any Yjs type; which events it has is of no matter here. */
type Type = Pick<Y.AbstractType<unknown>, '_item' | '_start' | 'parent'>;

/** Names an element for its whole life: the id that Yjs gave it, the same on every copy and at every replay. */
export const keyOf = (type: Type): string =>
  type._item === null ? '' : `${type._item.id.client}.${type._item.id.clock}`;

const typeOf = (item: Y.Item): Type | null => (item.content instanceof Y.ContentType ? item.content.type : null);
const parentOf = (type: Type): Type | null => (type._item?.parent as Type | undefined) ?? null;

const plain = { text: null, words: 0, task: null, mention: null, file: null, problem: null } as const;

/** The text of a check-list item: of its own paragraphs, not of lists below it. */
function taskText(item: Y.XmlElement): string {
  const parts: string[] = [];
  for (let at: Y.Item | null = item._start; at !== null && parts.length < 20; at = at.right) {
    const type = at.deleted ? null : typeOf(at);
    if (type instanceof Y.XmlElement && type.nodeName === 'paragraph') parts.push(blockText(type, 2000));
  }
  return parts.join(' ').slice(0, 2000).toWellFormed();
}

/** The text that stands directly in a block, line breaks included. */
function blockText(block: Y.XmlElement, limit: number): string {
  let text = '';
  for (let at: Y.Item | null = block._start; at !== null && text.length < limit; at = at.right) {
    const type = at.deleted ? null : typeOf(at);
    if (type instanceof Y.XmlText) text += plainText(type, limit - text.length);
    else if (type instanceof Y.XmlElement && type.nodeName === 'hardBreak') text += '\n';
  }
  return text.toWellFormed();
}

/** What stands there; null when it is nothing that rows are made of. Total. */
function look(type: Type, depth: number): Found | null {
  if (type instanceof Y.XmlText) {
    const parent = parentOf(type);
    const rule = parent instanceof Y.XmlElement ? ruleOf(parent.nodeName) : undefined;
    if (rule?.isTextBlock !== true) return type.length > 0 ? { ...plain, kind: 'text', problem: 'loose' } : null;
    const { unknown, values, rest } = readText(type, longestBlock);
    const problem = unknown > 0 ? 'unknown' : values > 0 ? 'value' : rest > 0 ? 'long' : null;
    return problem === null ? null : { ...plain, kind: 'text', problem };
  }
  const rule = type instanceof Y.XmlElement ? ruleOf(type.nodeName) : undefined;
  if (!(type instanceof Y.XmlElement) || rule === undefined) return { ...plain, kind: 'unknown', problem: 'unknown' };
  if (depth > deepestElement) return { ...plain, kind: type.nodeName, problem: 'deep' };
  const { attributes, isClean } = cleanAttributes(rule, type.getAttributes());
  const problem = isClean ? null : 'value';
  const found = { ...plain, kind: type.nodeName, problem } as const;
  if (rule.isTextBlock === true) {
    const text = blockText(type, longestBlock);
    return { ...found, text, words: countWords(text) };
  }
  if (type.nodeName === 'taskItem') {
    const { taskId, checked, assignee, due } = attributes;
    const task: TaskFound = {
      taskId: typeof taskId === 'string' ? taskId : null,
      text: taskText(type),
      isDone: checked === true,
      assignee: typeof assignee === 'string' ? assignee : null,
      due: typeof due === 'string' ? due : null,
    };
    return { ...found, task };
  }
  if (type.nodeName === 'mention') {
    const { noun, ref, mid } = attributes;
    if (!isMentionNoun(noun) || !isRecordId(ref)) return { ...found, problem: 'value' };
    const parent = parentOf(type);
    const block = parent === null ? null : keyOf(parent);
    return { ...found, mention: { mid: typeof mid === 'string' ? mid : null, noun, ref, block } };
  }
  if (type.nodeName === 'image') {
    const file = /\/files\/([\w-]{1,100})\//.exec(String(attributes['src'] ?? ''))?.[1];
    if (file !== undefined) return { ...found, file };
  }
  return problem === null ? null : found;
}

/** Whether what stands in it is read, too. */
const isEntered = (type: Type, found: Found | null): boolean =>
  type instanceof Y.XmlElement && found?.problem !== 'unknown' && found?.problem !== 'deep';

/** What a change did to the parts of a body: before is null for what is new, after for what is gone. */
export type BodyChange = ReadonlyMap<string, { readonly before: Found | null; readonly after: Found | null }>;
type Changes = Map<string, { before: Found | null; after: Found | null }>;

/**
 * Knows a body part by part, so that a keystroke costs what its own block costs, however long the note is. Without
 * recursion: a hostile document may be 10,000 elements deep.
 */
export function makeBodyIndex(body: Y.XmlFragment) {
  const parts = new Map<string, { readonly type: Type; readonly found: Found }>();
  let added = new Set<Type>();
  let touched = new Set<Type>();
  let mayBeGone = false;

  const put = (type: Type, depth: number, changes?: Changes) => {
    const key = keyOf(type);
    const found = look(type, depth);
    const before = parts.get(key)?.found ?? null;
    if (found === null) parts.delete(key);
    else parts.set(key, { type, found });
    if (changes !== undefined && (before !== null || found !== null))
      changes.set(key, { before: changes.has(key) ? (changes.get(key)?.before ?? null) : before, after: found });
    return found;
  };
  /** Takes in everything below an element, and the element itself unless it is the body. */
  const walk = (root: Type, rootDepth: number, changes?: Changes) => {
    const stack: { type: Type; depth: number }[] = [{ type: root, depth: rootDepth }];
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      const { type, depth } = at;
      if (type !== body && !isEntered(type, put(type, depth, changes))) continue;
      for (let item = type._start; item !== null; item = item.right) {
        const child = item.deleted ? null : typeOf(item);
        if (child !== null) stack.push({ type: child, depth: depth + 1 });
      }
    }
  };
  /** Its depth below the body; null when it stands in something that is not read, and so is not read either. */
  const depthOf = (type: Type): number | null => {
    let depth = 1;
    for (let above = parentOf(type); above !== body; above = parentOf(above)) {
      if (!(above instanceof Y.XmlElement) || ruleOf(above.nodeName) === undefined) return null;
      depth++;
      if (depth > deepestElement + 1) return null;
    }
    return depth;
  };
  walk(body, 0);

  const observe: Parameters<typeof body.observeDeep>[0] = (events) => {
    for (const { target, changes } of events) {
      if (target !== body) touched.add(target);
      if (changes.deleted.size > 0) mayBeGone = true;
      for (const item of changes.added) {
        const type = typeOf(item);
        if (type !== null) added.add(type);
      }
    }
  };
  body.observeDeep(observe);

  return {
    stop: () => body.unobserveDeep(observe),
    /** Every part now, by its key. */
    parts: parts as ReadonlyMap<string, { readonly type: Type; readonly found: Found }>,
    /** What changed since the last call. */
    take(): BodyChange {
      const changes: Changes = new Map();
      if (mayBeGone)
        for (const [key, { type, found }] of parts)
          if (type._item?.deleted === true) {
            parts.delete(key);
            changes.set(key, { before: found, after: null });
          }
      for (const [set, visit] of [
        [added, walk],
        [touched, put],
      ] as const)
        for (const type of set) {
          const depth = type._item?.deleted === true ? null : depthOf(type);
          if (depth === null) continue;
          visit(type, depth, changes);
          // A text is a part of its block, and a block one of its check-list item.
          for (let [above, up] = [parentOf(type), depth - 1]; up > depth - 3 && up > 0; up--) {
            if (above === null) break;
            put(above, up, changes);
            above = parentOf(above);
          }
        }
      added = new Set();
      touched = new Set();
      mayBeGone = false;
      return changes;
    },
  };
}
