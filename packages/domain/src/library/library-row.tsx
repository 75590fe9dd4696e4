import { Avatar } from '@rapport/ui/avatar';
import { Checkbox } from '@rapport/ui/checkbox';
import { Icon } from '@rapport/ui/icon';
import { IconButton } from '@rapport/ui/icon-button';
import { Label } from '@rapport/ui/label';
import { readableBytes } from '@rapport/ui/logic/readable-bytes';
import { MenuButton } from '@rapport/ui/menu';
import type { Option } from '@rapport/ui/option-list';
import Ellipsis from 'lucide-solid/icons/ellipsis';
import Lock from 'lucide-solid/icons/lock';
import Star from 'lucide-solid/icons/star';
import Users from 'lucide-solid/icons/users';
import { For, Show, createSignal } from 'solid-js';
import { whenWords } from '../activity/words.ts';
import type { WorkspaceClient } from '../client.ts';
import type { FoundText, LibraryLine } from './create-library.web.ts';
import { startDrag } from './drag-items.web.ts';
import { ItemIcon } from './item-icon.tsx';
import { dropsOn } from './library-side.tsx';
import type { LibraryItem } from './library-item.ts';

interface RowProps {
  readonly workspace: WorkspaceClient;
  readonly line: LibraryLine;
  readonly href: string;
  readonly isSelected: boolean;
  readonly isStarred: boolean;
  /** Epoch ms. */
  readonly now: number;
  readonly menu: readonly Option[];
  readonly tabIndex: number;
  /** What is dragged with it: the selection, when it belongs to that. */
  readonly dragged: () => readonly LibraryItem[];
  readonly onSelect: (isOn: boolean, withShift: boolean) => void;
  readonly onStar: (isOn: boolean) => void;
  readonly onPick: (id: string) => void;
  readonly onOpen: (event: MouseEvent) => void;
  readonly onDropInto: ((items: readonly LibraryItem[]) => void) | undefined;
}

/** One line: what it is, its name, tags, who changed it and when. */
export function LibraryRow(props: RowProps) {
  const [isOver, setOver] = createSignal(false);
  const by = () => props.workspace.members().get(props.line.changedBy ?? '');
  const name = () => (props.line.name === '' ? 'Untitled' : props.line.name);
  return (
    <li
      class={`lib-row${props.isSelected ? ' sel' : ''}${isOver() ? ' drop' : ''}`}
      data-key={props.line.key}
      draggable={props.line.access === 'edit' && props.line.deletedAt === null}
      onDragStart={(event) => startDrag(event, props.dragged())}
      {...(props.onDropInto === undefined
        ? {}
        : dropsOn({ onOver: setOver, onDrop: (items) => props.onDropInto?.(items) }))}
    >
      <span class="lib-tick">
        <Checkbox
          checked={props.isSelected}
          label={`Select ${name()}`}
          tabIndex={-1}
          onChange={(isOn, event) => props.onSelect(isOn, event instanceof MouseEvent && event.shiftKey)}
        />
      </span>
      <ItemIcon noun={props.line.noun} type={props.line.type} />
      <span class="lib-name">
        <a
          href={props.href}
          class="ellip"
          dir="auto"
          tabindex={props.tabIndex}
          onClick={(event) => props.onOpen(event)}
        >
          {name()}
        </a>
        <Show when={props.line.shared !== 'everyone'}>
          <Icon
            of={props.line.shared === 'private' ? Lock : Users}
            size={12}
            class="t3"
            label={props.line.shared === 'private' ? 'Private' : 'Shared with some'}
          />
        </Show>
        <For each={props.line.tags.slice(0, 3)}>{(tag) => <Label>{tag}</Label>}</For>
        <Show
          when={props.line.hit}
          fallback={
            <Show when={props.line.preview !== ''}>
              <span class="ellip small t3 lib-preview" dir="auto">
                {props.line.preview}
              </span>
            </Show>
          }
        >
          {(hit) => <Hit hit={hit()} />}
        </Show>
      </span>
      <span class="lib-size small t3 num">{props.line.size === null ? '' : readableBytes(props.line.size)}</span>
      <span class="lib-when row small t3">
        <Show when={by()}>{(person) => <Avatar person={person()} size={18} />}</Show>
        <time class="num" dateTime={new Date(props.line.changedAt).toISOString()}>
          {whenWords(props.line.changedAt, props.now, { showsDay: true, locale: navigator.language })}
        </time>
      </span>
      <IconButton
        icon={Star}
        size="sm"
        class={props.isStarred ? 'starred' : ''}
        label={props.isStarred ? `Take the star off ${name()}` : `Star ${name()}`}
        aria-pressed={props.isStarred}
        tabindex={-1}
        onClick={() => props.onStar(!props.isStarred)}
      />
      <MenuButton label={`More for ${name()}`} items={props.menu} onPick={(id) => props.onPick(id)} align="end">
        {(trigger) => <IconButton icon={Ellipsis} size="sm" label={`More for ${name()}`} tabindex={-1} {...trigger} />}
      </MenuButton>
    </li>
  );
}

/** Text with what was found set apart; text only, whatever it says. */
function Hit(props: { hit: FoundText }) {
  const parts = () => {
    const { text, ranges } = props.hit;
    const found: { text: string; isFound: boolean }[] = [];
    let at = 0;
    for (const [start, end] of ranges) {
      if (start < at) continue;
      found.push({ text: text.slice(at, start), isFound: false }, { text: text.slice(start, end), isFound: true });
      at = end;
    }
    return [...found, { text: text.slice(at), isFound: false }];
  };
  return (
    <span class="ellip small t2 lib-preview" dir="auto">
      <For each={parts()}>
        {(part) => (
          <Show when={part.isFound} fallback={part.text}>
            <mark>{part.text}</mark>
          </Show>
        )}
      </For>
    </span>
  );
}
