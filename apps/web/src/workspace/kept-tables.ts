import { type KeptTable, type KeptTables, readKeptTable, withoutDocuments } from '@rapport/domain/tables/kept-table';
import type { WorkspaceClient } from '@rapport/domain/client';
import { forgetKept, keep, readKept } from '../local/kept-values.ts';

const mostTables = 12;
/** As many as the server looks at in one question. */
const atOnce = 5_000;

const prefix = 'tables';
const indexKey = (workspaceId: string, memberId: string) => `${prefix} ${workspaceId} ${memberId}`;

/** Workspace whose tables are kept under a key; undefined: it is about something else. */
export const workspaceOfKeptTable = (key: string): string | undefined => /^tables ([0-9A-Z]{26}) /.exec(key)?.[1];

async function namesIn(index: string): Promise<readonly string[]> {
  const kept = await readKept(index);
  return Array.isArray(kept) ? kept.filter((name) => typeof name === 'string') : [];
}

/** Tables that this person had on screen, kept on this device; signing out clears them with all else. */
export function makeKeptTables(workspaceId: string, memberId: string): KeptTables {
  const index = indexKey(workspaceId, memberId);
  const keyOf = (id: string) => `${index} ${id}`;
  let last: Promise<void> = Promise.resolve();
  const store = async (id: string, table: KeptTable) => {
    if (!(await keep(keyOf(id), table))) return;
    const all = [id, ...(await namesIn(index)).filter((name) => name !== id)];
    await keep(index, all.slice(0, mostTables));
    await forgetKept(all.slice(mostTables).map(keyOf));
  };
  return {
    read: async (id) => readKeptTable(await readKept(keyOf(id))),
    keep(id, table) {
      // One after another: each changes the list of all. What cannot be kept is fetched again, as without a device.
      last = last.then(() => store(id, table)).catch(() => undefined);
    },
  };
}

/**
 * Takes from kept tables the rows of documents that the server says are to be dropped: no longer shared with this person,
 * or with text erased from them. A kept row has no mark of an erasure, so one whose document has any goes.
 */
export async function forgetStaleRows(options: {
  workspaceId: string;
  memberId: string;
  api: WorkspaceClient['api'];
}): Promise<void> {
  const { workspaceId, memberId, api } = options;
  const index = indexKey(workspaceId, memberId);
  for (const id of await namesIn(index)) {
    const key = `${index} ${id}`;
    const kept = readKeptTable(await readKept(key));
    if (kept === undefined) continue;
    const names = [...new Set(kept.rows.map(([, { doc }]) => doc))].slice(0, atOnce);
    const documents = names.map((name) => ({ name, erased: null }));
    const { stale } = (await api('POST', '/kept', { documents })) as { stale: readonly string[] };
    if (stale.length > 0) await keep(key, withoutDocuments(kept, new Set(stale)));
  }
}
