import { applyPatch, type RecordWrite } from '@rapport/doc/patch';
import { rawRecord, recordMap } from '@rapport/doc/records';
import type { Commit } from '@rapport/sync/server/ports';
import type * as Y from 'yjs';
import { cardsRoot } from '../boards/board.ts';
import { readCard } from '../boards/read.ts';
import { customFieldsOf } from '../custom-fields.ts';
import type { AttendedWorkspace, NounDeps } from '../http/workspace-context.node.ts';
import type { ValueOf } from '../tables/meets.ts';
import { assignedKey } from './assigned.ts';
import { assign, type Assignment } from './assignment.ts';
import { makeAssignmentFacts, type ServedBook } from './assignment-facts.node.ts';
import { leadType } from './lead-type.ts';
import { isPoolEmpty, rulesOf, type Rules } from './rules.ts';

/** Leads in one commit, so that an import's are given out between people's keystrokes. */
const batchSize = 100;
/** After a start: leads that came into being when the server stopped. Older ones were left on purpose. */
const catchUpMs = 3_600_000;
/** Looked through for them, so that opening a large workspace takes no longer. */
const catchUpLines = 5000;
/** Kinds of activity with which a lead comes into being. */
const isNew = new Set(['created', 'imported']);

/** Who has a lead by the rules; both null when no rule was asked. */
export type Decided = Pick<Assignment, 'owner'> & { readonly why: string | null };
const undecided: Decided = { owner: null, why: null };

const asksNobody = ({ rules, otherwise }: Rules): boolean =>
  rules.every(({ to }) => isPoolEmpty(to)) && (otherwise === null || isPoolEmpty(otherwise.to));

export type Assigner = ReturnType<typeof makeAssigner>;

/**
 * Gives new leads that nobody owns to somebody, by their board's rules: once for each lead, in a commit of the server's
 * own, so that the history says it was a rule. One lead after another: two that come at once never get one turn twice.
 */
function makeAssigner(workspace: AttendedWorkspace, { now, warn }: Pick<NounDeps, 'now' | 'warn'>) {
  const { hub, query } = workspace;
  const served: ServedBook = new Map();
  let tail: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = tail.then(work);
    tail = mine.catch(() => undefined);
    return mine;
  };

  async function factsFor(boardId: string, rules: Rules) {
    const custom = await hub.read('workspace', (shared) => customFieldsOf(shared, 'lead'));
    return makeAssignmentFacts({ workspace, boardId, rules, custom, served, now: now() });
  }

  async function decide(boardId: string, ids: readonly string[]): Promise<ReadonlyMap<string, Decided>> {
    const decided = new Map<string, Decided>();
    const doc = `board/${boardId}`;
    const rules = await hub.read(doc, rulesOf);
    if (asksNobody(rules)) return decided;
    const facts = await factsFor(boardId, rules);
    const byRule = Map.groupBy(
      await hub.read(doc, (live) => ids.flatMap((id) => choose(live, id, rules, facts, decided))),
      ({ rule }) => rule,
    );
    for (const [rule, writes] of byRule)
      await hub.transact(
        doc,
        { actor: 'server', via: 'server', ...(rule === null ? {} : { agent: `rule:${rule}` }) },
        (live) => {
          // Somebody may have taken it in this very moment: then it is theirs.
          applyPatch(
            live,
            writes.flatMap(({ write }) => (isWaiting(live, write.id) ? [write] : [])),
          );
        },
      );
    return decided;
  }

  /** What is to be written to one lead; nothing when it is not a new one that nobody has. */
  function choose(
    live: Y.Doc,
    id: string,
    rules: Rules,
    facts: ReturnType<typeof makeAssignmentFacts>,
    decided: Map<string, Decided>,
  ): { rule: string | null; write: RecordWrite }[] {
    if (!isWaiting(live, id)) return [];
    const map = recordMap(live, cardsRoot, id);
    if (!map) return [];
    const lead = readCard(leadType, id, rawRecord(map), facts.custom);
    const values = lead as unknown as Readonly<Record<string, never>>;
    const chosen = assign(rules, (field) => values[field] ?? lead.custom[field] ?? null, facts);
    const at = facts.note(chosen);
    decided.set(id, chosen);
    const set = { owner: chosen.owner, assignedWhy: chosen.why };
    const note = { rule: chosen.rule, to: chosen.owner, at, set };
    return [{ rule: chosen.rule, write: { root: cardsRoot, id, set: { ...set, [assignedKey]: note } } }];
  }

  const isWaiting = (live: Y.Doc, id: string): boolean => {
    const map = recordMap(live, cardsRoot, id);
    return (
      map !== null &&
      !map.has(assignedKey) &&
      map.get('owner') == null &&
      map.get('deletedAt') == null &&
      !map.has('movedTo')
    );
  };

  async function assignAll(boardId: string, ids: readonly string[]): Promise<ReadonlyMap<string, Decided>> {
    const decided = new Map<string, Decided>();
    for (let at = 0; at < ids.length; at += batchSize)
      for (const [id, each] of await inTurn(() => decide(boardId, ids.slice(at, at + batchSize))))
        decided.set(id, each);
    return decided;
  }

  const inBackground = (boardId: string, ids: readonly string[]): void => {
    assignAll(boardId, ids).catch((error: unknown) =>
      // The lead stays nobody's and in the inbox, where people see it.
      warn({ boardId, error: error instanceof Error ? error.stack : String(error) }, 'leads could not be assigned'),
    );
  };

  /** Leads that came into being with a commit, by board. */
  function newLeads({ writes }: Commit): Map<string, string[]> {
    const found = new Map<string, string[]>();
    for (const { table, row } of writes)
      if (table === 'activity' && row?.noun === 'lead' && isNew.has(String(row.kind)) && typeof row.doc === 'string') {
        // An archive's leads are closed.
        if (row.doc.includes('~')) continue;
        const board = String(row.board_id);
        found.set(board, [...(found.get(board) ?? []), String(row.record)]);
      }
    return found;
  }

  const off = hub.onCommit((commit) => {
    for (const [board, ids] of newLeads(commit)) inBackground(board, ids);
  });
  const missed = query.all<{ id: string; board_id: string }>(
    `SELECT l.id, l.board_id FROM (SELECT * FROM activity ORDER BY id DESC LIMIT ${catchUpLines}) a JOIN leads l ON l.id = a.record
      WHERE a.at > ? AND a.noun = 'lead' AND a.kind IN ('created', 'imported')
        AND l.owner IS NULL AND l.assigned_at IS NULL AND l.deleted_at IS NULL AND instr(l.doc, '~') = 0
        AND NOT EXISTS (SELECT 1 FROM activity o WHERE o.record = l.id AND o.field = 'owner')`,
    [now() - catchUpMs],
  );
  for (const [board, rows] of Map.groupBy(missed, (row) => row.board_id))
    inBackground(
      board,
      rows.map(({ id }) => id),
    );

  return {
    /** Decides now, if nobody has; what was decided a moment ago by the step in the background is answered as well. */
    async assign(boardId: string, leadId: string): Promise<Decided> {
      const found = (await assignAll(boardId, [leadId])).get(leadId);
      if (found) return found;
      return hub.read(`board/${boardId}`, (live) => {
        const map = recordMap(live, cardsRoot, leadId);
        if (!map?.has(assignedKey)) return undecided;
        const lead = readCard(leadType, leadId, rawRecord(map));
        return { owner: lead.owner, why: lead.assignedWhy };
      });
    },
    /** What the rules would say of a lead with these values; nothing is written and no turn is used up. */
    async try(boardId: string, values: ValueOf): Promise<Assignment> {
      const rules = await hub.read(`board/${boardId}`, rulesOf);
      return assign(rules, values, await factsFor(boardId, rules));
    },
    close: off,
  };
}

/** Of the workspaces that are open, since a request has only their ids. */
const assigners = new Map<string, Assigner>();

/** Looks after a workspace's new leads; answers how to end it. */
export function attendAssignment(workspace: AttendedWorkspace, deps: NounDeps): () => void {
  const assigner = makeAssigner(workspace, deps);
  assigners.set(workspace.id, assigner);
  return () => {
    assigner.close();
    if (assigners.get(workspace.id) === assigner) assigners.delete(workspace.id);
  };
}

/** Who gets a lead that was just made, decided by the board's rules and durable when this resolves. */
export const assignLead = (workspaceId: string, boardId: string, leadId: string): Promise<Decided> =>
  assigners.get(workspaceId)?.assign(boardId, leadId) ?? Promise.resolve(undecided);

/** Who would get a lead with these values. */
export async function tryAssignment(workspaceId: string, boardId: string, values: ValueOf): Promise<Assignment> {
  const assigner = assigners.get(workspaceId);
  if (assigner) return assigner.try(boardId, values);
  throw new Error(`workspace ${workspaceId} is not attended`);
}
