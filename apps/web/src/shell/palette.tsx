import { Icon } from '@rapport/ui/icon';
import { Kbd } from '@rapport/ui/kbd';
import { nextIndex } from '@rapport/ui/logic/roving';
import CornerDownLeft from 'lucide-solid/icons/corner-down-left';
import Search from 'lucide-solid/icons/search';
import { For, Show, createEffect, createMemo, createSignal, createUniqueId, onMount } from 'solid-js';
import { createSearch } from '../search/create-search.ts';
import { createKeptDeals } from '../search/kept-deals.ts';
import { ofOpened, recordLines } from '../search/record-lines.ts';
import type { Part } from '../search/search-reply.ts';
import { useWorkspace } from '../workspace/workspace-context.ts';
import { type Line, createLines } from './palette-lines.ts';

export { watchOpened } from '../search/watch-opened.ts';

const recordsAtOnce = 8;
const openedAtOnce = 5;

/** Ctrl/Cmd+K: records first, then places, then what one can do. Without the server it searches what is on this device. */
export function Palette(props: { open: boolean; onClose: () => void }) {
  return (
    <Show when={props.open}>
      <OpenPalette onClose={() => props.onClose()} />
    </Show>
  );
}

function Parts(props: { parts: readonly Part[] }) {
  return <For each={props.parts}>{(part) => (part.isHit ? <mark>{part.text}</mark> : <>{part.text}</>)}</For>;
}

function OpenPalette(props: { onClose: () => void }) {
  const id = createUniqueId();
  const workspace = useWorkspace();
  const lines = createLines();
  const [text, setText] = createSignal('');
  const [active, setActive] = createSignal(0);
  const q = createMemo(() => text().trim());
  const search = createSearch(workspace, q);
  const deals = createKeptDeals(workspace, search.isAway);
  const records = (): Line[] => {
    if (q() === '')
      return search
        .opened()
        .slice(0, openedAtOnce)
        .flatMap((each) => lines.ofRecord('Opened last', ofOpened(each, '')));
    return recordLines({
      q: q(),
      deals: deals(),
      opened: search.opened(),
      found: search.found(),
      most: recordsAtOnce,
    }).flatMap((line, at) => lines.ofRecord(at === 0 ? 'Best match' : 'Records', line));
  };
  const found = createMemo(() => [...records(), ...lines.fixed(q())]);
  const isAsking = () => q() !== '' && !search.isAway() && search.found()?.q !== q();
  let dialog: HTMLDialogElement | undefined;
  onMount(() => dialog?.showModal());
  // What somebody went to with the arrows stays marked when an answer puts lines above it.
  let marked: string | undefined;
  createEffect(() => {
    const at = marked === undefined ? 0 : found().findIndex(({ key }) => key === marked);
    setActive(Math.max(0, at));
  });
  const mark = (index: number) => {
    marked = found()[index]?.key;
    setActive(index);
  };
  createEffect(() => document.getElementById(`${id}-${active()}`)?.scrollIntoView({ block: 'nearest' }));
  const pick = (line: Line | undefined) => {
    if (line === undefined) return;
    props.onClose();
    // After the dialog has gone: what runs may open another one.
    queueMicrotask(line.run);
  };
  const keys = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    const isHomeOrEnd = event.key === 'Home' || event.key === 'End';
    const next = isHomeOrEnd ? undefined : nextIndex(event.key, active(), found().length, { wraps: true });
    if (next !== undefined) mark(next);
    else if (event.key === 'Enter') pick(found()[active()]);
    else return;
    event.preventDefault();
  };
  return (
    <dialog
      ref={(made) => (dialog = made)}
      class="pal"
      aria-label="Find and do"
      onCancel={(event) => {
        event.preventDefault();
        props.onClose();
      }}
      onPointerDown={(event) => event.target === dialog && props.onClose()}
      onKeyDown={keys}
    >
      <div class="pin">
        <Icon of={Search} class="t3" size={20} />
        <input
          type="text"
          role="combobox"
          aria-expanded="true"
          aria-controls={`${id}-list`}
          aria-activedescendant={`${id}-${active()}`}
          aria-label="Find and do"
          autocomplete="off"
          spellcheck={false}
          placeholder="Find a record, a pipeline or something to do"
          value={text()}
          onInput={(event) => {
            marked = undefined;
            setText(event.currentTarget.value);
          }}
        />
        <Show when={lines.here()}>{(name) => <span class="label wide-only">{name()}</span>}</Show>
        <button type="button" class="kbd" aria-label="Close" onClick={() => props.onClose()}>
          Esc
        </button>
      </div>
      <div class="pl" id={`${id}-list`} role="listbox" aria-label="Results" aria-busy={isAsking()}>
        <For
          each={found()}
          fallback={
            <p class="none t3">
              {isAsking()
                ? 'Looking…'
                : search.isAway()
                  ? `Nothing on this device has “${text()}” in it.`
                  : `Nothing has “${text()}” in it.`}
            </p>
          }
        >
          {(line, index) => (
            <>
              <Show when={line.group !== found()[index() - 1]?.group}>
                <div class="menu-h" role="presentation">
                  {line.group}
                </div>
              </Show>
              <div
                id={`${id}-${index()}`}
                role="option"
                aria-selected={index() === active()}
                class={`pi${index() === active() ? ' on' : ''}`}
                onPointerMove={() => index() !== active() && mark(index())}
                onClick={() => pick(line)}
              >
                <span class="w20">
                  <Icon of={line.icon} />
                </span>
                <span class="ellip">
                  <Parts parts={line.label} />
                  <Show when={line.detail.length > 0}>
                    <span class="t3">
                      &ensp;
                      <Parts parts={line.detail} />
                    </span>
                  </Show>
                </span>
                <span class="end">
                  {line.end}
                  <Show when={line.keys}>{(keys) => <Kbd keys={keys()} />}</Show>
                  <Show when={index() === active()}>
                    <span class="kbd">
                      <Icon of={CornerDownLeft} size={12} />
                    </span>
                  </Show>
                </span>
              </div>
            </>
          )}
        </For>
      </div>
      <div class="pf">
        <span class="wide-only">
          <Kbd keys="Up" /> <Kbd keys="Down" /> move
        </span>
        <span class="wide-only">
          <Kbd keys="Enter" /> open
        </span>
        <span class="grow" />
        <span role="status">{search.isAway() ? 'No connection: what is on this device' : ''}</span>
      </div>
    </dialog>
  );
}
