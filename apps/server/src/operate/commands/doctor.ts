import { existsSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { checkContents } from '../../files/check-contents.ts';
import { contentsBeside } from '../../files/copy-contents.ts';
import { nouns } from '../../registry.ts';
import type { Command } from '../commands.ts';
import { proveWhole } from '../copy-database.ts';
import { examine } from '../doctor.ts';
import { refuseNewerFolder, workspaceFile, workspaceIds } from '../format.ts';
import { findOrphans } from '../orphan-files.ts';
import { OperateProblem } from '../problem.ts';
import { readableBytes } from '../readable-bytes.ts';
import { refuseRunningServer } from '../restore.ts';

/** Examines everything and says what it finds; exit code 1 when something is wrong and was not repaired. */
export const doctor: Command = {
  takes: '[--workspace ID] [--repair]',
  does: 'check files, logs, snapshots and derived rows; sizes',
  options: { workspace: { type: 'string' }, repair: { type: 'boolean' } },
  async run({ dataDir, say }, _positionals, { workspace, repair }) {
    refuseNewerFolder(dataDir);
    const controlPath = join(dataDir, 'control.sqlite');
    if (!existsSync(controlPath)) throw new OperateProblem(`There is no control.sqlite in ${dataDir}.`);
    if (repair === true) refuseRunningServer(dataDir);
    const ids = workspaceIds(dataDir).filter((id) => workspace === undefined || id === workspace);
    if (workspace !== undefined && ids.length === 0)
      throw new OperateProblem(`There is no workspace ${String(workspace)} in ${dataDir}.`);
    let unrepaired = 0;
    const control = new Sqlite(controlPath, { readonly: true, timeout: 5000 });
    try {
      proveWhole(control, controlPath);
      say('control.sqlite  sound');
      for (const sentence of findOrphans(dataDir, control)) say(`note: ${sentence}`);
    } finally {
      control.close();
    }
    for (const id of ids) {
      const { findings, sizes } = await examine(workspaceFile(dataDir, id), nouns, { repair: repair === true });
      say(
        `${id}  ${findings.length === 0 ? 'sound' : `${findings.length} problems`}  file ${readableBytes(sizes.fileBytes)}` +
          ` + ${readableBytes(sizes.walBytes)} unfolded, ${sizes.documents} documents, log ${sizes.logRows} rows` +
          ` ${readableBytes(sizes.logBytes)}, snapshots ${readableBytes(sizes.snapshotBytes)}`,
      );
      for (const finding of findings) {
        const isRepaired = repair === true && finding.repair !== null;
        if (!isRepaired) unrepaired += 1;
        say(`  ${finding.problem} ${whatToDo(finding.repair, isRepaired)}`);
      }
      const contents = await checkContents(workspaceFile(dataDir, id), contentsBeside(workspaceFile(dataDir, id)));
      unrepaired += contents.problems.length;
      if (contents.count > 0 || contents.problems.length > 0)
        say(
          `  ${contents.count} contents of files, ${readableBytes(contents.bytes)}` +
            `${contents.unnamed === 0 ? '' : `; ${contents.unnamed} are named by no file and go after 30 days`}`,
        );
      for (const problem of contents.problems) say(`  ${problem} ${whatToDo(null, false)}`);
    }
    return unrepaired === 0 ? 0 : 1;
  },
};

function whatToDo(repair: string | null, isRepaired: boolean): string {
  if (repair === null) return 'Restore a backup.';
  return isRepaired ? `Repaired: ${repair}` : `With --repair: ${repair}`;
}
