import ChevronDown from 'lucide-solid/icons/chevron-down';
import Lock from 'lucide-solid/icons/lock';
import Plus from 'lucide-solid/icons/plus';
import Settings2 from 'lucide-solid/icons/settings-2';
import SquareKanban from 'lucide-solid/icons/square-kanban';
import Table2 from 'lucide-solid/icons/table-2';
import { Button } from '@rapport/ui/button';
import { FollowPeople } from '@rapport/ui/follow-people';
import { IconButton } from '@rapport/ui/icon-button';
import { Icon, type IconOf } from '@rapport/ui/icon';
import type { Person } from '@rapport/ui/logic/person';
import { MenuButton } from '@rapport/ui/menu';
import { ShellSave, ShellSearch } from '@rapport/ui/shell-slots';
import { Tabs } from '@rapport/ui/tabs';
import { createMemo } from 'solid-js';
import { useDealBoard } from './deal-board-context.tsx';

/** A line of the menu under the board's name that its kind brings. */
export interface BoardMenuLine {
  readonly id: string;
  readonly label: string;
  readonly icon: IconOf;
  readonly onPick: () => void;
}

const idleAfterMs = 5 * 60_000;

/** The page's head: pipeline, board or table, who is here, following, and a new deal. */
export function BoardHeader(props: {
  onSwitch: (boardId: string) => void;
  onEditStages: () => void;
  onNewPipeline: () => void;
  /** Left out where there is nobody to share with. */
  onShare: (() => void) | undefined;
  onNewDeal: () => void;
  menu: readonly BoardMenuLine[] | undefined;
  following: string | null;
  onFollow: (memberId: string | null) => void;
}) {
  const board = useDealBoard();
  const { words } = board.type;
  const here = createMemo<readonly Person[]>(() =>
    board.people.here().map(({ member, presence }) => ({
      ...member,
      state: board.now() - (presence.activeAt ?? board.now()) > idleAfterMs ? 'idle' : 'here',
    })),
  );
  const further = () => props.menu ?? [];
  const others = () => board.boards().filter(({ id }) => id !== board.boardId);
  const pick = (id: string) => {
    if (id === 'stages') props.onEditStages();
    else if (id === 'new') props.onNewPipeline();
    else if (id === 'share') props.onShare?.();
    else if (further().some((line) => line.id === id))
      further()
        .find((line) => line.id === id)
        ?.onPick();
    else if (id !== board.boardId) props.onSwitch(id);
  };
  const locked = () => board.lockReason();
  return (
    <header class="top">
      <h1 class="board-name">
        <MenuButton
          label={words.boards}
          items={[
            { id: board.boardId, label: board.store.meta().name },
            ...others().map(({ id, name }) => ({ id, label: name })),
            ...(props.onShare === undefined ? [] : [{ id: 'share', label: 'Share', icon: Lock, separated: true }]),
            {
              id: 'stages',
              label: 'Edit stages',
              icon: Settings2,
              separated: props.onShare === undefined,
              forbidden: locked() === undefined ? undefined : 'You may only look',
            },
            ...further().map(({ id, label, icon }) => ({ id, label, icon })),
            {
              id: 'new',
              label: `New ${words.board}`,
              icon: Plus,
              forbidden: locked() === undefined ? undefined : 'You may only look',
            },
          ]}
          isChosen={(id) => id === board.boardId}
          onPick={pick}
        >
          {(trigger) => (
            <button type="button" class="name-b" {...trigger}>
              <bdi class="ellip">{board.store.meta().name}</bdi>
              <Icon of={ChevronDown} size={12} class="t3" />
            </button>
          )}
        </MenuButton>
      </h1>
      <span class="sp wide-only" />
      <Tabs
        label="View"
        class="wide-only"
        tabs={[
          { id: 'board', label: 'Board', icon: SquareKanban },
          { id: 'table', label: 'Table', icon: Table2 },
        ]}
        value={board.view().as === 'closed' ? 'table' : board.view().as}
        onChange={(as) => board.setView({ as }, 'push')}
      />
      <span class="grow" />
      <ShellSave />
      <FollowPeople people={here()} following={props.following} onFollow={props.onFollow} />
      <ShellSearch />
      <Button
        class="wide-only"
        variant="primary"
        icon={Plus}
        disabledReason={locked()}
        onClick={() => props.onNewDeal()}
      >
        New {words.one}
      </Button>
      <IconButton
        class="phone-only"
        variant="primary"
        icon={Plus}
        label={`New ${words.one}`}
        disabledReason={locked()}
        onClick={() => props.onNewDeal()}
      />
    </header>
  );
}
