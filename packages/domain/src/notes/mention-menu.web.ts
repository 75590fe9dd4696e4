import Building from 'lucide-solid/icons/building';
import CircleUser from 'lucide-solid/icons/circle-user';
import FileText from 'lucide-solid/icons/file-text';
import Funnel from 'lucide-solid/icons/funnel';
import SquareKanban from 'lucide-solid/icons/square-kanban';
import User from 'lucide-solid/icons/user';
import type { Editor, Range } from '@tiptap/core';
import type { WorkspaceClient } from '../client.ts';
import { isMentionNoun, isRecordId, type MentionNoun } from './schema.ts';
import type { ShownItem } from './suggest-menu.tsx';

const icons: Readonly<Partial<Record<MentionNoun, ShownItem['icon']>>> = {
  deal: SquareKanban,
  lead: Funnel,
  company: Building,
  contact: CircleUser,
  note: FileText,
};
const nounWords: Readonly<Record<string, string>> = {
  deal: 'Deal',
  lead: 'Lead',
  company: 'Company',
  contact: 'Contact',
  note: 'Note',
  event: 'Event',
  ticket: 'Ticket',
};

/** Puts a mention in place of what was typed. */
function insert(workspace: WorkspaceClient, noun: MentionNoun, ref: string) {
  return (editor: Editor, range: Range) =>
    void editor
      .chain()
      .focus()
      .insertContentAt(range, [
        { type: 'mention', attrs: { noun, ref, mid: workspace.newId() } },
        { type: 'text', text: ' ' },
      ])
      .run();
}

const mostPeople = 6;
const mostRecords = 8;

/** People by name. */
export function findPeople(workspace: WorkspaceClient, query: string): ShownItem[] {
  const wanted = query.toLocaleLowerCase();
  return [...workspace.members().values()]
    .filter(({ status, name }) => {
      if (status === 'removed') return false;
      const folded = name.toLocaleLowerCase();
      return folded.startsWith(wanted) || folded.split(/\s+/).some((word) => word.startsWith(wanted));
    })
    .slice(0, mostPeople)
    .map(({ id, name }) => ({
      id: `member/${id}`,
      label: name,
      group: 'People',
      icon: User,
      run: insert(workspace, 'member', id),
    }));
}

/** Records as the server finds them; none while it cannot be reached. */
export async function findRecordsToMention(
  workspace: WorkspaceClient,
  query: string,
  noteId: string,
): Promise<ShownItem[]> {
  if (query === '') return [];
  try {
    const { items } = await workspace.api<{ items: { noun: string; id: string; title: string }[] }>(
      'GET',
      `/search?limit=${mostRecords}&q=${encodeURIComponent(query.slice(0, 100))}`,
    );
    return items
      .filter(({ noun, id }) => isMentionNoun(noun) && isRecordId(id) && id !== noteId)
      .map(({ noun, id, title }): ShownItem => ({
        id: `${noun}/${id}`,
        label: title || 'Untitled',
        group: 'Link',
        detail: nounWords[noun] ?? noun,
        icon: icons[noun as MentionNoun] ?? FileText,
        run: insert(workspace, noun as MentionNoun, id),
      }));
  } catch {
    // Offline: people can still be mentioned.
    return [];
  }
}
