import { makeIds } from '@rapport/doc/ids';
import { applyPatch } from '@rapport/doc/patch';
import { makeHistory } from '@rapport/doc/undo';
import type { ChangeLabel, OpenDocument, WorkspaceClient } from '@rapport/domain/client';
import type { Team } from '@rapport/domain/access/share';
import type { KeptTables } from '@rapport/domain/tables/kept-table';
import type { Member } from '@rapport/domain/people/member';
import type { OfflineStore } from '@rapport/sync/client/offline-store';
import { makeSession, type Session } from '@rapport/sync/client/session';
import { announce } from '@rapport/ui/announcer';
import { showToast } from '@rapport/ui/toasts';
import { createEffect, createMemo, getOwner, on, onCleanup, runWithOwner } from 'solid-js';
import type * as Y from 'yjs';
import { request } from '../api/request.ts';
import type { Board, Page, WorkspaceSummary } from '../api/shapes.ts';
import { createQuery } from '../local/create-query.ts';
import type { QueryStore } from '../local/query-store.ts';
import { createHeld } from './create-held.ts';
import { openLiveChannel } from './live-channel.ts';
import { createCustomFields, customFieldNouns } from './custom-fields.ts';
import { keepHistory, takeKeptHistory } from './kept-history.ts';
import { openDocument } from './open-document.ts';
import { wordsFor } from './undo-words.ts';

/** The app's own view of a workspace: what screens get, and what the shell needs besides. */
export interface Workspace extends WorkspaceClient {
  readonly summary: () => WorkspaceSummary;
  readonly session: Session;
  readonly queries: QueryStore;
  /** Reactive: pipelines. Undefined until first known on this device. */
  boards: () => readonly Board[] | undefined;
  /** The same of the inboxes of leads. */
  leadBoards: () => readonly Board[] | undefined;
  /** A document that a screen has open now. */
  openNow: (docName: string) => Y.Doc | undefined;
  /** Unsaved changes that this device keeps, of other tabs and workspaces too. */
  keptUnsaved: () => Promise<number>;
  /** Reactive: whether writes that wait outlive this page. */
  keepsHeld: () => boolean;
  membersKey: readonly string[];
  boardsKey: readonly string[];
}

const forgetWithinMs = 3_000;

/** Everything a workspace's screens stand on. It lives as long as the calling component. */
export function createWorkspace(options: {
  summary: () => WorkspaceSummary;
  queries: QueryStore;
  offline: OfflineStore | undefined;
}): Workspace {
  const { queries, summary } = options;
  const { id: workspaceId, memberId } = summary();
  const base = `/api/v1/w/${workspaceId}`;
  const api: WorkspaceClient['api'] = (method, path, body) => request(method, `${base}${path}`, body);

  const membersKey = ['w', workspaceId, 'members'];
  const boardsKey = ['w', workspaceId, 'boards'];
  const memberList = createQuery<Page<Member>>(queries, () => ({
    queryKey: membersKey,
    queryFn: () => api('GET', '/members?limit=500&include=removed'),
  }));
  const boardList = createQuery<Page<Board>>(queries, () => ({
    queryKey: boardsKey,
    queryFn: () => api('GET', '/boards?limit=500'),
  }));
  const pipelines = createMemo(() => boardList().data?.items.filter(({ kind }) => kind !== 'leads'));
  const leadBoards = createMemo(() => boardList().data?.items.filter(({ kind }) => kind === 'leads'));
  const members = createMemo(
    () => new Map((memberList().data?.items ?? []).map((member) => [member.id, member] as const)),
  );
  const me = createMemo<Member>(
    () =>
      members().get(memberId) ?? {
        id: memberId,
        name: '',
        email: null,
        colour: 1,
        role: summary().role,
        status: 'active',
      },
  );

  const owner = getOwner();
  const teamsKey = ['w', workspaceId, 'teams'];
  let teamList: (() => readonly Team[]) | undefined;
  /** Asked for when a screen first wants them. */
  const teams = (): readonly Team[] => {
    teamList ??= runWithOwner(owner, () => {
      const list = createQuery<Page<Team>>(queries, () => ({
        queryKey: teamsKey,
        queryFn: () => api('GET', '/teams?limit=500'),
      }));
      return () => list().data?.items ?? [];
    });
    return teamList?.() ?? [];
  };

  const newId = makeIds({ now: Date.now, random: Math.random });
  // Fetched when a table is shown: no other page needs it.
  let tables: Promise<KeptTables> | undefined;
  const keptTables = () =>
    (tables ??= import('./kept-tables.ts').then(({ makeKeptTables }) => makeKeptTables(workspaceId, memberId)));
  const outbox = createHeld({ key: `held ${workspaceId} ${memberId}`, base, newId });

  const session = makeSession({
    baseUrl: location.origin,
    workspaceId,
    ...(options.offline === undefined ? {} : { offline: options.offline }),
  });
  void session.resumeUnsaved();

  const watchers = new Set<{ tables: ReadonlySet<string>; listener: () => void }>();
  const refresh = (queryKey: readonly string[]) => void queries.refetchQueries({ queryKey });
  const live = openLiveChannel(`${location.origin.replace(/^http/, 'ws')}/live/${workspaceId}`, {
    heard(message) {
      if (message.type === 'members') {
        refresh(membersKey);
        refresh(['me']);
        return;
      }
      if (message.tables.some((table) => table === 'boards' || table === 'deals' || table === 'leads'))
        refresh(boardsKey);
      if (message.tables.includes('access')) {
        forget();
        if (teamList !== undefined) refresh(teamsKey);
      }
      for (const { tables, listener } of watchers) if (message.tables.some((table) => tables.has(table))) listener();
    },
    ended: () => refresh(['me']),
    missed() {
      outbox.retry();
      refresh(membersKey);
      refresh(boardsKey);
      if (teamList !== undefined) refresh(teamsKey);
      forget();
      for (const { listener } of watchers) listener();
    },
  });

  const takenBack = { change: { kind: 'undo', text: 'Took a change back' } };
  const history = makeHistory<ChangeLabel>({
    now: Date.now,
    origin: takenBack,
    kept: takeKeptHistory(workspaceId, memberId),
    async documentOf(name) {
      const document = openDocument(session, name);
      try {
        await document.ready;
        return document.access() === 'write' ? document.doc : null;
      } catch {
        // No access any more: the history says that it cannot be opened.
        return null;
      } finally {
        document.release();
      }
    },
  });
  const isSeen = (doc: string): boolean => {
    const [kind, id = ''] = doc.split(/[/~]/);
    return kind !== 'board' || (boardList().data?.items ?? []).some((board) => board.id === id);
  };
  onCleanup(keepHistory({ workspaceId, memberId, history, isSeen }));
  /** How many screens have a document open, by name. */
  const held = new Map<string, number>();
  const open = (docName: string): OpenDocument => {
    held.set(docName, (held.get(docName) ?? 0) + 1);
    return openDocument(session, docName, () => {
      const users = (held.get(docName) ?? 1) - 1;
      if (users > 0) held.set(docName, users);
      else held.delete(docName);
    });
  };
  const peek = <T>(docName: string, look: (document: OpenDocument) => T): T => {
    const document = openDocument(session, docName);
    try {
      return look(document);
    } finally {
      document.release();
    }
  };
  const shared = open('workspace');
  // Apart, because no page waits for it. A device that cannot be read keeps nothing that could be forgotten, and a server
  // that does not answer is asked at the next contact.
  let forgetting: ReturnType<typeof setTimeout> | undefined;
  onCleanup(() => clearTimeout(forgetting));
  const forget = () => {
    // Not everybody's device at once when a share changes, and once for several changes.
    forgetting ??= setTimeout(forgetNow, 500 + Math.random() * forgetWithinMs);
  };
  const forgetNow = () => {
    forgetting = undefined;
    import('./kept-tables.ts')
      .then(({ forgetStaleRows }) => forgetStaleRows({ workspaceId, memberId, api }))
      .catch(() => undefined);
    const { offline } = options;
    if (offline === undefined) return;
    import('./forget-stale.ts')
      .then(({ forgetStale }) =>
        forgetStale({
          workspaceId,
          offline,
          api,
          isOpen: (name) => held.has(name),
          open: (name) => session.open(name).release(),
        }),
      )
      .catch(() => undefined);
  };
  // At the first contact, and whenever something was shared with others or the connection had been gone.
  createEffect(
    on(
      () => boardList().data !== undefined,
      (isKnown) => void (isKnown && forget()),
    ),
  );
  const customFields = new Map(customFieldNouns.map((noun) => [noun, createCustomFields(shared, noun)] as const));
  const nameOf = (client: number) =>
    [...held.keys()]
      .flatMap((name) => peek(name, (document) => document.people()))
      .find(({ clientId }) => clientId === client)
      ?.member.name.split(' ')[0];
  const takeBack = async (way: 'undo' | 'redo') => {
    const outcome = await history[way]();
    const { text, isProblem } = wordsFor(way, outcome, nameOf);
    const again = outcome !== null && outcome.done > 0 && way === 'undo';
    showToast({
      text,
      tone: isProblem ? 'problem' : 'done',
      ...(again ? { action: { label: 'Redo', run: () => void takeBack('redo') } } : {}),
    });
  };

  onCleanup(() => {
    shared.release();
    live.close();
    watchers.clear();
    void session.close();
  });

  return {
    workspaceId,
    get me() {
      return me();
    },
    summary,
    session,
    queries,
    membersKey,
    boardsKey,
    keptUnsaved: async () => ((await options.offline?.unsavedTotal()) ?? 0) + outbox.held.list().length,
    boards: pipelines,
    currency: () => pipelines()?.toSorted((a, b) => (a.id < b.id ? -1 : 1))[0]?.currency ?? 'EUR',
    leadBoards,
    members,
    teams,
    held: outbox.held,
    keptTables: {
      read: async (id) => (await keptTables()).read(id),
      keep: (id, table) =>
        void keptTables().then(
          (tables) => tables.keep(id, table),
          () => undefined,
        ),
    },
    keepsHeld: outbox.isKept,
    customFields: (noun) => customFields.get(noun)?.() ?? {},
    open,
    openNow: (docName) => (held.has(docName) ? peek(docName, ({ doc }) => doc) : undefined),
    perform(document: OpenDocument, docName, patch, label) {
      const change = {
        kind: label.kind,
        text: label.text,
        ...(label.record === undefined ? {} : { record: label.record }),
      };
      const applied = applyPatch(document.doc, patch, { change });
      history.push({ label, parts: [{ doc: docName, applied }] });
      return applied;
    },
    performed: (label, remote) => history.push({ label, parts: [], remote }),
    undo: () => takeBack('undo'),
    redo: () => takeBack('redo'),
    api,
    onChanged(tables, listener) {
      const watcher = { tables: new Set(tables), listener };
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    toast({ text, tone, action }) {
      const isUndo = action?.label === 'Undo';
      showToast({
        text,
        tone: tone === 'danger' ? 'problem' : 'done',
        ...(action === undefined
          ? {}
          : isUndo
            ? { undo: action.run }
            : { action: { label: action.label, run: action.run } }),
      });
    },
    announce: (text) => announce(text),
    now: Date.now,
    random: Math.random,
    newId,
  };
}
