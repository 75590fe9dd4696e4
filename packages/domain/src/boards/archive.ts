import type { Json } from '@rapport/doc/json';
import type { Patch, RecordWrite } from '@rapport/doc/patch';
import { purgedAt } from '@rapport/doc/purge';
import { eachRecord, rawRecord, recordMap, rootRecord } from '@rapport/doc/records';
import type * as Y from 'yjs';
import { cardsRoot, metaRoot, stagesRoot } from './board.ts';
import { boardIdOf } from './projection.ts';

/** A closed deal stays on the board this long; then it moves to its quarter's archive. */
export const closedStayMs = 30 * 86_400_000;

/** `board/<id>~2026q3`: the archive of the quarter (UTC) in which a deal was closed. */
export function archiveName(boardDoc: string, closedAt: number): string {
  const day = new Date(closedAt);
  return `${boardDoc}~${day.getUTCFullYear()}q${Math.floor(day.getUTCMonth() / 3) + 1}`;
}

/** What makes a new, empty document an archive of a board: its properties and its stages as they are now. */
export function initArchive(board: Y.Doc): Patch {
  const writes: RecordWrite[] = [
    { root: metaRoot, id: rootRecord, set: rawRecord(board.getMap(metaRoot)) as Record<string, Json> },
  ];
  eachRecord(board, stagesRoot, (id, map) =>
    writes.push({ root: stagesRoot, id, create: true, set: rawRecord(map) as Record<string, Json> }),
  );
  return writes;
}

/**
 * What moves cards from one document to another: whole records there, stubs `{movedTo}` here. `movedFrom` stays on the
 * card, so that its history can tell where it came from. `to` is the document that they go to.
 */
export function transferPatches(
  fromName: string,
  from: Y.Doc,
  ids: readonly string[],
  toName: string,
  to?: Y.Doc,
): { here: Patch; there: Patch } {
  const here: RecordWrite[] = [];
  const there: RecordWrite[] = [];
  for (const id of ids) {
    const map = recordMap(from, cardsRoot, id);
    if (!map || map.has('movedTo')) continue;
    const raw = rawRecord(map) as Record<string, Json>;
    const emptied = Object.fromEntries(Object.keys(raw).map((key) => [key, null]));
    // A stub of its own may wait there, with a late edit that was not carried yet.
    const found = to && recordMap(to, cardsRoot, id);
    const late = found?.has('movedTo') ? (rawRecord(found) as Record<string, Json>) : {};
    // Any program can have written a card with its id there: nothing of that becomes a part of it.
    const foreign =
      found && !found.has('movedTo') ? Object.fromEntries([...found.keys()].map((key) => [key, null])) : {};
    const set = { ...foreign, ...raw, ...late, movedTo: null, movedFrom: fromName };
    there.push({ root: cardsRoot, id, create: true, set });
    here.push({ root: cardsRoot, id, set: { ...emptied, movedTo: toName } });
  }
  return { here, there };
}

/**
 * Carries edits that reached stubs late (somebody was offline) after their deals: what to write where the deal is now,
 * and what to clear here. An edit of a deal that was purged meanwhile goes with it. A place is only carried within one pipeline, whose stages it names.
 */
export function strayPatches(
  fromName: string,
  from: Y.Doc,
  ids: readonly string[],
  toName: string,
  to: Y.Doc,
  isPurged: (id: string) => boolean,
): { here: Patch; there: Patch } {
  const here: RecordWrite[] = [];
  const there: RecordWrite[] = [];
  const samePipeline = boardIdOf(fromName) === boardIdOf(toName);
  for (const id of ids) {
    const map = recordMap(from, cardsRoot, id);
    if (map?.get('movedTo') !== toName || fromName === toName) continue;
    // Where the deal never went (any program can write a stub) nothing is carried, and nothing cleared.
    const target = recordMap(to, cardsRoot, id);
    const isThere = target !== null && !target.has(purgedAt);
    if (!isThere && !isPurged(id)) continue;
    const { movedTo: _stub, place, ...fields } = rawRecord(map) as Record<string, Json>;
    if (isThere)
      there.push({ root: cardsRoot, id, set: samePipeline && place !== undefined ? { ...fields, place } : fields });
    here.push({
      root: cardsRoot,
      id,
      set: Object.fromEntries(
        Object.keys({ ...fields, ...(place === undefined ? {} : { place }) }).map((key) => [key, null]),
      ),
    });
  }
  return { here, there };
}
