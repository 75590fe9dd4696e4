import { type Accessor, createMemo, createSignal, onCleanup } from 'solid-js';
import type { WorkspaceClient } from '../client.ts';
import type { InboxEntry } from './inbox-entry.ts';
import { inboxRoot, inboxTables, type Mark, marksPatch, noMark, readMark, stateOf } from './marks.ts';

const atMostEveryMs = 1000;
/** How often a snooze that is over is noticed. */
const clockMs = 30_000;

export interface Inbox {
  /** Undefined until known; states as this device knows them, also without a network. */
  readonly entries: Accessor<readonly InboxEntry[] | undefined>;
  readonly problem: Accessor<string | null>;
  readonly now: Accessor<number>;
  /** One undoable step. `text` says it in the past tense. */
  mark(entries: readonly InboxEntry[], change: Partial<Mark>, text: string | null): void;
}

/** What colleagues said to this person, kept fresh while somebody looks; marks stand in the person's own document. */
export function createInbox(workspace: WorkspaceClient): Inbox {
  const docName = `member/${workspace.me.id}`;
  const document = workspace.open(docName);
  const [items, setItems] = createSignal<readonly InboxEntry[]>();
  const [marks, setMarks] = createSignal<ReadonlyMap<string, Mark>>(new Map());
  const [problem, setProblem] = createSignal<string | null>(null);
  const [now, setNow] = createSignal(workspace.now());

  let stop: (() => void) | undefined;
  const attach = () => {
    stop?.();
    const root = document.doc.getMap<unknown>(inboxRoot);
    const read = () =>
      setMarks(new Map([...root.entries()].flatMap(([id, raw]): [string, Mark][] => [[id, readMark(raw) ?? noMark]])));
    root.observe(read);
    stop = () => root.unobserve(read);
    read();
  };
  attach();
  const unfollow = document.onReplaced(attach);
  document.ready.then(attach, () => undefined);

  let isGone = false;
  const load = async () => {
    try {
      const { items: found } = await workspace.api<{ items: InboxEntry[] }>('GET', '/inbox?state=all&limit=500');
      if (isGone) return;
      setItems(found);
      setProblem(null);
    } catch (error) {
      if (!isGone) setProblem(error instanceof Error ? error.message : String(error));
    }
  };
  void load();
  let timer: ReturnType<typeof setTimeout> | undefined;
  onCleanup(
    workspace.onChanged(inboxTables, () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        void load();
      }, atMostEveryMs);
    }),
  );
  const clock = setInterval(() => setNow(workspace.now()), clockMs);
  onCleanup(() => {
    isGone = true;
    clearTimeout(timer);
    clearInterval(clock);
    unfollow();
    stop?.();
    document.release();
  });

  const entries = createMemo(() =>
    items()?.map((entry): InboxEntry => {
      const mark = marks().get(entry.id);
      if (mark === undefined) return entry;
      const state = stateOf(mark, now());
      return { ...entry, state, until: state === 'snoozed' ? mark.until : null };
    }),
  );
  return {
    entries,
    problem,
    now,
    mark(chosen, change, text) {
      setNow(workspace.now());
      const next = new Map(chosen.map(({ id }) => [id, { ...(marks().get(id) ?? noMark), ...change }]));
      if (document.access() === 'read') {
        // A viewer writes no documents, their own included: the server does it for them.
        setMarks(new Map([...marks(), ...next]));
        const { readAt, doneAt, until } = change;
        workspace
          .api('POST', '/inbox/marks', {
            entries: chosen.map(({ id }) => id),
            ...(readAt === undefined ? {} : { read: readAt !== null }),
            ...(doneAt === undefined ? {} : { done: doneAt !== null }),
            ...(until === undefined ? {} : { until }),
          })
          .catch((error: unknown) =>
            workspace.toast({ text: error instanceof Error ? error.message : String(error), tone: 'danger' }),
          );
        return;
      }
      // Reading is no step that somebody would take back.
      if (text === null) {
        document.doc.transact(() => {
          const root = document.doc.getMap<unknown>(inboxRoot);
          for (const [id, mark] of next) root.set(id, { ...mark });
        });
        return;
      }
      workspace.perform(document, docName, marksPatch(next), { kind: 'inbox', text });
      workspace.toast({ text, action: { label: 'Undo', run: () => void workspace.undo() } });
    },
  };
}
