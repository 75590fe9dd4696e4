import * as Y from 'yjs';
import type { Mark, TextNode } from './body-tree.ts';
import { markOf } from './element-rules.ts';

/** What was found in a Y.XmlText. `unknown`: marks, embeds or types that no note has; `rest`: code units past the limit. */
export interface ReadText {
  readonly runs: readonly TextNode[];
  readonly unknown: number;
  readonly values: number;
  readonly rest: number;
}

/** The name of a mark without the hash that the editor adds to marks of which several may overlap. */
export const markName = (key: string): string => key.replace(/--[a-zA-Z0-9+/=]{8}$/, '');

/** Reads a text with its marks, at most `limit` code units of it. Total and without recursion. */
export function readText(text: Y.XmlText | Y.Text, limit: number): ReadText {
  const runs: { text: string; marks: readonly Mark[] }[] = [];
  const on = new Map<string, Mark>();
  let marks: readonly Mark[] = [];
  let [unknown, values, rest, left] = [0, 0, 0, limit];
  for (let item: Y.Item | null = text._start; item !== null; item = item.right) {
    if (item.deleted) continue;
    const { content } = item;
    if (content instanceof Y.ContentString) {
      const { str } = content;
      if (left < str.length) rest += str.length - left;
      const taken = left >= str.length ? str : str.slice(0, left);
      left -= taken.length;
      const last = runs.at(-1);
      if (taken === '') continue;
      if (last !== undefined && last.marks === marks) last.text += taken;
      else runs.push({ text: taken, marks });
    } else if (content instanceof Y.ContentFormat) {
      const name = markName(content.key);
      on.delete(name);
      if (content.value !== null) {
        const rule = markOf(name);
        const attributes = rule?.(content.value);
        if (rule === undefined) unknown++;
        else if (attributes === undefined) values++;
        else on.set(name, { type: name, attributes });
      }
      marks = [...on.values()].sort((a, b) => (a.type < b.type ? -1 : 1));
    } else if (item.countable) unknown++;
  }
  return { runs: runs.map((run) => ({ ...run, text: run.text.toWellFormed() })), unknown, values, rest };
}

/** The bare characters of a text, at most `limit` code units. */
export function plainText(text: Y.XmlText, limit: number): string {
  let plain = '';
  for (let item: Y.Item | null = text._start; item !== null && plain.length < limit; item = item.right)
    if (!item.deleted && item.content instanceof Y.ContentString) plain += item.content.str;
  return plain.slice(0, limit);
}
