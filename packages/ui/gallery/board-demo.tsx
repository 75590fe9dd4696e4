import CircleX from 'lucide-solid/icons/circle-x';
import MoveRight from 'lucide-solid/icons/arrow-right-to-line';
import Plus from 'lucide-solid/icons/plus';
import Trash from 'lucide-solid/icons/trash';
import Trophy from 'lucide-solid/icons/trophy';
import { createSignal, onCleanup, onMount, untrack } from 'solid-js';
import { createStore, produce } from 'solid-js/store';
import { Board } from '../src/board/board.tsx';
import { IconButton } from '../src/icon-button.tsx';
import { createShortcuts } from '../src/keys.tsx';
import type { BoardHandle, BoardMove, RemoteDrag } from '../src/logic/board.ts';
import { movedOrder } from '../src/logic/card-moves.ts';
import { formatMoney } from '../src/logic/money.ts';
import { StageMark } from '../src/stage-mark.tsx';
import { showToast } from '../src/toasts.tsx';
import { CardBody, type DemoCard } from './demo-card.tsx';
import { colleague } from './people.ts';

const stages = [
  { id: 'qualified', label: 'Qualified', probability: 10 },
  { id: 'survey', label: 'Site survey', probability: 30 },
  { id: 'proposal', label: 'Proposal', probability: 50 },
  { id: 'negotiation', label: 'Negotiation', probability: 75 },
  { id: 'verbal', label: 'Verbal yes', probability: 90 },
];
const titles = [
  'Dispatch hall sensors',
  'Van fleet, 12 vehicles',
  'Sample fridges, main lab',
  'Chill chain audit',
  'Walk-in freezers, 9 shops that all need a second look',
  'Vaccine store upgrade',
];
const companies = [
  'Tarn Valley Creamery',
  'Quayside Larder',
  'Grayling Labs',
  'Petrel Catering',
  'Mistral Bakeries',
  'Alder Street Clinics',
];
const nexts = ['today', 'later', 'none', 'overdue'] as const;

const makeCard = (n: number): DemoCard => ({
  id: `c${n}`,
  title: titles[n % titles.length] ?? '',
  company: companies[(n * 5) % companies.length] ?? '',
  labels: n % 3 === 0 ? ['Tender'] : n % 7 === 0 ? ['Multi-site', 'Renewal'] : [],
  amountMinor: (4300 + ((n * 7919) % 90_000)) * 100,
  days: (n * 3) % 25,
  next: nexts[n % 4] ?? 'later',
  owner: (n % 12) + 1,
  rot: n % 11 === 0 ? 2 : n % 9 === 0 ? 1 : 0,
});

/** The live board with made-up cards. `window.demo` lets a test change it as a colleague would. */
export function BoardDemo(props: { count: number }) {
  const [cards, setCards] = createStore<Record<string, DemoCard>>({});
  const [lanes, setLanes] = createStore<Record<string, string[]>>({});
  const [selected, setSelected] = createSignal<ReadonlySet<string>>(new Set());
  const [far, setFar] = createSignal<readonly RemoteDrag[]>([]);
  const [holder, setHolder] = createSignal<{ id: string; colour: number }>();
  const moves: BoardMove[] = [];
  const dropped: { slot: string; ids: readonly string[] }[] = [];
  let handle: BoardHandle | undefined;
  const count = untrack(() => props.count);
  for (let n = 0; n < count; n++) setCards(`c${n}`, makeCard(n));
  for (const [at, stage] of stages.entries())
    setLanes(
      stage.id,
      Object.keys(cards).filter((_, n) => n % stages.length === at && !(stage.id === 'verbal' && count < 20)),
    );

  const move = (change: BoardMove) => {
    moves.push(change);
    const ids = [...change.ids];
    setLanes(
      produce((all) => {
        for (const stage of stages)
          if (stage.id !== change.laneId) all[stage.id] = (all[stage.id] ?? []).filter((id) => !ids.includes(id));
        const target = all[change.laneId] ?? [];
        const slot = change.afterId === null ? 0 : target.indexOf(change.afterId) + 1;
        all[change.laneId] = movedOrder(target, ids, slot);
      }),
    );
  };
  onMount(() => {
    Reflect.set(window, 'demo', {
      moves,
      dropped,
      lanes: () => JSON.parse(JSON.stringify(lanes)),
      setCards,
      move,
      setFar,
      setHolder,
      colleague,
      handle: () => handle,
    });
    onCleanup(() => Reflect.deleteProperty(window, 'demo'));
  });
  createShortcuts([
    { keys: 'N', label: 'New deal', scope: 'Board', run: () => void showToast({ text: 'New deal' }) },
    { keys: 'G B', label: 'Go to the board', scope: 'Everywhere', run: () => void showToast({ text: 'Board' }) },
  ]);
  const stageOf = (laneId: string) => stages.find((stage) => stage.id === laneId);
  const sum = (laneId: string) => {
    let total = 0;
    for (const id of lanes[laneId] ?? []) total += cards[id]?.amountMinor ?? 0;
    return total;
  };
  return (
    <main class="demo">
      <h1 class="sr">Board</h1>
      <div style={{ height: '12px' }} />
      <Board
        label="New business"
        lanes={stages}
        cardsOf={(laneId) => lanes[laneId] ?? []}
        renderCard={(id) => {
          const card = () => cards[id];
          const now = card();
          return now === undefined ? null : <CardBody card={now} />;
        }}
        cardClass={(id) => (cards[id]?.rot === 2 ? 'rot2' : cards[id]?.rot === 1 ? 'rot1' : '')}
        cardLabel={(id) => cards[id]?.title ?? ''}
        renderHeader={(laneId) => (
          <>
            <div class="row">
              <StageMark probability={stageOf(laneId)?.probability ?? 0} />
              <h2 class="ellip">{stageOf(laneId)?.label}</h2>
              <span class="count">{lanes[laneId]?.length}</span>
              <IconButton icon={Plus} size="sm" label={`Add a deal to ${stageOf(laneId)?.label ?? ''}`} />
            </div>
            <div class="sums">
              <b>{formatMoney(sum(laneId), 'EUR')}</b>
              <span>
                {formatMoney(Math.round((sum(laneId) * (stageOf(laneId)?.probability ?? 0)) / 10_000) * 100, 'EUR')} at{' '}
                {stageOf(laneId)?.probability}%
              </span>
            </div>
          </>
        )}
        renderTab={(laneId) => (
          <>
            <StageMark probability={stageOf(laneId)?.probability ?? 0} />
            <span class="count">{lanes[laneId]?.length}</span>
          </>
        )}
        renderEmpty={() => 'No deals here. Drag one in.'}
        onMove={(change) => {
          move(change);
          showToast({
            text: `Moved ${change.ids.length === 1 ? 'a deal' : `${change.ids.length} deals`} to ${stageOf(change.laneId)?.label ?? ''}`,
            undo: () => undefined,
          });
        }}
        onOpen={(id) => showToast({ text: `Opened ${cards[id]?.title ?? ''}` })}
        dropBar={[
          { id: 'won', label: 'Won', icon: Trophy, keys: 'W', tone: 'won' },
          { id: 'lost', label: 'Lost', icon: CircleX, keys: 'L', tone: 'lost' },
          { id: 'move', label: 'Move to…', icon: MoveRight, keys: 'M' },
          { id: 'delete', label: 'Delete', icon: Trash, keys: 'Del', tone: 'del' },
        ]}
        onDropBar={(slot, ids) => void dropped.push({ slot, ids })}
        selected={selected()}
        onSelect={setSelected}
        holderOf={(id) => {
          const who = holder();
          return who?.id === id ? { person: colleague(who.colour), isTyping: true } : null;
        }}
        lockReason={(id) => (id === 'c2' ? 'Not moved. You may only see this deal. Ask Noor.' : undefined)}
        remoteDrags={far()}
        estimateHeightPx={(id) => (cards[id]?.labels.length ? 100 : 78)}
        ref={(made) => (handle = made)}
      />
    </main>
  );
}
