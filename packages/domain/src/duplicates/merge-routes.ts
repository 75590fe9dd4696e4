import { Hono } from 'hono';
import * as v from 'valibot';
import { customFieldsOf } from '../custom-fields.ts';
import { refuse } from '../http/api-error.node.ts';
import { body, query } from '../http/body.node.ts';
import { describe } from '../http/describe.node.ts';
import {
  requireRole,
  type NounDeps,
  type WorkspaceContext,
  type WorkspaceEnv,
} from '../http/workspace-context.node.ts';
import { pointText } from '../records/point.ts';
import { readRecord } from '../records/read-record.ts';
import { documentOf, type RecordType } from '../records/record-type.ts';
import { leadsTo, mergeRecords, unmergeRecords, type MergeParts } from './merge-records.node.ts';

const tag = 'Duplicates';
const mostAtOnce = 20;
const ids = v.pipe(v.array(v.string()), v.minLength(1), v.maxLength(mostAtOnce));
const side = v.object({
  id: v.string(),
  title: v.string(),
  values: v.pipe(v.record(v.string(), v.any()), v.description('Field key → value; what is empty is left out')),
  points: v.array(v.object({ kind: v.string(), text: v.string() })),
  links: v.number(),
  entries: v.pipe(v.number(), v.description('What was logged')),
});
const previewReply = v.object({
  fields: v.array(v.object({ key: v.string(), label: v.string(), type: v.string() })),
  records: v.array(side),
});

/** Merging records into one, field by field, and taking it back. */
export function mergeRoutes(parts: MergeParts, deps: NounDeps): Hono<WorkspaceEnv> {
  const { types } = parts;
  const noun = v.picklist(types.map((type) => type.noun) as [string, ...string[]]);
  const typeOf = (of: string): RecordType => types.find((type) => type.noun === of) ?? unknown(of);

  return new Hono<WorkspaceEnv>()
    .get(
      '/merges/preview',
      describe({
        tag,
        summary: 'Records side by side',
        description: 'What each says, for choosing. Ids that were merged lead to the record that is left.',
        reply: previewReply,
      }),
      query(
        v.strictObject({
          noun,
          ids: v.pipe(
            v.string(),
            v.transform((text) => text.split(',').filter((id) => id !== '')),
            v.minLength(1),
            v.maxLength(mostAtOnce),
          ),
        }),
      ),
      async (c) => {
        const ws = c.var.workspace;
        const { noun: of, ids: given } = c.req.valid('query');
        const type = typeOf(of);
        const found = new Set<string>();
        for (const each of given) {
          const id = leadsTo(ws, type, each);
          if (id === undefined) return refuse(c, 'not-found', `There is no such ${of}.`);
          found.add(id);
        }
        const custom = await ws.hub.read('workspace', (doc) => customFieldsOf(doc, of));
        const fields = Object.entries({ ...type.fields, ...custom }).map(([key, spec]) => ({
          key,
          label: spec.label,
          type: spec.type,
        }));
        const records = await Promise.all([...found].map((id) => sideOf(ws, type, id, custom)));
        return c.json({ fields, records });
      },
    )
    .post(
      '/merges',
      requireRole('member'),
      describe({
        tag,
        summary: 'Merge records into one',
        description:
          'Into `into` go `ids`: fields that it has not, lists, e-mails, phones, addresses, links, consent and timeline; `fields` says of which record a value is taken. What names one of them names the survivor. Old ids lead on. One step, which POST /merges/undo takes back.',
        reply: v.object({ id: v.string(), merged: v.array(v.string()) }),
      }),
      body(
        v.strictObject({
          noun,
          into: v.string(),
          ids,
          fields: v.optional(
            v.pipe(v.record(v.string(), v.string()), v.description('Field key → id of the record whose value counts')),
            {},
          ),
        }),
      ),
      async (c) => {
        const { noun: of, into, ids: gone, fields } = c.req.valid('json');
        const asked = { into, ids: gone, choices: fields };
        const done = await mergeRecords(c.var.workspace, typeOf(of), parts, asked, deps.now());
        return done.ok ? c.json(done.value) : refuse(c, done.error.code, done.error.message);
      },
    )
    .post(
      '/merges/undo',
      requireRole('member'),
      describe({
        tag,
        summary: 'Take merges back',
        description: 'The records stand for themselves again. What somebody changed since stays as it is.',
        reply: v.object({ restored: v.array(v.string()) }),
      }),
      body(v.strictObject({ noun, ids })),
      async (c) => {
        const { noun: of, ids: gone } = c.req.valid('json');
        const done = await unmergeRecords(c.var.workspace, typeOf(of), gone, deps.now());
        return done.ok ? c.json({ restored: done.value }) : refuse(c, done.error.code, done.error.message);
      },
    );
}

const unknown = (noun: string): never => {
  throw new Error(`no such noun: ${noun}`);
};

async function sideOf(ws: WorkspaceContext, type: RecordType, id: string, custom: ReturnType<typeof customFieldsOf>) {
  const state = await ws.hub.read(documentOf(type, id), (doc) => readRecord(type, doc, custom));
  const logged = ws.query.get<{ n: number }>(
    'SELECT count(*) AS n FROM timeline WHERE record = ? AND deleted_at IS NULL',
    [id],
  );
  const isThere = (value: unknown) => value !== null && value !== '' && !(Array.isArray(value) && value.length === 0);
  return {
    id,
    title: state.name,
    values: Object.fromEntries(Object.entries(state.values).filter(([, value]) => isThere(value))),
    points: [...state.points.values()].map((point) => ({ kind: point.kind, text: pointText(point) })),
    links: state.links.size,
    entries: logged?.n ?? 0,
  };
}
