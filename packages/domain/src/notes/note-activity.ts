import type { ChangeContext, RowWrite } from '@rapport/sync/server/ports';
import { activityRow } from '../activity/activity-row.ts';
import { linkKey } from './read-meta.ts';
import { noteIdOf, type NoteMeta, type RecordNoun } from './schema.ts';

/** Records that have a timeline, in which a note of theirs stands. */
const withTimeline: ReadonlySet<RecordNoun> = new Set(['deal', 'lead', 'contact', 'company']);

/** What the feed and the timelines of records say of a change of a note; whose it is follows from the document. */
export function noteActivity(docName: string, before: NoteMeta, after: NoteMeta, context: ChangeContext): RowWrite[] {
  const id = noteIdOf(docName);
  const lines: { kind: string; noun: string; record: string }[] = [];
  const of = (kind: string) => lines.push({ kind, noun: 'note', record: id });
  if (before.createdAt === 0 && after.createdAt !== 0) of('created');
  if (before.deletedAt === null && after.deletedAt !== null) of('deleted');
  if (before.deletedAt !== null && after.deletedAt === null) of('restored');
  const had = new Set(before.links.map(linkKey));
  for (const link of after.links)
    if (withTimeline.has(link.noun) && !had.has(linkKey(link)))
      lines.push({ kind: 'noted', noun: link.noun, record: link.id });
  const title = after.title === '' ? null : after.title;
  return lines.map((line, position) =>
    activityRow(context, position, { ...line, doc: docName, title, ...(line.kind === 'noted' && { to: title }) }),
  );
}
