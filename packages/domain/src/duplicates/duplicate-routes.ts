import { Hono } from 'hono';
import * as v from 'valibot';
import { refuse } from '../http/api-error.node.ts';
import { body, query } from '../http/body.node.ts';
import { describe } from '../http/describe.node.ts';
import {
  requireRole,
  type NounDeps,
  type WorkspaceContext,
  type WorkspaceEnv,
} from '../http/workspace-context.node.ts';
import { indexState } from '../search/find-records.ts';
import type { Searchable } from '../search/searchable.ts';
import type { Pair, Reason } from './comparable.ts';
import type { ComparedRecords } from './compared-records.ts';
import { usualThreshold } from './find-pairs.ts';
import type { ComparedNoun } from './prepare.ts';
import { makeFindLike } from './read-jobs.node.ts';
import { lowestThreshold, type Suggester } from './suggestions.node.ts';

const tag = 'Duplicates';
const score = v.pipe(v.number(), v.description('0 to 1: how likely it is that both are one'));
const reasons = v.pipe(
  v.array(v.object({ what: v.string(), how: v.string() })),
  v.description('What is the same, alike, swapped, a nickname or different; what says most comes first'),
);
const named = v.object({ id: v.string(), title: v.string() });
const alikeReply = v.object({ items: v.array(v.object({ ...named.entries, score, reasons })) });
const suggestionsReply = v.object({
  items: v.array(v.object({ a: named, b: named, score, reasons })),
  nextCursor: v.nullable(v.string()),
  madeAt: v.pipe(v.nullable(v.number()), v.description('When all records were compared, epoch ms')),
  isLooking: v.boolean(),
  threshold: v.number(),
});

const told = (all: readonly Reason[]) => all.map(({ what, how }) => ({ what, how }));
const rounded = (value: number): number => Math.round(value * 100) / 100;
const wholeNumber = v.pipe(v.string(), v.regex(/^\d{1,3}$/, 'must be a whole number'), v.transform(Number));
const texts = v.optional(
  v.pipe(
    v.string(),
    v.maxLength(1000),
    v.transform((text) =>
      text
        .split(';')
        .map((each) => each.trim())
        .filter((each) => each !== '')
        .slice(0, 10),
    ),
  ),
  '',
);

export interface DuplicateParts {
  readonly compared: readonly ComparedRecords[];
  readonly searchables: readonly Searchable[];
  /** Of a workspace that is open. */
  readonly suggesterOf: (workspaceId: string) => Suggester | undefined;
}

const pairsRead = 200;

/** Likenesses: of what is about to be added, of all records, and which of them are none. */
export function duplicateRoutes(parts: DuplicateParts, deps: NounDeps): Hono<WorkspaceEnv> {
  const { compared, searchables, suggesterOf } = parts;
  const findLike = makeFindLike(compared, searchables);
  const noun = v.picklist(compared.map((each) => each.noun) as [ComparedNoun, ...ComparedNoun[]]);
  const thresholdOf = (ws: WorkspaceContext, of: ComparedNoun) => ws.duplicates.threshold(of) ?? usualThreshold;

  return new Hono<WorkspaceEnv>()
    .get(
      '/duplicates',
      describe({
        tag,
        summary: 'Who may already be there',
        description:
          'Give what is known of a record that is about to be added; several values are parted by semicolons. Only records that the caller may open are compared.',
        reply: alikeReply,
      }),
      query(
        v.strictObject({
          noun,
          name: texts,
          email: texts,
          phone: texts,
          company: texts,
          site: texts,
          address: texts,
          country: v.optional(v.pipe(v.string(), v.regex(/^[A-Z]{2}$/, 'must be an ISO 3166 code'))),
          limit: v.optional(v.pipe(wholeNumber, v.minValue(1), v.maxValue(20)), '5'),
        }),
      ),
      async (c) => {
        const ws = c.var.workspace;
        const { noun: of, name, email, phone, company, site, address, country = null, limit } = c.req.valid('query');
        const typed = {
          names: name,
          emails: email,
          phones: phone,
          companies: company,
          sites: site,
          addresses: address,
        };
        const threshold = thresholdOf(ws, of);
        const state = indexState(ws.query);
        const found = await ws.read(findLike, { noun: of, typed, country, threshold, limit, state });
        const items = found.map((each) => ({ ...each, score: rounded(each.score), reasons: told(each.reasons) }));
        return c.json({ items });
      },
    )
    .get(
      '/duplicates/suggestions',
      describe({
        tag,
        summary: 'Pairs of records that may be one',
        description: 'Likeliest first. All records are compared once a night, and when somebody asks.',
        reply: suggestionsReply,
      }),
      query(
        v.strictObject({
          noun,
          limit: v.optional(v.pipe(wholeNumber, v.minValue(1), v.maxValue(100)), '25'),
          cursor: v.optional(v.string()),
        }),
      ),
      (c) => {
        const ws = c.var.workspace;
        const { noun: of, limit, cursor } = c.req.valid('query');
        const suggester = suggesterOf(ws.id);
        const { madeAt, pairs, isLooking } = suggester?.of(of) ?? { madeAt: null, pairs: [], isLooking: false };
        if (madeAt === null && suggester !== undefined) void suggester.look(of);
        const [made, at = '0'] = cursor?.split('.') ?? [String(madeAt)];
        if (made !== String(madeAt) || !/^\d+$/.test(at))
          return refuse(c, 'invalid', 'The cursor leads nowhere (any more): start again without it.', {
            cursor: 'leads nowhere',
          });
        const declared = compared.find((each) => each.noun === of);
        const threshold = thresholdOf(ws, of);
        const shown = declared === undefined ? [] : showable(ws, declared, pairs, Number(at), limit + 1, threshold);
        const page = shown.slice(0, limit);
        const last = shown.length > limit ? page.at(-1) : undefined;
        return c.json({
          items: page.map(({ pair, a, b }) => ({ a, b, score: rounded(pair.score), reasons: told(pair.reasons) })),
          nextCursor: last === undefined ? null : `${madeAt}.${last.at + 1}`,
          madeAt,
          isLooking: isLooking || madeAt === null,
          threshold,
        });
      },
    )
    .post(
      '/duplicates/suggestions',
      requireRole('member'),
      describe({ tag, summary: 'Compare all records now', status: 202, reply: v.object({ isLooking: v.boolean() }) }),
      body(v.strictObject({ noun })),
      (c) => {
        void suggesterOf(c.var.workspace.id)?.look(c.req.valid('json').noun);
        return c.json({ isLooking: true }, 202);
      },
    )
    .post(
      '/duplicates/dismissals',
      requireRole('member'),
      describe({ tag, summary: 'Two records are not one', description: 'They are not suggested again.', status: 204 }),
      body(v.strictObject({ noun, a: v.string(), b: v.string() })),
      (c) => {
        const ws = c.var.workspace;
        const { noun: of, a, b } = c.req.valid('json');
        if (!areThere(ws, compared, of, [a, b])) return refuse(c, 'not-found', 'There are no such records.');
        ws.duplicates.dismiss({ noun: of, a, b, by: ws.actor.memberId, at: deps.now() });
        return c.body(null, 204);
      },
    )
    .delete(
      '/duplicates/dismissals/:a/:b',
      requireRole('member'),
      describe({ tag, summary: 'Two records may be one after all', status: 204 }),
      (c) => {
        const ws = c.var.workspace;
        const { a, b } = c.req.param();
        if (!compared.some((each) => areThere(ws, compared, each.noun, [a, b])))
          return refuse(c, 'not-found', 'There are no such records.');
        ws.duplicates.takeBack(a, b);
        return c.body(null, 204);
      },
    )
    .put(
      '/duplicates/threshold',
      requireRole('admin'),
      describe({
        tag,
        summary: 'From which score on two records are shown as one',
        reply: v.object({ threshold: v.number() }),
      }),
      body(v.strictObject({ noun, threshold: v.pipe(v.number(), v.minValue(lowestThreshold), v.maxValue(0.99)) })),
      (c) => {
        const { noun: of, threshold } = c.req.valid('json');
        c.var.workspace.duplicates.setThreshold(of, threshold);
        return c.json({ threshold });
      },
    );
}

function areThere(
  ws: WorkspaceContext,
  compared: readonly ComparedRecords[],
  noun: string,
  ids: readonly string[],
): boolean {
  const declared = compared.find((each) => each.noun === noun);
  if (declared === undefined) return false;
  return ids.every((id) => ws.query.get(`SELECT 1 FROM ${declared.table} WHERE id = ?`, [id]) !== undefined);
}

interface Shown {
  readonly at: number;
  readonly pair: Pair;
  readonly a: { readonly id: string; readonly title: string };
  readonly b: { readonly id: string; readonly title: string };
}

/** Pairs from one on that the caller may see both sides of, that still are two, and that nobody said are two people. */
function showable(
  ws: WorkspaceContext,
  { table, title, isCompared }: ComparedRecords,
  pairs: readonly Pair[],
  from: number,
  most: number,
  threshold: number,
): Shown[] {
  const shown: Shown[] = [];
  for (let start = from; start < pairs.length && shown.length < most; start += pairsRead) {
    const part = pairs.slice(start, start + pairsRead);
    const ids = [...new Set(part.flatMap(({ a, b }) => [a, b]))];
    const rows = ws.query.all<{ id: string; title: string }>(
      `SELECT id, ${title} AS title FROM ${table} WHERE id IN (SELECT value FROM json_each(?)) AND (${isCompared})`,
      [JSON.stringify(ids)],
    );
    const known = new Map(rows.map((row) => [row.id, row]));
    for (const [offset, pair] of part.entries()) {
      const [a, b] = [known.get(pair.a), known.get(pair.b)];
      if (a === undefined || b === undefined || pair.score < threshold) continue;
      if (ws.duplicates.isDismissed(pair.a, pair.b)) continue;
      shown.push({ at: start + offset, pair, a, b });
      if (shown.length >= most) break;
    }
  }
  return shown;
}
