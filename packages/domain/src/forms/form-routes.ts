import { applyPatch } from '@rapport/doc/patch';
import type { FieldSpecs } from '@rapport/schema/fields';
import { Hono, type Context } from 'hono';
import * as v from 'valibot';
import type { ThingAccess } from '../access/share.ts';
import { shownFieldsOf } from '../custom-fields.ts';
import { refuse } from '../http/api-error.node.ts';
import { body, query } from '../http/body.node.ts';
import { describe } from '../http/describe.node.ts';
import { listOf, pageById, unsortedQuery } from '../http/list.node.ts';
import {
  requireRole,
  type NounDeps,
  type WorkspaceContext,
  type WorkspaceEnv,
} from '../http/workspace-context.node.ts';
import { formDoc, readForm, type Form } from './form.ts';
import { formInput, formLine, formReply } from './form-shapes.ts';
import { formProblems, noMailReason, offeredFields } from './offered-fields.ts';
import { addItems, changeForm, newForm, replaceItems, type FormChange, type NewField } from './ops.ts';
import type { FormLanguage } from './words.ts';

const tag = 'Forms';
const missing = 'There is no such form.';

interface FormRow {
  readonly id: string;
  readonly name: string;
  readonly active: number;
  readonly language: FormLanguage;
  readonly double_opt_in: number;
  readonly created_at: number;
  readonly changed_at: number;
  readonly deleted_at: number | null;
}

/** What a new form asks until somebody says otherwise. */
const firstFields: readonly NewField[] = [
  { field: 'name', label: '', required: true },
  { field: 'email', label: '', required: true },
  { field: 'message', label: '' },
];

type Input = v.InferOutput<v.StrictObjectSchema<typeof formInput, undefined>>;

/** Public forms as the team has them. `leadFields` are the fields of a lead, which forms fill. */
export function formRoutes(deps: NounDeps, leadFields: FieldSpecs): Hono<WorkspaceEnv> {
  const server = { hasMail: deps.sendsMail === true };
  const urlOf = (id: string): string => `${deps.publicUrl}/f/${id}`;
  const offered = async (ws: WorkspaceContext): Promise<FieldSpecs> => {
    const custom = await ws.hub.read('workspace', (doc) => shownFieldsOf(doc, 'lead'));
    return offeredFields({ ...leadFields, ...custom });
  };
  const rowOf = (ws: WorkspaceContext, id: string) => ws.query.get<FormRow>('SELECT * FROM forms WHERE id = ?', [id]);
  const accessOf = (ws: WorkspaceContext, id: string) => ws.accessTo(id) as Exclude<ThingAccess, 'none'>;
  const replyOf = async (ws: WorkspaceContext, id: string): Promise<v.InferOutput<typeof formReply>> => {
    const { isActive, fields, consents, at, ...form }: Form = await ws.hub.read(formDoc(id), readForm);
    const specs = await offered(ws);
    const { origins, ...rest } = form;
    return {
      id,
      ...rest,
      board: ws.parentOf(id),
      active: isActive,
      origins: [...origins],
      fields: fields.map(({ rank: _rank, options, ...field }) => ({ ...field, options: [...options] })),
      consents: consents.map(({ rank: _rank, ...consent }) => consent),
      url: urlOf(id),
      problems: formProblems({ ...form, isActive, fields, consents, at }, specs, server),
      sendsMail: server.hasMail,
      createdAt: at,
      access: accessOf(ws, id),
    };
  };
  /** Why an input cannot be taken; null when it can. */
  const refusalOf = async (c: Context<WorkspaceEnv>, input: Input): Promise<Response | null> => {
    if (input.doubleOptIn === true && !server.hasMail)
      return refuse(c, 'invalid', `Not saved. ${noMailReason}`, { doubleOptIn: noMailReason });
    const specs = input.fields === undefined ? {} : await offered(c.var.workspace);
    for (const [at, { field }] of (input.fields ?? []).entries())
      if (!Object.hasOwn(specs, field)) {
        const name = `fields.${at}.field`;
        return refuse(c, 'invalid', `${name} is not a field that a form can ask for.`, {
          [name]: 'is not a field that a form can ask for',
        });
      }
    return null;
  };
  /** The board that a form may be put on, or why not. */
  const boardFor = (c: Context<WorkspaceEnv>, wanted: string | undefined): string | Response => {
    const ws = c.var.workspace;
    const boards = ws.query
      .all<{ id: string }>(`SELECT id FROM boards WHERE kind = 'leads' ORDER BY id`)
      .map(({ id }) => id);
    const found =
      wanted === undefined ? boards.find((id) => ws.accessTo(id) === 'edit') : boards.find((id) => id === wanted);
    if (found === undefined)
      return wanted === undefined
        ? refuse(c, 'conflict', 'Not made. There is no leads board yet that you may edit: make one first.')
        : refuse(c, 'invalid', 'board is not a leads board.', { board: 'is not a leads board' });
    return ws.accessTo(found) === 'edit'
      ? found
      : refuse(c, 'forbidden', 'You may look at this board, but not change it.');
  };
  const plainOf = ({ fields: _fields, consents: _consents, ...plain }: Input): FormChange => plain as FormChange;
  const rankEnv = () => ({ random: Math.random, now: deps.now(), newId: deps.newId });

  return new Hono<WorkspaceEnv>()
    .get(
      '/forms',
      describe({ tag, summary: 'List the public forms, by name', reply: listOf(formLine) }),
      query(v.strictObject(unsortedQuery)),
      (c) => {
        const { limit, cursor, q } = c.req.valid('query');
        const ws = c.var.workspace;
        const rows = ws.query
          .all<FormRow>('SELECT * FROM forms WHERE deleted_at IS NULL ORDER BY name COLLATE NOCASE, id')
          .filter(({ name }) => q === undefined || name.toLowerCase().includes(q.toLowerCase()));
        const page = pageById(rows, limit, cursor);
        return c.json({
          ...page,
          items: page.items.map((row) => ({
            id: row.id,
            name: row.name,
            board: ws.parentOf(row.id),
            active: row.active === 1,
            doubleOptIn: row.double_opt_in === 1,
            language: row.language,
            url: urlOf(row.id),
            createdAt: row.created_at,
            changedAt: row.changed_at,
            access: accessOf(ws, row.id),
          })),
        });
      },
    )
    .get(
      '/forms/fields',
      describe({
        tag,
        summary: 'The fields of a lead that a form can ask for',
        reply: v.object({ items: v.array(v.object({ key: v.string(), label: v.string(), type: v.string() })) }),
      }),
      async (c) => {
        const specs = await offered(c.var.workspace);
        return c.json({ items: Object.entries(specs).map(([key, { label, type }]) => ({ key, label, type })) });
      },
    )
    .post(
      '/forms',
      requireRole('member'),
      describe({
        tag,
        summary: 'Make a public form',
        description:
          'It lies on a leads board (`board`; left out: the first that you may edit), is shared as that is, and makes its ' +
          'leads there. It takes no answers until `active`; then anybody opens `url` and sends its form back with all hidden ' +
          'fields, no sooner than a person can (1.5 s). Without `fields` it asks for a name, an e-mail and a message.',
        status: 201,
        reply: formReply,
      }),
      body(v.strictObject({ ...formInput, board: v.optional(v.string()) })),
      async (c) => {
        const ws = c.var.workspace;
        const { board: wanted, ...input } = c.req.valid('json');
        const board = boardFor(c, wanted);
        if (typeof board !== 'string') return board;
        const refusal = await refusalOf(c, input);
        if (refusal !== null) return refusal;
        const id = deps.newId();
        // Before there is anything to see.
        ws.placeIn(id, board);
        const made = { ...plainOf(input), name: input.name ?? 'Contact us', by: ws.actor.memberId, at: deps.now() };
        await ws.hub.create(formDoc(id), ws.author(), (doc) => {
          applyPatch(doc, newForm(made));
          const withId = <T>(item: T) => ({ ...item, id: deps.newId() });
          applyPatch(doc, addItems(doc, 'fields', (input.fields ?? firstFields).map(withId), rankEnv()));
          applyPatch(doc, addItems(doc, 'consents', (input.consents ?? []).map(withId), rankEnv()));
        });
        return c.json(await replyOf(ws, id), 201);
      },
    )
    .get('/forms/:id', describe({ tag, summary: 'A public form', reply: formReply }), async (c) => {
      const id = c.req.param('id');
      return rowOf(c.var.workspace, id) === undefined
        ? refuse(c, 'not-found', missing)
        : c.json(await replyOf(c.var.workspace, id));
    })
    .patch(
      '/forms/:id',
      requireRole('member'),
      describe({
        tag,
        summary: 'Change a public form',
        description:
          '`fields` and `consents` replace the whole list, in the order given. `board` moves it: its leads go there from ' +
          'then on, and it is shared as that is.',
        reply: formReply,
      }),
      body(v.strictObject({ ...formInput, board: v.optional(v.string()) })),
      async (c) => {
        const ws = c.var.workspace;
        const id = c.req.param('id');
        if (rowOf(ws, id) === undefined) return refuse(c, 'not-found', missing);
        if (ws.accessTo(id) !== 'edit') return refuse(c, 'forbidden', 'You may look at this form, but not change it.');
        const { board: wanted, ...input } = c.req.valid('json');
        const refusal = await refusalOf(c, input);
        if (refusal !== null) return refusal;
        if (wanted !== undefined) {
          const board = boardFor(c, wanted);
          if (typeof board !== 'string') return board;
          ws.placeIn(id, board);
        }
        await ws.hub.transact(formDoc(id), ws.author(), (doc) => {
          applyPatch(doc, changeForm(plainOf(input)));
          for (const list of ['fields', 'consents'] as const) {
            const items = input[list];
            if (items !== undefined) applyPatch(doc, replaceItems(doc, list, items, rankEnv()));
          }
        });
        return c.json(await replyOf(ws, id));
      },
    )
    .delete(
      '/forms/:id',
      requireRole('member'),
      describe({
        tag,
        summary: 'Delete a public form',
        description: 'Its page is gone at once; its leads stay. What waits to be confirmed no longer can be.',
        reply: formReply,
      }),
      async (c) => {
        const ws = c.var.workspace;
        const id = c.req.param('id');
        if (rowOf(ws, id) === undefined) return refuse(c, 'not-found', missing);
        const change = changeForm({ deletedAt: deps.now() });
        await ws.hub.transact(formDoc(id), ws.author(), (doc) => void applyPatch(doc, change));
        return c.json(await replyOf(ws, id));
      },
    )
    .post(
      '/forms/:id/restore',
      requireRole('member'),
      describe({ tag, summary: 'Bring a deleted form back', reply: formReply }),
      async (c) => {
        const ws = c.var.workspace;
        const id = c.req.param('id');
        if (rowOf(ws, id) === undefined) return refuse(c, 'not-found', missing);
        await ws.hub.transact(formDoc(id), ws.author(), (doc) => {
          applyPatch(doc, changeForm({ deletedAt: null }));
        });
        return c.json(await replyOf(ws, id));
      },
    );
}
