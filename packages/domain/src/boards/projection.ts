import type { RawRecord } from '@rapport/doc/records';
import { rawRecord, recordMap } from '@rapport/doc/records';
import { jsonText, sameJson } from '@rapport/doc/json';
import { columnValues, type ColumnValue } from '@rapport/schema/columns';
import type { ChangeContext, RowClaim, RowWrite } from '@rapport/sync/server/ports';
import type * as Y from 'yjs';
import { activityRow } from '../activity/activity-row.ts';
import { cardsRoot, metaRoot, stagesRoot } from './board.ts';
import { makeCardClaims } from './card-claims.ts';
import { typeOfKind, type Card, type CardType } from './card-type.ts';
import { KnownCards, type CardStep } from './known-cards.ts';
import { isEmptied, rowOfEmptiedStage, rowOfFilled, rowsOfEmptied } from './purged-rows.ts';
import { customKeys, readCard, readMeta, readStage, type Problem } from './read.ts';
import type { BoardKind } from './schema.ts';
import { onlyValuesOf, touchedRecords, type DeepEvents, type Touched } from './touched-cards.ts';

interface Pending {
  readonly transaction: Y.Transaction;
  cards: Map<string, Touched>;
  /** Set instead of `cards` where fields of one known card changed and nothing else. */
  step: CardStep | null;
  stages: Set<string>;
  /** Of the stages, those that were emptied for good before. */
  filled: readonly string[];
  meta: boolean;
  /** A further root map of the type changed. */
  roots: boolean;
}

const rawLimit = 2000;

/** Board id of a board's document or of one of its archives: `board/<id>`, `board/<id>~2026q3`. */
export const boardIdOf = (doc: string): string => doc.slice('board/'.length).split('~')[0] ?? '';

/** In the order of their keys: the order in which Yjs tells of changes is not the same when the log is replayed. */
const inOrder = <V>(entries: Iterable<readonly [string, V]>): (readonly [string, V])[] =>
  [...entries].sort(([a], [b]) => (a < b ? -1 : 1));

export interface BoardProjector {
  project(transaction: Y.Transaction, context: ChangeContext): RowWrite[];
  /** The kind that the board was made with; null while nothing is in its document. */
  kind(): BoardKind | null;
}

/**
 * Derives the rows of one board document (or archive) from what happens in it. Pure on the document and the change:
 * replaying the log gives the same rows, byte for byte. What its cards are is said once, by the first `meta.kind`: a
 * client that writes another one later changes no row (and the server puts the first one back). Rows that are keyed by a
 * card's id are written under the claim to the card's own row (ADR 27). `recordTables`: of other records, by id.
 */
export function makeBoardProjector(
  docName: string,
  doc: Y.Doc,
  types: readonly CardType[],
  recordTables: readonly string[] = [],
): BoardProjector {
  const boardId = boardIdOf(docName);
  const claims = makeCardClaims(docName, types, recordTables);
  let madeAs: BoardKind | null = doc.getMap(metaRoot).size > 0 ? readMeta(doc).kind : null;
  const isArchive = docName.includes('~');
  const cards = doc.getMap<unknown>(cardsRoot);
  const stages = doc.getMap<unknown>(stagesRoot);
  const meta = doc.getMap<unknown>(metaRoot);
  const known = new KnownCards();
  let pending: Pending | null = null;

  // Deep observers run while the values that a transaction replaced can still be read.
  const collect = (transaction: Y.Transaction) => {
    if (pending?.transaction !== transaction)
      pending = { transaction, cards: new Map(), step: null, stages: new Set(), filled: [], meta: false, roots: false };
    return pending;
  };
  const stepIn = (events: DeepEvents): CardStep | null => {
    const only = madeAs === null ? null : onlyValuesOf(events, cards);
    return only && madeAs && known.step(typeOfKind(types, madeAs), only.id, only.values);
  };
  cards.observeDeep((events, transaction) => {
    const change = collect(transaction);
    change.step = stepIn(events);
    if (change.step === null) change.cards = touchedRecords(events, cards);
    // Known again when its rows are made; a change that nobody asked about must not be taken for unmade.
    for (const id of change.step === null ? change.cards.keys() : [change.step.card.id]) known.forget(id);
  });
  stages.observeDeep((events, transaction) => {
    const touched = touchedRecords(events, stages);
    const change = collect(transaction);
    change.stages = new Set(touched.keys());
    change.filled = [...touched].flatMap(([id, { before }]) => (isEmptied(before) ? [id] : []));
  });
  meta.observeDeep((_events, transaction) => {
    collect(transaction).meta = true;
  });

  for (const root of new Set(types.flatMap(({ roots = [] }) => roots)))
    doc.getMap<unknown>(root).observeDeep((_events, transaction) => {
      collect(transaction).roots = true;
    });

  const touch = (
    { tables }: CardType,
    id: string,
    under: RowClaim,
    what: string,
    { actor }: ChangeContext,
    at: number,
  ): RowWrite => ({
    table: tables.touches,
    key: { [tables.id]: id },
    row: { at, actor, what: what.slice(0, 100) },
    under,
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
    kind: () => madeAs,
    project(transaction, context) {
      const found = pending?.transaction === transaction ? pending : null;
      pending = null;
      const writes: RowWrite[] = [];
      if (!found) return writes;
      madeAs ??= readMeta(doc).kind;
      const type = typeOfKind(types, madeAs);
      let position = 0;
      const tell = (
        under: RowClaim,
        card: Card,
        kind: string,
        detail: { field?: string; from?: unknown; to?: unknown } = {},
      ) => {
        const { id: record, title, value } = card;
        const line = { noun: type.noun, doc: docName, boardId, record, title, kind, value, ...detail };
        writes.push({ ...activityRow(context, position++, line), under });
      };

      if ((found.meta || found.stages.size > 0) && !isArchive) {
        const board = readMeta(doc);
        writes.push({
          table: 'boards',
          key: { id: boardId },
          row: { doc: docName, name: board.name, kind: madeAs, currency: board.currency },
        });
      }
      if ((found.meta || found.roots) && !isArchive) writes.push(...(type.rowsOfBoard?.(boardId, doc) ?? []));
      for (const id of isArchive ? [] : [...found.stages].sort()) {
        const map = recordMap(doc, stagesRoot, id);
        const key = { board_id: boardId, id };
        if (!map) {
          writes.push({ table: 'stages', key, row: null });
          continue;
        }
        const raw = rawRecord(map);
        if (isEmptied(raw)) {
          writes.push({ table: 'stages', key, row: null }, rowOfEmptiedStage(docName, id, raw));
          continue;
        }
        const stage = readStage(id, raw);
        const { name, colour, kind, probability, rank } = stage;
        if (found.filled.includes(id)) writes.push(rowOfFilled(docName, id));
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

      if (found.step !== null) {
        const { card, row, was, columns, changes } = found.step;
        const { id } = card;
        known.remember(id, { card, row });
        const claim = claims.to(type, id, card.deletedAt === null);
        // Also where nothing differs, as for a card that is not known: one that waits for its row claims it.
        writes.push({ table: type.kind, key: { id }, row, was, step: { columns, owner: 'doc' }, claim });
        for (const { field, from, to } of changes) tell(claim, card, 'changed', { field, from, to });
        const [first] = changes;
        if (first !== undefined && context.actor !== 'server')
          writes.push(touch(type, id, claim, first.field, context, context.at));
      }

      for (const [id, { before: rawThen, after: rawAfter, odd, replaces }] of inOrder(found.cards)) {
        const isFilled = isEmptied(rawThen) && rawAfter !== null;
        if (rawAfter !== null && isEmptied(rawAfter)) {
          writes.push(...rowsOfEmptied(type, { doc: docName, boardId, id, claim: claims.of(id) }, rawThen, rawAfter));
          continue;
        }
        // Brought back it begins anew: nothing of what it was is in the rows.
        if (isFilled) writes.push(rowOfFilled(docName, id));
        const rawBefore = isFilled ? null : rawThen;
        const problems: (Problem & { raw: unknown })[] = [];
        const before = rawBefore && readCard(type, id, rawBefore);
        const after =
          rawAfter &&
          readCard(type, id, rawAfter, {}, (problem) => problems.push({ ...problem, raw: rawAfter[problem.field] }));
        // A stub lacks everything on purpose.
        if (after !== null && after.movedTo !== null) problems.length = 0;
        if (odd !== undefined) problems.push({ field: '', problem: 'is not a card', raw: odd });
        if (problems.length > 0 || rawBefore || replaces) {
          if (replaces || hadProblems(type, id, rawBefore) || problems.length > 0)
            writes.push({ table: 'data_quality', key: { doc: docName, record: id }, row: null });
          for (const { field, problem, raw } of problems)
            writes.push({
              table: 'data_quality',
              key: { doc: docName, record: id, field },
              row: { problem, raw: (jsonText(raw) ?? '').slice(0, rawLimit).toWellFormed() },
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
          const claim = claims.of(id);
          // Only this document's row: where the card went, its new document has written its own.
          if (before?.movedTo === null || !after)
            writes.push({ table: type.kind, key: { id, doc: docName }, row: null, claim });
          if (before && !after) {
            for (const write of type.rowsOfGone?.(id) ?? []) writes.push({ ...write, under: claim });
            tell(claim, before, 'removed');
          }
          continue;
        }
        const arrived = before === null || before.movedTo !== null;
        // A card that comes from another document brings its history along: that move told its own story.
        const transferred = arrived && !isFilled && context.via === 'server';
        const cameFrom = typeof rawAfter.movedFrom === 'string' ? rawAfter.movedFrom : null;
        const takesFrom = transferred && context.actor === 'server' ? cameFrom : null;
        const claim = claims.to(type, id, after.deletedAt === null, takesFrom);
        const row = cardColumns(type, docName, boardId, after, rawAfter);
        const was =
          before?.movedTo === null && rawBefore ? cardColumns(type, docName, boardId, before, rawBefore) : null;
        writes.push({ table: type.kind, key: { id }, row, claim, ...(was === null ? {} : { was }) });
        // What is only made, perhaps by the thousand, is not kept in memory for it.
        if (problems.length === 0 && rawBefore) known.remember(id, { card: after, row });
        for (const write of type.rowsBeside?.(id, arrived ? null : rawBefore, rawAfter) ?? [])
          writes.push({ ...write, under: claim });
        const staged = arrived || before.stageId !== after.stageId;
        const fromKind = staged && before ? stageKind(before.stageId) : 'open';
        const toKind = staged ? stageKind(after.stageId) : 'open';
        if (staged && !transferred) {
          const entered =
            before === null ? ((toKind === 'open' ? after.createdAt : after.closedAt) ?? context.at) : context.at;
          writes.push({
            table: type.tables.entries,
            key: { [type.tables.id]: id, seq: context.seq },
            row: { board_id: boardId, stage_id: after.stageId, entered_at: entered, actor: context.actor },
            under: claim,
          });
        }
        let what: string | null = null;
        if (arrived) {
          const fromBoard = cameFrom === null ? null : boardIdOf(cameFrom);
          if (transferred) what = null;
          else if (isFilled) tell(claim, after, (what = 'restored'));
          else if (fromBoard !== null && fromBoard !== boardId) {
            what = 'moved';
            tell(claim, after, what, { field: 'board', from: fromBoard, to: boardId });
          } else {
            what = context.via === 'import' ? 'imported' : 'created';
            tell(claim, after, what, { field: 'stage', to: stageName(after.stageId) });
          }
        } else {
          if (before.stageId !== after.stageId) {
            what = toKind === fromKind ? 'moved' : toKind === 'open' ? 'reopened' : toKind;
            tell(claim, after, what, { field: 'stage', from: stageName(before.stageId), to: stageName(after.stageId) });
          } else if (before.rank !== after.rank) what = 'moved';
          if ((before.deletedAt === null) !== (after.deletedAt === null)) {
            what = after.deletedAt === null ? 'restored' : 'deleted';
            tell(claim, after, what);
          }
          for (const field of type.keys) {
            const [from, to] = [valueOf(before, field), valueOf(after, field)];
            if (sameJson(from, to)) continue;
            // A move that closes or reopens tells the closing date and the cleared reason already.
            const follows =
              before.stageId !== after.stageId && (field === 'closedAt' || (field === 'lostReason' && to === null));
            if (!follows) tell(claim, after, 'changed', { field, from, to });
            what ??= field;
          }
          for (const key of [
            ...new Set([...customKeys(type, rawBefore ?? {}), ...customKeys(type, rawAfter)]),
          ].sort()) {
            if (sameJson(rawBefore?.[key], rawAfter[key])) continue;
            // The server takes the values of a field that was removed long ago; what was told of them goes, too.
            if (context.actor === 'server' && rawAfter[key] === undefined) {
              writes.push({
                table: 'activity',
                key: { record: id, field: key.slice(0, 100) },
                row: null,
                under: claim,
              });
              continue;
            }
            tell(claim, after, 'changed', { field: key.slice(0, 100), from: rawBefore?.[key], to: rawAfter[key] });
            what ??= key;
          }
        }
        if (what !== null && context.actor !== 'server') {
          const at =
            arrived && context.via === 'import' ? (after.closedAt ?? after.createdAt ?? context.at) : context.at;
          writes.push(touch(type, id, claim, what, context, at));
        }
      }
      return writes;
    },
  };
}

const valueOf = (card: Card, key: string): unknown => (card as unknown as Readonly<Record<string, unknown>>)[key];

const hadProblems = (type: CardType, id: string, raw: RawRecord | null): boolean => {
  let had = false;
  if (raw) readCard(type, id, raw, {}, () => (had = true));
  return had;
};

function cardColumns(
  type: CardType,
  doc: string,
  boardId: string,
  card: Card,
  raw: RawRecord,
): Readonly<Record<string, ColumnValue>> {
  const custom = customKeys(type, raw).sort();
  const row: Record<string, ColumnValue> = { doc, board_id: boardId, stage_id: card.stageId, rank: card.rank };
  for (const key of type.keys) {
    const spec = type.fields[key];
    if (spec !== undefined) Object.assign(row, columnValues(key, spec, valueOf(card, key)));
  }
  if (type.valuesBeside) Object.assign(row, type.valuesBeside(raw));
  row['deleted_at'] = card.deletedAt;
  row['custom'] = custom.length > 0 ? jsonText(Object.fromEntries(custom.map((key) => [key, raw[key]]))) : null;
  return row;
}
