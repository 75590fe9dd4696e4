import type { FieldSpecs } from '@rapport/schema/fields';
import type { Person } from '@rapport/ui/logic/person';
import { type Accessor, createMemo, createSignal, onCleanup } from 'solid-js';
import type * as Y from 'yjs';
import type { OpenDocument, Presence, WorkspaceClient } from '../client.ts';
import { createActions } from './create-actions.web.ts';
import { type BoardView, createBoard } from './create-board.web.ts';
import { createPeople, createPresence } from '../create-people.web.ts';
import { createReferences } from './create-references.web.ts';
import { createSignals } from './create-signals.web.ts';
import type { ViewControl } from './create-view-state.web.ts';
import type { BoardSummary, DealBoard } from './deal-board-context.tsx';
import { localDay } from '../fields/field-text.ts';
import type { CardOps } from '../boards/ops.ts';
import { type BoardCard, type BoardCardType, valueOfField } from './board-card.ts';
import { type Deriving, nothingDerived } from './derived-fields.ts';
import { type FilterContext, makeMatcher, makeSorter } from './filter.ts';
import type { DealSignals } from './query.ts';
import { isNarrowed, savedQuery } from './view-state.ts';

const minuteMs = 60_000;
const showAll: BoardView = { matches: null, order: null };

/** A clock that follows the minute, for ages; a tab that comes back into sight is not a minute late. */
function createClock(now: () => number) {
  const [at, setAt] = createSignal(now());
  const timer = setInterval(() => setAt(now()), minuteMs);
  const wake = () => void (document.visibilityState === 'visible' && setAt(now()));
  document.addEventListener('visibilitychange', wake);
  onCleanup(() => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', wake);
  });
  return at;
}

/** When this person last did anything here, to the half minute: colleagues see who is idle. */
function createLastInput(now: () => number) {
  const [at, setAt] = createSignal(now());
  const note = () => void (now() - at() > minuteMs / 2 && setAt(now()));
  for (const kind of ['pointermove', 'pointerdown', 'keydown'] as const)
    addEventListener(kind, note, { passive: true });
  onCleanup(() => {
    for (const kind of ['pointermove', 'pointerdown', 'keydown'] as const) removeEventListener(kind, note);
  });
  return at;
}

/** The pipelines of the workspace; what was known stays while offline. */
function createBoards(workspace: WorkspaceClient, type: BoardCardType) {
  const [boards, setBoards] = createSignal<readonly BoardSummary[]>([]);
  const ask = async () => {
    try {
      const { items } = await workspace.api<{ items: BoardSummary[] }>('GET', '/boards?limit=500');
      setBoards(items.filter(({ kind }) => kind === type.kind));
    } catch {
      // Offline: the switcher shows this board alone, the shell says that there is no connection.
    }
  };
  void ask();
  onCleanup(workspace.onChanged(['boards'], () => void ask()));
  return boards;
}

/** Everything that the parts of a deal board share, over one document. Ends with the owner. */
export function createDealBoard(options: {
  workspace: WorkspaceClient;
  boardId: string;
  docName: string;
  document: OpenDocument;
  doc: Accessor<Y.Doc>;
  control: ViewControl;
  type: BoardCardType;
  ops: CardOps<BoardCard>;
  cardMark?: DealBoard['cardMark'];
  deriving?: Deriving | undefined;
}): DealBoard & {
  presentDrag: (drag: Presence['drag']) => void;
  /** Cards that are to be converted: a question that their noun asks. */
  converting: Accessor<readonly string[]>;
} {
  const { workspace, boardId, docName, document, doc, control, type, ops } = options;
  const { view, setView } = control;
  const now = createClock(() => workspace.now());
  const today = createMemo(() => localDay(now()));
  const nameOf = (id: string) => workspace.members().get(id)?.name ?? references.names().get(id) ?? 'Somebody';
  const personOf = (id: string | null): Person | null => {
    const member = id === null ? undefined : workspace.members().get(id);
    return member ? { id: member.id, name: member.name, colour: member.colour } : null;
  };
  const derived = options.deriving?.({ workspace, boardId, doc }) ?? (() => nothingDerived);
  const specs = createMemo<FieldSpecs>(() => ({ ...type.fields, ...workspace.customFields(type.noun) }));

  // Signals need the deals and the deals' view needs the signals: the view asks for them when it is computed.
  let signalsOf: { get: (id: string) => DealSignals | undefined; version: () => number } = {
    get: () => undefined,
    version: () => 0,
  };
  const [isSetUp, setIsSetUp] = createSignal(false);
  let context: () => FilterContext = () => {
    throw new Error('The filter context is read before it is made');
  };
  const references = createReferences(
    workspace,
    boardId,
    Object.values(type.fields).some((spec) => spec.type === 'reference'),
  );
  const store = createBoard({
    doc,
    type,
    names: references.names,
    custom: () => workspace.customFields(type.noun),
    view: ({ meta, stage }) => {
      context = createMemo<FilterContext>(() => {
        isSetUp();
        signalsOf.version();
        return {
          me: workspace.me.id,
          now: now(),
          today: today(),
          currency: meta().currency,
          custom: workspace.customFields(type.noun),
          type,
          derived: derived(),
          stage,
          signals: (id) => signalsOf.get(id),
          nameOf,
        };
      });
      const asked = createMemo(() => savedQuery({ ...view(), as: 'board', closed: false, hide: [], show: [] }));
      return createMemo<BoardView>(() => {
        asked();
        const { sort } = view();
        // The same object while nothing is asked: then a touched deal costs no lane anything.
        if (!sort && !isNarrowed(view())) return showAll;
        return {
          matches: isNarrowed(view()) ? makeMatcher(view(), context()) : null,
          order: sort ? makeSorter(sort, context()) : null,
        };
      });
    },
  });
  const signals = createSignals(workspace, boardId, store.deals, type);
  signalsOf = { get: signals.peek, version: signals.version };
  setIsSetUp(true);

  const [access, setAccess] = createSignal(document.access());
  onCleanup(document.onAccess(() => setAccess(document.access())));
  const people = createPeople(document, workspace.me.id);
  const [converting, convert] = createSignal<readonly string[]>([]);
  const actions = createActions({ workspace, document, docName, boardId, store, type, ops, convert });
  const [selected, select] = createSignal<ReadonlySet<string>>(new Set());
  const [editing, setEditing] = createSignal<{ id: string; field: string } | null>(null);
  const [drag, presentDrag] = createSignal<Presence['drag']>(null);
  const [editingCard, editCard] = createSignal<{ id: string; field: 'title' | 'value' } | null>(null);
  const activeAt = createLastInput(() => workspace.now());
  createPresence(document, () => ({
    board: boardId,
    record: editing()?.id ?? view().deal,
    field: editing()?.field ?? null,
    drag: drag() ?? null,
    view: control.query(),
    activeAt: activeAt(),
  }));

  return {
    ...control,
    workspace,
    boardId,
    type,
    ops,
    cardMark: options.cardMark,
    derived,
    docName,
    document,
    store,
    references,
    signals,
    people,
    actions,
    now,
    today,
    filterContext: () => context(),
    lockReason: () => (access() === 'write' ? undefined : `You may look at this ${type.words.board}, not change it.`),
    specs,
    personOf,
    nameOf,
    selected,
    select,
    tellEditing: (id, field) => setEditing(field === null ? null : { id, field }),
    editingCard,
    editCard,
    valuesInUse(field) {
      const counts = new Map<string, number>();
      for (const deal of store.deals.all.values()) {
        const value = valueOfField(type, deal, field);
        for (const each of Array.isArray(value) ? value : [value])
          if (typeof each === 'string') counts.set(each, (counts.get(each) ?? 0) + 1);
      }
      return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([value]) => value);
    },
    boards: createBoards(workspace, type),
    openDeal: (id) => setView({ deal: id }, id === null || view().deal !== null ? 'replace' : 'push'),
    presentDrag,
    converting,
  };
}
