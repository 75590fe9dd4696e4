import type { Context } from 'hono';
import { refuse } from '../http/api-error.node.ts';
import type { NounDeps, WorkspaceEnv } from '../http/workspace-context.node.ts';
import { mayAct } from '../people/roles.ts';
import { describeFields } from './describe-import.ts';
import type { FileReading } from './file-reading.ts';
import { openFile } from './file-thread.node.ts';
import { settledOptions } from './kept-upload.node.ts';
import { keysOf, type ImportOptions } from './options.ts';
import { readUpload } from './read-upload.node.ts';
import { readSetting } from './read-setting.node.ts';
import { errorsKept, importDoc, importOf } from './record.ts';
import { pause, startImport, toldAlike } from './run.node.ts';
import type { ImportPlan, ImportSession, ImportTarget } from './session.node.ts';

/** Dry runs are not kept in documents, but for a while they can be asked for like any import. */
export interface DryRuns {
  put(workspaceId: string, id: string, place: string, answer: object): void;
  get(workspaceId: string, id: string): { readonly place: string; readonly answer: object } | undefined;
}
const dryRunsKept = 50;

export function makeDryRuns(): DryRuns {
  const kept = new Map<string, { readonly place: string; readonly answer: object }>();
  return {
    put(workspaceId, id, place, answer) {
      kept.set(`${workspaceId} ${id}`, { place, answer });
      for (const old of kept.keys()) if (kept.size > dryRunsKept) kept.delete(old);
    },
    get: (workspaceId, id) => kept.get(`${workspaceId} ${id}`),
  };
}

const planFor = async (session: ImportSession, file: FileReading, name: string, options: ImportOptions) => {
  const plan = await session.plan(file, name, options, pause);
  return { plan, skipped: new Set([...plan.errors.map(({ row }) => row), ...options.skip]).size };
};

const wouldDo = (id: string, { about }: FileReading, plan: ImportPlan, skipped: number) => ({
  id,
  status: 'dry-run',
  rows: about.rows,
  done: 0,
  planned: plan.created + plan.updated,
  created: plan.created,
  updated: plan.updated,
  unchanged: plan.unchanged,
  skipped,
  errors: plan.errors.slice(0, errorsKept),
  errorCount: plan.errors.length,
  ...toldAlike(plan),
  warnings: about.problems,
  also: plan.also,
  questions: about.questions,
});

/** What the wizard shows beside a dry run: the file, its columns, and where they can go. */
async function preview(
  session: ImportSession,
  file: FileReading,
  name: string,
  options: ImportOptions,
  plan: ImportPlan,
) {
  const { columns, makes: _makes, wrong: _wrong, questions: _questions, ...about } = file.about;
  const known = Object.fromEntries(columns.map(({ key }) => [key, session.knownValues(key)]));
  return {
    file: { name, ...about },
    noun: session.noun,
    board: { id: session.place.id, name: session.place.name },
    currency: options.currency ?? session.currency,
    makesNone: session.makesNone === true,
    keys: session.keyChoices(columns),
    defaultKey: session.defaultKey(columns),
    fields: describeFields(session.fields),
    ...(await file.describe({ errors: plan.errors, known })),
  };
}

/** Takes an upload: tries it (`dryRun`, `preview`) or starts it. */
export async function receiveImport(
  c: Context<WorkspaceEnv>,
  deps: NounDeps,
  targets: readonly ImportTarget[],
  dryRuns: DryRuns,
): Promise<Response> {
  const upload = await readUpload(c);
  if (upload instanceof Response) return upload;
  const { name, bytes, options } = upload;
  const ws = c.var.workspace;
  const target = targets.find(({ noun, singular }) => noun === options.noun || singular === options.noun);
  if (target?.least !== undefined && !mayAct(ws.actor.role, target.least))
    return refuse(c, 'forbidden', `This takes the role ${target.least} or more; yours is ${ws.actor.role}.`);
  const session = target && (await target.open(ws, deps, options.board));
  if (!session) return refuse(c, 'not-found', 'There is no such board.', { board: 'does not exist' });
  if (ws.accessTo(session.place.id) !== 'edit')
    return refuse(c, 'forbidden', 'You may look at this board, but not change it.');
  const id = deps.newId();
  // Before it is read, for the reading may take the bytes away.
  const kept = options.dryRun || options.preview || target?.resumes !== true ? undefined : deps.keptUploads;
  await kept?.keep(ws.id, id, bytes);
  const opened = await openFile(bytes, readSetting(session, options), deps.fileWorker);
  if (!opened.ok) {
    await kept?.drop(ws.id, id);
    const { code, message } = opened.error;
    return refuse(c, code.startsWith('too-') ? 'too-large' : 'invalid', message, { file: code });
  }
  const file = opened.value;
  let isRunning = false;
  try {
    const { wrong, questions, columns } = file.about;
    const [[wrongName, problem] = []] = Object.entries(wrong);
    if (wrongName !== undefined) return refuse(c, 'invalid', `${wrongName} ${problem}.`, wrong);
    const unknown = keysOf(options).find((key) => !session.isKey(columns, key));
    if (unknown !== undefined)
      return refuse(c, 'invalid', 'key is not a column that is imported.', { key: 'is not a column that is imported' });
    if (questions.length > 0 && !options.preview) {
      const asked = questions.map(({ column }) => `“${column}”`).join(', ');
      const message = `Not imported. ${asked} can be read in more than one way; say which in options.formats.`;
      return c.json({ error: { code: 'ambiguous', message }, questions }, 422);
    }
    const { plan, skipped } = await planFor(session, file, name, options);
    if (options.dryRun || options.preview) {
      const answer = wouldDo(id, file, plan, skipped);
      dryRuns.put(ws.id, id, session.place.id, answer);
      return c.json(options.preview ? { ...answer, ...(await preview(session, file, name, options, plan)) } : answer);
    }
    const settled = settledOptions(options, file.about);
    await kept?.describe(ws.id, id, { ...settled, name, board: session.place.id, role: ws.actor.role });
    const { finished } = await startImport(ws, deps, plan, id, {
      noun: session.noun,
      board: session.place.id,
      file: name,
      rows: file.about.rows,
      warnings: file.about.problems,
      skipped,
    });
    isRunning = true;
    void finished.finally(() => file.close());
    const record = await ws.hub.read(importDoc(id), importOf);
    return c.json({ id, ...record }, 202);
  } finally {
    if (!isRunning) {
      file.close();
      await kept?.drop(ws.id, id);
    }
  }
}
