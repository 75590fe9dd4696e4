import { For, createSignal, onMount } from 'solid-js';
import { Button } from '@rapport/ui/button';
import { useDealBoard } from './deal-board-context.tsx';
import { readMoney } from '../fields/field-text.ts';

/** A few keys for a new deal at the foot of a lane. Enter adds it and stays for the next one, Esc ends it. */
export function QuickAdd(props: {
  stageId: string;
  /** The lane shows what was added, however many cards stand above it. */
  onAdded: (id: string) => void;
  /** Gives a card the focus; false: it is not on the board's screen. */
  focusCard: (id: string) => boolean;
  onClose: () => void;
}) {
  const board = useDealBoard();
  const { quick, fields, words, under } = board.type;
  const [first, ...further] = quick.fields;
  const [typed, setTyped] = createSignal<Readonly<Record<string, string>>>({});
  const [problem, setProblem] = createSignal<string>();
  let start: HTMLInputElement | undefined;
  let form: HTMLFormElement | undefined;
  let lastAdded: string | undefined;
  const before = document.activeElement;
  onMount(() => {
    start?.focus({ preventScroll: true });
    form?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  });
  /** The focus goes to what was added last, or back to where it came from. */
  const close = () => {
    const { focusCard } = props;
    props.onClose();
    if (lastAdded !== undefined && focusCard(lastAdded)) return;
    if (before instanceof HTMLElement && before.isConnected) before.focus();
  };
  const textOf = (key: string | undefined) => (typed()[key ?? ''] ?? '').trim();
  const labelOf = (key: string) => fields[key]?.label ?? key;
  const add = () => {
    if (textOf(first) === '') return setProblem(`Type a ${labelOf(first ?? '').toLowerCase()}.`);
    const values: Record<string, unknown> = {};
    for (const key of quick.fields) {
      const text = textOf(key);
      if (text === '') continue;
      const spec = fields[key];
      if (spec?.type === 'money') {
        const amount = readMoney(text, board.store.meta().currency);
        if (amount === null) return setProblem('Type an amount, like 40,000 or 40k.');
        values[key] = amount;
      } else if (spec?.type === 'reference') values[key] = board.references.idOf(text) ?? text;
      else values[key] = text;
    }
    const id = board.actions.add(props.stageId, quick.values?.(values) ?? values);
    if (id === null) return undefined;
    lastAdded = id;
    setTyped({});
    setProblem(undefined);
    if (board.store.lane(props.stageId).shown().includes(id)) props.onAdded(id);
    else board.workspace.toast({ text: `Added. The filters hide this ${words.one} now.` });
    return start?.focus();
  };
  const keys = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      event.preventDefault();
      close();
    }
    event.stopPropagation();
  };
  const Line = (line: { key: string; class: string; ref?: (made: HTMLInputElement) => void }) => (
    <input
      ref={(made) => line.ref?.(made)}
      class={line.class}
      aria-label={`${labelOf(line.key)} of the new ${words.one}`}
      placeholder={labelOf(line.key)}
      maxLength={300}
      inputMode={fields[line.key]?.type === 'money' ? 'decimal' : fields[line.key]?.type === 'email' ? 'email' : 'text'}
      list={line.key === under ? 'quick-add-under' : undefined}
      value={typed()[line.key] ?? ''}
      onInput={(event) => setTyped({ ...typed(), [line.key]: event.currentTarget.value })}
    />
  );
  return (
    <form
      ref={(made) => (form = made)}
      class="card quick-add"
      onSubmit={(event) => {
        event.preventDefault();
        add();
      }}
      onKeyDown={keys}
    >
      <Line key={first ?? ''} class="t" ref={(made) => (start = made)} />
      <For each={further.slice(0, -1)}>{(key) => <Line key={key} class="c" />}</For>
      <datalist id="quick-add-under">
        <For each={board.valuesInUse(under).slice(0, 300)}>{(name) => <option value={name} />}</For>
      </datalist>
      <div class="f">
        <For each={further.slice(-1)}>{(key) => <Line key={key} class="v" />}</For>
        <Button size="sm" variant="ghost" onClick={close}>
          Cancel
        </Button>
        <Button size="sm" variant="primary" type="submit">
          Add
        </Button>
      </div>
      {problem() === undefined ? null : (
        <p class="hint error" role="alert">
          {problem()}
        </p>
      )}
    </form>
  );
}
