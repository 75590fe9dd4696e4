import type { ChangeLabel, WorkspaceClient } from '../client.ts';
import type { LibraryItem } from './library-item.ts';

type Item = Pick<LibraryItem, 'noun' | 'id' | 'name' | 'folder' | 'place'>;
type Tagged = Item & Pick<LibraryItem, 'tags'>;

const path = ({ noun, id }: Item): string => `/${noun}s/${id}`;
const sentence = (error: unknown): string => (error instanceof Error ? error.message : String(error));
const many = (items: readonly Item[]): string =>
  items.length === 1 ? `“${items[0]?.name ?? ''}”` : `${items.length} things`;

/** What a person does to lines of the library: each is one step that undo asks the server to take back. */
export function makeLibraryActions(workspace: WorkspaceClient, options: { refresh: () => void }) {
  const { refresh } = options;
  const move = (item: Item, folder: string | null) =>
    workspace.api('PATCH', path(item), item.noun === 'file' ? { place: folder && `folder/${folder}` } : { folder });
  const putBack = (item: Item) =>
    item.noun === 'file' && item.place !== null
      ? workspace.api('PATCH', path(item), { place: item.place })
      : move(item, item.folder);
  const bin = (item: Item) => workspace.api('DELETE', path(item));
  const restore = (item: Item) =>
    item.noun === 'note'
      ? workspace.api('PATCH', path(item), { deleted: false })
      : workspace.api('POST', `${path(item)}/restore`, {});

  /** Does it to each; answers what was done and the first reason why something was not. */
  const each = async (items: readonly Item[], work: (item: Item) => Promise<unknown>) => {
    const done: Item[] = [];
    let problem: string | null = null;
    for (const item of items) {
      try {
        await work(item);
        done.push(item);
      } catch (error) {
        problem ??= sentence(error);
      }
    }
    refresh();
    return { done, problem };
  };
  const step = async (
    items: readonly Item[],
    how: { label: ChangeLabel; forth: (item: Item) => Promise<unknown>; back: (item: Item) => Promise<unknown> },
  ): Promise<boolean> => {
    const { done, problem } = await each(items, how.forth);
    if (problem !== null) workspace.toast({ text: problem, tone: 'danger' });
    if (done.length === 0) return false;
    workspace.performed(how.label, {
      back: async () => (await each(done, how.back)).problem === null,
      again: async () => (await each(done, how.forth)).problem === null,
    });
    if (problem === null)
      workspace.toast({ text: how.label.text, action: { label: 'Undo', run: () => void workspace.undo() } });
    return true;
  };

  return {
    move: (items: readonly Item[], folder: string | null, folderName: string) =>
      step(items, {
        label: { kind: 'move', text: `Moved ${many(items)} to ${folderName}` },
        forth: (item) => move(item, folder),
        back: putBack,
      }),
    bin: (items: readonly Item[]) =>
      step(items, { label: { kind: 'delete', text: `Put ${many(items)} into the bin` }, forth: bin, back: restore }),
    restore: (items: readonly Item[]) =>
      step(items, { label: { kind: 'restore', text: `Restored ${many(items)}` }, forth: restore, back: bin }),
    /** Not to be undone: the bytes leave the server. */
    async purge(item: Item): Promise<void> {
      const { problem } = await each([item], () => workspace.api('POST', `${path(item)}/purge`, {}));
      workspace.toast(
        problem === null ? { text: `Deleted “${item.name}” for good` } : { text: problem, tone: 'danger' },
      );
    },
    rename(item: Item, name: string) {
      const to = (text: string) =>
        workspace.api('PATCH', path(item), item.noun === 'note' ? { title: text } : { name: text });
      return step([item], {
        label: { kind: 'rename', text: `Renamed “${item.name}” to “${name}”` },
        forth: () => to(name),
        back: () => to(item.name),
      });
    },
    /** `tags` of a note or a file. */
    tag(item: Tagged, tags: readonly string[]) {
      const to = (given: readonly string[]) => workspace.api('PATCH', path(item), { tags: [...given] });
      return step([item], {
        label: { kind: 'edit', text: `Changed the tags of “${item.name}”` },
        forth: () => to(tags),
        back: () => to(item.tags),
      });
    },
    /** Answers the new folder's id, or null when it could not be made. */
    async newFolder(name: string, folder: string | null, isPrivate: boolean): Promise<string | null> {
      try {
        const made = await workspace.api<{ id: string }>('POST', '/folders', { name, folder, private: isPrivate });
        const item: Item = { noun: 'folder', id: made.id, name, folder, place: null };
        workspace.performed(
          { kind: 'create', text: `Made the folder “${name}”` },
          {
            back: async () => (await each([item], bin)).problem === null,
            again: async () => (await each([item], restore)).problem === null,
          },
        );
        refresh();
        return made.id;
      } catch (error) {
        workspace.toast({ text: sentence(error), tone: 'danger' });
        return null;
      }
    },
    /** Answers the new note's id, or null. `template`: of the product, or a note of the team. */
    async newNote(to: { folder: string | null; template?: string; title?: string }): Promise<string | null> {
      try {
        const made =
          to.template === undefined
            ? await workspace.api<{ id: string }>('POST', '/notes', { title: to.title ?? '', folder: to.folder })
            : await workspace.api<{ id: string }>('POST', '/library/notes', {
                template: to.template,
                folder: to.folder,
                ...(to.title === undefined ? {} : { title: to.title }),
              });
        return made.id;
      } catch (error) {
        workspace.toast({ text: sentence(error), tone: 'danger' });
        return null;
      }
    },
  };
}
