import type { Hono } from 'hono';
import * as v from 'valibot';
import { cardOf } from '../boards/board.ts';
import { boardDocOf, cardRoutes } from '../boards/card-routes.ts';
import { createBoard } from '../boards/board-routes.ts';
import { workspaceCurrency } from '../boards/workspace-currency.node.ts';
import { refuse } from '../http/api-error.node.ts';
import { body } from '../http/body.node.ts';
import { describe } from '../http/describe.node.ts';
import {
  requireRole,
  type NounDeps,
  type WorkspaceContext,
  type WorkspaceEnv,
} from '../http/workspace-context.node.ts';
import { consentStates } from '../records/read-record.ts';
import { convertLead, type ConvertedNouns, type ConvertedPart } from './convert-lead.node.ts';
import { takeLead } from './intake.node.ts';
import { asksScores, leadRows, readLeadPage } from './lead-rows.node.ts';
import { leadType } from './lead-type.ts';
import type { Matcher } from './matches.node.ts';
import { leadOps } from './ops.ts';
import { madeFor } from './share-made.node.ts';
import { unconvertLead } from './unconvert-lead.node.ts';

const tag = 'Leads';
const missing = 'There is no such lead.';
const consent = v.record(
  v.pipe(v.string(), v.minLength(1), v.maxLength(60)),
  v.strictObject({
    state: v.picklist(consentStates),
    at: v.optional(v.nullable(v.number())),
    source: v.optional(v.string()),
    proof: v.optional(v.string()),
  }),
);
const scoreBound = v.pipe(v.string(), v.regex(/^\d{1,3}$/, 'must be 0 to 100'));
const match = v.object({
  id: v.string(),
  title: v.string(),
  score: v.pipe(v.number(), v.description('0 to 1; 1 where an e-mail or a web domain is the very same')),
  reasons: v.array(v.object({ what: v.string(), how: v.string() })),
});
const ids = { company: v.nullable(v.string()), contact: v.nullable(v.string()), deal: v.nullable(v.string()) };
const record = v.pipe(
  v.optional(v.string(), 'match'),
  v.description('An id, `new`, `none`, or `match`: the likeliest one that exists, else a new one'),
);
const roots = v.picklist(['cards', 'fields', 'points', 'links', 'consent', 'timeline']);
const part = v.strictObject({
  doc: v.pipe(v.string(), v.regex(/^(board|contact|company)\/[\w.~-]{1,100}$/, 'must be a board, contact or company')),
  isNew: v.optional(v.literal(true)),
  applied: v.strictObject({
    created: v.pipe(v.array(v.strictObject({ root: roots, id: v.string() })), v.maxLength(50)),
    changes: v.pipe(
      v.array(v.strictObject({ root: roots, id: v.string(), field: v.string(), from: v.any(), to: v.any() })),
      v.maxLength(500),
    ),
  }),
});
const parts = v.pipe(
  v.array(part),
  v.maxLength(10),
  v.description('What was written, by document: what POST /leads/:id/convert/undo takes'),
);

/** What may be undone: rejects a part that would reach for what a conversion never writes. */
const isConversion = ({ doc, applied }: v.InferOutput<typeof part>): boolean =>
  [...applied.created, ...applied.changes].every(({ root }) => doc.startsWith('board/') === (root === 'cards'));

/** Leads: the API of cards, the inbox that is there when the first one comes, and their conversion. */
export function leadRoutes(deps: NounDeps, nouns: ConvertedNouns, matchesOf: Matcher): Hono<WorkspaceEnv> {
  const making = new Map<string, Promise<string>>();
  /** The first inbox that the caller may add to; made when there is none. */
  async function inboxOf(ws: WorkspaceContext): Promise<string> {
    const found = ws.query
      .all<{ id: string }>(`SELECT id FROM boards WHERE kind = 'leads' ORDER BY id`)
      .find(({ id }) => ws.accessTo(id) === 'edit');
    if (found) return found.id;
    const { defaultStages: stages } = leadType;
    const made =
      making.get(ws.id) ??
      createBoard(ws, deps, { name: 'Leads', kind: 'leads', currency: workspaceCurrency(ws.query), stages }).finally(
        () => making.delete(ws.id),
      );
    making.set(ws.id, made);
    return made;
  }
  const leadOf = async (ws: WorkspaceContext, id: string) => {
    const row = leadRows.row(ws.query, id);
    return row === undefined || row['deleted_at'] !== null
      ? null
      : ws.hub.read(row.doc, (doc) => cardOf(leadType, doc, row.id)).then((lead) => lead && { ...lead, doc: row.doc });
  };
  const converter = (ws: WorkspaceContext, id: string): string => {
    const by = ws.query.get<{ actor: string }>(
      `SELECT actor FROM activity WHERE record = ? AND kind = 'won' ORDER BY id DESC LIMIT 1`,
      [id],
    )?.actor;
    return (by === undefined ? null : ws.people.get(by)?.name) ?? 'Somebody';
  };

  return cardRoutes(
    {
      type: leadType,
      ops: leadOps,
      rows: leadRows,
      beside: {
        score: v.pipe(v.number(), v.description('0 to 100, by the weights of its board, at this moment')),
        scoreReasons: v.array(v.object({ text: v.string(), points: v.number() })),
        consent: v.pipe(v.record(v.string(), v.any()), v.description('Purpose → {state, at, source, proof}')),
        converted: v.pipe(v.nullable(v.object(ids)), v.description('What it became')),
      },
      createBeside: { consent: v.optional(consent) },
      filters: {
        source: v.optional(v.string()),
        form: v.optional(v.string()),
        email: v.optional(v.string()),
        scoreFrom: v.optional(scoreBound),
        scoreTo: v.optional(scoreBound),
      },
      readPage: (ws, asked) => (asksScores(asked) ? ws.read(readLeadPage, asked) : null),
      async create(ws, named, { consent: given, ...values }, place) {
        const board = named ?? (await inboxOf(ws));
        if (boardDocOf(ws, leadType, board) === undefined)
          return {
            ok: false,
            error: { code: 'invalid-value', message: 'There is no such board.', fields: { board: 'does not exist' } },
          };
        const known = (given ?? {}) as Readonly<Record<string, unknown>>;
        const taken = await takeLead(
          ws,
          { board, values, consent: known, author: ws.author(), ...place },
          { now: deps.now(), newId: deps.newId },
        );
        return taken.ok ? { ok: true, value: taken.value.id } : taken;
      },
    },
    deps,
  )
    .get(
      '/leads/:id/matches',
      describe({
        tag,
        summary: 'Which company and contact a lead may be of',
        description: 'The likeliest first, of those that you may open.',
        reply: v.object({ company: v.array(match), contact: v.array(match) }),
      }),
      async (c) => {
        const lead = await leadOf(c.var.workspace, c.req.param('id'));
        return lead === null ? refuse(c, 'not-found', missing) : c.json(await matchesOf(c.var.workspace, lead));
      },
    )
    .post(
      '/leads/:id/convert',
      requireRole('member'),
      describe({
        tag,
        summary: 'Convert a lead',
        description:
          'Into a company, a contact and, when `deal` is given, a deal. What exists gets what it lacks; nothing is overwritten. Consent, source, owner and message come along. 409 when it is converted already.',
        reply: v.object({ ...ids, undo: parts }),
      }),
      body(
        v.strictObject({
          company: record,
          contact: record,
          sharedWith: v.pipe(
            v.optional(v.picklist(madeFor)),
            v.description(
              'Who may open a company or contact that is made: `everyone`, or `me` (and the lead’s owner). Left out: everyone, but from an inbox that not everybody may open `me`. One that exists stays shared as it is.',
            ),
          ),
          deal: v.optional(
            v.nullable(
              v.strictObject({
                board: v.string(),
                stage: v.optional(v.string()),
                title: v.optional(v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(300))),
                value: v.optional(v.nullable(v.strictObject({ minor: v.number(), currency: v.string() }))),
              }),
            ),
            null,
          ),
        }),
      ),
      async (c) => {
        const ws = c.var.workspace;
        const lead = await leadOf(ws, c.req.param('id'));
        if (lead === null) return refuse(c, 'not-found', missing);
        const asked = c.req.valid('json');
        const isOpen = asked.company === 'match' || asked.contact === 'match';
        const found = isOpen ? await matchesOf(ws, lead) : { company: [], contact: [] };
        const chosen = (noun: 'company' | 'contact'): string | null => {
          const wanted = asked[noun];
          // Nobody to ask: only what is the very same, or nearly certain.
          if (wanted === 'match') return found[noun].find(({ score }) => score >= 0.95)?.id ?? 'new';
          return wanted === 'none' ? null : wanted;
        };
        const [company, contact] = [chosen('company'), chosen('contact')];
        if (company === null && contact === null)
          return refuse(c, 'invalid', 'Not converted. Say which company or contact it becomes.', {
            contact: 'is needed where there is no company',
          });
        const done = await convertLead(
          ws,
          nouns,
          lead,
          { company, contact, deal: asked.deal, sharedWith: asked.sharedWith },
          { now: deps.now(), newId: deps.newId },
        );
        if (done.ok) return c.json(done.value);
        const { code, message, fields } = done.error;
        return refuse(
          c,
          code,
          code === 'conflict' ? message.replace('somebody', converter(ws, lead.id)) : message,
          fields,
        );
      },
    )
    .post(
      '/leads/:id/convert/undo',
      requireRole('member'),
      describe({
        tag,
        summary: 'Take a conversion back',
        description:
          'Give what the conversion answered as `undo`. What a colleague changed since stays; records that the conversion made go to the bin unless somebody worked on them. The answer takes it back in turn.',
        reply: v.object({
          kept: v.pipe(v.array(v.string()), v.description('Documents in which something stays')),
          undo: parts,
        }),
      }),
      body(v.strictObject({ undo: parts })),
      async (c) => {
        const ws = c.var.workspace;
        const row = leadRows.row(ws.query, c.req.param('id'));
        const { undo } = c.req.valid('json');
        if (row === undefined) return refuse(c, 'not-found', missing);
        // The lead itself is among what was written, so that who may not edit it takes nothing back.
        if (!undo.every(isConversion) || !undo.some(({ doc }) => doc === row.doc))
          return refuse(c, 'invalid', 'That is not what a conversion answered.', { undo: 'is not of a conversion' });
        return c.json(await unconvertLead(ws, undo as readonly ConvertedPart[], deps.now()));
      },
    );
}
