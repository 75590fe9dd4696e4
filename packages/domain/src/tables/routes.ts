import { Hono, type Context } from 'hono';
import * as v from 'valibot';
import { refuse } from '../http/api-error.node.ts';
import { body, query } from '../http/body.node.ts';
import { describe } from '../http/describe.node.ts';
import { requireRole, type NounDeps, type WorkspaceEnv } from '../http/workspace-context.node.ts';
import { asked, columnKey, columnKeys, customOf, questionOf, refused, whole } from './asked.node.ts';
import { editRows, type RowEdit } from './edit-rows.node.ts';
import { exportRoutes } from './export-routes.ts';
import { makeTableJobs } from './read-jobs.node.ts';
import { withCustom, type TableDef } from './table-def.ts';
import type { TableEdits } from './table-edits.ts';

const tag = 'Tables';
const columnReply = v.object({
  key: v.string(),
  spec: v.any(),
  isEditable: v.boolean(),
  takesNames: v.optional(v.boolean()),
  isChosen: v.optional(v.pipe(v.boolean(), v.description('Its values depend on the row: ask for them'))),
});
const raceReply = v.object({
  id: v.string(),
  kept: v.any(),
  keptBy: v.string(),
  other: v.any(),
  otherBy: v.string(),
});
const rowReply = v.object({
  id: v.string(),
  doc: v.string(),
  values: v.record(v.string(), v.any()),
  races: v.optional(
    v.pipe(
      v.record(v.string(), raceReply),
      v.description('Cells that two people set at once, by key: the other value is here'),
    ),
  ),
});
const names = v.pipe(v.record(v.string(), v.string()), v.description('Names of records that values refer to, by id'));
const sums = v.record(v.string(), v.object({ sum: v.number(), count: v.number() }));
const summaryReply = v.object({
  total: v.number(),
  columns: v.record(v.string(), v.object({ filled: v.number(), sums })),
  groups: v.nullable(
    v.array(
      v.object({
        value: v.nullable(v.union([v.string(), v.number()])),
        count: v.number(),
        sums: v.record(v.string(), sums),
      }),
    ),
  ),
  names,
});
const values = v.record(v.string(), v.any());
const lists = v.pipe(
  v.record(v.string(), v.pipe(v.array(v.pipe(v.string(), v.maxLength(200))), v.maxLength(100))),
  v.description('Of columns of several choices: what is added to, or taken from, those that stand there'),
);
const raceAnswer = v.pipe(
  v.strictObject({ race: v.pipe(v.string(), v.maxLength(300)), how: v.picklist(['swap', 'keep', 'open']) }),
  v.description('Which of two values that raced stands; `race` is its id in the row'),
);
const editsBody = v.strictObject({
  edits: v.pipe(
    v.array(
      v.strictObject({
        id: v.string(),
        values: v.optional(values),
        was: v.optional(values),
        back: v.optional(v.pipe(v.boolean(), v.description('Takes back what an earlier edit told as done'))),
        add: v.optional(lists),
        remove: v.optional(lists),
        gone: v.optional(v.pipe(v.boolean(), v.description('Into the bin, or out of it again'))),
        answer: v.optional(raceAnswer),
      }),
    ),
    v.minLength(1),
    v.maxLength(5000, 'are more than 5,000'),
  ),
});
const editsReply = v.object({
  done: v.array(
    v.object({
      id: v.string(),
      before: values,
      after: values,
      gone: v.optional(v.boolean()),
      answer: v.optional(raceAnswer),
    }),
  ),
  refused: v.array(v.object({ id: v.string(), message: v.string(), fields: v.record(v.string(), v.string()) })),
  kept: v.array(
    v.object({
      id: v.string(),
      fields: v.array(v.string()),
      beside: v.pipe(v.array(v.string()), v.description('Of these what was sent is kept as the other value of a race')),
    }),
  ),
});

/** Tables of all nouns: what to show, the rows of a window, sums and groups, edits, and files for spreadsheets. */
export function tableRoutes(
  tables: readonly TableDef[],
  edits: readonly TableEdits[],
  deps: NounDeps,
): Hono<WorkspaceEnv> {
  const jobs = makeTableJobs(tables);
  const missing = 'There is no such table.';
  const defOf = (c: Context) => tables.find(({ plural }) => plural === c.req.param('noun'));
  return new Hono<WorkspaceEnv>()
    .get(
      '/tables/:noun',
      describe({
        tag,
        summary: 'The columns of a table',
        description: `Tables: ${tables.map(({ plural }) => plural).join(', ')}.`,
        reply: v.object({
          noun: v.string(),
          title: v.string(),
          columns: v.array(columnReply),
          shown: v.array(v.string()),
          follows: v.array(v.string()),
        }),
      }),
      async (c) => {
        const def = defOf(c);
        if (def === undefined) return refuse(c, 'not-found', missing);
        const { noun, title, shown, follows, columns } = withCustom(def, await customOf(c.var.workspace, def));
        return c.json({
          noun,
          title,
          shown,
          follows: [...follows, 'races'],
          columns: columns.map(({ key, spec, isEditable, choices, takesNames }) => ({
            key,
            spec,
            isEditable,
            ...(choices === undefined ? {} : { isChosen: true }),
            ...(takesNames === true && spec.type === 'reference' ? { takesNames } : {}),
          })),
        });
      },
    )
    .get(
      '/tables/:noun/rows',
      describe({
        tag,
        summary: 'Rows of a window',
        description: 'Any window of the rows in order, 500 at most.',
        reply: v.object({ items: v.array(rowReply), names }),
      }),
      query(
        v.strictObject({ ...asked, offset: v.optional(whole(100_000_000), '0'), limit: v.optional(whole(500), '100') }),
      ),
      async (c) => {
        const def = defOf(c);
        if (def === undefined) return refuse(c, 'not-found', missing);
        const { offset, limit, ...rest } = c.req.valid('query');
        const question = await questionOf(deps, c.var.workspace, def, rest);
        if (!question.ok) return refused(c, question);
        const answer = await c.var.workspace.read(jobs.rows, { ...question.value, offset, limit });
        return answer.ok ? c.json(answer.value) : refused(c, answer);
      },
    )
    .get(
      '/tables/:noun/summary',
      describe({ tag, summary: 'How many rows, sums of columns, and groups', reply: summaryReply }),
      query(v.strictObject({ ...asked, columns: v.optional(columnKeys, '') })),
      async (c) => {
        const def = defOf(c);
        if (def === undefined) return refuse(c, 'not-found', missing);
        const { columns, ...rest } = c.req.valid('query');
        const question = await questionOf(deps, c.var.workspace, def, rest);
        if (!question.ok) return refused(c, question);
        const answer = await c.var.workspace.read(jobs.summary, { ...question.value, columns });
        return answer.ok ? c.json(answer.value) : refused(c, answer);
      },
    )
    .get(
      '/tables/:noun/ids',
      describe({
        tag,
        summary: 'Ids of all rows in order',
        description: 'For choosing all of what a filter finds.',
        reply: v.object({ ids: v.array(v.string()) }),
      }),
      query(v.strictObject(asked)),
      async (c) => {
        const def = defOf(c);
        if (def === undefined) return refuse(c, 'not-found', missing);
        const question = await questionOf(deps, c.var.workspace, def, c.req.valid('query'));
        if (!question.ok) return refused(c, question);
        const answer = await c.var.workspace.read(jobs.ids, question.value);
        return answer.ok ? c.json({ ids: answer.value }) : refused(c, answer);
      },
    )
    .get(
      '/tables/:noun/values',
      describe({
        tag,
        summary: 'Values of a column',
        description:
          'Those that stand in it, the most frequent first, 200 at most; with `row`, those that this row can have in a ' +
          'column whose choices depend on the row, such as the stage of a deal.',
        reply: v.object({ items: v.array(v.string()) }),
      }),
      query(v.strictObject({ column: columnKey, row: v.optional(v.pipe(v.string(), v.maxLength(60))) })),
      async (c) => {
        const def = defOf(c);
        if (def === undefined) return refuse(c, 'not-found', missing);
        const { column, row = null } = c.req.valid('query');
        const custom = await customOf(c.var.workspace, def);
        const answer = await c.var.workspace.read(jobs.values, { table: def.plural, custom, column, row });
        return answer.ok ? c.json({ items: answer.value }) : refused(c, answer);
      },
    )
    .post(
      '/tables/:noun/edits',
      requireRole('member'),
      describe({
        tag,
        summary: 'Edit many rows',
        description:
          'Each row is edited by its own operation. Rows that cannot be are told with the reason; the others are done. ' +
          'With `was`, a field that has another value by now is kept, and what was sent stands beside it as a race.',
        reply: editsReply,
      }),
      body(editsBody),
      async (c) => {
        const def = defOf(c);
        const own = edits.find(({ plural }) => plural === def?.plural);
        if (def === undefined || own === undefined) return refuse(c, 'not-found', missing);
        const ws = c.var.workspace;
        const custom = await customOf(ws, def);
        const env = { now: deps.now(), random: Math.random, newId: deps.newId, custom };
        const given = c.req.valid('json').edits as readonly RowEdit[];
        return c.json(await editRows(ws, withCustom(def, custom), own, given, env));
      },
    )
    .route('/', exportRoutes(tables, deps));
}
