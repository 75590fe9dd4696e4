import type { ChangeContext, RowWrite } from './projection.ts';
import { linkKey } from './read-meta.ts';
import { noteIdOf, type NoteMeta, type RecordNoun } from './schema.ts';

const activityPerEntry = 65_536;
/** Records that have a timeline, in which a note of theirs stands. */
const withTimeline: ReadonlySet<RecordNoun> = new Set(['deal', 'contact', 'company']);

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
  return lines.map(({ kind, noun, record }, position) => ({
    table: 'activity',
    key: { id: context.seq * activityPerEntry + position },
    row: {
      at: context.at,
      actor: context.actor,
      agent: context.agent ?? null,
      offline: context.via === 'offline' ? 1 : 0,
      noun,
      doc: docName,
      board_id: null,
      record,
      title,
      kind,
      field: null,
      from: null,
      to: kind === 'noted' && title !== null ? JSON.stringify(title) : null,
      value_minor: null,
      value_currency: null,
    },
  }));
}
