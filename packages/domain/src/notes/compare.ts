import * as Y from 'yjs';
import { cleanAttributes, ruleOf, type Attributes } from './element-rules.ts';
import { documentAt, eachEntry, makeAuthors, type Authors } from './history.ts';
import { bodyRoot, deepestElement, longestBlock } from './schema.ts';

/** Whether something came or went between two versions, and through whom (a member id; null: not known). */
export interface Change {
  readonly kind: 'added' | 'removed';
  readonly by: string | null;
}

export interface ComparedText {
  readonly text: string;
  readonly change?: Change;
}

export interface ComparedElement {
  readonly type: string;
  readonly attributes: Attributes;
  readonly children: readonly (ComparedElement | ComparedText)[];
  readonly change?: Change;
}

interface Rows {
  all<R>(sql: string, params: readonly (string | number)[]): R[];
}

interface Moment {
  readonly seen: Y.Snapshot;
}

const isVisible = ({ seen }: Moment, client: number, clock: number): boolean =>
  (seen.sv.get(client) ?? 0) > clock && !Y.isDeleted(seen.ds, Y.createID(client, clock));

/** Everything that is visible in one of two versions of a note's body, with what was added and removed between them. */
export function compareVersions(rows: Rows, doc: string, from: number, to: number): ComparedElement[] {
  const history = documentAt(rows, doc, from);
  const before: Moment = { seen: Y.snapshot(history) };
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
  const after: Moment = { seen: Y.snapshot(history) };
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
  const nodes: Node[] = [];
  interface Open {
    next: Y.Item | null;
    readonly children: Node[];
    readonly depth: number;
    readonly isText: boolean;
  }
  const stack: Open[] = [{ next: body._start, children: nodes, depth: 0, isText: false }];
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
        if (change !== null)
          open.children.push({
            text: text.slice(start, end).toWellFormed(),
            ...(change === 'kept' ? {} : { change }),
          });
        start = end;
      }
      continue;
    }
    if (!(content instanceof Y.ContentType)) continue;
    const change = changeOf(client, clock);
    if (change === null) continue;
    const type: unknown = content.type;
    if (type instanceof Y.XmlText) {
      stack.push({ next: type._start, children: open.children, depth: open.depth + 1, isText: true });
      continue;
    }
    const rule = type instanceof Y.XmlElement ? ruleOf(type.nodeName) : undefined;
    if (!(type instanceof Y.XmlElement) || rule === undefined || open.depth >= deepestElement) continue;
    const children: Node[] = [];
    open.children.push({
      type: type.nodeName,
      attributes: cleanAttributes(rule, type.getAttributes()).attributes,
      children,
      ...(change === 'kept' ? {} : { change }),
    });
    stack.push({ next: type._start, children, depth: open.depth + 1, isText: false });
  }
  return nodes.filter((node): node is ComparedElement => 'type' in node);
}

const sameChange = (a: Change | 'kept' | null, b: Change | 'kept' | null): boolean =>
  a === b || (a !== null && b !== null && a !== 'kept' && b !== 'kept' && a.kind === b.kind && a.by === b.by);
