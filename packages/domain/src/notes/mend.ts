import * as Y from 'yjs';
import { cleanAttributes, ruleOf } from './element-rules.ts';
import { readText } from './read-text.ts';
import { toXml } from './read-body.ts';
import { bodyRoot, deepestElement, longestBlock } from './schema.ts';

/** At most so many elements are taken away in one transaction: Yjs collects what was deleted level by level, recursively. */
const atOnce = 500;

const typeOf = (item: Y.Item): Y.AbstractType<unknown> | null =>
  !item.deleted && item.content instanceof Y.ContentType ? (item.content.type as Y.AbstractType<unknown>) : null;

/** Removes a type from where it stands. */
function remove(type: Y.AbstractType<unknown>): void {
  const parent = type._item?.parent;
  if (!(parent instanceof Y.XmlFragment)) return;
  let index = 0;
  for (let item = parent._start; item !== null; item = item.right) {
    if (item === type._item) return parent.delete(index, 1);
    if (!item.deleted && item.countable) index += item.length;
  }
}

/** Removes the deepest elements of what stands there, up to {@link atOnce}. */
function removeFromBelow(root: Y.AbstractType<unknown>): void {
  const found: { type: Y.AbstractType<unknown>; depth: number }[] = [{ type: root, depth: 0 }];
  for (let at = 0; at < found.length; at++) {
    const { type, depth } = found[at] ?? { type: root, depth: 0 };
    for (let item = type._start; item !== null; item = item.right) {
      const child = typeOf(item);
      if (child !== null) found.push({ type: child, depth: depth + 1 });
    }
  }
  const deepestFirst = found.sort((a, b) => b.depth - a.depth);
  for (const { type } of deepestFirst.slice(0, atOnce)) remove(type);
}

/** Puts clean text in place of one that has marks, values or a length that no note has. */
function rewrite(text: Y.XmlText, isLoose: boolean): void {
  const parent = text._item?.parent;
  if (!(parent instanceof Y.XmlFragment)) return;
  const { runs } = readText(text, longestBlock);
  const index = parent.toArray().indexOf(text);
  parent.delete(index, 1);
  if (runs.length === 0) return;
  if (isLoose) return parent.insert(index, [toXml({ type: 'paragraph', attributes: {}, children: runs })]);
  const clean = new Y.XmlText();
  clean.applyDelta(
    runs.map((run) => ({
      insert: run.text,
      attributes: Object.fromEntries(run.marks.map((mark) => [mark.type, mark.attributes])),
    })),
  );
  parent.insert(index, [clean]);
}

/**
 * Takes one more thing out of a body that no note can have: an unknown element, one that is too deep, a value that is not
 * allowed. True: call it again, in a transaction of its own. The log keeps what was there.
 */
export const mendStep = (doc: Y.Doc): boolean => doc.transact(() => mendFirst(doc));

function mendFirst(doc: Y.Doc): boolean {
  const stack: { type: Y.XmlFragment; depth: number }[] = [{ type: doc.getXmlFragment(bodyRoot), depth: 0 }];
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    const { type: parent, depth } = at;
    for (let item = parent._start; item !== null; item = item.right) {
      const type: unknown = typeOf(item);
      if (item.deleted) continue;
      if (type instanceof Y.XmlText) {
        const isLoose = !(parent instanceof Y.XmlElement && ruleOf(parent.nodeName)?.isTextBlock === true);
        const { unknown, values, rest } = readText(type, longestBlock);
        if (!(isLoose && type.length > 0) && unknown + values + rest === 0) continue;
        rewrite(type, isLoose);
        return true;
      }
      const rule = type instanceof Y.XmlElement ? ruleOf(type.nodeName) : undefined;
      if (!(type instanceof Y.XmlElement) || rule === undefined || depth >= deepestElement) {
        if (type instanceof Y.AbstractType) removeFromBelow(type as Y.AbstractType<unknown>);
        return true;
      }
      const raw = type.getAttributes();
      const { attributes, isClean } = cleanAttributes(rule, raw);
      if (!isClean) {
        for (const name of Object.keys(raw)) if (!Object.hasOwn(attributes, name)) type.removeAttribute(name);
        // Without these it says nothing.
        if ((type.nodeName === 'mention' || type.nodeName === 'image') && !('ref' in attributes || 'src' in attributes))
          remove(type as unknown as Y.AbstractType<unknown>);
        return true;
      }
      stack.push({ type, depth: depth + 1 });
    }
  }
  return false;
}
