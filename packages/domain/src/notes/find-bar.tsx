import { Button } from '@rapport/ui/button';
import { Checkbox } from '@rapport/ui/checkbox';
import { IconButton } from '@rapport/ui/icon-button';
import { TextField } from '@rapport/ui/text-field';
import type { Editor } from '@tiptap/core';
import ChevronDown from 'lucide-solid/icons/chevron-down';
import ChevronUp from 'lucide-solid/icons/chevron-up';
import X from 'lucide-solid/icons/x';
import { Show, createEffect, createSignal, on, onCleanup, onMount } from 'solid-js';
import type { WorkspaceClient } from '../client.ts';
import { findingOf, replaceFound, setFinding, stepFinding } from './find.web.ts';

/** Find and replace, above the text. Enter goes on, Shift+Enter back, Esc closes. */
export function FindBar(props: {
  workspace: WorkspaceClient;
  editor: Editor;
  isReadOnly: boolean;
  onClose: () => void;
}) {
  const [wanted, setWanted] = createSignal('');
  const [by, setBy] = createSignal('');
  const [matchesCase, setMatchesCase] = createSignal(false);
  const [count, setCount] = createSignal({ at: 0, of: 0 });
  let bar: HTMLDivElement | undefined;
  const recount = () => {
    const { hits, at } = findingOf(props.editor);
    setCount({ at: at + 1, of: hits.length });
  };
  createEffect(
    on([wanted, matchesCase], ([text, isExact]) => {
      setFinding(props.editor, text, isExact);
      recount();
    }),
  );
  onMount(() => {
    const { editor } = props;
    bar?.querySelector('input')?.focus();
    editor.on('update', recount);
    onCleanup(() => {
      editor.off('update', recount);
      if (editor.isDestroyed) return;
      setFinding(editor, '', false);
      editor.commands.focus();
    });
  });
  const step = (way: 1 | -1) => {
    stepFinding(props.editor, way);
    recount();
  };
  const replace = (which: 'one' | 'all') => {
    const done = replaceFound(props.editor, by(), which);
    recount();
    if (which === 'all') props.workspace.announce(`${done} replaced`);
  };
  return (
    <div
      ref={(made) => (bar = made)}
      class="find-bar"
      role="search"
      aria-label="Find in this note"
      onKeyDown={(event) => {
        if (event.key === 'Escape') props.onClose();
        else if (event.key === 'Enter' && event.target instanceof HTMLInputElement && !event.isComposing)
          step(event.shiftKey ? -1 : 1);
        else return;
        event.preventDefault();
        event.stopPropagation();
      }}
    >
      <div class="find-box">
        <div class="row">
          <div class="grow">
            <TextField label="Find" hideLabel placeholder="Find" value={wanted()} onInput={setWanted} />
          </div>
          <span class="small t3 num" role="status">
            {wanted() === '' ? '' : count().of === 0 ? 'Not found' : `${count().at} of ${count().of}`}
          </span>
          <IconButton size="sm" icon={ChevronUp} label="The one before" onClick={() => step(-1)} />
          <IconButton size="sm" icon={ChevronDown} label="The next" onClick={() => step(1)} />
          <IconButton size="sm" icon={X} label="Close" onClick={() => props.onClose()} />
        </div>
        <div class="row">
          <Show when={!props.isReadOnly}>
            <div class="grow">
              <TextField label="Replace with" hideLabel placeholder="Replace with" value={by()} onInput={setBy} />
            </div>
            <Button size="sm" disabled={count().of === 0} onClick={() => replace('one')}>
              Replace
            </Button>
            <Button size="sm" disabled={count().of === 0} onClick={() => replace('all')}>
              All
            </Button>
          </Show>
          <Checkbox checked={matchesCase()} onChange={setMatchesCase}>
            Aa
          </Checkbox>
        </div>
      </div>
    </div>
  );
}
