import * as Y from 'yjs';
import type { Mark } from './body-tree.ts';
import { alteredAttributes, makeMarksOn } from './compare-settings.ts';
import { cleanAttributes, ruleOf, type Attributes } from './element-rules.ts';
import { documentAt, eachEntry, makeAuthors, type Authors } from './history.ts';
import { bodyRoot, deepestElement, longestBlock } from './schema.ts';

/** Whether something came or went between two versions, and through whom (a member id; null: not known). */
export interface Change {
  readonly kind: 'added' | 'removed';
  readonly by: string | null;
}

/** What stayed and is set differently now: who did it last, and how it was. */
export interface Altered<Setting> {
  readonly by: string | null;
  readonly was: Setting;
}

export interface ComparedText {
  readonly text: string;
  /** As it is now; of what was removed, as it was. */
  readonly marks: readonly Mark[];
  readonly change?: Change;
  readonly altered?: Altered<readonly Mark[]>;
}

export interface ComparedElement {
  readonly type: string;
  readonly attributes: Attributes;
  readonly children: readonly (ComparedElement | ComparedText)[];
  readonly change?: Change;
  /** The attributes that were others, with what they were. */
  readonly altered?: Altered<Attributes>;
}

interface Rows {
  all<R>(sql: string, params: readonly (string | number)[]): R[];
}

type Moment = Y.Snapshot;

const isVisible = (seen: Moment, client: number, clock: number): boolean =>
  (seen.sv.get(client) ?? 0) > clock && !Y.isDeleted(seen.ds, Y.createID(client, clock));

/** Everything that is visible in one of two versions of a note's body, with what was added and removed between them. */
export function compareVersions(rows: Rows, doc: string, from: number, to: number): ComparedElement[] {
  const history = documentAt(rows, doc, from);
  const before = Y.snapshot(history);
  const [wrote, deleted] = [makeAuthors(), makeAuthors()];
  eachEntry(rows, doc, { after: from, upTo: to }, ({ bytes, actor }) => {
    const note = (transaction: Y.Transaction) => {
      for (const [client, clock] of transaction.afterState) {
        const known = transaction.beforeState.get(client) ?? 0;
        if (clock > known) wrote.add(client, known, clock - known, actor);
      }
      for (const [client, ranges] of transaction.deleteSet.clients)
        for (const { clock, len } of ranges) deleted.add(client, clock, len, actor);
    };
    history.once('afterTransaction', note);
    Y.applyUpdate(history, bytes);
  });
  const after = Y.snapshot(history);
  const compared = compareBody(history.getXmlFragment(bodyRoot), before, after, wrote, deleted);
  history.destroy();
  return compared;
}

type Node = ComparedElement | ComparedText;

function compareBody(
  body: Y.XmlFragment,
  before: Moment,
  after: Moment,
  wrote: Authors,
  deleted: Authors,
): ComparedElement[] {
  /** What happened to one clock; null when it is in neither version. */
  const changeOf = (client: number, clock: number): Change | 'kept' | null => {
    const [was, is] = [isVisible(before, client, clock), isVisible(after, client, clock)];
    if (was && is) return 'kept';
    if (is) return { kind: 'added', by: wrote.of(client, clock) };
    return was ? { kind: 'removed', by: deleted.of(client, clock) } : null;
  };
  const at = {
    was: ({ id }: Y.Item) => isVisible(before, id.client, id.clock),
    is: ({ id }: Y.Item) => isVisible(after, id.client, id.clock),
    wroteBy: ({ id }: Y.Item) => wrote.of(id.client, id.clock),
    deletedBy: ({ id }: Y.Item) => deleted.of(id.client, id.clock),
  };
  const nodes: Node[] = [];
  interface Open {
    next: Y.Item | null;
    readonly children: Node[];
    readonly depth: number;
    /** Marks that are on at this place of a text, then and now. */
    readonly marks: ReturnType<typeof makeMarksOn>;
  }
  const stack: Open[] = [{ next: body._start, children: nodes, depth: 0, marks: makeMarksOn(at) }];
  for (let open = stack.at(-1); open !== undefined; open = stack.at(-1)) {
    const item = open.next;
    if (item === null) {
      stack.pop();
      continue;
    }
    open.next = item.right;
    const { client, clock } = item.id;
    const { content } = item;
    if (content instanceof Y.ContentString) {
      const text = content.str.slice(0, longestBlock);
      // The two versions may part in the middle of what somebody typed in one go.
      for (let start = 0; start < text.length;) {
        const change = changeOf(client, clock + start);
        let end = start + 1;
        while (end < text.length && sameChange(changeOf(client, clock + end), change)) end++;
        if (change !== null) {
          const { was, is, by } = open.marks.here();
          open.children.push({
            text: text.slice(start, end).toWellFormed(),
            marks: change !== 'kept' && change.kind === 'removed' ? was : is,
            ...(change !== 'kept' ? { change } : was === is ? {} : { altered: { by, was } }),
          });
        }
        start = end;
      }
      continue;
    }
    if (content instanceof Y.ContentFormat) open.marks.pass(item, content);
    if (!(content instanceof Y.ContentType)) continue;
    const change = changeOf(client, clock);
    if (change === null) continue;
    const type: unknown = content.type;
    if (type instanceof Y.XmlText) {
      stack.push({
        next: type._start,
        children: open.children,
        depth: open.depth + 1,
        marks: makeMarksOn(at),
      });
      continue;
    }
    const rule = type instanceof Y.XmlElement ? ruleOf(type.nodeName) : undefined;
    if (!(type instanceof Y.XmlElement) || rule === undefined || open.depth >= deepestElement) continue;
    const children: Node[] = [];
    const altered = change === 'kept' ? alteredAttributes(type, rule, at) : null;
    open.children.push({
      type: type.nodeName,
      attributes: cleanAttributes(rule, type.getAttributes()).attributes,
      children,
      ...(change === 'kept' ? {} : { change }),
      ...(altered === null ? {} : { altered }),
    });
    stack.push({ next: type._start, children, depth: open.depth + 1, marks: makeMarksOn(at) });
  }
  return nodes.filter((node): node is ComparedElement => 'type' in node);
}

const sameChange = (a: Change | 'kept' | null, b: Change | 'kept' | null): boolean =>
  a === b || (a !== null && b !== null && a !== 'kept' && b !== 'kept' && a.kind === b.kind && a.by === b.by);
