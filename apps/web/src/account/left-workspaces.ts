import type { OfflineStore } from '@rapport/sync/client/offline-store';
import { type RefusedChange, refuse } from '@rapport/sync/client/refused';
import * as Y from 'yjs';
import { forgetKept, keep, readKept } from '../local/kept-values.ts';
import { workspaceOfKeptTable } from '../workspace/kept-tables.ts';
import { openKeptDocuments } from './kept-documents.ts';

const lostKey = (userId: string, workspaceId: string) => `lost ${userId} ${workspaceId}`;
const reason = 'You are no longer a member of this workspace.';

/** What this person wrote in a workspace that they were taken out of before it was saved. Nothing is changed by asking. */
export async function lostChanges(userId: string, workspaceId: string): Promise<readonly RefusedChange[]> {
  const remembered = await rememberedLost(userId, workspaceId);
  const store = await openKeptDocuments(userId);
  if (store === undefined) return remembered;
  try {
    const documents = (await store.list()).filter(
      (each) => each.workspaceId === workspaceId && each.unsaved + each.refused > 0,
    );
    const found = await Promise.all(documents.map(({ name }) => unsavedIn(store, workspaceId, name)));
    return withoutTwins([...remembered, ...found.flat()]);
  } finally {
    store.close();
  }
}

/** The last that this device has of such a workspace goes, too. */
export async function forgetLostChanges(userId: string, workspaceId: string): Promise<void> {
  const store = await openKeptDocuments(userId);
  try {
    for (const document of (await store?.list()) ?? [])
      if (document.workspaceId === workspaceId) await store?.remove(workspaceId, document.name);
  } finally {
    store?.close();
  }
  await keep(lostKey(userId, workspaceId), []);
}

/**
 * Deletes from this device the documents of every workspace that the person is not in any more. Of what was not saved
 * only their own words stay, to be copied.
 */
export async function forgetLeftWorkspaces(userId: string, mine: ReadonlySet<string>): Promise<void> {
  const store = await openKeptDocuments(userId);
  if (store === undefined) return;
  try {
    for (const { workspaceId, name, unsaved, refused } of await store.list()) {
      if (mine.has(workspaceId)) continue;
      const isSafe =
        unsaved + refused === 0 || (await rememberLost(userId, workspaceId, await unsavedIn(store, workspaceId, name)));
      if (isSafe) await store.remove(workspaceId, name);
    }
  } finally {
    store.close();
  }
  await forgetKept((key) => {
    const workspaceId = workspaceOfKeptTable(key);
    return workspaceId !== undefined && !mine.has(workspaceId);
  }).catch(() => undefined);
  for (const key of Object.keys(localStorage)) {
    const workspaceId = /^rapport[.:][a-z]+[.:]([0-9A-Z]{26})/.exec(key)?.[1];
    if (workspaceId !== undefined && !mine.has(workspaceId)) localStorage.removeItem(key);
  }
}

async function unsavedIn(store: OfflineStore, workspaceId: string, name: string): Promise<RefusedChange[]> {
  const { state } = await store.open(workspaceId, name, () => new Uint8Array());
  const doc = new Y.Doc();
  for (const update of state.updates) Y.applyUpdate(doc, update);
  const why = { code: 'no-access', reason, at: Date.now() } as const;
  return [...state.refused, ...state.pending.map((change) => refuse(change, doc, why))];
}

async function rememberedLost(userId: string, workspaceId: string): Promise<readonly RefusedChange[]> {
  const kept = await readKept(lostKey(userId, workspaceId));
  return Array.isArray(kept) ? (kept as RefusedChange[]) : [];
}

/** False when this browser keeps nothing any more. */
async function rememberLost(userId: string, workspaceId: string, found: readonly RefusedChange[]): Promise<boolean> {
  const known = await rememberedLost(userId, workspaceId);
  return keep(lostKey(userId, workspaceId), withoutTwins([...known, ...found]));
}

const withoutTwins = (changes: readonly RefusedChange[]): RefusedChange[] => [
  ...new Map(changes.map((change) => [change.id, change])).values(),
];
