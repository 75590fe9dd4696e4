import './deal-people.css';
import Ellipsis from 'lucide-solid/icons/ellipsis';
import Plus from 'lucide-solid/icons/plus';
import Star from 'lucide-solid/icons/star';
import Trash from 'lucide-solid/icons/trash';
import { Monogram } from '@rapport/ui/avatar';
import { Button } from '@rapport/ui/button';
import { IconButton } from '@rapport/ui/icon-button';
import { InlineEdit } from '@rapport/ui/inline-edit';
import { Label } from '@rapport/ui/label';
import { MenuButton } from '@rapport/ui/menu';
import { Picker } from '@rapport/ui/picker';
import { For, Show, createSignal } from 'solid-js';
import { findRecords } from '../records/find-records.web.ts';
import { createDealLinks, type LinkedRecord } from './create-deal-links.web.ts';
import { useDealBoard } from './deal-board-context.tsx';
import { removeDealLink, setDealLink, type LinkChange } from './link-ops.ts';

/** The people of a deal, each with what they are to it; one of them is the contact that the card shows. */
export function DealPeople(props: { dealId: string }) {
  const board = useDealBoard();
  const links = createDealLinks(
    () => board.store.doc,
    () => props.dealId,
  );
  const [isAdding, setAdding] = createSignal(false);
  let anchor: HTMLElement | undefined;
  const title = () => board.store.deals.get(props.dealId)?.title ?? 'Untitled';
  const locked = () => board.lockReason();
  const nameOf = (link: Pick<LinkedRecord, 'id' | 'noun'>) => board.references.nameOf(link.id) ?? `A ${link.noun}`;
  const change = (id: string, what: LinkChange, text: string) =>
    board.actions.perform(
      setDealLink(board.store.doc, props.dealId, id, what),
      { kind: 'edit', text, record: props.dealId },
      undefined,
    );
  const add = (id: string, name: string) => {
    board.references.remember(id, name);
    change(id, { noun: 'contact' }, `Linked ${name} to “${title()}”`);
    setAdding(false);
  };
  const create = async (name: string) => {
    const company = board.store.deals.get(props.dealId)?.companyId;
    try {
      const { id } = await board.workspace.api<{ id: string }>('POST', '/contacts', {
        name,
        ...(company === undefined ? {} : { companies: [{ id: company }] }),
      });
      add(id, name);
    } catch (error) {
      board.workspace.toast({
        text: `The contact was not created. ${error instanceof Error ? error.message : ''}`,
        tone: 'danger',
      });
    }
  };
  return (
    <section class="deal-people" aria-label="People">
      <div class="tl-h">
        People
        <span class="grow" />
        <Show when={locked() === undefined}>
          <Button
            ref={(made: HTMLElement) => (anchor = made)}
            size="sm"
            variant="ghost"
            icon={Plus}
            aria-haspopup="dialog"
            aria-expanded={isAdding()}
            onClick={() => setAdding(true)}
          >
            Add
          </Button>
          <Picker
            label="Add a person"
            open={isAdding()}
            anchor={() => anchor}
            onClose={() => setAdding(false)}
            search={findRecords(board.workspace, 'contact', new Set(links().map(({ id }) => id)))}
            createLabel="Create contact"
            onCreate={(name) => void create(name)}
            onPick={({ id, label }) => add(id, label)}
          />
        </Show>
      </div>
      <Show when={links().length > 0} fallback={<p class="small t3">Nobody yet.</p>}>
        <ul>
          <For each={links().map(({ id }) => id)}>
            {(id) => (
              <Show when={links().find((link) => link.id === id)}>
                {(link) => (
                  <PersonLine
                    link={link()}
                    name={nameOf(link())}
                    href={`/w/${board.workspace.workspaceId}/${link().noun === 'contact' ? 'contacts' : 'companies'}/${id}`}
                    lockReason={locked()}
                    onRole={(role) =>
                      change(id, { noun: link().noun, role }, `Changed what ${nameOf(link())} is to “${title()}”`)
                    }
                    onPrimary={() =>
                      change(
                        id,
                        { noun: link().noun, primary: true },
                        `Made ${nameOf(link())} the contact of “${title()}”`,
                      )
                    }
                    onRemove={() => {
                      const text = `Unlinked ${nameOf(link())} from “${title()}”`;
                      board.actions.perform(
                        removeDealLink(board.store.doc, props.dealId, id),
                        { kind: 'edit', text, record: props.dealId },
                        text,
                      );
                    }}
                  />
                )}
              </Show>
            )}
          </For>
        </ul>
      </Show>
    </section>
  );
}

function PersonLine(props: {
  link: LinkedRecord;
  name: string;
  href: string;
  lockReason: string | undefined;
  onRole: (role: string) => void;
  onPrimary: () => void;
  onRemove: () => void;
}) {
  const [isRole, setRole] = createSignal(false);
  return (
    <li>
      <Monogram name={props.name} kind={props.link.noun} size={16} />
      <a class="link person-link ellip" dir="auto" href={props.href}>
        {props.name}
      </a>
      <Show when={props.link.primary}>
        <Label>Primary</Label>
      </Show>
      <Show when={isRole() || props.link.role !== ''}>
        <InlineEdit
          label={`Role of ${props.name}`}
          value={props.link.role}
          text={props.link.role}
          startsOpen={isRole() && props.link.role === ''}
          lockReason={props.lockReason}
          class="person-role"
          parse={(text) => ({ ok: true, value: text.trim() })}
          onCommit={(role) => props.onRole(role)}
          onEditing={(isEditing) => {
            if (!isEditing) setRole(false);
          }}
        >
          <span class="label" dir="auto">
            {props.link.role === '' ? 'Role' : props.link.role}
          </span>
        </InlineEdit>
      </Show>
      <Show when={props.lockReason === undefined}>
        <MenuButton
          label={`More for ${props.name}`}
          align="end"
          items={[
            { id: 'role', label: props.link.role === '' ? 'Say the role' : 'Change the role' },
            ...(props.link.primary ? [] : [{ id: 'primary', label: 'Make it the primary one', icon: Star }]),
            { id: 'remove', label: 'Unlink', icon: Trash, tone: 'danger' as const, separated: true },
          ]}
          onPick={(what) => {
            if (what === 'role') setRole(true);
            else if (what === 'primary') props.onPrimary();
            else props.onRemove();
          }}
        >
          {(trigger) => <IconButton {...trigger} icon={Ellipsis} size="sm" label={`More for ${props.name}`} />}
        </MenuButton>
      </Show>
    </li>
  );
}
