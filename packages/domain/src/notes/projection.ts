import { rawRecord } from '@rapport/doc/records';
import type { ChangeContext, RowWrite } from '@rapport/sync/server/ports';
import * as Y from 'yjs';
import { makeBodyIndex, type BodyChange, type Found } from './body-index.ts';
import { problemWord, type BodyProblemKind } from './body-tree.ts';
import { mentionsIn, readComment } from './read-comment.ts';
import { noteActivity } from './note-activity.ts';
import { linkKey, readMeta } from './read-meta.ts';
import { ruleOf } from './element-rules.ts';
import { plainText } from './read-text.ts';
import {
  bodyRoot,
  commentsRoot,
  isRecordId,
  metaRoot,
  noteIdOf,
  versionsRoot,
  type NoteLink,
  type NoteMeta,
} from './schema.ts';

const previewLength = 240;
const mostPreviewElements = 200;

/** The beginning of a note's text, on one line. */
function previewOf(body: Y.XmlFragment): string {
  let preview = '';
  const stack: (Y.Item | null)[] = [body._start];
  for (let seen = 0; stack.length > 0 && preview.length < previewLength && seen < mostPreviewElements;) {
    const item = stack.pop() ?? null;
    if (item === null) continue;
    stack.push(item.right);
    if (item.deleted || !(item.content instanceof Y.ContentType)) continue;
    const { type } = item.content;
    seen++;
    if (type instanceof Y.XmlText) preview += plainText(type, previewLength);
    else if (type instanceof Y.XmlElement) {
      const rule = ruleOf(type.nodeName);
      if (rule?.isInline !== true) preview += ' ';
      if (rule !== undefined && stack.length < 100) stack.push(type._start);
    }
  }
  return preview.replaceAll(/\s+/g, ' ').trim().slice(0, previewLength).toWellFormed();
}

/** Which elements claim an id: the one that was made first has it, a copy that was pasted goes by its own key. */
function makeClaims() {
  const claims = new Map<string, Set<string>>();
  return {
    add: (id: string, key: string) => void claims.set(id, (claims.get(id) ?? new Set()).add(key)),
    remove(id: string, key: string) {
      claims.get(id)?.delete(key);
      if (claims.get(id)?.size === 0) claims.delete(id);
    },
    of: (id: string): ReadonlySet<string> => claims.get(id) ?? new Set(),
  };
}

const byKey = (a: string, b: string): number => {
  const [clientA = 0, clockA = 0] = a.split('.').map(Number);
  const [clientB = 0, clockB = 0] = b.split('.').map(Number);
  return clientA - clientB || clockA - clockB;
};

const taskIdOf = (key: string, found: Found | null): string | null =>
  found?.task == null ? null : (found.task.taskId ?? key);
const mentionIdOf = (key: string, found: Found | null): string | null =>
  found?.mention == null ? null : (found.mention.mid ?? key);

/**
 * Derives the rows of one note from what happens in it. Pure on the document and the change: replaying the log gives
 * the same rows. A keystroke costs its own block, not the note.
 */
export function makeNoteProjector(
  docName: string,
  doc: Y.Doc,
): { project(transaction: Y.Transaction, context: ChangeContext): RowWrite[] } {
  const note_id = noteIdOf(docName);
  const body = doc.getXmlFragment(bodyRoot);
  const meta = doc.getMap<unknown>(metaRoot);
  const comments = doc.getMap<unknown>(commentsRoot);
  const versions = doc.getMap<unknown>(versionsRoot);
  const index = makeBodyIndex(body);
  const tasks = makeClaims();
  const mentions = makeClaims();
  const problems = new Map<BodyProblemKind, number>();
  let words = 0;
  let linked: ReadonlyMap<string, NoteLink> = linksOf(readMeta(doc));
  let pinned: ReadonlySet<string> = new Set(readMeta(doc).pinned);
  let lastMeta = readMeta(doc);
  const commentMentions = new Map<string, readonly string[]>();

  const count = (found: Found | null, by: 1 | -1) => {
    if (found === null) return;
    words += by * found.words;
    if (found.problem !== null) problems.set(found.problem, (problems.get(found.problem) ?? 0) + by);
  };
  const claim = (key: string, found: Found | null, way: 'add' | 'remove') => {
    const [task, mention] = [taskIdOf(key, found), mentionIdOf(key, found)];
    if (task !== null) tasks[way](task, key);
    if (mention !== null) mentions[way](mention, key);
  };
  for (const [key, { found }] of index.parts) {
    count(found, 1);
    claim(key, found, 'add');
  }
  for (const [id, map] of comments.entries())
    if (map instanceof Y.Map) commentMentions.set(id, mentionIds(id, readComment(id, rawRecord(map)).text));

  const bodyWrites = (changes: BodyChange, context: ChangeContext): RowWrite[] => {
    const writes: RowWrite[] = [];
    const hadProblems = new Map(problems);
    const touchedTasks = new Set<string>();
    const touchedMentions = new Set<string>();
    const hadMention = new Map<string, boolean>();
    for (const [key, { before, after }] of changes) {
      for (const found of [before, after]) {
        const [task, mention] = [taskIdOf(key, found), mentionIdOf(key, found)];
        if (task !== null) touchedTasks.add(task);
        if (mention !== null) touchedMentions.add(mention);
        if (mention !== null && !hadMention.has(mention)) hadMention.set(mention, mentions.of(mention).size > 0);
      }
    }
    for (const [key, { before, after }] of [...changes].sort(([a], [b]) => byKey(a, b))) {
      count(before, -1);
      count(after, 1);
      claim(key, before, 'remove');
      claim(key, after, 'add');
      const isSame = before?.text === after?.text && before?.kind === after?.kind;
      if (!isSame || (before === null) !== (after === null)) {
        if (after !== null && after.text !== null)
          writes.push({
            table: 'note_blocks',
            key: { note_id, key },
            row: { kind: after.kind, text: after.text, words: after.words },
          });
        else if (before !== null && before.text !== null)
          writes.push({ table: 'note_blocks', key: { note_id, key }, row: null });
      }
      if ((before?.file ?? null) !== (after?.file ?? null))
        writes.push({
          table: 'note_files',
          key: { note_id, key },
          row: after?.file == null ? null : { file_id: after.file },
        });
    }
    for (const id of [...touchedTasks].sort()) {
      const [key] = [...tasks.of(id)].sort(byKey);
      const task = key === undefined ? null : (index.parts.get(key)?.found.task ?? null);
      writes.push({
        table: 'note_tasks',
        key: { note_id, id },
        row:
          task === null || key === undefined
            ? null
            : { key, text: task.text, done: task.isDone ? 1 : 0, assignee: task.assignee, due: task.due },
      });
    }
    for (const id of [...touchedMentions].sort()) {
      const [key] = [...mentions.of(id)].sort(byKey);
      const mention = key === undefined ? null : (index.parts.get(key)?.found.mention ?? null);
      if (mention === null) writes.push({ table: 'note_mentions', key: { note_id, id }, row: null });
      // Who wrote it and when stays, also when a paragraph was split and the mention made anew.
      else if (hadMention.get(id) !== true)
        writes.push({
          table: 'note_mentions',
          key: { note_id, id },
          row: {
            noun: mention.noun,
            ref: mention.ref,
            block: mention.block,
            comment: null,
            by: context.actor,
            at: context.at,
          },
        });
    }
    for (const kind of ['unknown', 'deep', 'long', 'value', 'loose'] as const) {
      const now = problems.get(kind) ?? 0;
      if (now === (hadProblems.get(kind) ?? 0)) continue;
      writes.push({
        table: 'data_quality',
        key: { doc: docName, record: note_id, field: `body:${kind}` },
        row: now === 0 ? null : { problem: `has ${problemWord(kind, now)}`, raw: '' },
      });
    }
    return writes;
  };

  const linkWrites = (now: NoteMeta): RowWrite[] => {
    const next = linksOf(now);
    const isPinned = new Set(now.pinned);
    const changed = [...new Map([...linked, ...next])]
      .filter(([key]) => linked.has(key) !== next.has(key) || pinned.has(key) !== isPinned.has(key))
      .map(([key, { noun, id }]): RowWrite => ({
        table: 'note_links',
        key: { note_id, noun, record: id },
        row: next.has(key) ? { pinned: isPinned.has(key) ? 1 : 0 } : null,
      }));
    linked = next;
    pinned = isPinned;
    return changed;
  };

  const commentWrites = (ids: Iterable<string>, context: ChangeContext): RowWrite[] =>
    [...ids].sort().flatMap((id): RowWrite[] => {
      if (!isRecordId(id)) return [];
      const map = comments.get(id);
      const key = { note_id, id };
      const had = commentMentions.get(id) ?? [];
      if (!(map instanceof Y.Map)) {
        commentMentions.delete(id);
        return [
          { table: 'note_comments', key, row: null },
          ...had.map((mention): RowWrite => ({ table: 'note_mentions', key: { note_id, id: mention }, row: null })),
        ];
      }
      const comment = readComment(id, rawRecord(map));
      const found = comment.deletedAt === null ? mentionsIn(comment.text) : [];
      const has = found.map(({ noun, ref }) => `${id}/${noun}/${ref}`);
      commentMentions.set(id, has);
      return [
        {
          table: 'note_comments',
          key,
          row: {
            thread: comment.thread,
            quote: comment.quote,
            text: comment.text,
            by: comment.by,
            at: comment.at,
            edited_at: comment.editedAt,
            resolved_at: comment.resolvedAt,
            resolved_by: comment.resolvedBy,
            deleted_at: comment.deletedAt,
          },
        },
        ...had
          .filter((mention) => !has.includes(mention))
          .map((mention): RowWrite => ({ table: 'note_mentions', key: { note_id, id: mention }, row: null })),
        ...found.flatMap(({ noun, ref }): RowWrite[] =>
          had.includes(`${id}/${noun}/${ref}`)
            ? []
            : [
                {
                  table: 'note_mentions',
                  key: { note_id, id: `${id}/${noun}/${ref}` },
                  row: { noun, ref, block: null, comment: id, by: context.actor, at: context.at },
                },
              ],
        ),
      ];
    });

  const versionWrites = (ids: Iterable<string>, context: ChangeContext, isNew: (id: string) => boolean): RowWrite[] =>
    [...ids].sort().flatMap((id): RowWrite[] => {
      const map = versions.get(id);
      if (!isRecordId(id)) return [];
      const key = { note_id, id };
      const raw = map instanceof Y.Map ? rawRecord(map) : null;
      if (raw === null)
        return [
          { table: 'note_versions', key, row: null },
          { table: 'note_version_names', key, row: null },
        ];
      const deletedAt = raw.deletedAt;
      return [
        // What it names is the moment when it was made: written once, so that a new name does not move it.
        ...(isNew(id)
          ? [{ table: 'note_versions', key, row: { seq: context.seq, at: context.at, by: context.actor } }]
          : []),
        {
          table: 'note_version_names',
          key,
          row: {
            name: typeof raw.name === 'string' ? raw.name.slice(0, 200).toWellFormed() : '',
            deleted_at: typeof deletedAt === 'number' && Number.isSafeInteger(deletedAt) ? deletedAt : null,
          },
        },
      ];
    });

  return {
    project(transaction, context) {
      const changes = index.take();
      const writes = bodyWrites(changes, context);
      const touched = touchedIn(transaction);
      const now = readMeta(doc);
      if (touched.meta) {
        writes.push(...linkWrites(now), ...noteActivity(docName, lastMeta, now, context));
        lastMeta = now;
      }
      writes.push(...commentWrites(touched.comments, context));
      writes.push(...versionWrites(touched.versions, context, (id) => touched.newVersions.has(id)));
      if (changes.size > 0 || touched.meta)
        writes.push({
          table: 'notes',
          key: { id: note_id },
          row: {
            doc: docName,
            title: now.title,
            folder: now.folder,
            tags: JSON.stringify(now.tags),
            preview: previewOf(body),
            words,
            created_at: now.createdAt,
            created_by: now.createdBy,
            edited_at: context.at,
            edited_by: context.actor,
            deleted_at: now.deletedAt,
          },
        });
      return writes;
    },
  };

  function touchedIn(transaction: Y.Transaction) {
    const found = {
      meta: false,
      comments: new Set<string>(),
      versions: new Set<string>(),
      newVersions: new Set<string>(),
    };
    for (const [type, keys] of transaction.changed) {
      const of = (root: Y.Map<unknown>, ids: Set<string>) => {
        const isRoot = Object.is(type, root);
        if (isRoot) for (const key of keys) if (key !== null) ids.add(key);
        if (type.parent === root && type._item?.parentSub != null) ids.add(type._item.parentSub);
        return isRoot;
      };
      if (Object.is(type, meta) || type.parent === meta) found.meta = true;
      of(comments, found.comments);
      if (of(versions, found.versions)) for (const key of keys) if (key !== null) found.newVersions.add(key);
    }
    return found;
  }
}

const linksOf = (meta: NoteMeta): ReadonlyMap<string, NoteLink> =>
  new Map(meta.links.map((link) => [linkKey(link), link]));

const mentionIds = (id: string, text: string): readonly string[] =>
  mentionsIn(text).map(({ noun, ref }) => `${id}/${noun}/${ref}`);
