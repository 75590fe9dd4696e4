import { sameJson } from '@rapport/doc/json';
import type { Patch } from '@rapport/doc/patch';
import { eachRecord, rawRecord } from '@rapport/doc/records';
import type { FieldSpecs } from '@rapport/schema/fields';
import { type Accessor, createEffect, createMemo, createSignal, on, onCleanup, untrack } from 'solid-js';
import type * as Y from 'yjs';
import type { OpenDocument, WorkspaceClient } from '../client.ts';
import { createPeople, createPresence } from '../create-people.web.ts';
import { localDay } from '../fields/field-text.ts';
import { readRecord, type RecordState } from './read-record.ts';
import { documentOf, roots, type RecordType } from './record-type.ts';
import { readEntry, type TimelineEntry } from './timeline.ts';

export interface Editor {
  readonly id: string;
  readonly name: string;
  readonly colour: number;
}

/** One record on the screen, live. Keys name what is edited: a field's key, the id of a point or link, a purpose. */
export interface OpenRecord {
  readonly workspace: WorkspaceClient;
  readonly type: RecordType;
  readonly id: string;
  readonly doc: Accessor<Y.Doc>;
  readonly state: Accessor<RecordState>;
  readonly custom: Accessor<FieldSpecs>;
  /** What people logged, deleted entries left out; newest first. */
  readonly entries: Accessor<readonly TimelineEntry[]>;
  /** Colleagues who have it open, one entry each. */
  readonly here: Accessor<readonly Editor[]>;
  /** The colleague who is in this field now. */
  editedBy(key: string): Editor | null;
  /** Whoever's change of this field just came in; a new object each time. */
  changedBy(key: string): Editor | null;
  tellEditing(key: string | null): void;
  /** Why this person may not edit it. */
  readonly lockReason: Accessor<string | undefined>;
  readonly isPending: Accessor<boolean>;
  /** Writes a patch as one undoable step; `text` is a sentence in the past tense without a full stop. */
  perform(patch: Patch, text: string): void;
  readonly today: Accessor<string>;
  readonly now: Accessor<number>;
}

const valueRoots = [roots.fields, roots.points, roots.links, roots.consent];

/** Follows one record's document and writes to it. Lives as long as its owner. */
export function createOpenRecord(
  workspace: WorkspaceClient,
  type: RecordType,
  id: string,
  document: OpenDocument,
  doc: Accessor<Y.Doc>,
): OpenRecord {
  const custom = createMemo(() => workspace.customFields(type.noun));
  const [state, setState] = createSignal(
    untrack(() => readRecord(type, doc(), custom())),
    { equals: false },
  );
  const readEntries = (from: Y.Doc): TimelineEntry[] => {
    const found: TimelineEntry[] = [];
    eachRecord(from, roots.timeline, (entryId, map) => found.push(readEntry(entryId, rawRecord(map))));
    return found.filter((entry) => entry.deletedAt === null).sort((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1));
  };
  const [entries, setEntries] = createSignal<readonly TimelineEntry[]>(
    untrack(() => readEntries(doc())),
    {
      equals: sameJson,
    },
  );
  const [changes, setChanges] = createSignal<ReadonlyMap<string, Editor>>(new Map());
  const people = createPeople(
    document,
    untrack(() => workspace.me.id),
  );
  const [field, setField] = createSignal<string | null>(null);
  createPresence(document, () => ({ record: id, field: field() }));

  createEffect(
    on([doc, custom], ([now, specs]) => {
      const follow = () => setState(readRecord(type, now, specs));
      const followValues = (events: readonly Y.YEvent<Y.AbstractType<unknown>>[], transaction: Y.Transaction) => {
        follow();
        if (transaction.local) return;
        const fresh = new Map(untrack(changes));
        for (const event of events) {
          for (const key of event.keys.keys()) {
            const client = event.target._map.get(key)?.id.client;
            const writer = document.people().find((person) => person.clientId === client)?.member;
            if (writer) fresh.set(key, { ...writer });
          }
        }
        setChanges(fresh);
      };
      const followEntries = () => setEntries(readEntries(now));
      for (const root of valueRoots) now.getMap(root).observeDeep(followValues);
      now.getMap(roots.timeline).observeDeep(followEntries);
      follow();
      followEntries();
      onCleanup(() => {
        for (const root of valueRoots) now.getMap(root).unobserveDeep(followValues);
        now.getMap(roots.timeline).unobserveDeep(followEntries);
      });
    }),
  );

  const [access, setAccess] = createSignal(document.access());
  onCleanup(document.onAccess(() => setAccess(document.access())));
  const [now, setNow] = createSignal(workspace.now());
  const timer = setInterval(() => setNow(workspace.now()), 30_000);
  onCleanup(() => clearInterval(timer));

  return {
    workspace,
    type,
    id,
    doc,
    state,
    custom,
    entries,
    here: () => people.here().map(({ member }) => member),
    editedBy(key) {
      const editor = people.here().find(({ presence }) => presence.record === id && presence.field === key);
      return editor?.member ?? null;
    },
    changedBy: (key) => changes().get(key) ?? null,
    tellEditing: setField,
    lockReason: () => {
      if (state().mergedInto !== null) return 'This record was merged into another.';
      if (state().deletedAt !== null) return 'This record is deleted. Restore it to edit it.';
      return access() === 'read' ? 'You may look at this, but not change it.' : undefined;
    },
    isPending: () => people.pending.get(id) !== undefined,
    perform: (patch, text) =>
      void workspace.perform(document, documentOf(type, id), patch, { kind: 'edit', text, record: id }),
    today: () => localDay(now()),
    now,
  };
}
