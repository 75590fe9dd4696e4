import { existsSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import Sqlite from 'better-sqlite3';
import type { Command } from '../commands.ts';
import { mentionsIn } from '../erase/mentions.ts';
import { textsOfRecordIn } from '../erase/record-texts.ts';
import { makeTerms } from '../erase/terms.ts';
import { refuseNewerFolder, workspaceFile, workspaceIds } from '../format.ts';
import { OperateProblem } from '../problem.ts';
import { writeDown } from '../write-down.ts';

/** What is written about somebody, for them: the counterpart of `erase-person`. */
export const exportMentions: Command = {
  takes: 'TEXT... [--record ID]... [--to FILE]',
  does: 'write what is said of a person in documents and their feed, as JSON',
  options: {
    record: { type: 'string', multiple: true },
    workspace: { type: 'string' },
    to: { type: 'string' },
  },
  async run({ dataDir, now, say }, texts, { record, workspace, to }) {
    const records = (Array.isArray(record) ? record : []).map(String);
    if (texts.length + records.length === 0)
      throw new OperateProblem('export-mentions takes the texts to look for, or --record with a record’s id.');
    refuseNewerFolder(dataDir);
    const file = resolve(typeof to === 'string' ? to : 'mentions.json');
    if (existsSync(file)) throw new OperateProblem(`${file} is there already.`);
    const ids = workspaceIds(dataDir).filter((id) => workspace === undefined || id === workspace);
    const workspaces = ids.map((id) => {
      const database = new Sqlite(workspaceFile(dataDir, id), { readonly: true, timeout: 5000 });
      try {
        const terms = makeTerms([...texts, ...records.flatMap((each) => textsOfRecordIn(database, each))]);
        return { workspace: id, texts: terms.texts, tables: mentionsIn(database, terms, records) };
      } finally {
        database.close();
      }
    });
    const found = workspaces.filter(({ tables }) => Object.keys(tables).length > 0);
    const text = `${JSON.stringify({ workspaces: found }, null, 2)}\n`;
    writeFileSync(file, text, { mode: 0o600, flag: 'wx' });
    writeDown(
      { dataDir, now },
      'person-exported',
      found.map(({ workspace: id }) => ({ id, bytes: text.length })),
    );
    say(`${file}  ${found.length} workspaces`);
    return 0;
  },
};
