import type { Patch } from '@rapport/doc/patch';
import type { Json } from '@rapport/doc/json';
import * as Y from 'yjs';
import { commentLimit, quoteLimit, type Comment } from './read-comment.ts';
import { bodyRoot, commentsRoot, deepestElement } from './schema.ts';
import { ruleOf } from './element-rules.ts';

export interface NewComment {
  readonly id: string;
  /** The comment it answers; null begins a thread. */
  readonly thread: string | null;
  readonly anchor?: Comment['anchor'];
  readonly quote?: string;
  readonly text: string;
  readonly by: string;
  readonly at: number;
}

/** A comment, or an answer to one. */
export const addComment = ({ id, thread, anchor, quote, text, by, at }: NewComment): Patch => [
  {
    root: commentsRoot,
    id,
    create: true,
    set: {
      text: text.slice(0, commentLimit),
      by,
      at,
      ...(thread === null ? {} : { thread }),
      ...(anchor == null ? {} : { anchor: anchor as unknown as Json }),
      ...(quote === undefined ? {} : { quote: quote.slice(0, quoteLimit) }),
    },
  },
];

export interface CommentChange {
  readonly text?: string;
  readonly resolved?: boolean;
  readonly deleted?: boolean;
}

/** Changes a comment: its text, whether its thread is resolved, whether it is still there. */
export const editComment = (id: string, change: CommentChange, by: string, now: number): Patch => [
  {
    root: commentsRoot,
    id,
    set: {
      ...(change.text === undefined ? {} : { text: change.text.slice(0, commentLimit), editedAt: now }),
      ...(change.resolved === undefined
        ? {}
        : { resolvedAt: change.resolved ? now : null, resolvedBy: change.resolved ? by : null }),
      ...(change.deleted === undefined ? {} : { deletedAt: change.deleted ? now : null }),
    },
  },
];

/** A place between two characters, as it lasts: `side` says to which of its neighbours it holds. */
export const placeIn = (text: Y.XmlText, index: number, side: 'next' | 'previous'): Json =>
  Y.relativePositionToJSON(
    Y.createRelativePositionFromTypeIndex(text, index, side === 'next' ? 0 : -1),
  ) as unknown as Json;

/** An anchor around characters of one or two texts: what is typed at either end stays outside. */
export const anchorOf = (
  from: { text: Y.XmlText; index: number },
  to: { text: Y.XmlText; index: number },
): { from: Json; to: Json } => ({
  from: placeIn(from.text, from.index, 'next'),
  to: placeIn(to.text, to.index, 'previous'),
});

/** A relative position that anybody may have written; null when it is none. */
export function readPlace(raw: unknown): Y.RelativePosition | null {
  if (typeof raw !== 'object' || raw === null) return null;
  try {
    return Y.createRelativePositionFromJSON(raw);
  } catch {
    // Not one of ours: the comment is shown without a place.
    return null;
  }
}

/** Where an anchor's end is now; null when what it stood in is gone. */
export function resolvePlace(doc: Y.Doc, raw: unknown): { text: Y.XmlText; index: number } | null {
  const place = readPlace(raw);
  if (place === null) return null;
  try {
    const at = Y.createAbsolutePositionFromRelativePosition(place, doc);
    return at !== null && at.type instanceof Y.XmlText && at.type._item?.deleted !== true
      ? { text: at.type, index: at.index }
      : null;
  } catch {
    return null;
  }
}

/** Finds the first place where a text stands within one block, for comments made without an editor. */
export function findQuote(doc: Y.Doc, quote: string): Comment['anchor'] {
  if (quote === '') return null;
  const stack: { at: Y.Item | null; depth: number }[] = [{ at: doc.getXmlFragment(bodyRoot)._start, depth: 0 }];
  for (let open = stack.at(-1); open !== undefined; open = stack.at(-1)) {
    const item = open.at;
    if (item === null) {
      stack.pop();
      continue;
    }
    open.at = item.right;
    const type: unknown = !item.deleted && item.content instanceof Y.ContentType ? item.content.type : null;
    if (type instanceof Y.XmlText) {
      const index = plain(type).indexOf(quote);
      if (index >= 0) return anchorOf({ text: type, index }, { text: type, index: index + quote.length });
    } else if (type instanceof Y.XmlElement && ruleOf(type.nodeName) !== undefined && open.depth < deepestElement)
      stack.push({ at: type._start, depth: open.depth + 1 });
  }
  return null;
}

/** Its characters; embeds count as one, so that an index in it is one of Yjs. */
function plain(text: Y.XmlText): string {
  let found = '';
  for (let item: Y.Item | null = text._start; item !== null; item = item.right)
    if (!item.deleted && item.countable)
      found += item.content instanceof Y.ContentString ? item.content.str : '\uFFFC'.repeat(item.length);
  return found;
}

/** The characters that an anchor holds now, in one text; empty when they are all gone. */
export function anchoredText(doc: Y.Doc, anchor: Comment['anchor']): string {
  const [from, to] = [resolvePlace(doc, anchor?.from), resolvePlace(doc, anchor?.to)];
  if (from === null || to === null || from.text !== to.text) return '';
  return plain(from.text).slice(from.index, to.index);
}
