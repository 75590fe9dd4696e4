import { applyPatch } from '@rapport/doc/patch';
import { ok } from '@rapport/doc/result';
import { Hono } from 'hono';
import * as v from 'valibot';
import { openShare, privateShare } from '../access/share.ts';
import { customFieldsOf } from '../custom-fields.ts';
import { refuse } from '../http/api-error.node.ts';
import { body, query } from '../http/body.node.ts';
import { describe } from '../http/describe.node.ts';
import { fieldsSchema } from '../http/field-schema.node.ts';
import { listOf, listQuery } from '../http/list.node.ts';
import {
  requireRole,
  type NounDeps,
  type WorkspaceContext,
  type WorkspaceEnv,
} from '../http/workspace-context.node.ts';
import { listRecords, recordSorts } from './list-records.node.ts';
import { deleteRecord, editFields, newRecord, restoreRecord, type RecordEnv } from './ops.ts';
import { partRoutes } from './part-routes.ts';
import { perform, refuseOp } from './perform.node.ts';
import type { Link } from './read-record.ts';
import { addressSchema, recordRow, recordSchemaOf, wholeRecord, wholeRecordSchemaOf } from './record-rows.node.ts';
import { documentOf, type RecordType } from './record-type.ts';
import { replacePoints, type PointList } from './replace-points.ts';
import { timelineRoutes } from './timeline-routes.ts';

const point = <S extends v.GenericSchema>(value: S) =>
  v.optional(
    v.pipe(
      v.array(v.strictObject({ value, type: v.optional(v.string()), primary: v.optional(v.boolean()) })),
      v.maxLength(50),
    ),
  );
const pointLists = {
  emails: point(v.string()),
  phones: point(v.string()),
  addresses: point(v.union([addressSchema, v.string()])),
};
type PointLists = v.InferOutput<v.StrictObjectSchema<typeof pointLists, undefined>>;

const listsOf = ({ emails, phones, addresses }: PointLists): PointList[] => [
  ...(emails === undefined ? [] : [{ kind: 'email' as const, entries: emails }]),
  ...(phones === undefined ? [] : [{ kind: 'phone' as const, entries: phones }]),
  ...(addresses === undefined ? [] : [{ kind: 'address' as const, entries: addresses }]),
];
const recordId = v.pipe(v.string(), v.regex(/^[\w.~-]{1,100}$/, 'must be an id'));

/** Values of a body as an operation takes them: custom ones beside the others. */
const valuesOf = ({ custom, ...rest }: Readonly<Record<string, unknown>>): Record<string, unknown> => ({
  ...rest,
  ...(custom as object | undefined),
});

/** The API of one noun of one-record documents. Every write is an operation on the record's document. */
export function recordRoutes(type: RecordType, deps: NounDeps): Hono<WorkspaceEnv> {
  const path = `/${type.plural}` as const;
  const tag = `${type.plural.charAt(0).toUpperCase()}${type.plural.slice(1)}`;
  const missing = `There is no such ${type.noun}.`;
  const custom = v.optional(v.pipe(v.record(v.string(), v.any()), v.description('Values of custom fields by key')));
  const fields = {
    name: v.optional(v.pipe(v.string(), v.description('What it is called, as one text'))),
    ...fieldsSchema(type.fields),
    custom,
  };
  const envOf = async (ws: WorkspaceContext): Promise<RecordEnv> => ({
    now: deps.now(),
    custom: await ws.hub.read('workspace', (doc) => customFieldsOf(doc, type.noun)),
  });
  const ownerProblem = (ws: WorkspaceContext, { owner }: Readonly<Record<string, unknown>>): string | null =>
    typeof owner === 'string' && owner !== '' && ws.people.get(owner) === null ? 'is not a member' : null;

  return new Hono<WorkspaceEnv>()
    .get(
      path,
      describe({
        tag,
        summary: `List the ${type.plural}`,
        description: `Sort by ${recordSorts.join(', ')}. \`q\` looks in names, e-mails, phones and addresses.`,
        reply: listOf(recordSchemaOf(type)),
      }),
      query(
        v.strictObject({
          ...listQuery,
          owner: v.optional(v.string()),
          tag: v.optional(v.string()),
          company: v.optional(v.string()),
          email: v.optional(v.string()),
          parent: v.optional(v.pipe(v.string(), v.description('Of companies: the id of the one they are a part of'))),
          deleted: v.optional(v.picklist(['true', 'false']), 'false'),
        }),
      ),
      (c) => {
        const { deleted, ...wanted } = c.req.valid('query');
        if (wanted.parent !== undefined && !Object.hasOwn(type.fields, 'parent'))
          return refuse(c, 'invalid', 'parent is for companies alone.', { parent: 'is not a field of these' });
        return c.json(listRecords(c.var.workspace, type, { ...wanted, isDeleted: deleted === 'true' }));
      },
    )
    .post(
      path,
      requireRole('member'),
      describe({
        tag,
        summary: `Create ${type.article}`,
        description: 'The first of several e-mails, phones, addresses and companies is the primary one.',
        status: 201,
        reply: wholeRecordSchemaOf(type),
      }),
      body(
        v.strictObject({
          ...fields,
          ...pointLists,
          companies: v.optional(
            v.pipe(v.array(v.strictObject({ id: recordId, role: v.optional(v.string()) })), v.maxLength(50)),
          ),
          private: v.optional(v.pipe(v.boolean(), v.description('Until it is shared, its maker alone may open it'))),
        }),
      ),
      async (c) => {
        const ws = c.var.workspace;
        const { emails, phones, addresses, companies, private: isPrivate, ...given } = c.req.valid('json');
        const stranger = ownerProblem(ws, given);
        if (stranger !== null) return refuse(c, 'invalid', `owner ${stranger}.`, { owner: stranger });
        for (const company of companies ?? [])
          if (ws.query.get('SELECT 1 FROM companies WHERE id = ?', [company.id]) === undefined)
            return refuse(c, 'invalid', 'There is no such company.', { companies: 'has one that does not exist' });
        const id = deps.newId();
        const points = listsOf({ emails, phones, addresses }).flatMap(({ kind, entries }) =>
          // The primary one comes first: ids rise, and the first of a kind is the primary one.
          entries
            .toSorted((a, b) => Number(b.primary === true) - Number(a.primary === true))
            .map(({ value, type: label }) => ({ kind, value, ...(label === undefined ? {} : { type: label }) })),
        );
        const links = (companies ?? []).map((each): [string, Link] => [
          each.id,
          { noun: 'company', role: each.role ?? '' },
        ]);
        const [first] = companies ?? [];
        const planned = newRecord(
          type,
          {
            values: valuesOf(given),
            points: Object.fromEntries(points.map((each) => [deps.newId(), each])),
            links: Object.fromEntries(links),
          },
          await envOf(ws),
        );
        if (!planned.ok) return refuseOp(c, planned.error);
        // Before there is anything to see.
        ws.shareNew(id, isPrivate === true ? privateShare : openShare);
        const primary = first === undefined ? [] : [{ root: 'fields', id: '', set: { primaryCompany: first.id } }];
        await ws.hub.create(documentOf(type, id), ws.author(), (doc) => {
          applyPatch(doc, [...planned.value, ...primary]);
        });
        return c.json(wholeRecord(ws, type, id), 201);
      },
    )
    .get(
      `${path}/:id`,
      describe({
        tag,
        summary: `One of the ${type.plural}`,
        description: 'With its points (e-mails, phones, addresses, handles), links and consent.',
        reply: wholeRecordSchemaOf(type),
      }),
      (c) => {
        const found = wholeRecord(c.var.workspace, type, c.req.param('id') ?? '');
        return found === undefined || found['deletedAt'] !== null ? refuse(c, 'not-found', missing) : c.json(found);
      },
    )
    .patch(
      `${path}/:id`,
      requireRole('member'),
      describe({
        tag,
        summary: 'Change fields',
        description:
          'Null empties a field. `emails`, `phones` and `addresses` replace the whole list; the first is the primary one ' +
          'unless another is marked. What was in the list before keeps its id.',
        reply: wholeRecordSchemaOf(type),
      }),
      body(v.strictObject({ ...fields, ...pointLists })),
      async (c) => {
        const ws = c.var.workspace;
        const row = recordRow(ws.query, type, c.req.param('id') ?? '');
        if (row === undefined || row.deleted_at !== null) return refuse(c, 'not-found', missing);
        const { emails, phones, addresses, ...given } = c.req.valid('json');
        const stranger = ownerProblem(ws, given);
        if (stranger !== null) return refuse(c, 'invalid', `owner ${stranger}.`, { owner: stranger });
        if (isOwnAncestor(ws, row.id, valuesOf(given)['parent']))
          return refuse(c, 'invalid', 'A company cannot be a part of itself.', { parent: 'is below this company' });
        const env = await envOf(ws);
        const lists = listsOf({ emails, phones, addresses });
        const done = await perform(ws, row.doc, (doc) => {
          const edited = editFields(type, valuesOf(given), env);
          if (!edited.ok || lists.length === 0) return edited;
          const replaced = replacePoints(type, doc, lists, deps.newId);
          return replaced.ok ? ok([...edited.value, ...replaced.value]) : replaced;
        });
        return done.ok ? c.json(wholeRecord(ws, type, row.id)) : refuseOp(c, done.error);
      },
    )
    .delete(
      `${path}/:id`,
      requireRole('member'),
      describe({ tag, summary: `Delete ${type.article}`, description: 'It can be restored for 30 days.', status: 204 }),
      async (c) => {
        const ws = c.var.workspace;
        const row = recordRow(ws.query, type, c.req.param('id') ?? '');
        if (row === undefined || row.deleted_at !== null) return refuse(c, 'not-found', missing);
        await ws.hub.transact(row.doc, ws.author(), (doc) => void applyPatch(doc, deleteRecord(deps.now())));
        return c.body(null, 204);
      },
    )
    .post(
      `${path}/:id/restore`,
      requireRole('member'),
      describe({ tag, summary: 'Take it back out of the bin', reply: wholeRecordSchemaOf(type) }),
      async (c) => {
        const ws = c.var.workspace;
        const row = recordRow(ws.query, type, c.req.param('id') ?? '');
        if (row === undefined) return refuse(c, 'not-found', missing);
        await ws.hub.transact(row.doc, ws.author(), (doc) => void applyPatch(doc, restoreRecord()));
        return c.json(wholeRecord(ws, type, row.id));
      },
    )
    .route('/', partRoutes(type, deps))
    .route('/', timelineRoutes(type, deps));
}

const levelsAtMost = 50;

/** Whether a company would be above itself with this parent. Every row is asked: a hidden company in between counts. */
function isOwnAncestor(ws: WorkspaceContext, id: string, parent: unknown): boolean {
  let above: unknown = parent;
  for (let level = 0; level < levelsAtMost && typeof above === 'string'; level++) {
    if (above === id) return true;
    above = ws.everyRow.get<{ parent: string | null }>('SELECT parent FROM companies WHERE id = ?', [above])?.parent;
  }
  return false;
}
