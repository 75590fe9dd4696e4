import { applyPatch, type Patch } from '@rapport/doc/patch';
import { readValue } from '@rapport/schema/read-value';
import { Hono, type Context } from 'hono';
import * as v from 'valibot';
import type * as Y from 'yjs';
import { boardDocOf } from '../boards/card-routes.ts';
import { customFieldsIn } from '../boards/custom-fields.node.ts';
import { refuse } from '../http/api-error.node.ts';
import { body } from '../http/body.node.ts';
import { describe } from '../http/describe.node.ts';
import {
  requireRole,
  type NounDeps,
  type WorkspaceContext,
  type WorkspaceEnv,
} from '../http/workspace-context.node.ts';
import { opsOf } from '../tables/ops-of.ts';
import { isGroup, readWhere, type ConditionGroup } from '../tables/table-query.ts';
import { tryAssignment } from './assigner.node.ts';
import { leadType } from './lead-type.ts';
import { replaceRules, rulesOf, targetWays, type Rules, type RuleTarget } from './rules.ts';
import { knownCompanySql } from './score-sql.ts';
import { hotFrom, warmFrom, weightText } from './score.ts';
import { deleteWeight, mostPoints, setWeight, weightOps, weightsOf, type Weight } from './weights.ts';

const tag = 'Leads';
const missing = 'There is no such board of leads.';
const ids = v.pipe(v.array(v.pipe(v.string(), v.minLength(1), v.maxLength(64))), v.maxLength(200));
const target = v.strictObject({
  way: v.pipe(
    v.picklist(targetWays),
    v.description('Of several: each in turn, the one with the fewest open leads, or the first who can'),
  ),
  members: v.optional(ids, []),
  teams: v.optional(ids, []),
});
const where = v.pipe(
  v.any(),
  v.description('`{match: all|any, of: [{field, op, values} or another group]}`, as filters of tables have it'),
);
const rulesReply = v.object({
  rules: v.array(v.object({ id: v.string(), when: where, to: target })),
  otherwise: v.nullable(target),
});
const rulesBody = v.strictObject({
  rules: v.pipe(
    v.array(
      v.strictObject({
        id: v.optional(v.pipe(v.string(), v.regex(/^[0-9A-Z]{26}$/))),
        when: v.optional(where),
        to: target,
      }),
    ),
    v.maxLength(100),
  ),
  otherwise: v.optional(v.nullable(target), null),
});
const weight = v.object({
  id: v.string(),
  kind: v.string(),
  text: v.string(),
  points: v.number(),
  number: v.number(),
  field: v.string(),
  op: v.picklist(weightOps),
  value: v.string(),
});
const scoreReply = v.object({ weights: v.array(weight), hotFrom: v.number(), warmFrom: v.number() });
const points = v.pipe(v.number(), v.integer(), v.minValue(-mostPoints), v.maxValue(mostPoints));
const scoreBody = v.strictObject({
  weights: v.pipe(
    v.array(
      v.strictObject({
        id: v.optional(v.pipe(v.string(), v.maxLength(64))),
        points,
        number: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(1e12))),
        field: v.optional(v.pipe(v.string(), v.regex(/^[a-z][a-zA-Z0-9_]{0,62}$/))),
        op: v.optional(v.picklist(weightOps)),
        value: v.optional(v.pipe(v.string(), v.maxLength(200))),
      }),
    ),
    v.maxLength(50),
  ),
});

const shownRules = ({ rules, otherwise }: Rules) => ({
  rules: rules.map(({ id, when, to }) => ({ id, when, to })),
  otherwise: otherwise === null ? null : otherwise.to,
});

/** How a leads board gives leads out and scores them: read by whoever sees it, changed by whoever may edit it. */
export function ruleRoutes(deps: NounDeps): Hono<WorkspaceEnv> {
  const docOf = (c: Context<WorkspaceEnv>) => boardDocOf(c.var.workspace, leadType, c.req.param('id') ?? '');
  const write = (c: Context<WorkspaceEnv>, doc: string, plan: (live: Y.Doc) => Patch) =>
    c.var.workspace.hub.transact(doc, c.var.workspace.author(), (live) => void applyPatch(live, plan(live)));
  const env = () => ({ now: deps.now(), random: Math.random });
  const weightsShown = (weights: readonly Weight[]) => ({
    weights: weights.map((each) => ({ ...each, text: weightText(each) })),
    hotFrom,
    warmFrom,
  });

  return new Hono<WorkspaceEnv>()
    .get(
      '/boards/:id/assignment',
      describe({ tag, summary: 'Who gets the leads of a board', reply: rulesReply }),
      async (c) => {
        const doc = docOf(c);
        return doc === undefined
          ? refuse(c, 'not-found', missing)
          : c.json(shownRules(await c.var.workspace.hub.read(doc, rulesOf)));
      },
    )
    .put(
      '/boards/:id/assignment',
      requireRole('member'),
      describe({
        tag,
        summary: 'Say who gets the leads of a board',
        description: 'All rules, in the order in which they are asked: the first that a lead meets has it.',
        reply: rulesReply,
      }),
      body(rulesBody),
      async (c) => {
        const ws = c.var.workspace;
        const doc = docOf(c);
        if (doc === undefined) return refuse(c, 'not-found', missing);
        const given = c.req.valid('json');
        const next: { id: string; when: ConditionGroup; to: RuleTarget }[] = [];
        const specs = { ...(await customFieldsIn(ws.hub, 'lead')), ...leadType.fields };
        for (const [at, rule] of given.rules.entries()) {
          const when = rule.when === undefined ? { match: 'all' as const, of: [] } : readWhere(rule.when);
          const wrong = when === undefined ? 'is no filter' : (problemOf(when, specs) ?? strangerIn(ws, rule.to));
          if (when === undefined || wrong !== null)
            return refuse(c, 'invalid', `rules.${at} ${wrong ?? ''}.`, { [`rules.${at}`]: wrong ?? '' });
          next.push({ id: rule.id ?? deps.newId(), when, to: rule.to });
        }
        const stranger = given.otherwise === null ? null : strangerIn(ws, given.otherwise);
        if (stranger !== null) return refuse(c, 'invalid', `otherwise ${stranger}.`, { otherwise: stranger });
        await write(c, doc, (live) => replaceRules(live, { rules: next, otherwise: given.otherwise }, env()));
        return c.json(shownRules(await ws.hub.read(doc, rulesOf)));
      },
    )
    .post(
      '/boards/:id/assignment/try',
      describe({
        tag,
        summary: 'Who would get this lead?',
        description: 'Nothing is written and no turn is used up.',
        reply: v.object({ owner: v.nullable(v.string()), why: v.string(), rule: v.nullable(v.string()) }),
      }),
      body(v.strictObject({ values: v.record(v.string(), v.any()) })),
      async (c) => {
        const ws = c.var.workspace;
        const boardId = c.req.param('id') ?? '';
        if (docOf(c) === undefined) return refuse(c, 'not-found', missing);
        const { values } = c.req.valid('json');
        const specs = { ...(await customFieldsIn(ws.hub, 'lead')), ...leadType.fields };
        const unknown = Object.keys(values).find((key) => !Object.hasOwn(specs, key));
        if (unknown !== undefined)
          return refuse(c, 'invalid', `${unknown} is not a field of leads.`, { [unknown]: 'is not a field of leads' });
        const tried = await tryAssignment(ws.id, boardId, (field) => {
          const spec = specs[field];
          return spec === undefined ? null : readValue(spec, values[field]).value;
        });
        return c.json(tried);
      },
    )
    .get(
      '/boards/:id/score',
      describe({ tag, summary: 'What makes the score of the leads of a board', reply: scoreReply }),
      async (c) => {
        const doc = docOf(c);
        return doc === undefined
          ? refuse(c, 'not-found', missing)
          : c.json(weightsShown(await c.var.workspace.hub.read(doc, weightsOf)));
      },
    )
    .put(
      '/boards/:id/score',
      requireRole('member'),
      describe({
        tag,
        summary: 'Say what makes the score of the leads of a board',
        description:
          'Of the built-in weights those that are named are changed; weights by field are all those that are given: `field`, `op` and `value`.',
        reply: scoreReply,
      }),
      body(scoreBody),
      async (c) => {
        const ws = c.var.workspace;
        const doc = docOf(c);
        if (doc === undefined) return refuse(c, 'not-found', missing);
        const given = c.req.valid('json').weights;
        const before = await ws.hub.read(doc, weightsOf);
        const isBuiltIn = (id: string | undefined) => before.some((each) => each.id === id && each.kind !== 'field');
        const bad = given.findIndex(({ id, field, op }) => !isBuiltIn(id) && (field === undefined || op === undefined));
        if (bad >= 0)
          return refuse(c, 'invalid', `weights.${bad} needs field and op.`, {
            [`weights.${bad}`]: 'needs field and op',
          });
        await write(c, doc, () => [
          ...before
            .filter(({ id, kind }) => kind === 'field' && !given.some((each) => each.id === id))
            .flatMap(({ id }) => deleteWeight(id, deps.now())),
          ...given.flatMap(({ id, points: worth, number, field, op, value }) =>
            setWeight(id ?? deps.newId(), {
              points: worth,
              ...(number === undefined ? {} : { number }),
              ...(isBuiltIn(id) || field === undefined || op === undefined ? {} : { field, op, value: value ?? '' }),
            }),
          ),
        ]);
        return c.json(weightsShown(await ws.hub.read(doc, weightsOf)));
      },
    )
    .get(
      '/boards/:id/known-companies',
      describe({
        tag,
        summary: 'Open leads whose company you have already',
        reply: v.object({ items: v.array(v.string()) }),
      }),
      (c) => {
        if (docOf(c) === undefined) return refuse(c, 'not-found', missing);
        const rows = c.var.workspace.query.all<{ id: string }>(
          `SELECT d.id FROM leads d WHERE d.board_id = ? AND d.deleted_at IS NULL AND instr(d.doc, '~') = 0 AND ${knownCompanySql('d')}`,
          [c.req.param('id') ?? ''],
        );
        return c.json({ items: rows.map(({ id }) => id) });
      },
    );
}

/** Why a filter cannot be a rule's; null when it can. */
function problemOf(group: ConditionGroup, specs: typeof leadType.fields): string | null {
  for (const node of group.of) {
    if (isGroup(node)) {
      const inner = problemOf(node, specs);
      if (inner !== null) return inner;
      continue;
    }
    const spec = Object.hasOwn(specs, node.field) ? specs[node.field] : undefined;
    if (spec === undefined) return `asks for ${node.field}, which is not a field of leads`;
    if (!opsOf(spec).includes(node.op)) return `cannot compare ${node.field} by ${node.op}`;
  }
  return null;
}

function strangerIn(ws: WorkspaceContext, { members, teams }: RuleTarget): string | null {
  if (members.some((id) => (ws.people.get(id)?.status ?? 'removed') === 'removed'))
    return 'names somebody who is not here';
  return teams.some((id) => !ws.teams.list().some((team) => team.id === id)) ? 'names a team that is not there' : null;
}
