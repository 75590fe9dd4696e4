import { existsSync, openAsBlob, renameSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { BlobReader, configure, TextWriter, ZipReader, type Entry } from '@zip.js/zip.js';
import { contentsBeside } from '../../files/copy-contents.ts';
import { makeFolder } from '../../make-folder.ts';
import { nouns } from '../../registry.ts';
import { makeLog } from '../../log.ts';
import { makeOpenHub } from '../../workspaces/open-hub.ts';
import { defaultLimits } from '@rapport/sync/server/limits';
import type { LogEntry } from '@rapport/sync/server/ports';
import { openSqliteStore, type SqliteStore } from '@rapport/sync/server/sqlite/sqlite-store';
import * as v from 'valibot';
import { admitWorkspace, type Admitted } from '../admit-workspace.ts';
import { makeScratch } from '../backup.ts';
import { examine } from '../doctor.ts';
import { refuseNewerFolder, workspaceFile, workspaceIds } from '../format.ts';
import { OperateProblem } from '../problem.ts';
import { readContents } from './contents-part.ts';
import { openControl } from '../../control/database.ts';
import { auditLine, keyLine, putControlParts } from './control-parts.ts';
import { putKeptRows } from './kept-tables.ts';
import { clientLine, documentLine, exportAbout, exportFormat, logLine, parts } from './export-format.ts';

configure({ useWebWorkers: false });

const entriesPerCommit = 500;

/**
 * Takes the ZIP of an export in as a workspace of this installation: the same history, documents, people and ids, rows
 * derived anew. It comes into its place only when it was read whole and found sound. The server must not be running.
 */
export async function readExport(
  file: string,
  { dataDir, now }: { dataDir: string; now: () => number },
): Promise<{ admitted: Admitted | null; path: string }> {
  refuseNewerFolder(dataDir);
  const zip = new ZipReader(new BlobReader(await openAsBlob(file)));
  try {
    const entries = await entriesOf(zip, file);
    const about = v.safeParse(exportAbout, JSON.parse(await textOf(entries, parts.about)));
    if (!about.success) throw new OperateProblem(`${file} is no export of a workspace: ${v.summarize(about.issues)}`);
    if (about.output.exportFormat > exportFormat)
      throw new OperateProblem(`${file} was written by a later version of the product. Use that one, or a later one.`);
    const { id, name } = about.output.workspace;
    // It becomes a file's name.
    if (!/^[0-9A-Za-z]{1,64}$/.test(id)) throw new OperateProblem(`${file} names its workspace in an impossible way.`);
    if (workspaceIds(dataDir).includes(id)) throw new OperateProblem(`“${name}” (${id}) is in ${dataDir} already.`);
    makeFolder(join(dataDir, 'workspaces'));
    const scratch = makeScratch(dataDir);
    try {
      const made = join(scratch.path, 'workspace.sqlite');
      await writeHistory(made, entries);
      const { hub, store } = await makeOpenHub({ nouns, limits: defaultLimits, now, log: makeLog('error') })(made);
      await hub.close();
      await store.close();
      await putKept(made, entries);
      const [finding] = (await examine(made, nouns)).findings;
      if (finding !== undefined) throw new OperateProblem(`${file} is not sound: ${finding.problem}`);
      await readContents(entries, contentsBeside(made));
      if (existsSync(contentsBeside(made)))
        renameSync(contentsBeside(made), contentsBeside(workspaceFile(dataDir, id)));
      renameSync(made, workspaceFile(dataDir, id));
    } finally {
      scratch.remove();
    }
    const admitted = admitWorkspace(dataDir, about.output, now);
    if (admitted !== null) await putKnown(dataDir, id, entries, now);
    return { admitted, path: workspaceFile(dataDir, id) };
  } finally {
    await zip.close();
  }
}

/** Keys and audit log; exports of earlier versions have neither. */
async function putKnown(dataDir: string, id: string, entries: Entries, now: () => number): Promise<void> {
  const keys = v.parse(v.array(keyLine), entries.has(parts.keys) ? JSON.parse(await textOf(entries, parts.keys)) : []);
  const audit = entries.has(parts.audit) ? linesOf(entries, parts.audit, auditLine) : none();
  const control = openControl(dataDir, now);
  try {
    await putControlParts(control.handle, id, { keys, audit }, now());
  } finally {
    control.close();
  }
}

async function* none(): AsyncGenerator<never> {}

type Entries = ReadonlyMap<string, Entry>;

async function entriesOf(zip: ZipReader<Blob>, file: string): Promise<Entries> {
  try {
    return new Map((await zip.getEntries()).map((entry) => [entry.filename, entry]));
  } catch (error) {
    throw new OperateProblem(`${file} is no ZIP: ${error instanceof Error ? error.message : String(error)}.`);
  }
}

function entryNamed(entries: Entries, name: string) {
  const entry = entries.get(name);
  if (entry === undefined || entry.directory) throw new OperateProblem(`The export has no ${name}.`);
  return entry;
}

const textOf = (entries: Entries, name: string): Promise<string> =>
  entryNamed(entries, name).getData(new TextWriter(), { checkSignature: true });

/** The lines of one file, checked, while it is being unpacked. */
async function* linesOf<S extends v.GenericSchema>(
  entries: Entries,
  name: string,
  line: S,
): AsyncGenerator<v.InferOutput<S>> {
  const { readable, writable } = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>();
  const unpacking = entryNamed(entries, name).getData(writable, { checkSignature: true });
  // Told through the stream, too; whoever stops reading early has its own reason.
  unpacking.catch(() => undefined);
  let rest = '';
  let number = 0;
  const check = (text: string) => {
    number += 1;
    const read = v.safeParse(line, JSON.parse(text));
    if (!read.success) throw new OperateProblem(`${name}, line ${number}: ${v.summarize(read.issues)}`);
    return read.output;
  };
  for await (const piece of readable.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + piece).split('\n');
    rest = lines.pop() ?? '';
    for (const text of lines) yield check(text);
  }
  await unpacking;
  if (rest !== '') throw new OperateProblem(`${name} ends in the middle of a line.`);
}

async function writeHistory(path: string, entries: Entries): Promise<void> {
  const store = openSqliteStore({ path });
  try {
    const documents = await collect(linesOf(entries, parts.documents, documentLine));
    // A document comes into being with the commit that began at this step.
    await commitLog(
      store,
      entries,
      Map.groupBy(documents, ({ createdSeq }) => createdSeq),
    );
    const put = store.database.prepare('INSERT INTO sync_erasures (doc, mark) VALUES (?, ?)');
    // Devices with a copy from before it was erased must drop it here, too.
    for (const { name, erased } of documents) if (erased != null) put.run(name, erased);
    const clients = await collect(linesOf(entries, parts.clients, clientLine));
    await store.commit({ entries: [], writes: [], clients });
  } finally {
    await store.close();
  }
}

/** Who shares what with whom must come along: without it, what was private would be everybody's. */
async function putKept(path: string, entries: Entries): Promise<void> {
  const database = new Sqlite(path);
  try {
    for (const name of entries.keys()) {
      const table = /^kept\/([a-z_]+)\.json$/.exec(name)?.[1];
      if (table !== undefined) putKeptRows(database, table, await textOf(entries, name));
    }
  } finally {
    database.close();
  }
}

async function collect<T>(lines: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const line of lines) all.push(line);
  return all;
}

async function commitLog(
  store: SqliteStore,
  entries: Entries,
  born: ReadonlyMap<number, readonly { name: string }[]>,
): Promise<void> {
  let creates = (born.get(0) ?? []).map(({ name }) => name);
  let batch: LogEntry[] = [];
  const flush = async () => {
    if (batch.length > 0 || creates.length > 0) await store.commit({ entries: batch, writes: [], creates });
    batch = [];
    creates = [];
  };
  for await (const { agent, update, ...step } of linesOf(entries, parts.log, logLine)) {
    const begins = born.get(step.seq);
    if (begins !== undefined || batch.length >= entriesPerCommit) await flush();
    if (begins !== undefined) creates = begins.map(({ name }) => name);
    batch.push({ ...step, ...(agent === undefined ? {} : { agent }), update: Buffer.from(update, 'base64') });
  }
  await flush();
}
