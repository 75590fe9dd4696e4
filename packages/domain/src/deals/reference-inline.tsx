import { isUlid } from '@rapport/doc/ids';
import type { ReferenceField } from '@rapport/schema/fields';
import { InlinePick } from '@rapport/ui/inline-edit';
import type { Option } from '@rapport/ui/option-list';
import { Show } from 'solid-js';
import { findRecords } from '../records/find-records.web.ts';
import { useDealBoard } from './deal-board-context.tsx';
import { valueOfField } from './board-card.ts';

const findable = ['company', 'contact', 'deal'] as const;

/** A record that a deal names: found among the records, or made. Without a connection a name is kept as text. */
export function ReferenceInline(props: {
  dealId: string;
  field: string;
  spec: ReferenceField;
  editedBy: { name: string; colour: number } | null;
}) {
  const board = useDealBoard();
  const deal = () => board.store.deals.get(props.dealId);
  const noun = () => findable.find((each) => each === props.spec.noun) ?? 'company';
  const value = () => {
    const now = deal();
    const raw = now === undefined ? null : valueOfField(board.type, now, props.field);
    return typeof raw === 'string' ? raw : null;
  };
  /** Of fields of the workspace's own the id stands in the deal, and the board knows the name. */
  const shown = () => {
    const now = value();
    return isUlid(now) ? (board.references.nameOf(now) ?? `A ${noun()}`) : now;
  };
  const chosen = () => {
    if (props.field === 'company') return deal()?.companyId;
    if (props.field === 'contact') return deal()?.contactId;
    return value() ?? undefined;
  };
  const set = (value: string | null) => board.actions.edit([props.dealId], { [props.field]: value });
  const search = async (query: string): Promise<readonly Option[]> => {
    const none = shown() === null ? [] : [{ id: '', label: 'None' }];
    try {
      return [...none, ...(await findRecords(board.workspace, noun(), new Set([props.dealId]))(query))];
    } catch {
      // Offline: what the board names can be chosen, and anything can be typed.
      const wanted = query.toLocaleLowerCase();
      const known = board.valuesInUse(props.field).filter((name) => name.toLocaleLowerCase().includes(wanted));
      return [
        ...none,
        ...known.slice(0, 20).map((name) => ({
          id: board.references.idOf(name) ?? name,
          label: board.references.names().get(name) ?? name,
        })),
      ];
    }
  };
  const create = async (name: string) => {
    const path = noun() === 'company' ? '/companies' : '/contacts';
    const company = props.field === 'contact' ? deal()?.companyId : undefined;
    try {
      const { id } = await board.workspace.api<{ id: string }>('POST', path, {
        name,
        ...(company === undefined ? {} : { companies: [{ id: company }] }),
      });
      board.references.remember(id, name);
      set(id);
    } catch (error) {
      set(name);
      board.workspace.toast({
        text: `Kept as a name alone. ${navigator.onLine && error instanceof Error ? error.message : 'Choose it again when you are online to link it.'}`,
      });
    }
  };
  return (
    <InlinePick
      label={props.spec.label}
      lockReason={board.lockReason()}
      editedBy={props.editedBy}
      placeholder="Add"
      onEditing={(isEditing) => board.tellEditing(props.dealId, isEditing ? props.field : null)}
      search={search}
      isChosen={(id) => id === chosen() || id === shown()}
      {...(noun() === 'deal' ? {} : { createLabel: `Create ${noun()}`, onCreate: (name: string) => void create(name) })}
      onPick={({ id, label }) => {
        if (id !== '' && id !== label) board.references.remember(id, label);
        set(id === '' ? null : id);
      }}
    >
      <Show when={shown()} fallback={<span class="ph">{board.lockReason() === undefined ? 'Add' : '–'}</span>}>
        <span class="ellip" dir="auto">
          {shown()}
        </span>
      </Show>
    </InlinePick>
  );
}
