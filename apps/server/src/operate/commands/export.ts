import { createWriteStream, existsSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Writable } from 'node:stream';
import Sqlite from 'better-sqlite3';
import { version } from '../../version.ts';
import { aboutWorkspace } from '../about-copy.ts';
import type { Command } from '../commands.ts';
import { controlParts } from '../export/control-parts.ts';
import { writeExport } from '../export/write-export.ts';
import { refuseNewerFolder, workspaceFile } from '../format.ts';
import { OperateProblem } from '../problem.ts';
import { readableBytes } from '../readable-bytes.ts';
import { writeDown } from '../write-down.ts';

/** The ZIP that `GET /api/v1/w/:ws/export` answers with. */
export const exportCommand: Command = {
  takes: 'WORKSPACE [--to FILE]',
  does: 'write everything of a workspace as a ZIP (JSON, CSV, history)',
  options: { to: { type: 'string' } },
  async run({ dataDir, now, say }, [id, ...others], { to }) {
    if (id === undefined || others.length > 0) throw new OperateProblem('export takes the id of one workspace.');
    refuseNewerFolder(dataDir);
    const file = resolve(typeof to === 'string' ? to : `${id}.zip`);
    if (existsSync(file)) throw new OperateProblem(`${file} is there already.`);
    if (!existsSync(workspaceFile(dataDir, id))) throw new OperateProblem(`There is no workspace ${id} in ${dataDir}.`);
    const control = new Sqlite(join(dataDir, 'control.sqlite'), { readonly: true, timeout: 5000 });
    const about = aboutWorkspace(control, id, { at: now(), version });
    if (about === null) throw new OperateProblem(`control.sqlite in ${dataDir} does not know the workspace ${id}.`);
    try {
      const to = Writable.toWeb(createWriteStream(file, { mode: 0o600 }));
      await writeExport(workspaceFile(dataDir, id), about, controlParts(control, id), to);
    } catch (error) {
      rmSync(file, { force: true });
      throw error;
    } finally {
      control.close();
    }
    const bytes = statSync(file).size;
    writeDown({ dataDir, now }, 'export-made', [{ id, bytes }]);
    say(`${file}  ${readableBytes(bytes)}`);
    return 0;
  },
};
