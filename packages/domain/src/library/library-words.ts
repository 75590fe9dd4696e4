import { binDays, type LibraryView } from './library-item.ts';

const words: Readonly<Record<LibraryView, { title: string; text: string }>> = {
  folder: {
    title: 'Nothing in here yet',
    text: 'Write a note, or drop files here from your device. Whoever may open this folder sees them at once.',
  },
  all: { title: 'Nothing yet', text: 'Notes and files show here as soon as somebody adds one.' },
  recent: { title: 'Nothing yet', text: 'What anybody changes last stands here first.' },
  mine: { title: 'Nothing of yours yet', text: 'Notes that you write and files that you upload stand here.' },
  shared: {
    title: 'Nothing is shared with you alone',
    text: 'What a colleague shares with you or your team stands here.',
  },
  favourites: {
    title: 'No favourites yet',
    text: 'Star a note, a folder or a file with S, and it stands here on all your devices.',
  },
  templates: {
    title: 'No templates of your own yet',
    text: 'Give a note the tag “template”, and new notes can begin with it.',
  },
  bin: { title: 'The bin is empty', text: `What is put here can be restored for ${binDays} days.` },
};

/** What stands in the place of an empty list: what is missing, and the way to get it. */
export function emptyWords(place: { view: LibraryView; q: string; tag: string | null }): {
  title: string;
  text: string;
} {
  if (place.q !== '')
    return { title: 'Nothing found', text: 'Every word must be in a title, a text or a tag that you may open.' };
  if (place.tag !== null) return { title: 'No note has this tag', text: 'Tags are set at the head of a note.' };
  return words[place.view];
}
