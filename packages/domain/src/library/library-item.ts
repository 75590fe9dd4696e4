import * as v from 'valibot';

export const itemNouns = ['folder', 'note', 'file'] as const;
export type ItemNoun = (typeof itemNouns)[number];

/** A line of the library: a folder, a note or a file, told alike. */
export const libraryItem = v.object({
  key: v.pipe(v.string(), v.description('`<noun>/<id>`')),
  noun: v.picklist(itemNouns),
  id: v.string(),
  name: v.string(),
  folder: v.pipe(v.nullable(v.string()), v.description('The folder that it lies in; null: the library itself')),
  place: v.pipe(v.nullable(v.string()), v.description('Of a file: the note or record that it is attached to')),
  by: v.nullable(v.string()),
  changedBy: v.nullable(v.string()),
  createdAt: v.number(),
  changedAt: v.number(),
  deletedAt: v.nullable(v.number()),
  tags: v.array(v.string()),
  preview: v.pipe(v.string(), v.description('Of a note: the beginning of its text')),
  words: v.pipe(v.nullable(v.number()), v.description('Of a note')),
  size: v.pipe(v.nullable(v.number()), v.description('Of a file, bytes')),
  type: v.pipe(v.nullable(v.string()), v.description('Of a file, as found in its content')),
  version: v.pipe(v.nullable(v.string()), v.description('Of a file: its newest version')),
  access: v.picklist(['view', 'comment', 'edit']),
  shared: v.picklist(['everyone', 'some', 'private']),
});
export type LibraryItem = v.InferOutput<typeof libraryItem>;

export const libraryViews = ['folder', 'all', 'recent', 'mine', 'shared', 'favourites', 'templates', 'bin'] as const;
export type LibraryView = (typeof libraryViews)[number];

/** The tag that makes a note one to begin others from. */
export const templateTag = 'template';

/** How long the bin shows what was deleted. */
export const binDays = 30;
