import { Button } from '@rapport/ui/button';
import { FollowPeople } from '@rapport/ui/follow-people';
import { IconButton } from '@rapport/ui/icon-button';
import type { Person } from '@rapport/ui/logic/person';
import { MenuButton } from '@rapport/ui/menu';
import { ShellSave, ShellSearch } from '@rapport/ui/shell-slots';
import Ellipsis from 'lucide-solid/icons/ellipsis';
import PanelRight from 'lucide-solid/icons/panel-right';
import { type JSX, Show } from 'solid-js';

export type NoteCommand = 'find' | 'print' | 'html' | 'markdown' | 'bin' | 'share';

/** The page's head: where the note lies, who is here, and what else can be done with it. */
export function NoteHead(props: {
  /** Folders above it; “Notes” unless told. */
  path: JSX.Element | undefined;
  people: readonly Person[];
  /** Whose caret is kept in sight; null: nobody's. */
  following: string | null;
  onFollow: (memberId: string | null) => void;
  isRailOpen: boolean;
  onRail: () => void;
  mayEdit: boolean;
  mayShare: boolean;
  onCommand: (command: NoteCommand) => void;
}) {
  return (
    <header class="top">
      <div class="ellip note-path">{props.path ?? <span class="t3">Notes</span>}</div>
      <span class="grow" />
      <ShellSave />
      <FollowPeople people={props.people} following={props.following} onFollow={props.onFollow} />
      <ShellSearch />
      <Show when={props.mayShare}>
        <Button class="wide-only" onClick={() => props.onCommand('share')}>
          Share
        </Button>
      </Show>
      <IconButton
        icon={PanelRight}
        label={props.isRailOpen ? 'Hide comments, versions and links' : 'Show comments, versions and links'}
        aria-pressed={props.isRailOpen}
        onClick={() => props.onRail()}
      />
      <MenuButton
        label="More"
        align="end"
        items={[
          ...(props.mayShare ? [{ id: 'share', label: 'Share' }] : []),
          { id: 'find', label: props.mayEdit ? 'Find and replace' : 'Find', keys: 'Mod+F' },
          { id: 'print', label: 'Print or save as PDF', keys: 'Mod+P', separated: true },
          { id: 'html', label: 'Save as HTML' },
          { id: 'markdown', label: 'Save as Markdown' },
          ...(props.mayEdit ? [{ id: 'bin', label: 'Move to the bin', tone: 'danger' as const, separated: true }] : []),
        ]}
        onPick={(id) => props.onCommand(id as NoteCommand)}
      >
        {(trigger) => <IconButton {...trigger} icon={Ellipsis} label="More" />}
      </MenuButton>
    </header>
  );
}
