import * as Y from 'yjs';
import type { BodyNode, BodyProblemKind, BodyProblems, ElementNode } from './body-tree.ts';
import { cleanAttributes, ruleOf } from './element-rules.ts';
import { readText } from './read-text.ts';
import { deepestElement, longestBlock, longestNote } from './schema.ts';

export interface ReadBody {
  readonly nodes: readonly ElementNode[];
  readonly problems: BodyProblems;
}

interface Open {
  next: Y.Item | null;
  readonly children: BodyNode[];
  readonly depth: number;
  readonly isTextBlock: boolean;
}

/**
 * Reads a body that anybody may have written: total, without recursion (a document may be 10,000 elements deep) and
 * bounded. What no note has is left out and counted.
 */
export function readBody(body: Y.XmlFragment): ReadBody {
  const problems = new Map<BodyProblemKind, number>();
  const count = (kind: BodyProblemKind, by = 1) => {
    if (by > 0) problems.set(kind, (problems.get(kind) ?? 0) + by);
  };
  const nodes: BodyNode[] = [];
  let left = longestNote;
  const stack: Open[] = [{ next: body._start, children: nodes, depth: 0, isTextBlock: false }];
  for (let open = stack.at(-1); open !== undefined; open = stack.at(-1)) {
    const item = open.next;
    if (item === null) {
      stack.pop();
      continue;
    }
    open.next = item.right;
    if (item.deleted) continue;
    const type: unknown = item.content instanceof Y.ContentType ? item.content.type : null;
    if (type instanceof Y.XmlText) {
      const read = readText(type, Math.min(longestBlock, left));
      left -= read.runs.reduce((sum, { text }) => sum + text.length, 0);
      count('unknown', read.unknown);
      count('value', read.values);
      count('long', read.rest > 0 ? 1 : 0);
      if (open.isTextBlock) open.children.push(...read.runs);
      else if (read.runs.length > 0) {
        count('loose');
        open.children.push({ type: 'paragraph', attributes: {}, children: read.runs });
      }
      continue;
    }
    const rule = type instanceof Y.XmlElement ? ruleOf(type.nodeName) : undefined;
    if (!(type instanceof Y.XmlElement) || rule === undefined) {
      count('unknown');
      continue;
    }
    if (open.depth >= deepestElement) {
      count('deep');
      continue;
    }
    const { attributes, isClean } = cleanAttributes(rule, type.getAttributes());
    if (!isClean) count('value');
    const children: BodyNode[] = [];
    open.children.push({ type: type.nodeName, attributes, children });
    stack.push({ next: type._start, children, depth: open.depth + 1, isTextBlock: rule.isTextBlock === true });
  }
  // Text that stands loose at the top has been given a paragraph.
  return { nodes: nodes as ElementNode[], problems };
}

/** A new element of the same kind and content, to be inserted into a document. */
export function toXml(node: ElementNode): Y.XmlElement {
  const element = new Y.XmlElement(node.type);
  for (const [name, value] of Object.entries(node.attributes))
    if (value !== null) element.setAttribute(name, value as string);
  const children: (Y.XmlElement | Y.XmlText)[] = [];
  let text: { insert: string; attributes: Record<string, unknown> }[] = [];
  const endText = () => {
    if (text.length === 0) return;
    const xml = new Y.XmlText();
    xml.applyDelta(text);
    children.push(xml);
    text = [];
  };
  for (const child of node.children) {
    if ('text' in child)
      text.push({
        insert: child.text,
        attributes: Object.fromEntries(child.marks.map((mark) => [mark.type, mark.attributes])),
      });
    else {
      endText();
      children.push(toXml(child));
    }
  }
  endText();
  element.insert(0, children);
  return element;
}
