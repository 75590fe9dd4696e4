import { Icon } from '@rapport/ui/icon';
import { IconButton } from '@rapport/ui/icon-button';
import { Picker } from '@rapport/ui/picker';
import { Button } from '@rapport/ui/button';
import FileText from 'lucide-solid/icons/file-text';
import Link from 'lucide-solid/icons/link';
import X from 'lucide-solid/icons/x';
import { For, Show, createResource, createSignal, onCleanup } from 'solid-js';
import type { WorkspaceClient } from '../client.ts';
import type { Links } from './mention-view.tsx';
import { MentionChip } from './mention-chip.tsx';
import type { Names } from './names.web.ts';
import { isRecordId, isRecordNoun, type NoteLink } from './schema.ts';

/** Records that the note is linked to, and notes that mention it. */
export function LinksRail(props: {
  workspace: WorkspaceClient;
  noteId: string;
  links: readonly NoteLink[];
  names: Names;
  pages: Links;
  mayEdit: boolean;
  onLink: (link: NoteLink) => void;
  onUnlink: (link: NoteLink) => void;
}) {
  const [isOpen, setOpen] = createSignal(false);
  let button: HTMLDivElement | undefined;
  const [from, { refetch }] = createResource(
    () => props.noteId,
    async (id) =>
      (await props.workspace.api<{ items: { id: string; title: string }[] }>('GET', `/notes?about=note/${id}`)).items,
  );
  // One rail is in one workspace.
  // eslint-disable-next-line solid/reactivity
  onCleanup(props.workspace.onChanged(['note_links', 'note_mentions'], () => void refetch()));
  const search = async (query: string) => {
    if (query === '') return [];
    const { items } = await props.workspace.api<{ items: { noun: string; id: string; title: string }[] }>(
      'GET',
      `/search?limit=10&q=${encodeURIComponent(query.slice(0, 100))}`,
    );
    return items
      .filter(({ noun, id }) => isRecordNoun(noun) && isRecordId(id) && id !== props.noteId)
      .map(({ noun, id, title }) => ({ id: `${noun}/${id}`, label: title || 'Untitled', detail: noun }));
  };
  return (
    <div class="rail-list">
      <div class="row rail-h">
        <h3 class="grow">Linked to</h3>
        <Show when={props.mayEdit}>
          <div ref={(made) => (button = made)}>
            <Button size="sm" variant="ghost" icon={Link} aria-expanded={isOpen()} onClick={() => setOpen(true)}>
              Link
            </Button>
          </div>
          <Picker
            label="Record"
            placeholder="Find a record"
            empty="Type to find a deal, contact, company or note."
            search={search}
            open={isOpen()}
            onClose={() => setOpen(false)}
            anchor={() => button}
            onPick={({ id: key }) => {
              const [noun, id] = key.split('/');
              if (isRecordNoun(noun) && isRecordId(id)) props.onLink({ noun, id });
            }}
          />
        </Show>
      </div>
      <Show when={props.links.length > 0} fallback={<p class="none">Not linked to any record.</p>}>
        <ul>
          <For each={props.links}>
            {(link) => (
              <li class="row bl">
                <span class="grow ellip">
                  <MentionChip noun={link.noun} id={link.id} names={props.names} hrefOf={props.pages.hrefOf} />
                </span>
                <Show when={props.mayEdit}>
                  <IconButton size="sm" icon={X} label="Take the link away" onClick={() => props.onUnlink(link)} />
                </Show>
              </li>
            )}
          </For>
        </ul>
      </Show>
      <h3>Mentioned in</h3>
      <Show when={(from.latest ?? []).length > 0} fallback={<p class="none">No note mentions this one.</p>}>
        <ul>
          <For each={from.latest}>
            {(note) => (
              <li>
                <a class="bl" href={props.pages.hrefOf('note', note.id, undefined) ?? undefined}>
                  <Icon of={FileText} class="t3" />
                  <bdi class="ellip grow">{note.title || 'Untitled'}</bdi>
                  <span class="small t3">Note</span>
                </a>
              </li>
            )}
          </For>
        </ul>
      </Show>
    </div>
  );
}
