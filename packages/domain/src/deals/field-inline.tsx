import type { FieldSpec, FieldValue } from '@rapport/schema/fields';
import { Show, createMemo } from 'solid-js';
import { ValueInline } from '../fields/value-inline.tsx';
import { useDealBoard } from './deal-board-context.tsx';
import { choicesFor } from './field-form.tsx';
import { valueOfField } from './board-card.ts';
import { ReferenceInline } from './reference-inline.tsx';

/** One field of a deal whose value is the control; shows who else is in it. */
export function FieldInline(props: { dealId: string; field: string; spec: FieldSpec; class?: string }) {
  const board = useDealBoard();
  const value = createMemo<FieldValue | null>(() => {
    const deal = board.store.deals.get(props.dealId);
    return deal ? valueOfField(board.type, deal, props.field) : null;
  });
  const editedBy = createMemo(() => {
    const holder = board.people.holders.get(props.dealId);
    return holder && holder.field === props.field ? { name: holder.name, colour: holder.colour } : null;
  });
  const reference = () => (props.spec.type === 'reference' ? props.spec : null);
  const lockReason = () => {
    const { fields, editable } = board.type;
    const isKnown = Object.hasOwn(fields, props.field) && !editable.includes(props.field);
    return isKnown ? 'This is known from where it came.' : board.lockReason();
  };
  return (
    <Show
      when={reference()}
      fallback={
        <ValueInline
          spec={props.spec}
          value={value()}
          lockReason={lockReason()}
          editedBy={editedBy()}
          class={props.class}
          onSet={(next) => board.actions.edit([props.dealId], { [props.field]: next })}
          onEditing={(isEditing) => board.tellEditing(props.dealId, isEditing ? props.field : null)}
          choices={choicesFor(board, props.field, props.spec)}
          currency={board.store.meta().currency}
          today={board.today()}
          people={board.workspace.members()}
        />
      }
    >
      {(spec) => <ReferenceInline dealId={props.dealId} field={props.field} spec={spec()} editedBy={editedBy()} />}
    </Show>
  );
}
