import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { makeIds } from '@rapport/doc/ids';
import { makeAuditLog } from '../../control/audit.ts';
import { openControl } from '../../control/database.ts';
import { nouns } from '../../registry.ts';
import type { Command, CommandContext } from '../commands.ts';
import { eraseInFile } from '../erase/erase-in-file.ts';
import { noteErasure } from '../erase/note-erasure.ts';
import { placesWith } from '../erase/places-with.ts';
import { makeTerms } from '../erase/terms.ts';
import { refuseNewerFolder, workspaceFile, workspaceIds } from '../format.ts';
import { OperateProblem } from '../problem.ts';
import { isServerRunning } from '../in-use.ts';

/** Takes what is written about somebody out of documents, their histories and all that is derived from them. */
export const erasePerson: Command = {
  takes: 'TEXT... [--record ID]... [--workspace ID]',
  does: 'erase texts and records, history included; says where they still are',
  options: { record: { type: 'string', multiple: true }, workspace: { type: 'string' }, key: { type: 'string' } },
  async run(context, texts, { record, workspace, key }) {
    const { dataDir, now, say } = context;
    const records = (Array.isArray(record) ? record : []).map(String);
    if (texts.length + records.length === 0)
      throw new OperateProblem('erase-person takes the texts to erase, or --record with a record’s id.');
    refuseNewerFolder(dataDir);
    const given = makeTerms(texts).texts;
    const ids = workspaceIds(dataDir).filter((id) => workspace === undefined || id === workspace);
    if (ids.length === 0) throw new OperateProblem(`There is no such workspace in ${dataDir}.`);
    if (isServerRunning(dataDir)) return await askServer(context, { texts: given, records }, workspace, key);
    const searched = new Set(given);
    for (const id of ids) {
      const erased = await eraseInFile(workspaceFile(dataDir, id), { texts: given, records }, { nouns, now });
      for (const text of erased.texts) searched.add(text);
      note(context, id, erased.documents.length, records);
      say(`${id}  ${erased.documents.length} documents, ${erased.steps} steps of their histories`);
    }
    if (searched.size > given.length) say(`Texts looked for: ${[...searched].map((text) => `“${text}”`).join(', ')}`);
    return sayRemaining(context, placesWith(dataDir, [...searched]));
  },
};

function note({ dataDir, now }: CommandContext, workspaceId: string, documents: number, records: readonly string[]) {
  if (!existsSync(join(dataDir, 'control.sqlite'))) return;
  const control = openControl(dataDir, now);
  try {
    const database = control.handle;
    const audit = makeAuditLog({ database, newId: makeIds({ now, random: Math.random }), now });
    // A workspace that the control database does not know has no log there.
    if (database.prepare('SELECT 1 FROM workspaces WHERE id = ?').get(workspaceId) !== undefined)
      noteErasure(database, audit, { workspaceId, by: null, documents, records });
    database.exec('VACUUM');
    database.pragma('wal_checkpoint(TRUNCATE)');
  } finally {
    control.close();
  }
}

/** A server that runs has the files open and does it itself, for an administrator’s key. */
async function askServer(context: CommandContext, wanted: object, workspace: unknown, key: unknown): Promise<number> {
  if (typeof workspace !== 'string' || typeof key !== 'string')
    throw new OperateProblem(
      `A server is using ${relative(process.cwd(), context.dataDir) || '.'}. Stop it, or name --workspace ID and --key, an administrator’s API key, and it does it while it runs.`,
    );
  const reply = await fetch(`${context.publicUrl}/api/v1/w/${encodeURIComponent(workspace)}/erasures`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify(wanted),
  });
  const answer = (await reply.json()) as {
    documents?: number;
    steps?: number;
    remainingIn?: readonly string[];
    error?: { message: string };
  };
  if (!reply.ok) throw new OperateProblem(answer.error?.message ?? `The server said ${reply.status}.`);
  context.say(`${workspace}  ${answer.documents} documents, ${answer.steps} steps of their histories`);
  return sayRemaining(context, answer.remainingIn ?? []);
}

function sayRemaining({ say }: CommandContext, places: readonly string[]): number {
  say('Backups and exports that were made before still have them. Devices drop their copies when they next connect.');
  if (places.length === 0) {
    say('No file that was searched holds them any more.');
    return 0;
  }
  say('They are still in:');
  for (const place of places) say(`  ${place}`);
  return 1;
}
