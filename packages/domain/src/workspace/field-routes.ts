import { applyPatch } from '@rapport/doc/patch';
import { Hono } from 'hono';
import * as v from 'valibot';
import {
  addCustomField,
  changeCustomField,
  customFieldKey,
  customFieldList,
  customFieldTypes,
  deleteCustomField,
  moveCustomField,
  referencedNouns,
  removedFieldList,
  restoreCustomField,
  takenKeys,
  type CustomField,
} from '../custom-fields.ts';
import { refuse } from '../http/api-error.node.ts';
import { body, query } from '../http/body.node.ts';
import { describe } from '../http/describe.node.ts';
import {
  requireRole,
  type NounDeps,
  type WorkspaceContext,
  type WorkspaceEnv,
} from '../http/workspace-context.node.ts';
import { makeFieldPlaces, type FieldPlace } from './field-places.node.ts';
import { fieldNouns, usedBy } from './field-use.node.ts';
import { workspaceDocument } from './workspace-kind.ts';

const nouns = fieldNouns;

const tag = 'Fields';
const missing = 'There is no such field.';
const label = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(200));
const options = v.pipe(v.array(v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(200))), v.maxLength(500));
const fieldReply = v.object({
  id: v.string(),
  noun: v.picklist(nouns),
  key: v.pipe(v.string(), v.description('Names the field in the API, in imports and exports; it never changes')),
  type: v.picklist(customFieldTypes),
  label: v.string(),
  options: v.array(v.object({ id: v.string(), label: v.string() })),
  of: v.pipe(v.nullable(v.picklist(referencedNouns)), v.description('What a reference names')),
  hidden: v.boolean(),
  usedBy: v.object({
    records: v.pipe(v.number(), v.description('Records that have a value, as far as the caller may open them')),
    stages: v.pipe(v.array(v.string()), v.description('Stages that cards may enter only with it')),
    views: v.pipe(
      v.array(v.string()),
      v.description('Saved views that show it or ask for it: everybody’s, one’s teams’, one’s own'),
    ),
    otherViews: v.pipe(v.number(), v.description('How many views that other people keep for themselves do')),
    forms: v.pipe(v.array(v.string()), v.description('Public forms that ask for it')),
    rules: v.pipe(v.array(v.string()), v.description('Inboxes whose assignment rules ask for it')),
    scores: v.pipe(v.array(v.string()), v.description('Inboxes whose score counts it')),
  }),
  removedAt: v.nullable(v.number()),
});

function replyOf(ws: WorkspaceContext, places: readonly FieldPlace[], field: CustomField & { removedAt?: number }) {
  const { id, noun, key, spec, isHidden, removedAt } = field;
  return {
    id,
    noun,
    key,
    type: spec.type,
    label: spec.label,
    options: 'options' in spec ? spec.options : [],
    of: spec.type === 'reference' ? spec.noun : null,
    hidden: isHidden,
    usedBy: usedBy(ws.query, places, field),
    removedAt: removedAt ?? null,
  };
}

const optionsOf = (labels: readonly string[], known: readonly { id: string; label: string }[] = []) =>
  [...new Set(labels)].map(
    (each) => known.find((one) => one.label === each || one.id === each) ?? { id: each, label: each },
  );

/** The workspace's own fields of deals, contacts and companies. Everybody sees them; an admin says what they are. */
export function fieldRoutes(deps: NounDeps): Hono<WorkspaceEnv> {
  const findPlaces = makeFieldPlaces();
  const all = (ws: WorkspaceContext): Promise<CustomField[]> =>
    ws.hub.read(workspaceDocument, (doc) => nouns.flatMap((noun) => customFieldList(doc, noun)));
  const removed = (ws: WorkspaceContext) =>
    ws.hub.read(workspaceDocument, (doc) => nouns.flatMap((noun) => removedFieldList(doc, noun, deps.now())));
  const find = async (ws: WorkspaceContext, id: string): Promise<CustomField | undefined> =>
    (await all(ws)).find((field) => field.id === id);

  return new Hono<WorkspaceEnv>()
    .get(
      '/fields',
      describe({
        tag,
        summary: "List the workspace's own fields",
        description: 'In the order of forms and tables; those that were removed within 30 days stand last.',
        reply: v.object({ items: v.array(fieldReply) }),
      }),
      query(v.strictObject({ noun: v.optional(v.picklist(nouns)) })),
      async (c) => {
        const ws = c.var.workspace;
        const { noun } = c.req.valid('query');
        const fields = [...(await all(ws)), ...(await removed(ws))];
        const places = await findPlaces(ws);
        return c.json({
          items: fields
            .filter((field) => noun === undefined || field.noun === noun)
            .map((field) => replyOf(ws, places, field)),
        });
      },
    )
    .post(
      '/fields',
      requireRole('admin'),
      describe({ tag, summary: 'Add a field', status: 201, reply: fieldReply }),
      body(
        v.strictObject({
          noun: v.picklist(nouns),
          type: v.picklist(customFieldTypes),
          label,
          options: v.optional(options),
          of: v.optional(v.pipe(v.picklist(referencedNouns), v.description('What a reference names'))),
        }),
      ),
      async (c) => {
        const ws = c.var.workspace;
        const { noun, type, label: name, options: choices, of } = c.req.valid('json');
        if ((type === 'reference') !== (of !== undefined))
          return refuse(c, 'invalid', 'Not added.', {
            of: type === 'reference' ? 'is missing: company, contact or deal' : 'is for references alone',
          });
        const id = deps.newId();
        await ws.hub.transact(workspaceDocument, ws.author(), (doc) => {
          // Keys of fields that were removed stay taken: their values still stand in the records.
          const taken = new Set([...reservedKeys, ...takenKeys(doc, noun)]);
          const field = { id, noun, key: customFieldKey(name, taken), type, label: name };
          applyPatch(
            doc,
            addCustomField(
              doc,
              {
                ...field,
                ...(choices === undefined ? {} : { options: optionsOf(choices) }),
                ...(of === undefined ? {} : { of }),
              },
              { random: Math.random },
            ),
          );
        });
        const made = await find(ws, id);
        return c.json(made === undefined ? null : replyOf(ws, await findPlaces(ws), made), 201);
      },
    )
    .patch(
      '/fields/:id',
      requireRole('admin'),
      describe({
        tag,
        summary: 'Rename, hide, reorder a field or change its options',
        description: '`before` is the id of the field that it goes in front of, null for the end.',
        reply: fieldReply,
      }),
      body(
        v.strictObject({
          label: v.optional(label),
          hidden: v.optional(v.boolean()),
          options: v.optional(options),
          before: v.optional(v.nullable(v.string())),
        }),
      ),
      async (c) => {
        const ws = c.var.workspace;
        const field = await find(ws, c.req.param('id'));
        if (field === undefined) return refuse(c, 'not-found', missing);
        const { label: name, hidden, options: choices, before } = c.req.valid('json');
        const known = 'options' in field.spec ? field.spec.options : [];
        await ws.hub.transact(workspaceDocument, ws.author(), (doc) => {
          applyPatch(
            doc,
            changeCustomField(field.id, {
              ...(name === undefined ? {} : { label: name }),
              ...(hidden === undefined ? {} : { isHidden: hidden }),
              ...(choices === undefined ? {} : { options: optionsOf(choices, known) }),
            }),
          );
          if (before !== undefined) applyPatch(doc, moveCustomField(doc, field, before, { random: Math.random }));
        });
        const now = await find(ws, field.id);
        return now === undefined ? refuse(c, 'not-found', missing) : c.json(replyOf(ws, await findPlaces(ws), now));
      },
    )
    .delete(
      '/fields/:id',
      requireRole('admin'),
      describe({
        tag,
        summary: 'Remove a field',
        description: 'Its values are kept; it can be restored for 30 days.',
        status: 204,
      }),
      async (c) => {
        const ws = c.var.workspace;
        const field = await find(ws, c.req.param('id'));
        if (field === undefined) return refuse(c, 'not-found', missing);
        await ws.hub.transact(
          workspaceDocument,
          ws.author(),
          (doc) => void applyPatch(doc, deleteCustomField(field.id, deps.now())),
        );
        return c.body(null, 204);
      },
    )
    .post(
      '/fields/:id/restore',
      requireRole('admin'),
      describe({ tag, summary: 'Bring a removed field back, with its values', reply: fieldReply }),
      async (c) => {
        const ws = c.var.workspace;
        const field = (await removed(ws)).find(({ id }) => id === c.req.param('id'));
        if (field === undefined) return refuse(c, 'not-found', missing);
        const other = (await all(ws)).find(({ noun, key }) => noun === field.noun && key === field.key);
        if (other !== undefined)
          return refuse(
            c,
            'conflict',
            `${other.spec.label} has the key ${field.key} now. Its values would be mixed up.`,
          );
        await ws.hub.transact(
          workspaceDocument,
          ws.author(),
          (doc) => void applyPatch(doc, restoreCustomField(field.id)),
        );
        const now = await find(ws, field.id);
        return now === undefined ? refuse(c, 'not-found', missing) : c.json(replyOf(ws, await findPlaces(ws), now));
      },
    );
}

/** Keys that fields of some noun, or parts of a record, have already. */
const reservedKeys: readonly string[] =
  `id doc board stage status place title name value company contact owner team labels
  tags source description createdAt closedAt deletedAt movedTo movedFrom expectedClose nextActivity lostReason firstName
  lastName jobTitle department lifecycle language birthday preferredChannel externalId website domain industry employees
  revenue founded parent email phone address emails phones addresses companies custom points links consent private
  mergedInto primaryEmail primaryPhone primaryAddress primaryCompany`.split(/\s+/);
