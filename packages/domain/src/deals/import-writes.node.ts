import type { Json } from '@rapport/doc/json';
import { applyPatch, type Applied, type RecordWrite } from '@rapport/doc/patch';
import { ranksBetween } from '@rapport/doc/rank';
import { rawRecord, recordMap } from '@rapport/doc/records';
import type { Author } from '@rapport/sync/server/ports';
import type * as Y from 'yjs';
import type { NounDeps, WorkspaceContext } from '../http/workspace-context.node.ts';
import type { FieldToMake } from '../imports/file-reading.ts';
import { makeFields } from '../imports/make-fields.node.ts';
import type { NewOption } from '../imports/option-chooser.ts';
import type { RelatedRecords } from '../imports/related-records.node.ts';
import type { Batch, Made } from '../imports/session.node.ts';
import { initArchive } from '../boards/archive.ts';
import { cardsRoot, laneOf, stagesRoot } from '../boards/board.ts';
import type { DealImportPlan, PlannedDeal } from './plan-import.ts';
import { addStage } from '../boards/stage-ops.ts';
import { inUsualOrder } from './usual-stages.ts';

export interface DealImportWork {
  readonly boardDoc: string;
  readonly plan: DealImportPlan;
  readonly fields: readonly FieldToMake[];
  readonly options: readonly NewOption[];
  /** Companies and contacts that the deals name; null: they stay text. */
  readonly related: RelatedRecords | null;
  /** Where a consent is said to come from. */
  readonly source: string;
  /** Write into fields that are empty at the moment of writing, and no others. */
  readonly onlyEmpty: boolean;
}

/** Deals in one commit: small enough that people's keystrokes go in between. */
const batchSize = 100;

/** Stages that this plan makes, in the board: open ones behind the open ones, in the order of a sale; won and lost at the end. */
async function makeStages(
  ws: WorkspaceContext,
  deps: NounDeps,
  author: Author,
  work: DealImportWork,
): Promise<string[]> {
  const { stages } = work.plan;
  if (stages.length === 0) return [];
  const made = stages.map((stage) => ({ ...stage, id: deps.newId() }));
  const open = inUsualOrder(made.filter(({ kind }) => kind === 'open'));
  await ws.hub.transact(work.boardDoc, author, (doc) => {
    let nth = 0;
    for (const { id, name, kind } of [...open, ...made.filter((stage) => stage.kind !== 'open')]) {
      // Nobody said how likely the new stages are: an even rise, for the team to correct.
      const probability = kind === 'open' ? Math.round((100 * ++nth) / (open.length + 1)) : kind === 'won' ? 100 : 0;
      const planned = addStage(doc, { id, name, kind, probability }, { now: deps.now(), random: Math.random });
      if (planned.ok) applyPatch(doc, planned.value);
    }
  });
  return made.map(({ id }) => id);
}

/** Archives that the plan writes to exist afterwards, and know every stage of the board. */
async function readyArchives(
  ws: WorkspaceContext,
  author: Author,
  boardDoc: string,
  docs: readonly string[],
): Promise<void> {
  const layout = await ws.hub.read(boardDoc, initArchive);
  const stages = layout.filter(({ root }) => root === stagesRoot);
  for (const doc of docs) {
    if (doc === boardDoc) continue;
    if (!(await ws.hub.exists(doc))) await ws.hub.create(doc, author, (fresh) => void applyPatch(fresh, layout));
    else
      await ws.hub.transact(doc, author, (archive) => {
        const missing = stages.filter(({ id }) => recordMap(archive, stagesRoot, id) === null);
        if (missing.length > 0) applyPatch(archive, missing);
      });
  }
}

interface Placed {
  readonly deal: PlannedDeal;
  readonly place: readonly [string, string] | null;
}

/** Gives each deal that enters a stage its place behind those that stand there now. */
async function placeAll(
  ws: WorkspaceContext,
  doc: string,
  deals: readonly PlannedDeal[],
  stageId: (deal: PlannedDeal) => string | null,
): Promise<Placed[]> {
  const byStage = Map.groupBy(deals, stageId);
  const places = new Map<PlannedDeal, readonly [string, string]>();
  for (const [stage, entering] of byStage) {
    if (stage === null) continue;
    const last = await ws.hub.read(doc, (live) => laneOf(live, stage).at(-1)?.rank ?? null);
    const ranks = ranksBetween(last, null, entering.length, Math.random);
    for (const [index, deal] of entering.entries()) places.set(deal, [stage, ranks[index] ?? 'V']);
  }
  return deals.map((deal) => ({ deal, place: places.get(deal) ?? null }));
}

/** Makes stages, fields and people that the plan needs, and the batches that write its deals. */
export async function beginDealImport(
  ws: WorkspaceContext,
  deps: NounDeps,
  author: Author,
  work: DealImportWork,
): Promise<{ made: Made; batches: AsyncIterable<Batch> }> {
  const { plan, boardDoc } = work;
  const stages = await makeStages(ws, deps, author, work);
  const fields = await makeFields(ws, deps, author, 'deal', work);
  const known = new Set(ws.people.list().map(({ id }) => id));
  const people = plan.people.length === 0 ? [] : ws.people.ensurePending(plan.people).map(({ id }) => id);
  const { related } = work;
  const linked = plan.deals.map((deal): PlannedDeal => {
    if (related === null) return deal;
    const { company, contact } = related.idsFor(deal.row, deal.set);
    // Of a deal that is there, only what the row changes.
    const setsContact = deal.id === null || deal.set.contact !== undefined;
    return {
      ...deal,
      set: {
        ...deal.set,
        ...(company === undefined ? {} : { company }),
        ...(contact === undefined || !setsContact ? {} : { contact }),
      },
    };
  });
  const byDoc = Map.groupBy(linked, ({ doc }) => doc);
  await readyArchives(ws, author, boardDoc, [...byDoc.keys()]);
  const stageId = ({ stage }: PlannedDeal) =>
    stage === null ? null : 'id' in stage ? stage.id : (stages[stage.made] ?? null);
  const batches: Batch[] = [];
  for (const [doc, deals] of byDoc) {
    const placed = await placeAll(ws, doc, deals, stageId);
    for (let at = 0; at < placed.length; at += batchSize) {
      const part = placed.slice(at, at + batchSize);
      const created = part.filter(({ deal }) => deal.id === null).length;
      batches.push({
        docs: [doc],
        rows: part.length,
        created,
        updated: part.length - created,
        written: { rows: part.map(({ deal }) => deal.row), ids: [] },
        edit: ([live]) => ({
          made: [],
          applied: live ? [{ doc, applied: writeDeals(live, part, people, deps, work.onlyEmpty) }] : [],
        }),
      });
    }
  }
  const needed = new Set(
    linked.flatMap(({ set }) => [set.company, set.contact].filter((id) => typeof id === 'string')),
  );
  const env = { newId: deps.newId, now: deps.now(), custom: {}, source: work.source };
  async function* all(): AsyncGenerator<Batch> {
    if (related !== null) yield* related.batches(env, needed);
    yield* batches;
  }
  return { made: { stages, fields, people: people.filter((id) => !known.has(id)) }, batches: all() };
}

function writeDeals(
  live: Y.Doc,
  part: readonly Placed[],
  people: readonly string[],
  deps: NounDeps,
  onlyEmpty: boolean,
): Applied {
  const patch: RecordWrite[] = [];
  for (const { deal, place } of part) {
    const owner = deal.owner === null ? null : 'id' in deal.owner ? deal.owner.id : (people[deal.owner.added] ?? null);
    const set: Record<string, Json> = {
      ...deal.set,
      ...(owner === null ? {} : { owner }),
      ...(place === null ? {} : { place: [...place] }),
    };
    if (deal.id === null) {
      patch.push({ root: cardsRoot, id: deps.newId(), create: true, set });
      continue;
    }
    const map = recordMap(live, cardsRoot, deal.id);
    // Deleted or moved to another document since the plan was made: left alone.
    if (!map || map.has('movedTo') || map.get('deletedAt') != null) continue;
    const there = rawRecord(map);
    const now = onlyEmpty ? Object.fromEntries(Object.entries(set).filter(([key]) => there[key] == null)) : set;
    patch.push({ root: cardsRoot, id: deal.id, set: now });
  }
  return applyPatch(live, patch);
}
