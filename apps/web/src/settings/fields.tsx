import ArrowDown from 'lucide-solid/icons/arrow-down';
import ArrowUp from 'lucide-solid/icons/arrow-up';
import Pencil from 'lucide-solid/icons/pencil';
import Plus from 'lucide-solid/icons/plus';
import Trash from 'lucide-solid/icons/trash';
import { removedFieldStayMs } from '@rapport/domain/custom-fields';
import { mayAct } from '@rapport/domain/people/roles';
import { Button } from '@rapport/ui/button';
import { EmptyState } from '@rapport/ui/empty-state';
import { IconButton } from '@rapport/ui/icon-button';
import { Label } from '@rapport/ui/label';
import { Switch } from '@rapport/ui/switch';
import { Tabs } from '@rapport/ui/tabs';
import { Show, createEffect, createSignal, on, onCleanup } from 'solid-js';
import { sentenceOf } from '../api/request.ts';
import { useWorkspace } from '../workspace/workspace-context.ts';
import { FieldDialog } from './field-dialog.tsx';
import { typeText, type FieldInfo, type FieldNoun } from './fields-api.ts';
import { ListTable } from './list-table.tsx';
import { Section } from './section.tsx';

const words: Readonly<Record<FieldNoun, { one: string; many: string }>> = {
  deal: { one: 'deal', many: 'deals' },
  lead: { one: 'lead', many: 'leads' },
  contact: { one: 'contact', many: 'contacts' },
  company: { one: 'company', many: 'companies' },
};

const listed = (what: string, names: readonly string[]): string[] =>
  names.length === 0 ? [] : [`${what} ${names.join(', ')}`];

/** The workspace's own fields of deals, leads, contacts and companies. */
export function Fields() {
  const workspace = useWorkspace();
  const [noun, setNoun] = createSignal<FieldNoun>('deal');
  const [items, setItems] = createSignal<readonly FieldInfo[]>();
  const [editing, setEditing] = createSignal<FieldInfo | 'new' | null>(null);
  let asked = 0;
  const refresh = async () => {
    const mine = ++asked;
    try {
      const reply = await workspace.api<{ items: FieldInfo[] }>('GET', `/fields?noun=${noun()}`);
      if (mine === asked) setItems(reply.items);
    } catch (error) {
      if (mine === asked)
        workspace.toast({ text: `The fields could not be read. ${sentenceOf(error)}`, tone: 'danger' });
    }
  };
  createEffect(
    on([noun, () => workspace.customFields(noun())], () => {
      void refresh();
    }),
  );
  onCleanup(() => asked++);
  const mayEdit = () => mayAct(workspace.me.role, 'admin');
  const kept = () => items()?.filter(({ removedAt }) => removedAt === null);
  const removed = () => items()?.filter(({ removedAt }) => removedAt !== null) ?? [];
  const act = async (work: () => Promise<unknown>): Promise<boolean> => {
    try {
      await work();
      await refresh();
      return true;
    } catch (error) {
      workspace.toast({ text: `Not done. ${sentenceOf(error)}`, tone: 'danger' });
      return false;
    }
  };
  const change = (field: FieldInfo, set: Record<string, string | boolean | null>) =>
    void act(() => workspace.api('PATCH', `/fields/${field.id}`, set));
  const restore = (field: FieldInfo) => act(() => workspace.api('POST', `/fields/${field.id}/restore`));
  const remove = async (field: FieldInfo) => {
    if (await act(() => workspace.api('DELETE', `/fields/${field.id}`)))
      workspace.toast({ text: `${field.label} removed`, action: { label: 'Undo', run: () => void restore(field) } });
  };
  /** Puts a field one place up or down. */
  const step = (field: FieldInfo, by: -1 | 1) => {
    const list = kept() ?? [];
    const at = list.findIndex(({ id }) => id === field.id);
    const before = by < 0 ? list[at - 1]?.id : list[at + 2]?.id;
    change(field, { before: before ?? null });
  };
  const use = ({ usedBy }: FieldInfo) => {
    const { one, many } = words[noun()];
    const records = `${usedBy.records.toLocaleString()} ${usedBy.records === 1 ? one : many}`;
    return [
      records,
      ...listed('needed by', usedBy.stages),
      ...listed('in the views', usedBy.views),
      ...(usedBy.otherViews === 0
        ? []
        : [`in ${usedBy.otherViews.toLocaleString()} ${usedBy.otherViews === 1 ? 'view' : 'views'} of others`]),
      ...listed('asked by', usedBy.forms),
      ...listed('in the rules of', usedBy.rules),
      ...listed('in the score of', usedBy.scores),
    ].join('; ');
  };
  const daysLeft = ({ removedAt }: FieldInfo) =>
    Math.max(0, Math.ceil(((removedAt ?? 0) + removedFieldStayMs - workspace.now()) / 86_400_000));
  const place = (field: FieldInfo) => (kept() ?? []).findIndex(({ id }) => id === field.id);
  return (
    <Section
      title="Fields"
      count={kept()?.length}
      lead="Fields of your own stand in forms, tables, cards, filters, imports, exports, reports and the API."
      action={
        <Show when={mayEdit()}>
          <Button icon={Plus} onClick={() => setEditing('new')}>
            New field
          </Button>
        </Show>
      }
    >
      <Tabs
        label="Fields of"
        value={noun()}
        onChange={(next) => {
          setItems(undefined);
          setNoun(next);
        }}
        tabs={[
          { id: 'deal', label: 'Deals' },
          { id: 'lead', label: 'Leads' },
          { id: 'contact', label: 'Contacts' },
          { id: 'company', label: 'Companies' },
        ]}
      />
      <ListTable
        label="Fields"
        name="fields"
        heads={['Name', 'Type', 'Used by', 'Shown', { label: 'Change', isHidden: true }]}
        items={kept()}
        empty={
          <EmptyState title="No field of your own yet">
            {mayEdit() ? 'Add what your team needs to know.' : 'An admin can add some.'}
          </EmptyState>
        }
      >
        {(field) => (
          <>
            <td>
              <span class="med" dir="auto">
                {field.label}
              </span>
            </td>
            <td class="t2">{typeText(field)}</td>
            <td class="t2">{use(field)}</td>
            <td>
              <Switch
                label={`Show ${field.label}`}
                checked={!field.hidden}
                disabled={!mayEdit()}
                onChange={(shown) => change(field, { hidden: !shown })}
              />
            </td>
            <td class="r">
              <Show when={mayEdit()}>
                <span class="row set-acts">
                  <IconButton
                    icon={ArrowUp}
                    size="sm"
                    label={`Move ${field.label} up`}
                    disabled={place(field) === 0}
                    onClick={() => step(field, -1)}
                  />
                  <IconButton
                    icon={ArrowDown}
                    size="sm"
                    label={`Move ${field.label} down`}
                    disabled={place(field) === (kept()?.length ?? 0) - 1}
                    onClick={() => step(field, 1)}
                  />
                  <IconButton
                    icon={Pencil}
                    size="sm"
                    label={`Change ${field.label}`}
                    onClick={() => setEditing(field)}
                  />
                  <IconButton
                    icon={Trash}
                    size="sm"
                    label={`Remove ${field.label}`}
                    onClick={() => void remove(field)}
                  />
                </span>
              </Show>
            </td>
          </>
        )}
      </ListTable>
      <Show when={removed().length > 0}>
        <h3 class="set-sub">Removed</h3>
        <p class="small t3">
          Their values are kept for 30 days and come back with the field; then they are deleted for good.
        </p>
        <ListTable
          label="Removed fields"
          name="removed-fields"
          heads={['Name', 'Type', 'Days left', { label: 'Restore', isHidden: true }]}
          items={removed()}
        >
          {(field) => (
            <>
              <td dir="auto">{field.label}</td>
              <td>
                <Label>{typeText(field)}</Label>
              </td>
              <td class="t2 num">{daysLeft(field)}</td>
              <td class="r">
                <Show when={mayEdit()}>
                  <Button size="sm" onClick={() => void restore(field)}>
                    Restore
                  </Button>
                </Show>
              </td>
            </>
          )}
        </ListTable>
      </Show>
      <Show when={editing()}>
        {(what) => (
          <FieldDialog
            noun={noun()}
            field={((now) => (now === 'new' ? null : now))(what())}
            onClose={() => setEditing(null)}
            onDone={() => void refresh()}
          />
        )}
      </Show>
    </Section>
  );
}
