import { applyPatch } from '@rapport/doc/patch';
import { broughtByDemo, demoAgent, type DemoPart } from '../demo/demo-part.node.ts';
import { demoPeople } from '../demo/people.ts';
import { seeded } from '../demo/seeded.ts';
import type { NounDeps, WorkspaceContext } from '../http/workspace-context.node.ts';
import { createBoard } from '../boards/board-routes.ts';
import { stagesOf, stagesRoot } from '../boards/board.ts';
import { demoStages, makeDemoDeals } from './demo-data.ts';
import { addDeals, deleteDeals } from './ops.ts';
import type { NewCard } from '../boards/ops.ts';
import { perform } from '../boards/perform.node.ts';
import { initBoard } from '../boards/stage-ops.ts';

/** The first pipeline if nobody has put anything on it yet, with the sample's stages; else a new one. */
async function demoBoard(ws: WorkspaceContext, deps: NounDeps): Promise<string> {
  const untouched = ws.query.get<{ id: string }>(
    `SELECT b.id FROM boards b WHERE b.kind = 'deals' AND NOT EXISTS (SELECT 1 FROM deals d WHERE d.board_id = b.id) ORDER BY b.id LIMIT 1`,
  );
  const board = { name: 'New business', kind: 'deals', currency: 'EUR', stages: demoStages } as const;
  if (untouched === undefined) return createBoard(ws, deps, { ...board, name: 'Cold chain' });
  await ws.hub.transact(`board/${untouched.id}`, ws.author(), (doc) => {
    const gone = stagesOf(doc).map(({ id }) => ({ root: stagesRoot, id, set: { deletedAt: deps.now() } }));
    applyPatch(doc, [...gone, ...initBoard(board, { now: deps.now(), random: Math.random, id: deps.newId })]);
  });
  return untouched.id;
}

/** The sample's companies by name, each with the people that it has there. */
function demoCustomersOf(ws: WorkspaceContext): Map<string, { id: string; contacts: string[] }> {
  const customers = new Map<string, { id: string; contacts: string[] }>();
  const names = new Map(
    ws.query.all<{ id: string; name: string }>('SELECT id, name FROM companies').map(({ id, name }) => [id, name]),
  );
  for (const { id } of broughtByDemo(ws, 'companies')) {
    const contacts = ws.query.all<{ id: string }>(
      'SELECT id FROM contacts WHERE main_company = ? AND deleted_at IS NULL ORDER BY id',
      [id],
    );
    customers.set(names.get(id) ?? '', { id, contacts: contacts.map((contact) => contact.id) });
  }
  return customers;
}

/** Adds sample deals and their owners to a pipeline. */
async function add(ws: WorkspaceContext, deps: NounDeps): Promise<void> {
  const random = seeded(7);
  const owners = ws.people.ensurePending(demoPeople).map(({ id }) => id);
  owners.unshift(ws.actor.memberId);
  const boardId = await demoBoard(ws, deps);
  const customers = demoCustomersOf(ws);
  const now = deps.now();
  await ws.hub.transact(`board/${boardId}`, ws.author('import', demoAgent), (doc) => {
    const stages = stagesOf(doc);
    const deals = makeDemoDeals({ now, random, owners, currency: 'EUR' }).map(({ stage, values }, at): NewCard => {
      const customer = customers.get(String(values['company']));
      const linked =
        customer === undefined
          ? values
          : { ...values, company: customer.id, contact: customer.contacts[at % customer.contacts.length] ?? null };
      return { id: deps.newId(), stageId: stages[stage]?.id ?? '', values: linked };
    });
    const planned = addDeals(doc, deals, { now, random });
    if (!planned.ok) throw new Error(planned.error.message);
    applyPatch(doc, planned.value);
  });
}

async function remove(ws: WorkspaceContext, deps: NounDeps): Promise<number> {
  const brought = broughtByDemo(ws, 'deals');
  for (const [doc, deals] of Map.groupBy(brought, (deal) => deal.doc))
    await perform(ws, doc, (live) =>
      deleteDeals(
        live,
        deals.map(({ id }) => id),
        { now: deps.now(), random: Math.random },
      ),
    );
  return brought.length;
}

/** The sample's deals, with the companies and contacts of the sample where it has them. */
export const dealsDemo: DemoPart = { add, remove };
