import { existsSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import type { Command } from '../commands.ts';
import { readExport } from '../export/read-export.ts';
import { OperateProblem } from '../problem.ts';
import { refuseRunningServer } from '../restore.ts';
import { sayAdmitted } from '../say-admitted.ts';
import { writeDown } from '../write-down.ts';

/** Takes an export's ZIP in. */
export const restoreExport: Command = {
  takes: 'FILE',
  does: 'take in a workspace from the ZIP of an export',
  options: {},
  async run({ dataDir, publicUrl, now, say }, [file, ...others]) {
    if (file === undefined || others.length > 0) throw new OperateProblem('restore-export takes one file.');
    if (!existsSync(file)) throw new OperateProblem(`${file} is not there.`);
    refuseRunningServer(dataDir);
    const { admitted, path } = await readExport(file, { dataDir, now });
    say(`restored ${path}`);
    if (admitted !== null) sayAdmitted(admitted, publicUrl, say);
    writeDown({ dataDir, now }, 'backup-restored', [{ id: basename(path, '.sqlite'), bytes: statSync(path).size }]);
    return 0;
  },
};
