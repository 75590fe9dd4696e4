import { Button } from '@rapport/ui/button';
import { Icon, type IconOf } from '@rapport/ui/icon';
import type { RefusedChange } from '@rapport/sync/client/refused';
import type { RefusedInDocument, SessionStatus } from '@rapport/sync/client/session';
import ArrowRightToLine from 'lucide-solid/icons/arrow-right-to-line';
import Copy from 'lucide-solid/icons/copy';
import ListFilter from 'lucide-solid/icons/list-filter';
import PenLine from 'lucide-solid/icons/pen-line';
import Plus from 'lucide-solid/icons/plus';
import SquareKanban from 'lucide-solid/icons/square-kanban';
import Trash from 'lucide-solid/icons/trash';
import Undo2 from 'lucide-solid/icons/undo-2';
import { For, Match, Show, Switch, createMemo, createSignal, onCleanup } from 'solid-js';
import { heldDocument } from '../workspace/save-status.ts';
import { useWorkspace } from '../workspace/workspace-context.ts';
import { copyText } from '../local/copy-text.ts';
import { wordsOfTyping } from '../notes/typed-words.ts';

const shownAtOnce = 50;
const time = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const clock = (at: number) => time.format(at);

/** By the kind of a change's label (`ChangeLabel`). */
const icons: Readonly<Record<string, IconOf>> = {
  move: ArrowRightToLine,
  create: Plus,
  edit: PenLine,
  delete: Trash,
  stage: SquareKanban,
  view: ListFilter,
  undo: Undo2,
};

/** The sentence of a change, as its maker described it. */
export function textOf(change: unknown): string {
  if (typeof change === 'object' && change !== null && 'text' in change && typeof change.text === 'string')
    return change.text;
  return 'A change';
}
const kindOf = (change: unknown) =>
  typeof change === 'object' && change !== null && 'kind' in change ? String(change.kind) : '';

/** A refused change as text that can be pasted elsewhere. */
export function copyOf(change: RefusedChange): string {
  const values = change.values.map(({ path, value }) => `${path.join(' › ')}: ${JSON.stringify(value)}`);
  return [`${textOf(change.change)} (${new Date(change.at).toLocaleString()})`, ...values].join('\n');
}

function createNow(): () => number {
  const [now, setNow] = createSignal(Date.now());
  const timer = setInterval(() => setNow(Date.now()), 1000);
  onCleanup(() => clearInterval(timer));
  return now;
}

/** Keys and what they stand for: a status is made anew each time, and rows under somebody's pointer must not be. */
function createKeyed<T extends { readonly documentName: string; readonly id: string | number }>(
  items: () => readonly T[],
) {
  const byKey = createMemo(() => new Map(items().map((item) => [`${item.documentName} ${item.id}`, item])));
  return { keys: () => [...byKey().keys()], of: (key: string) => byKey().get(key) };
}

/** What waits to be saved, what was refused and why, and when it is tried again. */
export function SavePanel(props: { status: SessionStatus }) {
  const workspace = useWorkspace();
  const now = createNow();
  const isOffline = () => props.status.connection === 'offline';
  const nextTry = () => {
    const at = props.status.nextRetryAt;
    return at === null ? '' : ` Next try in ${Math.max(0, Math.ceil((at - now()) / 1000))} s`;
  };
  const since = () => (props.status.lastSeenAt === null ? '' : `Offline since ${clock(props.status.lastSeenAt)}.`);
  const count = () => props.status.pending.length;
  // Typing has no name: the document itself says what was typed.
  const textOfPending = (change: (typeof props.status.pending)[number] | undefined): string => {
    if (change === undefined || change.change !== null) return textOf(change?.change);
    const { document, release } = workspace.session.open(change.documentName);
    const words = wordsOfTyping(change.documentName, change, document.doc());
    release();
    return words ?? textOf(null);
  };
  const pending = createKeyed(() => props.status.pending.slice(-shownAtOnce).toReversed());
  const refused = createKeyed(() => props.status.refused);
  const tryNow = () => {
    workspace.session.reconnect();
    // Everything that waits for the network listens to this, the live channel too.
    dispatchEvent(new Event('online'));
  };
  return (
    <div class="save-panel">
      <header>
        <Switch
          fallback={
            <>
              <h2>All changes saved</h2>
              <p class="t2 small">
                Saved means on the server’s disk.
                <Show when={props.status.lastSavedAt}>{(at) => <> Last change saved at {clock(at())}.</>}</Show>
              </p>
            </>
          }
        >
          <Match when={isOffline()}>
            <h2>You are offline. Keep working.</h2>
            <p class="t2 small">
              Everything is kept on this device and sent when you reconnect.
              <Show when={count() > 0}> Nobody else sees {count() === 1 ? 'this change' : 'these changes'} yet.</Show>
            </p>
          </Match>
          <Match when={count() > 0}>
            <h2>Saving</h2>
            <p class="t2 small">Sent, and waiting for the server to say that it is on its disk.</p>
          </Match>
          <Match when={props.status.refused.length > 0}>
            <h2>Not saved</h2>
            <p class="t2 small">The server refused these changes. They are kept here so that you can copy them.</p>
          </Match>
        </Switch>
        <Show when={props.status.problem}>{(problem) => <p class="small problem">{problem()}</p>}</Show>
        <Show when={!props.status.isKeptOnDevice}>
          <p class="small problem">This browser keeps nothing: what is not saved is lost when the tab closes.</p>
        </Show>
      </header>
      <Show when={count() > 0}>
        <ul class="save-list">
          <For each={pending.keys()}>
            {(key) => (
              <li>
                <Icon of={icons[kindOf(pending.of(key)?.change)] ?? PenLine} class="t3" />
                <span class="grow">{textOfPending(pending.of(key))}</span>
                <span class="small t3 num">{clock(pending.of(key)?.at ?? 0)}</span>
              </li>
            )}
          </For>
          <Show when={count() > shownAtOnce}>
            <li class="t3 small">and {count() - shownAtOnce} earlier</li>
          </Show>
        </ul>
      </Show>
      <Show when={props.status.refused.length > 0}>
        <ul class="save-list refused" aria-label="Not saved">
          <For each={refused.keys()}>
            {(key) => <Show when={refused.of(key)}>{(change) => <Refused change={change()} />}</Show>}
          </For>
        </ul>
      </Show>
      <Show when={isOffline()}>
        <footer class="row">
          <span class="small t3 grow num">
            {since()}
            {nextTry()}
          </span>
          <Button size="sm" onClick={tryNow}>
            Try now
          </Button>
        </footer>
      </Show>
    </div>
  );
}

function Refused(props: { change: RefusedInDocument }) {
  const workspace = useWorkspace();
  const copy = async () => {
    await copyText(copyOf(props.change));
    workspace.toast({ text: 'Copied' });
  };
  const dismiss = () => {
    if (props.change.documentName === heldDocument) return void workspace.held.drop(props.change.id);
    const { document, release } = workspace.session.open(props.change.documentName);
    void document.dismissRefused([props.change.id]).finally(release);
  };
  return (
    <li>
      <div class="grow">
        <div>{textOf(props.change.change)}</div>
        <div class="small problem">{props.change.reason}</div>
        <div class="row">
          <Button size="sm" icon={Copy} onClick={() => void copy()}>
            Copy
          </Button>
          <Button size="sm" variant="ghost" onClick={dismiss}>
            Take off the list
          </Button>
        </div>
      </div>
      <span class="small t3 num">{clock(props.change.at)}</span>
    </li>
  );
}
