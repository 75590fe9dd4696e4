import { For, createSignal, onMount } from 'solid-js';
import { Button } from '@rapport/ui/button';
import { useDealBoard } from './deal-board-context.tsx';
import { readMoney } from '../fields/field-text.ts';

/** A few keys for a new deal at the foot of a lane. Enter adds it and stays for the next one, Esc ends it. */
export function QuickAdd(props: { stageId: string; onClose: () => void }) {
  const board = useDealBoard();
  const [title, setTitle] = createSignal('');
  const [company, setCompany] = createSignal('');
  const [value, setValue] = createSignal('');
  const [problem, setProblem] = createSignal<string>();
  let first: HTMLInputElement | undefined;
  let form: HTMLFormElement | undefined;
  let lastAdded: string | undefined;
  const before = document.activeElement;
  onMount(() => {
    first?.focus({ preventScroll: true });
    form?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  });
  /** The focus goes to what was added last, or back to where it came from. */
  const close = () => {
    const board = form?.closest('.board-frame');
    props.onClose();
    const card = lastAdded && board?.querySelector<HTMLElement>(`[data-card="${CSS.escape(lastAdded)}"]`);
    if (card) card.focus();
    else if (before instanceof HTMLElement && before.isConnected) before.focus();
  };
  const add = () => {
    const amount = value().trim() === '' ? null : readMoney(value(), board.store.meta().currency);
    if (title().trim() === '') return setProblem('Type a title.');
    if (value().trim() !== '' && amount === null) return setProblem('Type an amount, like 40,000 or 40k.');
    const id = board.actions.add(props.stageId, {
      title: title().trim(),
      ...(company().trim() === '' ? {} : { company: board.references.idOf(company().trim()) ?? company().trim() }),
      ...(amount ? { value: amount } : {}),
    });
    if (id === null) return undefined;
    lastAdded = id;
    setTitle('');
    setCompany('');
    setValue('');
    setProblem(undefined);
    return first?.focus();
  };
  const keys = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      event.preventDefault();
      close();
    }
    event.stopPropagation();
  };
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
      <input
        ref={(made) => (first = made)}
        class="t"
        aria-label="Title of the new deal"
        placeholder="Title"
        maxLength={300}
        value={title()}
        onInput={(event) => setTitle(event.currentTarget.value)}
      />
      <input
        class="c"
        aria-label="Company of the new deal"
        placeholder="Company"
        maxLength={300}
        list="deal-companies"
        value={company()}
        onInput={(event) => setCompany(event.currentTarget.value)}
      />
      <datalist id="deal-companies">
        <For each={board.valuesInUse('company').slice(0, 300)}>{(name) => <option value={name} />}</For>
      </datalist>
      <div class="f">
        <input
          class="v"
          aria-label="Value of the new deal"
          placeholder="Value"
          inputMode="decimal"
          value={value()}
          onInput={(event) => setValue(event.currentTarget.value)}
        />
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
