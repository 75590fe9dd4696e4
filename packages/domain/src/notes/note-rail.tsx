import { IconButton } from '@rapport/ui/icon-button';
import { Tabs } from '@rapport/ui/tabs';
import X from 'lucide-solid/icons/x';
import { Match, Switch, type ComponentProps } from 'solid-js';
import { CommentsRail } from './comments-rail.tsx';
import { LinksRail } from './links-rail.tsx';
import { VersionsRail } from './versions-rail.tsx';

export type RailTab = 'comments' | 'versions' | 'links';

/** What stands beside the text: comments, versions, links. */
export function NoteRail(props: {
  tab: RailTab;
  onTab: (tab: RailTab) => void;
  onClose: () => void;
  comments: ComponentProps<typeof CommentsRail>;
  versions: ComponentProps<typeof VersionsRail>;
  links: ComponentProps<typeof LinksRail>;
}) {
  const open = () => props.comments.comments.open().length;
  return (
    <aside class="note-rail" aria-label="Comments, versions and links">
      <div class="rail-top">
        <Tabs
          label="Beside the text"
          variant="underline"
          tabs={[
            { id: 'comments', label: 'Comments', ...(open() > 0 ? { count: open() } : {}), panelId: 'note-rail' },
            { id: 'versions', label: 'Versions', panelId: 'note-rail' },
            {
              id: 'links',
              label: 'Links',
              ...(props.links.links.length > 0 ? { count: props.links.links.length } : {}),
              panelId: 'note-rail',
            },
          ]}
          value={props.tab}
          onChange={(tab) => props.onTab(tab)}
        />
        <IconButton class="rail-x" size="sm" icon={X} label="Close" onClick={() => props.onClose()} />
      </div>
      <div class="rail-scroll" id="note-rail" role="tabpanel" tabindex="-1" aria-label={props.tab}>
        <Switch>
          <Match when={props.tab === 'comments'}>
            <CommentsRail {...props.comments} />
          </Match>
          <Match when={props.tab === 'versions'}>
            <VersionsRail {...props.versions} />
          </Match>
          <Match when={props.tab === 'links'}>
            <LinksRail {...props.links} />
          </Match>
        </Switch>
      </div>
    </aside>
  );
}
