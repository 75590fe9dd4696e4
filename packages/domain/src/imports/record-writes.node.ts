import { applyPatch } from '@rapport/doc/patch';
import type { Author } from '@rapport/sync/server/ports';
import type { NounDeps, WorkspaceContext } from '../http/workspace-context.node.ts';
import type { BatchDone } from './batch-record.ts';
import { pagesOf, type FileReading } from './file-reading.ts';
import { makeFields } from './make-fields.node.ts';
import { nameKey } from './name-key.ts';
import { isEmptyDraft } from './record-draft.ts';
import type { RecordType } from '../records/record-type.ts';
import { createPatch, docOf, updatePatch, type DraftEnv, type RecordDraft } from './record-noun.ts';
import type { RecordPlan, RecordPlanSetting, RowDraft } from './record-plan.node.ts';
import type { Batch, Made } from './session.node.ts';

/** Documents in one commit: three milliseconds of work that a keystroke waits for at most; fewer would not be worth the wait for the disk. */
const batchSize = 10;

/** One record to be made or changed. */
export interface RecordWrite {
  readonly type: RecordType;
  readonly id: string;
  readonly draft: RecordDraft;
  /** Null: it comes into being. */
  readonly update: 'overwrite' | 'fill' | null;
  /** The row of the file that it is; null: rows only name it. */
  readonly row: number | null;
}

function batchOf(writes: readonly RecordWrite[], env: DraftEnv): Batch {
  const docs = [...new Set(writes.map(({ type, id }) => docOf(type, id)))];
  const creates = writes.filter(({ update }) => update === null);
  const rows = writes.filter(({ row }) => row !== null);
  return {
    rows: rows.length,
    created: rows.filter(({ update }) => update === null).length,
    updated: rows.filter(({ update }) => update !== null).length,
    written: { rows: rows.flatMap(({ row }) => row ?? []), ids: rows.map(({ id }) => id) },
    docs,
    creates: creates.map(({ type, id }) => docOf(type, id)),
    brief: docs,
    edit(lives): BatchDone {
      const byDoc = new Map(docs.map((doc, at) => [doc, lives[at]]));
      const applied: { doc: string; applied: ReturnType<typeof applyPatch> }[] = [];
      for (const { type, id, draft, update } of writes) {
        const doc = docOf(type, id);
        const live = byDoc.get(doc);
        if (!live) continue;
        if (update === null) applyPatch(live, createPatch(type, draft, env));
        else applied.push({ doc, applied: applyPatch(live, updatePatch(type, live, draft, update, env)) });
      }
      const changed = applied.filter((each) => each.applied.changes.length > 0 || each.applied.created.length > 0);
      return { made: creates.map(({ id }) => id), applied: changed };
    },
  };
}

/** Cuts writes into batches; a record that was just begun is never in the same batch twice. */
export async function* recordBatches(
  writes: AsyncIterable<RecordWrite> | Iterable<RecordWrite>,
  env: DraftEnv,
): AsyncGenerator<Batch> {
  let some: RecordWrite[] = [];
  for await (const write of writes) {
    some.push(write);
    if (some.length < batchSize) continue;
    yield batchOf(some, env);
    some = [];
  }
  if (some.length > 0) yield batchOf(some, env);
}

export interface RecordWork {
  readonly file: FileReading;
  readonly plan: RecordPlan;
  readonly setting: RecordPlanSetting;
}

/** Makes fields and people that the rows need, and hands out the batches; rows are read once more as they are written. */
export async function beginRecordImport(
  ws: WorkspaceContext,
  deps: NounDeps,
  author: Author,
  { file, plan, setting }: RecordWork,
): Promise<{ made: Made; batches: AsyncIterable<Batch> }> {
  const { main, companies, whenThere } = setting;
  const fields = await makeFields(ws, deps, author, main.type.noun, {
    fields: file.about.makes,
    options: plan.options.main,
  });
  await makeFields(ws, deps, author, companies.type.noun, { fields: [], options: plan.options.companies });
  const known = new Set(ws.people.list().map(({ id }) => id));
  const people = plan.people.length === 0 ? [] : ws.people.ensurePending(plan.people).map(({ id }) => id);
  const { env } = setting;
  const mode = whenThere === 'fill' ? 'fill' : 'overwrite';
  /** Company's mark → its id. */
  const ids = new Map<string, string>();
  for (const [mark, { id }] of plan.book.all()) if (id !== null) ids.set(mark, id);

  const withOwner = (draft: RecordDraft, { owner }: RowDraft): RecordDraft => {
    if (owner === null) return draft;
    const id = 'id' in owner ? owner.id : people[owner.added];
    return id === undefined ? draft : { ...draft, values: { ...draft.values, owner: id } };
  };

  function* namedCompanies(): Generator<RecordWrite> {
    for (const [mark, { id, draft }] of plan.book.all()) {
      const had = id ?? ids.get(mark);
      const row = null;
      if (had === undefined) {
        const fresh = deps.newId();
        ids.set(mark, fresh);
        yield { type: companies.type, id: fresh, draft, update: null, row };
      } else if (main.noun === 'contacts') {
        const { name: _name, ...values } = draft.values;
        const more = { ...draft, values };
        if (!isEmptyDraft(more)) yield { type: companies.type, id: had, draft: more, update: 'fill', row };
      }
    }
  }

  /** Child → mark of its parent, which may stand further down in the file. */
  const parents: { id: string; mark: string }[] = [];
  const idByName = new Map<string, string>();

  async function* rows(): AsyncGenerator<RecordWrite> {
    for await (const page of pagesOf(file))
      for (const row of page.rows) {
        const written = setting.done.get(row.row);
        // Of a company that is written the parent may not be.
        if (main.noun === 'companies' ? plan.left.has(row.row) && written === undefined : plan.left.has(row.row))
          continue;
        const read = plan.read(row);
        if (read.draft === null) continue;
        const there = plan.there.get(row.row);
        const id = written ?? there ?? deps.newId();
        const company = read.company === null ? undefined : ids.get(read.company);
        const draft = withOwner(read.draft, read);
        if (main.noun === 'companies') {
          if (read.company !== null) parents.push({ id, mark: read.company });
          const key = nameKey(String(draft.values.name ?? ''));
          if (!idByName.has(key)) idByName.set(key, id);
        }
        if (written !== undefined) continue;
        const linked = main.noun === 'contacts' && company !== undefined ? { ...draft, company } : draft;
        yield { type: main.type, id, draft: linked, update: there === undefined ? null : mode, row: row.row };
      }
  }

  function* parentLinks(): Generator<RecordWrite> {
    for (const { id, mark } of parents) {
      const company = ids.get(mark);
      // Nobody is their own parent.
      if (company === undefined || company === id) continue;
      yield { type: main.type, id, draft: { values: { parent: company }, points: [] }, update: mode, row: null };
    }
  }

  async function* batches(): AsyncGenerator<Batch> {
    if (main.noun === 'contacts') yield* recordBatches(namedCompanies(), env);
    yield* recordBatches(rows(), env);
    if (main.noun !== 'companies') return;
    for (const [mark, { id, draft }] of plan.book.all()) {
      const row = idByName.get(nameKey(String(draft.values.name ?? '')));
      if (id === null && row !== undefined) ids.set(mark, row);
    }
    yield* recordBatches(namedCompanies(), env);
    yield* recordBatches(parentLinks(), env);
  }

  return { made: { stages: [], fields, people: people.filter((id) => !known.has(id)) }, batches: batches() };
}
