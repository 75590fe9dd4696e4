import { sameJson } from '@rapport/doc/json';
import type * as Y from 'yjs';
import type { ElementNode } from './body-tree.ts';
import { readBody, toXml } from './read-body.ts';
import { bodyRoot } from './schema.ts';

/**
 * Makes a body what it was, as a new edit: only the blocks that differ are replaced, so that what others write in the
 * rest at the same time stays. Answers whether anything changed.
 */
export function replaceBody(doc: Y.Doc, wanted: readonly ElementNode[]): boolean {
  const body = doc.getXmlFragment(bodyRoot);
  const { nodes, problems } = readBody(body);
  // Parts that are not read have no place in the list of blocks: then all is made anew.
  const isPlain = problems.size === 0 && nodes.length === body.length;
  let [start, end] = [0, 0];
  const most = isPlain ? Math.min(nodes.length, wanted.length) : 0;
  while (start < most && sameJson(nodes[start], wanted[start])) start++;
  while (end < most - start && sameJson(nodes.at(-1 - end), wanted.at(-1 - end))) end++;
  const [remove, insert] = [body.length - start - end, wanted.slice(start, wanted.length - end)];
  if (remove === 0 && insert.length === 0) return false;
  doc.transact(() => {
    if (remove > 0) body.delete(start, remove);
    if (insert.length > 0) body.insert(start, insert.map(toXml));
  });
  return true;
}
