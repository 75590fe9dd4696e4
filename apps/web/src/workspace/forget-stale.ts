import type { OfflineStore } from '@rapport/sync/client/offline-store';
import type { WorkspaceClient } from '@rapport/domain/client';

/** As many as the server looks at in one question. */
const atOnce = 5_000;

/**
 * Asks the server which of the documents that this device keeps it must not keep any more: they are no longer shared
 * with this person, or text was erased from them. A copy with nothing unsaved goes at once; another is opened, and the
 * server's answer to that settles what becomes of it (what was not saved stays to be copied).
 */
export async function forgetStale(options: {
  workspaceId: string;
  offline: OfflineStore;
  api: WorkspaceClient['api'];
  /** Whether a screen has it open: then its connection knows already. */
  isOpen: (name: string) => boolean;
  open: (name: string) => void;
}): Promise<void> {
  const { workspaceId, offline, api, isOpen, open } = options;
  const kept = (await offline.list()).filter((each) => each.workspaceId === workspaceId && !isOpen(each.name));
  for (let at = 0; at < kept.length; at += atOnce) {
    const some = kept.slice(at, at + atOnce);
    // The mark of the last erasure stands behind the life of the data that it was told with.
    const documents = some.map(({ name, epoch }) => ({ name, erased: epoch?.split(' ')[1] ?? null }));
    const { stale } = (await api('POST', '/kept', { documents })) as { stale: readonly string[] };
    const gone = new Set(stale);
    for (const { name, unsaved, refused } of some) {
      if (!gone.has(name) || isOpen(name)) continue;
      if (unsaved + refused === 0) await offline.remove(workspaceId, name);
      else open(name);
    }
  }
}
