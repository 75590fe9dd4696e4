import type { RawRecord } from '@rapport/doc/records';
import { rawRecord, recordMap } from '@rapport/doc/records';
import { sameJson } from '@rapport/doc/json';
import { columnValues, type ColumnValue } from '@rapport/schema/columns';
import * as Y from 'yjs';
import { cardsRoot, metaRoot, stagesRoot } from './board.ts';
import { dealLinks, type DealLink } from './deal-links.ts';
import { customKeys, readDeal, readMeta, readStage, type Problem } from './read.ts';
import type { Deal, DealField } from './schema.ts';
import { dealFields } from './schema.ts';

/** A row of the read model to replace (or, with `row` null, the rows to delete), as the store takes it. */
export interface RowWrite {
  readonly table: string;
  readonly key: Readonly<Record<string, ColumnValue>>;
  readonly row: Readonly<Record<string, ColumnValue>> | null;
  /** The row as this document's last change left it, so that a store need not write what is the same. */
  readonly was?: Readonly<Record<string, ColumnValue>>;
}

export interface ChangeContext {
  readonly seq: number;
  readonly at: number;
  readonly actor: string;
  readonly via: string;
  readonly agent?: string;
}

interface Touched {
  /** Null: the record came into being with this change. */
  readonly before: RawRecord | null;
  /** Null: it is gone (hard delete by another program), or something that is no record stands there. */
  readonly after: RawRecord | null;
  /** What stands there when it is no record. */
  readonly odd?: unknown;
  /** Another entry stood there before, which cannot be read any more. */
  readonly replaces?: boolean;
}

const fieldKeys = Object.keys(dealFields) as DealField[];
const rawLimit = 2000;
const activityPerEntry = 65_536;

/** Board id of a board's document or of one of its archives: `board/<id>`, `board/<id>~2026q3`. */
export const boardIdOf = (doc: string): string => doc.slice('board/'.length).split('~')[0] ?? '';

/** JSON of whatever a client may have put into a document: big integers as text, bytes by their length. */
const json = (value: unknown): string | null =>
  value == null
    ? null
    : (JSON.stringify(value, (_key, each: unknown) =>
        typeof each === 'bigint' ? String(each) : ArrayBuffer.isView(each) ? `${each.byteLength} bytes` : each,
      ) ?? null);

/** In the order of their keys: the order in which Yjs tells of changes is not the same when the log is replayed. */
const inOrder = <V>(entries: Iterable<readonly [string, V]>): (readonly [string, V])[] =>
  [...entries].sort(([a], [b]) => (a < b ? -1 : 1));

/** The records that one transaction touched under a root, as they were and as they are. */
function touchedRecords(
  events: readonly Y.YEvent<Y.AbstractType<unknown>>[],
  root: Y.Map<unknown>,
): Map<string, Touched> {
  const touched = new Map<string, Touched>();
  for (const event of events) {
    if (event.target === root) {
      for (const [id, change] of event.keys) {
        const map = root.get(id);
        touched.set(id, {
          before: change.action === 'delete' ? Object.create(null) : null,
          after: map instanceof Y.Map ? rawRecord(map) : null,
          odd: map instanceof Y.AbstractType ? (map instanceof Y.Map ? undefined : map.toJSON()) : map,
          replaces: change.action !== 'add',
        });
      }
      continue;
    }
    let holder = event.target;
    while (holder.parent && holder.parent !== root) holder = holder.parent as Y.AbstractType<unknown>;
    const id = holder._item?.parentSub;
    if (!(holder instanceof Y.Map) || id == null || touched.has(id)) continue;
    const after = rawRecord(holder);
    const before = Object.assign(Object.create(null), after) as Record<string, unknown>;
    if (event.target === holder) {
      for (const [key, change] of event.keys) {
        if (change.action === 'add') delete before[key];
        else before[key] = change.oldValue;
      }
    }
    touched.set(id, { before, after });
  }
  return touched;
}

/**
 * Derives the rows of one board document (or archive) from what happens in it. Pure on the document and the change:
 * replaying the log gives the same rows, byte for byte.
 */
export function makeBoardProjector(
  docName: string,
  doc: Y.Doc,
): { project(transaction: Y.Transaction, context: ChangeContext): RowWrite[] } {
  const boardId = boardIdOf(docName);
  const isArchive = docName.includes('~');
  const cards = doc.getMap<unknown>(cardsRoot);
  const stages = doc.getMap<unknown>(stagesRoot);
  const meta = doc.getMap<unknown>(metaRoot);
  let pending: { transaction: Y.Transaction; cards: Map<string, Touched>; stages: Set<string>; meta: boolean } | null =
    null;

  // Deep observers run while the values that a transaction replaced can still be read.
  const collect = (transaction: Y.Transaction) => {
    if (pending?.transaction !== transaction)
      pending = { transaction, cards: new Map(), stages: new Set(), meta: false };
    return pending;
  };
  cards.observeDeep((events, transaction) => {
    collect(transaction).cards = touchedRecords(events, cards);
  });
  stages.observeDeep((events, transaction) => {
    collect(transaction).stages = new Set(touchedRecords(events, stages).keys());
  });
  meta.observeDeep((_events, transaction) => {
    collect(transaction).meta = true;
  });

  const stageName = (id: string) => {
    const map = recordMap(doc, stagesRoot, id);
    return map ? readStage(id, rawRecord(map)).name : 'Unassigned';
  };
  const stageKind = (id: string) => {
    const map = recordMap(doc, stagesRoot, id);
    return map ? readStage(id, rawRecord(map)).kind : 'open';
  };

  return {
    project(transaction, context) {
      const found = pending?.transaction === transaction ? pending : null;
      pending = null;
      const writes: RowWrite[] = [];
      if (!found) return writes;
      let position = 0;
      const tell = (deal: Deal, kind: string, detail: { field?: string; from?: unknown; to?: unknown } = {}) => {
        writes.push({
          table: 'activity',
          key: { id: context.seq * activityPerEntry + position++ },
          row: {
            at: context.at,
            actor: context.actor,
            agent: context.agent ?? null,
            offline: context.via === 'offline' ? 1 : 0,
            noun: 'deal',
            doc: docName,
            board_id: boardId,
            record: deal.id,
            title: deal.title,
            kind,
            field: detail.field ?? null,
            from: json(detail.from),
            to: json(detail.to),
            value_minor: deal.value?.minor ?? null,
            value_currency: deal.value?.currency ?? null,
          },
        });
      };

      if ((found.meta || found.stages.size > 0) && !isArchive) {
        const board = readMeta(doc);
        writes.push({
          table: 'boards',
          key: { id: boardId },
          row: { doc: docName, name: board.name, kind: board.kind, currency: board.currency },
        });
      }
      for (const id of isArchive ? [] : [...found.stages].sort()) {
        const map = recordMap(doc, stagesRoot, id);
        const key = { board_id: boardId, id };
        if (!map) {
          writes.push({ table: 'stages', key, row: null });
          continue;
        }
        const stage = readStage(id, rawRecord(map));
        const { name, colour, kind, probability, rank } = stage;
        writes.push({
          table: 'stages',
          key,
          row: {
            name,
            colour,
            kind,
            probability,
            rot_days: stage.rotDays,
            rank,
            required: JSON.stringify(stage.required),
            deleted_at: stage.deletedAt,
          },
        });
      }

      for (const [id, { before: rawBefore, after: rawAfter, odd, replaces }] of inOrder(found.cards)) {
        const problems: (Problem & { raw: unknown })[] = [];
        const before = rawBefore && readDeal(id, rawBefore);
        const after =
          rawAfter &&
          readDeal(id, rawAfter, {}, (problem) => problems.push({ ...problem, raw: rawAfter[problem.field] }));
        // A stub lacks everything on purpose.
        if (after !== null && after.movedTo !== null) problems.length = 0;
        if (odd !== undefined) problems.push({ field: '', problem: 'is not a card', raw: odd });
        if (problems.length > 0 || rawBefore || replaces) {
          if (replaces || hadProblems(id, rawBefore) || problems.length > 0)
            writes.push({ table: 'data_quality', key: { doc: docName, record: id }, row: null });
          for (const { field, problem, raw } of problems)
            writes.push({
              table: 'data_quality',
              key: { doc: docName, record: id, field },
              row: { problem, raw: (json(raw) ?? '').slice(0, rawLimit).toWellFormed() },
            });
        }
        const isStray = after !== null && after.movedTo !== null && Object.keys(rawAfter ?? {}).length > 1;
        const wasStray = before !== null && before.movedTo !== null && Object.keys(rawBefore ?? {}).length > 1;
        // With whoever wrote last, so that the edit is theirs, too, where the deal is now.
        if (isStray || wasStray || replaces)
          writes.push({
            table: 'stray_edits',
            key: { doc: docName, record: id },
            row: isStray
              ? { moved_to: after.movedTo, actor: context.actor, offline: context.via === 'offline' ? 1 : 0 }
              : null,
          });
        if (!after || after.movedTo !== null) {
          // Only this document's row: where the deal went, its new document has written its own.
          if (before?.movedTo === null || !after) writes.push({ table: 'deals', key: { id, doc: docName }, row: null });
          if (before && !after) {
            writes.push({ table: 'record_links', key: { from_id: id }, row: null });
            tell(before, 'removed');
          }
          continue;
        }
        const row = dealColumns(docName, boardId, after, rawAfter);
        const was = before?.movedTo === null && rawBefore ? dealColumns(docName, boardId, before, rawBefore) : null;
        writes.push({ table: 'deals', key: { id }, row, ...(was === null ? {} : { was }) });
        const arrived = before === null || before.movedTo !== null;
        writes.push(...linkRows(id, arrived ? null : rawBefore, rawAfter));
        // A deal that comes from another document brings its history along: that move told its own story.
        const transferred = arrived && context.via === 'server';
        const fromKind = before ? stageKind(before.stageId) : 'open';
        const toKind = stageKind(after.stageId);
        const staged = arrived || before.stageId !== after.stageId;
        if (staged && !transferred) {
          const entered =
            before === null ? ((toKind === 'open' ? after.createdAt : after.closedAt) ?? context.at) : context.at;
          writes.push({
            table: 'stage_entries',
            key: { deal_id: id, seq: context.seq },
            row: { board_id: boardId, stage_id: after.stageId, entered_at: entered, actor: context.actor },
          });
        }
        let what: string | null = null;
        if (arrived) {
          const cameFrom = typeof rawAfter.movedFrom === 'string' ? boardIdOf(rawAfter.movedFrom) : null;
          if (transferred) what = null;
          else if (cameFrom !== null && cameFrom !== boardId) {
            what = 'moved';
            tell(after, what, { field: 'board', from: cameFrom, to: boardId });
          } else {
            what = context.via === 'import' ? 'imported' : 'created';
            tell(after, what, { field: 'stage', to: stageName(after.stageId) });
          }
        } else {
          if (before.stageId !== after.stageId) {
            what = toKind === fromKind ? 'moved' : toKind === 'open' ? 'reopened' : toKind;
            tell(after, what, { field: 'stage', from: stageName(before.stageId), to: stageName(after.stageId) });
          } else if (before.rank !== after.rank) what = 'moved';
          if ((before.deletedAt === null) !== (after.deletedAt === null)) {
            what = after.deletedAt === null ? 'restored' : 'deleted';
            tell(after, what);
          }
          for (const field of fieldKeys) {
            if (sameJson(before[field], after[field])) continue;
            // A move that closes or reopens tells the closing date and the cleared reason already.
            const follows =
              before.stageId !== after.stageId &&
              (field === 'closedAt' || (field === 'lostReason' && after[field] === null));
            if (!follows) tell(after, 'changed', { field, from: before[field], to: after[field] });
            what ??= field;
          }
          for (const key of [...new Set([...customKeys(rawBefore ?? {}), ...customKeys(rawAfter)])].sort()) {
            if (sameJson(rawBefore?.[key], rawAfter[key])) continue;
            tell(after, 'changed', { field: key.slice(0, 100), from: rawBefore?.[key], to: rawAfter[key] });
            what ??= key;
          }
        }
        if (what !== null && context.actor !== 'server') {
          const at =
            arrived && context.via === 'import' ? (after.closedAt ?? after.createdAt ?? context.at) : context.at;
          writes.push({
            table: 'deal_touches',
            key: { deal_id: id },
            row: { at, actor: context.actor, what: what.slice(0, 100) },
          });
        }
      }
      return writes;
    },
  };
}

/** Rows of the companies and contacts that a deal is linked to, where they differ from before; all of a deal that arrived. */
function linkRows(id: string, rawBefore: RawRecord | null, rawAfter: RawRecord): RowWrite[] {
  const is = dealLinks(rawAfter);
  const writes: RowWrite[] = [];
  if (rawBefore === null && 'movedFrom' in rawAfter)
    writes.push({ table: 'record_links', key: { from_id: id }, row: null });
  const was = rawBefore === null ? new Map<string, DealLink>() : dealLinks(rawBefore);
  for (const other of [...new Set([...was.keys(), ...is.keys()])].sort()) {
    const link = is.get(other);
    if (sameJson(was.get(other), link)) continue;
    writes.push({
      table: 'record_links',
      key: { from_id: id, to_id: other },
      row: link ? { from_noun: 'deal', to_noun: link.noun, role: link.role, is_primary: Number(link.primary) } : null,
    });
  }
  return writes;
}

const hadProblems = (id: string, raw: RawRecord | null): boolean => {
  let had = false;
  if (raw) readDeal(id, raw, {}, () => (had = true));
  return had;
};

function dealColumns(doc: string, boardId: string, deal: Deal, raw: RawRecord): Readonly<Record<string, ColumnValue>> {
  const custom = customKeys(raw).sort();
  const row: Record<string, ColumnValue> = { doc, board_id: boardId, stage_id: deal.stageId, rank: deal.rank };
  for (const key of fieldKeys) Object.assign(row, columnValues(key, dealFields[key], deal[key]));
  row['deleted_at'] = deal.deletedAt;
  row['custom'] = custom.length > 0 ? json(Object.fromEntries(custom.map((key) => [key, raw[key]]))) : null;
  return row;
}
