import { applyPatch } from '@rapport/doc/patch';
import { createBoard } from '../boards/board-routes.ts';
import { stagesOf } from '../boards/board.ts';
import { perform } from '../boards/perform.node.ts';
import { broughtByDemo, demoAgent, type DemoPart } from '../demo/demo-part.node.ts';
import { demoPeople } from '../demo/people.ts';
import { seeded } from '../demo/seeded.ts';
import type { NounDeps, WorkspaceContext } from '../http/workspace-context.node.ts';
import { makeDemoLeads } from './demo-data.ts';
import { leadType } from './lead-type.ts';
import { leadOps } from './ops.ts';

/** The sample's inbox of leads: the first that there is, or one of its own. */
async function demoInbox(ws: WorkspaceContext, deps: NounDeps): Promise<string> {
  const found = ws.query
    .all<{ id: string }>(`SELECT id FROM boards WHERE kind = 'leads' ORDER BY id`)
    .find(({ id }) => ws.accessTo(id) === 'edit');
  const { defaultStages: stages } = leadType;
  return found?.id ?? createBoard(ws, deps, { name: 'Leads', kind: 'leads', currency: 'EUR', stages });
}

async function add(ws: WorkspaceContext, deps: NounDeps): Promise<void> {
  const owners = [ws.actor.memberId, ...ws.people.ensurePending(demoPeople).map(({ id }) => id)];
  const board = await demoInbox(ws, deps);
  const [now, random] = [deps.now(), seeded(11)];
  await ws.hub.transact(`board/${board}`, ws.author('import', demoAgent), (doc) => {
    const stages = stagesOf(doc).filter(({ kind }) => kind === 'open');
    const leads = makeDemoLeads({ now, random, owners }).map(({ stage, values }) => ({
      id: deps.newId(),
      stageId: (stages[stage] ?? stages[0])?.id ?? '',
      values,
    }));
    const planned = leadOps.addMany(doc, leads, { now, random });
    if (!planned.ok) throw new Error(planned.error.message);
    applyPatch(doc, planned.value);
  });
}

async function remove(ws: WorkspaceContext, deps: NounDeps): Promise<number> {
  const brought = broughtByDemo(ws, 'leads');
  for (const [doc, leads] of Map.groupBy(brought, (lead) => lead.doc))
    await perform(ws, doc, (live) =>
      leadOps.remove(
        live,
        leads.map(({ id }) => id),
        { now: deps.now(), random: Math.random },
      ),
    );
  return brought.length;
}

/** The sample's leads, some of companies of the sample. */
export const leadsDemo: DemoPart = { add, remove };
