import { applyPatch } from '@rapport/doc/patch';
import type { Commit, Hub } from '@rapport/sync/server/ports';
import type * as Y from 'yjs';
import type { Query } from '../http/workspace-context.node.ts';
import { archiveName, closedStayMs, initArchive, strayPatches, transferPatches } from './archive.ts';
import type { CardType } from './card-type.ts';
import { boardIdOf } from './projection.ts';
import { askForRows } from './row-less-cards.node.ts';

const author = { actor: 'server', via: 'server' } as const;
/** Cards moved in one commit, so that a large clearing-out never holds up a keystroke. */
const batch = 200;
const sweepEveryMs = 3_600_000;

interface StrayRow {
  readonly doc: string;
  readonly record: string;
  readonly moved_to: string;
  readonly actor: string;
  readonly offline: number;
}

const isBoardDoc = (name: string): boolean => name.startsWith('board/');

/**
 * Keeps board documents small: moves long-closed cards to their quarter's archive, brings reopened ones back, carries
 * late edits after their cards. Each move is one commit over both documents. What waits for its row gets it.
 */
export function makeArchivist(options: {
  hub: Hub;
  query: Query;
  now: () => number;
  warn: (details: Readonly<Record<string, unknown>>, message: string) => void;
  /** Whether a member may edit a board now. */
  mayEdit: (memberId: string, boardId: string) => boolean;
  types: readonly CardType[];
  /** Tables of other records, whose ids no card can have. */
  recordTables: readonly string[];
}) {
  const { hub, query, now, warn, mayEdit, types, recordTables } = options;

  async function transfer(
    from: string,
    to: string,
    ids: readonly string[],
    also: Readonly<Record<string, null>> = {},
  ): Promise<void> {
    // Transactions end from the inside out, so in the log a row is given up before it is claimed.
    await hub.transactAll([to, from], author, ([target, source]) => {
      if (!source || !target) return;
      const { here, there } = transferPatches(from, source, ids, to, target);
      applyPatch(
        target,
        there.map((write) => ({ ...write, set: { ...write.set, ...also } })),
      );
      applyPatch(source, here);
    });
  }

  /** An archive knows the stages of its board as they are when something changes in it. */
  async function ensureArchive(boardDoc: string, archive: string): Promise<void> {
    const writes = await hub.read(boardDoc, initArchive);
    const write = (doc: Y.Doc) => void applyPatch(doc, writes);
    await ((await hub.exists(archive)) ? hub.transact(archive, author, write) : hub.create(archive, author, write));
  }

  async function archiveDue({ kind }: CardType): Promise<void> {
    const tried = new Set<string>();
    for (;;) {
      const due = query.all<{ id: string; doc: string; closed_at: number }>(
        `SELECT d.id, d.doc, d.closed_at FROM ${kind} d JOIN stages s ON s.board_id = d.board_id AND s.id = d.stage_id
         WHERE s.kind <> 'open' AND s.deleted_at IS NULL AND d.deleted_at IS NULL AND d.closed_at < ? AND instr(d.doc, '~') = 0
         ORDER BY d.doc, d.closed_at LIMIT ${batch}`,
        [now() - closedStayMs],
      );
      for (const [doc, deals] of Map.groupBy(due, (deal) => deal.doc)) {
        for (const [archive, group] of Map.groupBy(deals, (deal) => archiveName(doc, deal.closed_at))) {
          await ensureArchive(doc, archive);
          await transfer(
            doc,
            archive,
            group.map(({ id }) => id),
          );
        }
      }
      const fresh = due.filter(({ id }) => !tried.has(id));
      for (const { id } of due) tried.add(id);
      // A card that stays where it is (its document says otherwise than its row) must not keep this going for ever.
      if (due.length < batch || fresh.length === 0) return;
    }
  }

  async function bringBackReopened({ kind }: CardType): Promise<void> {
    const reopened = query.all<{ id: string; doc: string }>(
      `SELECT d.id, d.doc FROM ${kind} d JOIN stages s ON s.board_id = d.board_id AND s.id = d.stage_id
       WHERE instr(d.doc, '~') > 0 AND s.kind = 'open' AND d.deleted_at IS NULL`,
    );
    for (const [doc, deals] of Map.groupBy(reopened, (deal) => deal.doc))
      await transfer(
        doc,
        `board/${boardIdOf(doc)}`,
        deals.map(({ id }) => id),
        // As reopening does: whoever moved it late, or by hand, could not see these.
        { closedAt: null, lostReason: null },
      );
  }

  const wasPurged = (doc: string, id: string): boolean =>
    query.get('SELECT 1 FROM purges WHERE record = ? AND doc = ?', [id, doc]) !== undefined ||
    query.get(`SELECT 1 FROM activity WHERE record = ? AND doc = ? AND kind = 'removed'`, [id, doc]) !== undefined;

  async function carryStrays(): Promise<void> {
    const strays = query
      .all<StrayRow>(`SELECT * FROM stray_edits ORDER BY doc, record`)
      // Anybody who may edit one board can write a stub that names another: it opens nothing that is closed to them.
      .filter(({ actor, doc, moved_to }) => {
        const to = boardIdOf(moved_to);
        return to === boardIdOf(doc) || mayEdit(actor, to);
      });
    const alike = ({ doc, moved_to, actor, offline }: StrayRow) => JSON.stringify([doc, moved_to, actor, offline]);
    for (const group of Map.groupBy(strays, alike).values()) {
      const [first] = group;
      if (!first || !isBoardDoc(first.moved_to) || !(await hub.exists(first.moved_to))) continue;
      if (first.moved_to.includes('~')) await ensureArchive(`board/${boardIdOf(first.moved_to)}`, first.moved_to);
      const writer = { actor: first.actor, via: first.offline === 1 ? 'offline' : 'live' } as const;
      await hub.transactAll([first.doc, first.moved_to], writer, ([source, target]) => {
        if (!source || !target) return;
        const { here, there } = strayPatches(
          first.doc,
          source,
          group.map(({ record }) => record),
          first.moved_to,
          target,
          (id) => wasPurged(first.moved_to, id),
        );
        applyPatch(target, there);
        applyPatch(source, here);
      });
    }
  }

  let tail = Promise.resolve();
  /** One piece of work after another: two transfers of one card must not interleave. */
  const enqueue = (work: () => Promise<void>): Promise<void> => {
    tail = tail.then(work).catch((error: unknown) => {
      // Nothing is half done: the next sweep finds the same cards again.
      warn({ error: error instanceof Error ? error.stack : String(error) }, 'archiving closed cards failed');
    });
    return tail;
  };

  const followUp = async () => {
    await carryStrays();
    for (const type of types) await bringBackReopened(type);
  };
  const sweep = () =>
    enqueue(async () => {
      await followUp();
      for (const type of types) await archiveDue(type);
      await askForRows(hub, query, [...types.map(({ kind }) => kind), ...recordTables]);
    });
  const tables = new Set<string>(types.map(({ kind }) => kind));
  const concerns = ({ writes }: Commit) =>
    writes.some(
      ({ table, row }) =>
        (table === 'stray_edits' && row !== null) ||
        (tables.has(table) && typeof row?.doc === 'string' && row.doc.includes('~')),
    );
  const off = hub.onCommit((commit) => {
    if (concerns(commit)) void enqueue(followUp);
  });
  const timer = setInterval(() => void sweep(), sweepEveryMs);
  timer.unref();
  void sweep();
  return {
    /** Resolves when everything that is due now is done. */
    sweep,
    close() {
      clearInterval(timer);
      off();
    },
  };
}
