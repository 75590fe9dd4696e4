import { basename } from 'node:path';
import { statSync } from 'node:fs';
import type { Command } from '../commands.ts';
import { sayAdmitted } from '../say-admitted.ts';
import { OperateProblem } from '../problem.ts';
import { restore } from '../restore.ts';
import { writeDown } from '../write-down.ts';

/** Puts a backup in place of what is there. */
export const restoreCommand: Command = {
  takes: 'FROM [--force]',
  does: 'put back a folder or a workspace’s file made by backup',
  options: { force: { type: 'boolean' } },
  async run({ dataDir, publicUrl, now, say }, [from, ...others], { force }) {
    if (from === undefined || others.length > 0) throw new OperateProblem('restore takes one folder or file.');
    const { files, keptIn, admitted } = await restore(from, { dataDir, force: force === true, now });
    for (const file of files) say(`restored ${file}`);
    if (keptIn !== null) say(`what was there before lies in ${keptIn}`);
    if (admitted !== null) sayAdmitted(admitted, publicUrl, say);
    const workspaces = files
      .filter((file) => basename(file) !== 'control.sqlite')
      .map((file) => ({ id: basename(file, '.sqlite'), bytes: statSync(file).size }));
    writeDown({ dataDir, now }, 'backup-restored', workspaces);
    return 0;
  },
};
