import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { applyPatch } from '@rapport/doc/patch';
import { changePatch, fileDoc, purgePatch } from '@rapport/domain/files/file';
import { homelessFiles } from '@rapport/domain/files/place.node';
import type { AttendedWorkspace } from '@rapport/domain/http/workspace-context.node';
import * as v from 'valibot';
import type { WorkspaceFiles } from './workspace-files.ts';

const dayMs = 86_400_000;
/** How long the bin keeps a file, and how long a content stays that no file names any more. */
export const keptDays = 30;

const author = { actor: 'server', via: 'server' } as const;

export interface Collector {
  /**
   * One round: files of what was given up for good come into the bin, files that were there for 30 days lose their
   * contents, contents that nobody names for 30 days go.
   */
  collect(): Promise<{ binned: number; purged: number; removed: number }>;
  close(): void;
}

const marks = v.record(v.string(), v.number());

/** Looks after a workspace's contents once a day. Since when nobody names a content is kept in `unused.json` beside them. */
export function makeCollector(options: {
  workspace: Pick<AttendedWorkspace, 'hub' | 'query'>;
  files: WorkspaceFiles;
  now: () => number;
  onProblem: (error: unknown) => void;
  everyMs?: number;
}): Collector {
  const { workspace, files, now, onProblem, everyMs = dayMs } = options;
  const { contents, uploads, forgetUsed, inTurn } = files;

  const marksPath = join(contents.folder, 'unused.json');
  const readMarks = async (): Promise<Readonly<Record<string, number>>> => {
    if (!existsSync(marksPath)) return {};
    try {
      return v.parse(marks, JSON.parse(await readFile(marksPath, 'utf8')));
    } catch (error) {
      // A cut-off list only begins the 30 days anew.
      onProblem(error);
      return {};
    }
  };
  // Not purged at once: what they lay in may come back from a device that was away.
  const bin = async (): Promise<number> => {
    const homeless = workspace.query.all<{ id: string }>(homelessFiles);
    for (const { id } of homeless)
      await workspace.hub.transact(
        fileDoc(id),
        author,
        (doc) => void applyPatch(doc, changePatch({ deletedAt: now() })),
      );
    return homeless.length;
  };
  const purge = async (): Promise<number> => {
    const due = workspace.query.all<{ id: string }>('SELECT id FROM files WHERE deleted_at < ?', [
      now() - keptDays * dayMs,
    ]);
    for (const { id } of due)
      await workspace.hub.transact(fileDoc(id), author, (doc) => {
        applyPatch(doc, purgePatch(now()));
      });
    return due.length;
  };
  const isNamed = (sha256: string): boolean =>
    workspace.query.get('SELECT 1 FROM file_versions WHERE sha256 = ? LIMIT 1', [sha256]) !== undefined;
  const collect = async () => {
    const binned = await bin();
    const purged = await purge();
    await uploads.removeExpired(now());
    let removed = 0;
    const before = await readMarks();
    const after: Record<string, number> = {};
    for await (const { sha256 } of contents.list()) {
      if (isNamed(sha256)) continue;
      const since = before[sha256] ?? now();
      if (now() - since < keptDays * dayMs) after[sha256] = since;
      // Asked once more where nobody can bring the same again meanwhile.
      else if (await inTurn(async () => !isNamed(sha256) && (await contents.remove(sha256), true))) removed += 1;
    }
    if (removed > 0) forgetUsed();
    if (existsSync(contents.folder)) await writeFile(marksPath, JSON.stringify(after), { mode: 0o600 });
    return { binned, purged, removed };
  };
  const run = () => void collect().catch(onProblem);
  const first = setTimeout(run, Math.min(everyMs, 60_000));
  const timer = setInterval(run, everyMs);
  first.unref();
  timer.unref();
  return {
    collect,
    close() {
      clearTimeout(first);
      clearInterval(timer);
    },
  };
}
