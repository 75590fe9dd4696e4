import type { FieldSpecs } from '@rapport/schema/fields';
import type { AttendedWorkspace } from '../http/workspace-context.node.ts';
import type { Assignment, AssignmentFacts } from './assignment.ts';
import type { Rules } from './rules.ts';
import { leadFields } from './schema.ts';

/** By board, then `<rule> <member>`: when that rule last gave them a lead. Read once, then kept: nobody else writes it. */
export type ServedBook = Map<string, Map<string, number>>;

/** By how much the notes may be ahead: many at once push them on, and clocks are set back. */
const clockSlackMs = 3_600_000;

const keyOf = (ruleId: string, memberId: string): string => `${ruleId} ${memberId}`;

function readServed({ query }: Pick<AttendedWorkspace, 'query'>, boardId: string, now: number): Map<string, number> {
  const rows = query.all<{ rule: string; member: string; at: number }>(
    `SELECT assigned_rule AS rule, assigned_to AS member, max(assigned_at) AS at FROM leads
      WHERE board_id = ? AND assigned_rule IS NOT NULL AND assigned_to IS NOT NULL
        AND assigned_at <= ? GROUP BY 1, 2`,
    // Anybody can write a note into a document: one from days to come would never let that person's turn come.
    [boardId, now + clockSlackMs],
  );
  return new Map(rows.map(({ rule, member, at }) => [keyOf(rule, member), at]));
}

const readOpen = ({ query }: Pick<AttendedWorkspace, 'query'>, boardId: string): Map<string, number> =>
  new Map(
    query
      .all<{ owner: string; open: number }>(
        `SELECT l.owner, count(*) AS open FROM leads l LEFT JOIN stages s ON s.board_id = l.board_id AND s.id = l.stage_id
          WHERE l.board_id = ? AND l.deleted_at IS NULL AND l.owner IS NOT NULL AND coalesce(s.kind, 'open') = 'open'
          GROUP BY l.owner`,
        [boardId],
      )
      .map(({ owner, open }) => [owner, open]),
  );

/** What rules ask, as it is now; each decision is noted, so that the next lead of a batch counts it. */
export function makeAssignmentFacts({
  workspace,
  boardId,
  rules,
  custom,
  served,
  now,
}: {
  readonly workspace: Pick<AttendedWorkspace, 'query' | 'people' | 'teams' | 'accessOf'>;
  readonly boardId: string;
  readonly rules: Rules;
  /** Specs of the workspace's own fields of leads. */
  readonly custom: FieldSpecs;
  readonly served: ServedBook;
  /** Epoch ms. */
  readonly now: number;
}): AssignmentFacts & { readonly custom: FieldSpecs; note(chosen: Assignment): number } {
  const book = served.get(boardId) ?? readServed(workspace, boardId, now);
  served.set(boardId, book);
  const people = new Map(workspace.people().map((member) => [member.id, member]));
  const countsOpen = [...rules.rules, rules.otherwise].some((rule) => rule?.to.way === 'fewest');
  const open = countsOpen ? readOpen(workspace, boardId) : new Map<string, number>();
  const today = new Date(now).toISOString().slice(0, 10);
  let last = Math.max(0, ...book.values());
  return {
    custom,
    specs: { ...custom, ...leadFields },
    today,
    timeZone: 'UTC',
    teams: workspace.teams(),
    nameOf: (id) => people.get(id)?.name,
    mayTake: (id) => people.get(id)?.status === 'active' && workspace.accessOf(id, boardId) === 'edit',
    awayUntil(id) {
      const until = people.get(id)?.awayUntil ?? null;
      return until === null || until < today ? null : until;
    },
    openOf: (id) => open.get(id) ?? 0,
    servedAt: (ruleId, memberId) => book.get(keyOf(ruleId, memberId)) ?? 0,
    note({ owner, rule }) {
      // Rising, so that two of one millisecond keep their order after a restart, too.
      last = Math.max(now, last + 1);
      if (owner !== null && rule !== null) {
        book.set(keyOf(rule, owner), last);
        open.set(owner, (open.get(owner) ?? 0) + 1);
      }
      return last;
    },
  };
}
