import { useLocation } from '@solidjs/router';
import { createEffect, onCleanup } from 'solid-js';
import { knownDeals } from '../shell/known-deals.ts';
import type { Workspace } from '../workspace/client.ts';
import { keepOpened, openedRecords, withOpened } from './opened-records.ts';
import { recordAt } from './record-places.ts';

/** A page that is left sooner was not what somebody looked for; and by then it has its title. */
const stayedMs = 1500;

/** Remembers which records are opened on this device, while the calling component lives. */
export function watchOpened(workspace: Workspace): void {
  const location = useLocation();
  const base = `/w/${workspace.workspaceId}`;
  createEffect(() => {
    const { pathname, search } = location;
    const record = pathname.startsWith(base) ? recordAt(pathname.slice(base.length), search) : null;
    if (record === null) return;
    const timer = setTimeout(() => {
      const deal = record.noun === 'deal' ? knownDeals(workspace).find(({ id }) => id === record.id) : undefined;
      // A record's own page names the tab after it.
      const title = record.noun === 'deal' ? deal?.title : document.title.split(' · ')[0];
      if (title === undefined || title === '') return;
      const { workspaceId } = workspace;
      keepOpened(workspaceId, withOpened(openedRecords(workspaceId), { ...record, title }));
    }, stayedMs);
    onCleanup(() => clearTimeout(timer));
  });
}
