import { join, resolve } from 'node:path';
import { checkContents } from '../../files/check-contents.ts';
import { contentsBeside, copyContents } from '../../files/copy-contents.ts';
import { makeFolder } from '../../make-folder.ts';
import { nouns } from '../../registry.ts';
import { version } from '../../version.ts';
import { backUpAll, backUpWorkspace, type CopiedFile } from '../backup.ts';
import type { Command } from '../commands.ts';
import { examine } from '../doctor.ts';
import { workspaceFile } from '../format.ts';
import { readableBytes } from '../readable-bytes.ts';
import { writeDown } from '../write-down.ts';

/** Copies of everything, or of one workspace, each proved sound; beside a running server or without. */
export const backup: Command = {
  takes: '[--to DIR] [--workspace ID]',
  does: 'copy everything, or one workspace, while the server runs',
  options: { to: { type: 'string' }, workspace: { type: 'string' } },
  async run({ dataDir, now, say }, _positionals, { to, workspace }) {
    const made = { at: now(), version };
    const stamp = new Date(made.at).toISOString().slice(0, 19).replaceAll(':', '-');
    const folder = resolve(typeof to === 'string' ? to : join(dataDir, 'backups', stamp));
    let copied: CopiedFile[];
    if (typeof workspace === 'string') {
      makeFolder(folder);
      copied = [await backUpWorkspace(dataDir, workspace, join(folder, `${workspace}.sqlite`), made)];
      await copyContents(contentsBeside(workspaceFile(dataDir, workspace)), join(folder, `${workspace}.files`));
    } else copied = await backUpAll(dataDir, folder, made);

    let problems = 0;
    const workspaces: { id: string; bytes: number }[] = [];
    for (const { path, bytes } of copied) {
      const id = /([^/\\]+)\.sqlite$/.exec(path)?.[1] ?? '';
      const isWorkspace = id !== 'control';
      const findings = isWorkspace ? (await examine(path, nouns)).findings.map(({ problem }) => problem) : [];
      const contents = isWorkspace ? await checkContents(path, contentsBeside(path)) : null;
      findings.push(...(contents?.problems ?? []));
      problems += findings.length;
      const ofFiles = contents === null || contents.count === 0 ? '' : ` + ${readableBytes(contents.bytes)} of files`;
      say(`${path}  ${readableBytes(bytes)}${ofFiles}  ${findings.length === 0 ? 'sound' : 'NOT SOUND'}`);
      for (const problem of findings) say(`  ${problem}`);
      if (id !== 'control' && findings.length === 0) workspaces.push({ id, bytes });
    }
    writeDown({ dataDir, now }, 'backup-made', workspaces);
    return problems === 0 ? 0 : 1;
  },
};
