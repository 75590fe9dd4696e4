import { Show, createSignal, onMount, untrack } from 'solid-js';
import type { Parsed } from '../inline-edit.tsx';
import type { EditorDone } from '../logic/table.ts';

/** The usual editor of a cell: typed text. Enter goes down, Tab right, Esc back; a problem stays in its cell. */
export function CellTextEditor<Value>(props: {
  label: string;
  text: string;
  /** The key that began the edit; it replaces the text. */
  startText?: string | undefined;
  parse: (text: string) => Parsed<Value>;
  onCommit: (value: Value) => void;
  done: EditorDone;
  align?: 'left' | 'right' | undefined;
  inputMode?: 'text' | 'decimal' | 'email' | 'tel' | 'url' | undefined;
}) {
  const [problem, setProblem] = createSignal<string>();
  let input: HTMLInputElement | undefined;
  let isDone = false;
  /** What stood there when the person began: untouched, it is no edit, whatever a colleague writes there meanwhile. */
  const before = untrack(() => props.text);
  onMount(() => {
    if (input === undefined) return;
    input.value = props.startText ?? before;
    input.focus({ preventScroll: true });
    if (props.startText === undefined) input.select();
  });
  const commit = (next?: 'down' | 'right' | 'left') => {
    if (isDone || input === undefined) return;
    if (input.value !== before) {
      const parsed = props.parse(input.value);
      if (!parsed.ok) {
        setProblem(parsed.error);
        return;
      }
      props.onCommit(parsed.value);
    }
    isDone = true;
    props.done(next);
  };
  const keys = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    event.stopPropagation();
    if (event.key === 'Enter') commit('down');
    else if (event.key === 'Tab') commit(event.shiftKey ? 'left' : 'right');
    else if (event.key === 'Escape') {
      isDone = true;
      props.done();
    } else return;
    event.preventDefault();
  };
  return (
    <>
      <input
        ref={(made) => (input = made)}
        aria-label={props.label}
        aria-invalid={problem() === undefined ? undefined : 'true'}
        inputMode={props.inputMode}
        autocomplete="off"
        style={{ 'text-align': props.align }}
        onInput={() => setProblem(undefined)}
        onBlur={() => commit()}
        onKeyDown={keys}
      />
      <Show when={problem()}>
        <span class="cell-problem" role="alert">
          {problem()}
        </span>
      </Show>
    </>
  );
}
