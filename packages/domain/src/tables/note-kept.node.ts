import { noteRaces, type Race } from '@rapport/doc/race';
import { sameJson, type Json } from '@rapport/doc/json';
import type { Patch } from '@rapport/doc/patch';
import { recordMap } from '@rapport/doc/records';
import type * as Y from 'yjs';
import type { WorkspaceContext } from '../http/workspace-context.node.ts';
import type { EditEnv, TableEdits } from './table-edits.ts';

/** The member who wrote a field last, '' when nobody knows; `keys` are the names that the feed may have for it. */
function lastAuthor(ws: WorkspaceContext, id: string, keys: readonly string[]): string {
  const row = ws.everyRow.get<{ actor: string }>(
    `SELECT actor FROM activity WHERE record = ? AND field IN (SELECT value FROM json_each(?)) ORDER BY id DESC LIMIT 1`,
    [id, JSON.stringify(keys)],
  );
  return row === undefined || row.actor === 'server' ? '' : row.actor;
}

/**
 * Values that somebody typed over others which they had not seen yet: theirs lost, and are kept beside what stands, as on
 * a board. Answers what notes them; of fields that cannot be told so, and of one's own earlier values, nothing.
 */
export function keptBeside(
  ws: WorkspaceContext,
  edits: TableEdits,
  doc: Y.Doc,
  row: { readonly id: string; readonly changed: readonly string[]; readonly values: Readonly<Record<string, unknown>> },
  env: EditEnv,
): { readonly patch: Patch; readonly keys: readonly string[] } {
  const me = ws.author().actor;
  const races: Race[] = [];
  const keys: string[] = [];
  for (const key of row.changed) {
    const at = Object.hasOwn(row.values, key) ? edits.whereIs(doc, row.id, key) : null;
    if (at === null) continue;
    // What the operation would have written, so that the other value is as sound as one that was not late.
    const plan = edits.plan(doc, row.id, { [key]: row.values[key] }, env);
    if (!plan.ok) continue;
    const write = plan.value.find((each) => each.root === at.root && each.id === at.record && at.field in each.set);
    const kept = (recordMap(doc, at.root, at.record)?.get(at.field) ?? null) as Json;
    const other = write?.set[at.field] ?? null;
    const keptBy = lastAuthor(ws, row.id, [key, at.field]);
    // Empty, and nobody emptied it: whoever sent this was wrong about what they saw.
    const isNobodys = keptBy === '' && kept === null;
    if (write === undefined || keptBy === me || isNobodys || sameJson(kept, other)) continue;
    races.push({ ...at, kept, keptBy, other, otherBy: me });
    keys.push(key);
  }
  return { patch: noteRaces(races, env.now), keys };
}
