import type { FieldValue } from '@rapport/schema/fields';
import { Chip } from '@rapport/ui/chip';
import { DateField } from '@rapport/ui/date-field';
import { Dialog } from '@rapport/ui/dialog';
import { TextField } from '@rapport/ui/text-field';
import { For, Show, createMemo, createSignal } from 'solid-js';
import type { MoveQuestion } from './create-actions.web.ts';
import { useDealBoard } from './deal-board-context.tsx';
import { instantOfDay, localDay } from '../fields/field-text.ts';
import { cardsText } from '../boards/card-words.ts';
import { FieldForm } from './field-form.tsx';
import { valueOfField } from './board-card.ts';

const reasonsOffered = 8;

/** Asks what a move needs before it is done: the stage's required fields, or why a deal was lost. Esc puts the cards back. */
export function MoveDialog() {
  const board = useDealBoard();
  return (
    <Show when={board.actions.question()} keyed>
      {(question) => <Question question={question} />}
    </Show>
  );
}

function Question(props: { question: MoveQuestion }) {
  const board = useDealBoard();
  const { words } = board.type;
  const [values, setValues] = createSignal<Readonly<Record<string, FieldValue | null>>>({});
  const [closedOn, setClosedOn] = createSignal<string | null>(board.today());
  const stage = () => props.question.target?.stage ?? board.store.stage(props.question.stageId);
  const isLost = () => props.question.fields.includes('lostReason');
  const others = () => props.question.fields.filter((field) => field !== 'lostReason');
  const reasons = createMemo(() => board.valuesInUse('lostReason').slice(0, reasonsOffered));
  const first = () => board.store.deals.peek(props.question.ids[0] ?? '');
  const valueOf = (field: string): FieldValue | null => {
    const deal = first();
    return values()[field] ?? (deal ? valueOfField(board.type, deal, field) : null);
  };
  const missing = () => props.question.fields.filter((field) => values()[field] == null);
  const title = () => {
    const what =
      props.question.ids.length === 1
        ? `“${first()?.title ?? 'Untitled'}”`
        : cardsText(words, props.question.ids.length);
    return isLost() ? words.whyLost(what) : `${stage()?.name ?? 'The stage'} needs a little more for ${what}`;
  };
  const set = (field: string, value: FieldValue | null) => setValues({ ...values(), [field]: value });
  const done = () => {
    if (missing().length > 0) return;
    const day = closedOn();
    const closes = stage()?.kind !== 'open' && day !== null && day !== localDay(board.workspace.now());
    board.actions.answer({ ...values(), ...(closes ? { closedAt: instantOfDay(day) } : {}) });
  };
  return (
    <Dialog
      open
      onClose={() => board.actions.answer(null)}
      title={title()}
      action={{
        label: isLost() ? words.markLost : `Move to ${stage()?.name ?? ''}`,
        run: done,
        disabledReason:
          missing().length > 0
            ? `Still empty: ${missing()
                .map((field) => board.specs()[field]?.label ?? field)
                .join(', ')}`
            : undefined,
      }}
    >
      <Show when={isLost()}>
        <Show when={reasons().length > 0}>
          <div class="reasons" role="group" aria-label="Reasons used before">
            <For each={reasons()}>
              {(reason) => (
                <Chip pressed={values().lostReason === reason} onClick={() => set('lostReason', reason)}>
                  {reason}
                </Chip>
              )}
            </For>
          </div>
        </Show>
        <TextField
          label="Reason"
          value={String(values().lostReason ?? '')}
          placeholder={words.reasons}
          autofocus
          maxLength={300}
          onInput={(text) => set('lostReason', text.trim() === '' ? null : text)}
        />
      </Show>
      <For each={others()}>
        {(field, index) => (
          <Show
            when={board.specs()[field]}
            fallback={
              <p class="hint error">The stage asks for a field “{field}” that no longer exists. Change the stage.</p>
            }
          >
            {(spec) => (
              <FieldForm
                field={field}
                spec={spec()}
                value={valueOf(field)}
                autofocus={index() === 0 && !isLost()}
                onChange={(value) => set(field, value)}
              />
            )}
          </Show>
        )}
      </For>
      <Show when={stage()?.kind !== 'open'}>
        <DateField label="Closed on" today={board.today()} value={closedOn()} onCommit={setClosedOn} />
      </Show>
    </Dialog>
  );
}
