import { byRank } from '@rapport/doc/rank';
import { rawRecord } from '@rapport/doc/records';
import type { FieldSpecs } from '@rapport/schema/fields';
import {
  type Accessor,
  batch,
  createComputed,
  createMemo,
  createSignal,
  getOwner,
  on,
  onCleanup,
  runWithOwner,
  untrack,
} from 'solid-js';
import type * as Y from 'yjs';
import { createRecords, type RecordChange, type Records } from '../create-records.web.ts';
import { cardsRoot, isHere, metaRoot, stagesOf, stagesRoot } from '../boards/board.ts';
import type { LaneTotals } from './query.ts';
import { laneTotals } from './query.ts';
import { type ReferenceNames, withNames } from './create-references.web.ts';
import { readCard, readMeta } from '../boards/read.ts';
import type { BoardMeta, Stage } from '../boards/schema.ts';
import type { BoardCard, BoardCardType } from './board-card.ts';
import { unassigned } from '../boards/schema.ts';

/** Which deals of a board are shown, and in which order; null keeps all of them and their places. */
export interface BoardView {
  readonly matches: ((deal: BoardCard) => boolean) | null;
  readonly order: ((a: BoardCard, b: BoardCard) => number) | null;
}

/** One lane, every accessor reactive. Ids keep their identity: an unchanged list is the same array. */
export interface Lane {
  /** All deals of the lane by their place. */
  readonly all: Accessor<readonly string[]>;
  /** Those that the view shows, in its order. */
  readonly shown: Accessor<readonly string[]>;
  /** Over what the view shows, rendered or not. */
  readonly totals: Accessor<LaneTotals>;
  /**
   * While a change from elsewhere is told: the Yjs client that made it, null when several did or nobody knows.
   * Undefined otherwise, and for what this browser did itself. Follows nothing.
   */
  movedBy(): number | null | undefined;
}

export interface BoardStore {
  /** Reactive: it may be replaced, so it is asked for anew for each operation. */
  readonly doc: Y.Doc;
  readonly meta: Accessor<BoardMeta>;
  readonly stages: Accessor<readonly Stage[]>;
  stage(id: string): Stage | undefined;
  readonly deals: Records<BoardCard>;
  /** A stage's lane; `unassigned` holds deals whose stage does not exist. */
  lane(stageId: string): Lane;
}

const sameList = (a: readonly string[], b: readonly string[]) =>
  a.length === b.length && a.every((id, index) => id === b[index]);

interface LaneState {
  readonly ids: Set<string>;
  readonly lane: Lane;
  /** A deal came, went or moved inside. */
  readonly placed: () => void;
  /** A deal changed where it stands. */
  readonly changed: () => void;
}

const noNames: ReferenceNames = new Map();

/** A board document as the screen follows it. Incremental: a change costs its own lanes, not the board. */
export function createBoard(options: {
  /** Reactive: a document that replaces it (after a refusal) is followed, and what is equal in both stays as it is. */
  doc: Accessor<Y.Doc>;
  /** What the cards are. */
  type: BoardCardType;
  /** Reactive: deals are read again when a definition comes, changes or goes. */
  custom: Accessor<FieldSpecs>;
  /** Reactive: what linked companies and contacts are called. */
  names?: Accessor<ReferenceNames>;
  /** Read inside lanes, so it may depend on signals; called again when they change. */
  view: (store: Pick<BoardStore, 'meta' | 'stage' | 'deals'>) => Accessor<BoardView>;
}): BoardStore {
  const { type, custom, names = () => noNames } = options;
  let doc = untrack(options.doc);
  const owner = getOwner();
  const deals = createRecords<BoardCard>(doc, cardsRoot, (id, map) => {
    const deal = readCard(type, id, rawRecord(map), untrack(custom));
    return isHere(deal) ? withNames(deal, untrack(names)) : undefined;
  });

  createComputed(
    on(
      [custom, names],
      () => {
        deals.reread();
        for (const state of states.values()) state.changed();
      },
      { defer: true },
    ),
  );

  const [stages, setStages] = createSignal<readonly Stage[]>(stagesOf(doc));
  const [meta, setMeta] = createSignal(readMeta(doc));
  const byId = createMemo(() => new Map(stages().map((stage) => [stage.id, stage])));
  const stage = (id: string) => byId().get(id);
  const states = new Map<string, LaneState>();
  const laneIdOf = (deal: BoardCard) => (knownStages.has(deal.stageId) ? deal.stageId : unassigned);
  let knownStages = new Set(stages().map(({ id }) => id));
  const view = options.view({ meta, stage, deals });

  const moverOf = new Map<LaneState, number | null>();
  const makeLane = (stageId: string): LaneState => {
    const ids = new Set<string>();
    const [placed, setPlaced] = createSignal(0);
    const [changed, setChanged] = createSignal(0);
    const all = createMemo<readonly string[]>(
      () => {
        placed();
        const ranked: { id: string; rank: string }[] = [];
        for (const id of ids) ranked.push({ id, rank: deals.peek(id)?.rank ?? '' });
        return ranked.sort(byRank).map(({ id }) => id);
      },
      [],
      { equals: sameList },
    );
    const shown = createMemo<readonly string[]>(
      () => {
        const { matches, order } = view();
        const list = all();
        if (!matches && !order) return list;
        changed();
        const found = list
          .map((id) => deals.peek(id))
          .filter((deal) => deal !== undefined && (matches?.(deal) ?? true));
        if (order) found.sort((a, b) => (a && b ? order(a, b) : 0));
        return found.map((deal) => deal?.id ?? '');
      },
      [],
      { equals: sameList },
    );
    const totals = createMemo(
      () => {
        changed();
        const found = shown()
          .map((id) => deals.peek(id))
          .filter((deal) => deal !== undefined);
        return laneTotals(found, stage(stageId)?.probability ?? 0, meta().currency);
      },
      undefined,
      {
        equals: (a, b) =>
          a.count === b.count &&
          a.sumMinor === b.sumMinor &&
          a.weightedMinor === b.weightedMinor &&
          a.foreign === b.foreign,
      },
    );
    const state: LaneState = {
      ids,
      lane: { all, shown, totals, movedBy: () => moverOf.get(state) },
      placed: () => setPlaced((before) => before + 1),
      changed: () => setChanged((before) => before + 1),
    };
    return state;
  };
  const stateOf = (stageId: string): LaneState => {
    let state = states.get(stageId);
    if (!state) {
      state = runWithOwner(owner, () => makeLane(stageId)) ?? makeLane(stageId);
      states.set(stageId, state);
    }
    return state;
  };
  const place = (deal: BoardCard) => stateOf(laneIdOf(deal)).ids.add(deal.id);
  for (const deal of deals.all.values()) place(deal);
  for (const state of states.values()) state.placed();

  // Gathered per transaction, told once at its end: a bulk move sorts each lane once.
  const dirtyPlaced = new Set<LaneState>();
  const dirtyChanged = new Set<LaneState>();
  const note = ({ before, after, id, isLocal, author }: RecordChange<BoardCard>) => {
    const from = before && stateOf(laneIdOf(before));
    const to = after && stateOf(laneIdOf(after));
    if (from !== to || before?.rank !== after?.rank) {
      from?.ids.delete(id);
      to?.ids.add(id);
      if (from) dirtyPlaced.add(from);
      if (to) dirtyPlaced.add(to);
    }
    for (const state of [from, to]) {
      if (!state) continue;
      dirtyChanged.add(state);
      if (!isLocal) moverOf.set(state, moverOf.has(state) && moverOf.get(state) !== author ? null : author);
    }
  };
  deals.onChange((changes) => changes.forEach(note));
  const flush = () => {
    if (dirtyPlaced.size === 0 && dirtyChanged.size === 0) return;
    batch(() => {
      for (const state of dirtyPlaced) state.placed();
      for (const state of dirtyChanged) state.changed();
    });
    dirtyPlaced.clear();
    dirtyChanged.clear();
    moverOf.clear();
  };
  const readStages = () => {
    const next = stagesOf(doc);
    knownStages = new Set(next.map(({ id }) => id));
    for (const state of states.values()) state.ids.clear();
    for (const deal of deals.all.values()) place(deal);
    // Lanes go before their lists change: nothing is asked of a lane that is no more.
    setStages(next);
    batch(() => {
      for (const state of states.values()) state.placed();
    });
  };
  const readBoardMeta = () => setMeta(readMeta(doc));
  const watch = () => {
    doc.getMap(stagesRoot).observeDeep(readStages);
    doc.getMap(metaRoot).observeDeep(readBoardMeta);
    doc.on('afterTransaction', flush);
  };
  const unwatch = () => {
    doc.getMap(stagesRoot).unobserveDeep(readStages);
    doc.getMap(metaRoot).unobserveDeep(readBoardMeta);
    doc.off('afterTransaction', flush);
  };
  watch();
  onCleanup(unwatch);
  createComputed(
    on(
      options.doc,
      (next) => {
        unwatch();
        doc = next;
        watch();
        batch(() => {
          deals.follow(doc);
          readStages();
          readBoardMeta();
          flush();
        });
      },
      { defer: true },
    ),
  );

  return {
    get doc() {
      return options.doc();
    },
    meta,
    stages,
    stage,
    deals,
    lane: (stageId) => stateOf(stageId).lane,
  };
}
