import { applyPatch } from '@rapport/doc/patch';
import { ok } from '@rapport/doc/result';
import { Hono } from 'hono';
import * as v from 'valibot';
import { refuse } from '../http/api-error.node.ts';
import { body } from '../http/body.node.ts';
import { describe } from '../http/describe.node.ts';
import {
  requireRole,
  type NounDeps,
  type WorkspaceContext,
  type WorkspaceEnv,
} from '../http/workspace-context.node.ts';
import { choosePrimary, removeLink, removePoint, setConsent, setLink, setPoint } from './ops.ts';
import { perform, refuseOp } from './perform.node.ts';
import { pointKinds } from './point.ts';
import { consentStates } from './read-record.ts';
import { addressSchema, recordRow, wholeRecord, wholeRecordSchemaOf, type RecordRow } from './record-rows.node.ts';
import { namesOf } from './names-of.ts';
import type { RecordType } from './record-type.ts';

const value = v.union([v.string(), addressSchema]);
const purpose = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(60));

/** What a record has several of: ways to reach it, links to other records, consent by purpose. */
export function partRoutes(type: RecordType, deps: NounDeps): Hono<WorkspaceEnv> {
  const one = `/${type.plural}/:id` as const;
  const tag = `${type.plural.charAt(0).toUpperCase()}${type.plural.slice(1)}`;
  const reply = wholeRecordSchemaOf(type);
  const missing = `There is no such ${type.noun}.`;
  const rowOf = (ws: WorkspaceContext, id: string | undefined): RecordRow | undefined => {
    const row = recordRow(ws.query, type, id ?? '');
    return row === undefined || row.deleted_at !== null ? undefined : row;
  };

  return new Hono<WorkspaceEnv>()
    .post(
      `${one}/points`,
      requireRole('member'),
      describe({ tag, summary: 'Add an e-mail, a phone, an address or a handle', status: 201, reply }),
      body(
        v.strictObject({
          kind: v.picklist(pointKinds),
          value,
          type: v.optional(v.string()),
          primary: v.optional(v.boolean()),
        }),
      ),
      async (c) => {
        const ws = c.var.workspace;
        const row = rowOf(ws, c.req.param('id'));
        if (row === undefined) return refuse(c, 'not-found', missing);
        const { primary, ...point } = c.req.valid('json');
        const id = deps.newId();
        const done = await perform(ws, row.doc, (doc) => setPoint(type, doc, id, point));
        if (!done.ok) return refuseOp(c, done.error);
        if (primary === true) await perform(ws, row.doc, (doc) => choosePrimary(type, doc, id));
        return c.json(wholeRecord(ws, type, row.id), 201);
      },
    )
    .patch(
      `${one}/points/:point`,
      requireRole('member'),
      describe({ tag, summary: 'Change one of them, or make it the primary one', reply }),
      body(
        v.strictObject({
          value: v.optional(value),
          type: v.optional(v.string()),
          primary: v.optional(v.literal(true)),
        }),
      ),
      async (c) => {
        const ws = c.var.workspace;
        const row = rowOf(ws, c.req.param('id'));
        if (row === undefined) return refuse(c, 'not-found', missing);
        const id = c.req.param('point') ?? '';
        const is = ws.query.get<{ kind: string; type: string; value: string }>(
          'SELECT kind, type, value FROM contact_points WHERE record = ? AND id = ?',
          [row.id, id],
        );
        if (is === undefined) return refuse(c, 'not-found', 'It is not there any more.');
        const { primary, ...change } = c.req.valid('json');
        const was = { ...is, value: is.kind === 'address' ? (JSON.parse(is.value) as unknown) : is.value };
        if (change.value !== undefined || change.type !== undefined) {
          const done = await perform(ws, row.doc, (doc) => setPoint(type, doc, id, { ...was, ...change }));
          if (!done.ok) return refuseOp(c, done.error);
        }
        if (primary === true) {
          const done = await perform(ws, row.doc, (doc) => choosePrimary(type, doc, id));
          if (!done.ok) return refuseOp(c, done.error);
        }
        return c.json(wholeRecord(ws, type, row.id));
      },
    )
    .delete(
      `${one}/points/:point`,
      requireRole('member'),
      describe({ tag, summary: 'Remove one of them', status: 204 }),
      async (c) => {
        const ws = c.var.workspace;
        const row = rowOf(ws, c.req.param('id'));
        if (row === undefined) return refuse(c, 'not-found', missing);
        const id = c.req.param('point') ?? '';
        await ws.hub.transact(row.doc, ws.author(), (doc) => void applyPatch(doc, removePoint(id)));
        return c.body(null, 204);
      },
    )
    .put(
      `${one}/links/:other`,
      requireRole('member'),
      describe({
        tag,
        summary: 'Link it to another record',
        description: 'To a company, a contact or a deal, with a role in your words. `primary` is for companies.',
        reply,
      }),
      body(
        v.strictObject({
          role: v.optional(v.pipe(v.string(), v.maxLength(100))),
          primary: v.optional(v.literal(true)),
        }),
      ),
      async (c) => {
        const ws = c.var.workspace;
        const row = rowOf(ws, c.req.param('id'));
        if (row === undefined) return refuse(c, 'not-found', missing);
        const other = c.req.param('other') ?? '';
        const found = namesOf(ws.query, [other]).get(other);
        if (found === undefined || other === row.id)
          return refuse(c, 'invalid', 'There is no such record to link to.', { other: 'does not exist' });
        const { role, primary } = c.req.valid('json');
        const link = { noun: found.noun, role: role?.trim() ?? '' };
        const done = await perform(ws, row.doc, () => ok(setLink(other, link)));
        if (!done.ok) return refuseOp(c, done.error);
        if (primary === true) {
          const chosen = await perform(ws, row.doc, (doc) => choosePrimary(type, doc, other));
          if (!chosen.ok) return refuseOp(c, chosen.error);
        }
        return c.json(wholeRecord(ws, type, row.id));
      },
    )
    .delete(
      `${one}/links/:other`,
      requireRole('member'),
      describe({ tag, summary: 'Take a link away', status: 204 }),
      async (c) => {
        const ws = c.var.workspace;
        const row = rowOf(ws, c.req.param('id'));
        if (row === undefined) return refuse(c, 'not-found', missing);
        const other = c.req.param('other') ?? '';
        await ws.hub.transact(row.doc, ws.author(), (doc) => void applyPatch(doc, removeLink(other)));
        return c.body(null, 204);
      },
    )
    .put(
      `${one}/consent`,
      requireRole('member'),
      describe({
        tag,
        summary: 'Say what is known of consent to a purpose',
        description: 'State, since when, from where that is known, and its proof. Without a state it is forgotten.',
        reply,
      }),
      body(
        v.strictObject({
          purpose,
          state: v.nullable(v.picklist(consentStates)),
          at: v.optional(v.number()),
          source: v.optional(v.string()),
          proof: v.optional(v.string()),
        }),
      ),
      async (c) => {
        const ws = c.var.workspace;
        const row = rowOf(ws, c.req.param('id'));
        if (row === undefined) return refuse(c, 'not-found', missing);
        const { purpose: about, state, at, source, proof } = c.req.valid('json');
        const consent =
          state === null ? null : { state, at: at ?? deps.now(), source: source ?? '', proof: proof ?? '' };
        await ws.hub.transact(row.doc, ws.author(), (doc) => void applyPatch(doc, setConsent(about, consent)));
        return c.json(wholeRecord(ws, type, row.id));
      },
    );
}
