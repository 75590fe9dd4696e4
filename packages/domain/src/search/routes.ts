import { Hono } from 'hono';
import * as v from 'valibot';
import { refuse } from '../http/api-error.node.ts';
import { query } from '../http/body.node.ts';
import { describe } from '../http/describe.node.ts';
import type { WorkspaceEnv } from '../http/workspace-context.node.ts';
import { indexState } from './find-records.ts';
import { makeSearchJob } from './read-jobs.node.ts';
import type { Searchable } from './searchable.ts';

const offset = v.pipe(v.number(), v.description('UTF-16 offset in the text'));
const hit = v.object({
  field: v.pipe(v.string(), v.description('`title`, or the key of the field that the text is of')),
  text: v.pipe(v.string(), v.description('Plain text, cut around the hit where it is long')),
  ranges: v.pipe(v.array(v.tuple([offset, offset])), v.description('What of the text was found: start, end')),
});
const found = v.object({
  noun: v.string(),
  id: v.string(),
  title: v.string(),
  parent: v.pipe(v.nullable(v.string()), v.description("Id of what it lies in, e.g. a deal's board")),
  changedAt: v.pipe(v.nullable(v.number()), v.description('Epoch ms')),
  hits: v.array(hit),
});
const reply = v.object({
  items: v.array(found),
  isUpToDate: v.pipe(v.boolean(), v.description('False while changes of the last second wait to be found')),
});

const longestQuery = 200;
const wholeNumber = v.pipe(v.string(), v.regex(/^\d{1,3}$/, 'must be a whole number'), v.transform(Number));
const ids = (most: number) =>
  v.pipe(
    v.string(),
    v.transform((text) =>
      text
        .split(',')
        .filter((id) => id !== '')
        .slice(0, most),
    ),
  );

/** `GET /search`: records of all nouns, ranked. */
export function searchRoutes(searchables: readonly Searchable[]): Hono<WorkspaceEnv> {
  const search = makeSearchJob(searchables);
  const nouns = searchables.map(({ noun }) => noun);
  return new Hono<WorkspaceEnv>().get(
    '/search',
    describe({
      tag: 'Search',
      summary: 'Find records of all nouns',
      description:
        `Every word of q must be found in a record: at the beginning of a word, within one, or but for a slip of the finger. ` +
        `Case, accents and the form of telephone numbers do not count. Best first: how well it fits, then what the caller used, ` +
        `then what changed lately. Only what the caller may open is found. An empty q answers the records of opened. Nouns: ${nouns.join(', ')}.`,
      reply,
    }),
    query(
      v.strictObject({
        q: v.pipe(v.string(), v.maxLength(longestQuery, `must have at most ${longestQuery} characters`)),
        noun: v.optional(v.pipe(ids(20), v.description('One noun, or several with commas')), ''),
        limit: v.optional(v.pipe(wholeNumber, v.minValue(1), v.maxValue(100)), '20'),
        opened: v.optional(
          v.pipe(ids(50), v.description('Ids of records that the person opened last, newest first: they rank higher')),
          '',
        ),
      }),
    ),
    async (c) => {
      const { q, noun, limit, opened } = c.req.valid('query');
      const unknown = noun.find((each) => !nouns.includes(each));
      if (unknown !== undefined)
        return refuse(c, 'invalid', 'There is no such noun to search for.', { noun: `must be of ${nouns.join(', ')}` });
      const ws = c.var.workspace;
      const { memberId } = ws.actor;
      const state = indexState(ws.query);
      return c.json(await ws.read(search, { q: q.toWellFormed(), nouns: noun, limit, memberId, opened, state }));
    },
  );
}
