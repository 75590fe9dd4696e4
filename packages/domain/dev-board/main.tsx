import '@rapport/ui/tokens.css';
import '@rapport/ui/base.css';
import '@rapport/ui/components.css';
import { applyPatch } from '@rapport/doc/patch';
import { noteRaces } from '@rapport/doc/race';
import { KeysHelp } from '@rapport/ui/keys';
import { Toasts } from '@rapport/ui/toasts';
import { render } from 'solid-js/web';
import { laneOf, stagesOf } from '../src/boards/board.ts';
import { DealBoardScreen } from '../src/deals/deal-board-screen.tsx';
import { fakeWorkspace } from './fake-workspace.ts';
import { sampleBoard } from './sample-board.ts';

// ?n=5000 cards, ?theme=dark, ?quiet (nobody else here), ?reader (may only look), ?race=ID; the rest is the board's own.
const query = new URLSearchParams(location.search);
document.documentElement.dataset.theme = query.get('theme') ?? 'light';
const startedAt = performance.now();
const { doc, signals } = sampleBoard(Number(query.get('n') ?? 64), Date.now());
const builtAt = performance.now();
const [first, second, third] = stagesOf(doc);
const cards = laneOf(doc, second?.id ?? '').map(({ id }) => id);
const [dragged] = laneOf(doc, third?.id ?? '');
const raced = query.get('race');
const eur = (minor: number) => ({ minor, currency: 'EUR' });
if (raced !== null)
  applyPatch(
    doc,
    noteRaces(
      [
        {
          root: 'cards',
          record: raced,
          field: 'value',
          kept: eur(4_000_000),
          keptBy: 'ana',
          other: eur(3_500_000),
          otherBy: 'noor',
        },
      ],
      Date.now(),
    ),
  );
const isQuiet = query.has('quiet') || doc.getMap('cards').size === 0;
const activeAt = Date.now();
const ws = fakeWorkspace({
  doc,
  signals,
  isReader: query.has('reader'),
  pending: new Set(query.has('pending') ? cards.slice(1, 3) : []),
  people: isQuiet
    ? []
    : [
        {
          clientId: 2,
          member: { id: 'ines', name: 'Ines Valdivia', colour: 11 },
          presence: { record: cards[2] ?? null, field: 'value', activeAt },
        },
        {
          clientId: 3,
          member: { id: 'mateus', name: 'Mateus Okafor', colour: 5 },
          presence: {
            activeAt,
            drag: { ids: [dragged?.id ?? ''], laneId: first?.id ?? '', afterId: null, x: 0.6, y: 60 },
          },
        },
        {
          clientId: 4,
          member: { id: 'ana', name: 'Ana Sørli', colour: 7 },
          presence: { record: cards[0] ?? null, activeAt },
        },
      ],
});
// For measuring by hand in the console: a change as a colleague's would arrive.
Object.assign(window, { board: { doc, ws, applyPatch } });
const root = document.getElementById('root');
if (root)
  render(
    () => (
      <div class="app" style={{ 'grid-template-columns': 'minmax(0, 1fr)' }}>
        <main class="main">
          <DealBoardScreen
            workspace={ws}
            boardId="b1"
            onImport={() => undefined}
            onDemo={() => undefined}
            onOpenBoard={() => undefined}
          />
        </main>
        <Toasts />
        <KeysHelp />
      </div>
    ),
    root,
  );
requestAnimationFrame(() =>
  setTimeout(() => {
    const painted = Math.round(performance.now() - builtAt);
    document.documentElement.dataset.timing = `built ${Math.round(builtAt - startedAt)} ms, painted ${painted} ms later`;
  }),
);
