import type { Commit } from '@rapport/sync/server/ports';
import { expect, test, vi } from 'vitest';
import type { AuditEntry } from '../control/audit.ts';
import { watchDeletions } from './watch-deletions.ts';

test('many deletions of one person within seconds are one line; few, others and the server’s own are none', () => {
  vi.useFakeTimers();
  const told: AuditEntry[] = [];
  let commit: (written: Commit) => void = () => undefined;
  const stop = watchDeletions({
    workspaceId: 'w',
    hub: {
      onCommit(listener) {
        commit = listener;
        return () => undefined;
      },
    },
    audit: { record: (entry) => void told.push(entry) },
    onProblem: (error) => expect(error).toBeUndefined(),
  });
  const by = (actor: string, count: number, kind = 'deleted') =>
    commit({
      entries: [],
      writes: Array.from({ length: count }, (_, id) => ({ table: 'activity', key: { id }, row: { actor, kind } })),
    });
  by('ana', 6);
  by('ben', 9);
  by('ana', 40, 'changed');
  by('server', 500, 'removed');
  vi.advanceTimersByTime(5_000);
  by('ana', 6);
  vi.advanceTimersByTime(20_000);
  expect(told).toEqual([{ workspaceId: 'w', actor: 'ana', action: 'deals-deleted', detail: { deals: 12 } }]);
  by('ben', 10);
  stop();
  expect(told).toHaveLength(2);
  vi.useRealTimers();
});
