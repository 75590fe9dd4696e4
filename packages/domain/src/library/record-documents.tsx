import './library.css';
import { Button } from '@rapport/ui/button';
import { Icon } from '@rapport/ui/icon';
import { IconButton } from '@rapport/ui/icon-button';
import FilePlus from 'lucide-solid/icons/file-plus';
import FileText from 'lucide-solid/icons/file-text';
import Pin from 'lucide-solid/icons/pin';
import { For, Show, createResource, createSignal, onCleanup } from 'solid-js';
import { whenWords } from '../activity/words.ts';
import type { WorkspaceClient } from '../client.ts';
import { AttachedFiles } from '../files/attached-files.tsx';
import { NewNoteDialog } from './library-dialogs.tsx';

/** The record that notes and files belong to. */
export interface RecordRef {
  readonly noun: 'deal' | 'lead' | 'company' | 'contact';
  readonly id: string;
  /** What it is called, for the name of a new note. */
  readonly name: string;
}

interface Note {
  readonly id: string;
  readonly title: string;
  readonly preview: string;
  readonly editedAt: number;
  readonly pinned: boolean;
  readonly links: readonly { noun: string; id: string }[];
  readonly access?: string;
}

const refreshAfterMs = 1000;

/** Makes a note that is linked to a record and shared as it is; answers its id, or null when it could not be made. */
async function makeRecordNote(
  workspace: WorkspaceClient,
  record: Pick<RecordRef, 'noun' | 'id'>,
  note: { title: string; template?: string | undefined },
): Promise<string | null> {
  const links = [{ noun: record.noun, id: record.id }];
  try {
    const made =
      note.template === undefined
        ? await workspace.api<{ id: string }>('POST', '/notes', { title: note.title, links })
        : await workspace.api<{ id: string }>('POST', '/library/notes', { template: note.template, links });
    return made.id;
  } catch (error) {
    workspace.toast({ text: error instanceof Error ? error.message : String(error), tone: 'danger' });
    return null;
  }
}

/** Notes on a record (linked to it, or mentioning it; pinned ones first) and its files. */
export function RecordDocuments(props: {
  workspace: WorkspaceClient;
  record: RecordRef;
  mayEdit: boolean;
  noteHref: (id: string) => string;
  onNote: (id: string) => void;
}) {
  // One list is in one workspace.
  // eslint-disable-next-line solid/reactivity
  const { workspace } = props;
  const key = () => `${props.record.noun}/${props.record.id}`;
  const [notes, { refetch }] = createResource(
    key,
    async (about) => (await workspace.api<{ items: Note[] }>('GET', `/notes?about=${about}&limit=100`)).items,
  );
  let timer: ReturnType<typeof setTimeout> | undefined;
  // Somebody writes in one of them, and its row changes with every key.
  onCleanup(
    workspace.onChanged(['notes', 'note_links', 'note_mentions', 'access'], () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        void refetch();
      }, refreshAfterMs);
    }),
  );
  onCleanup(() => clearTimeout(timer));
  const [isChoosing, setChoosing] = createSignal(false);
  const make = async (template: string | undefined) => {
    setChoosing(false);
    const id = await makeRecordNote(workspace, props.record, { title: props.record.name, template });
    if (id !== null) props.onNote(id);
  };
  const isLinked = (note: Note) => note.links.some(({ noun, id }) => `${noun}/${id}` === key());
  const pin = async (note: Note, isOn: boolean) => {
    const links = [{ noun: props.record.noun, id: props.record.id }];
    const put = (on: boolean) =>
      workspace.api<unknown>('PATCH', `/notes/${note.id}`, on ? { pin: links } : { unpin: links }).then(
        () => true,
        () => false,
      );
    if (!(await put(isOn))) {
      workspace.toast({ text: `“${note.title}” was not ${isOn ? 'pinned' : 'unpinned'}.`, tone: 'danger' });
      return;
    }
    workspace.performed(
      { kind: 'pin', text: isOn ? `Pinned “${note.title}”` : `Unpinned “${note.title}”` },
      { back: () => put(!isOn), again: () => put(isOn) },
    );
    void refetch();
  };
  return (
    <div class="rec-docs">
      <section aria-label="Notes">
        <h3>Notes</h3>
        <ul>
          <For each={notes.latest ?? []}>
            {(note) => (
              <li>
                <a
                  class="rec-note"
                  href={props.noteHref(note.id)}
                  onClick={(event) => {
                    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
                    event.preventDefault();
                    props.onNote(note.id);
                  }}
                >
                  <Icon of={FileText} class="t3" />
                  <span class="ellip med" dir="auto">
                    {note.title === '' ? 'Untitled' : note.title}
                  </span>
                  <span class="ellip small t3 grow" dir="auto">
                    {isLinked(note) ? note.preview : 'Mentions this'}
                  </span>
                  <time class="small t3 num" dateTime={new Date(note.editedAt).toISOString()}>
                    {whenWords(note.editedAt, workspace.now(), { showsDay: true, locale: navigator.language })}
                  </time>
                </a>
                <Show
                  when={isLinked(note) && props.mayEdit}
                  fallback={
                    <Show when={note.pinned}>
                      <Icon of={Pin} size={14} label="Pinned" />
                    </Show>
                  }
                >
                  <IconButton
                    icon={Pin}
                    size="sm"
                    class={note.pinned ? 'pinned' : ''}
                    aria-pressed={note.pinned}
                    label={note.pinned ? `Unpin ${note.title}` : `Pin ${note.title}`}
                    onClick={() => void pin(note, !note.pinned)}
                  />
                </Show>
              </li>
            )}
          </For>
        </ul>
        <Show when={props.mayEdit}>
          <Button variant="ghost" size="sm" icon={FilePlus} onClick={() => setChoosing(true)}>
            Write a note
          </Button>
        </Show>
      </section>
      <AttachedFiles workspace={workspace} place={key()} mayEdit={props.mayEdit} />
      <Show when={isChoosing()}>
        <NewNoteDialog
          workspace={workspace}
          onClose={() => setChoosing(false)}
          onMake={(template) => void make(template)}
        />
      </Show>
    </div>
  );
}
