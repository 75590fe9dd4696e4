import type { Json } from '@rapport/doc/json';
import type { RemoteStep } from '@rapport/doc/undo';
import type { ChangeLabel, WorkspaceClient } from '../client.ts';
import type { BoardStore } from './create-board.web.ts';
import { capital, cardsText } from '../boards/card-words.ts';
import type { BoardCardType } from './board-card.ts';

/** A stage of another pipeline. */
export interface TransferTarget {
  readonly board: { readonly id: string; readonly name: string };
  readonly stage: { readonly id: string; readonly name: string; readonly kind: 'open' | 'won' | 'lost' };
}

/** What came of asking the server: done, or what it needs first (field keys), or told to the person already. */
export type RemoteOutcome =
  | { readonly kind: 'done' | 'refused' }
  | { readonly kind: 'needs'; readonly fields: string[] };

type Values = Readonly<Record<string, unknown>>;
type Post = (path: string, body: Readonly<Record<string, unknown>>) => Promise<unknown>;

/** Deals that stood beside one another, and where: what brings them back as they were. */
interface FormerPlace {
  readonly ids: readonly string[];
  readonly stage: string;
  readonly after?: string;
  readonly before?: string;
  readonly values: Values;
}

/** Runs of neighbours, lane by lane from the top, so that each one's upper neighbour is back before it. */
function formerPlaces(store: BoardStore, ids: readonly string[]): FormerPlace[] {
  const moving = new Set(ids);
  const places: FormerPlace[] = [];
  for (const stageId of new Set(ids.map((id) => store.deals.peek(id)?.stageId ?? ''))) {
    const lane = store.lane(stageId).all();
    const isClosed = (store.stage(stageId)?.kind ?? 'open') !== 'open';
    for (let at = 0; at < lane.length; at++) {
      const id = lane[at] ?? '';
      if (!moving.has(id)) continue;
      // A closed deal goes back alone, with its own reason and date.
      const run = isClosed ? 1 : lane.slice(at).findIndex((each) => !moving.has(each));
      const end = run < 0 ? lane.length : at + run;
      const [above, below] = [lane[at - 1], lane.slice(end).find((each) => !moving.has(each))];
      const deal = store.deals.peek(id);
      const values = isClosed
        ? { closedAt: deal?.closedAt ?? null, ...(deal?.lostReason ? { lostReason: deal.lostReason } : {}) }
        : {};
      places.push({
        ids: lane.slice(at, end),
        stage: stageId,
        ...(above === undefined ? {} : { after: above }),
        ...(above === undefined && below !== undefined ? { before: below } : {}),
        values,
      });
      at = end - 1;
    }
  }
  return places;
}

/** Steps that only the server can do, because they span documents: another pipeline, and out of an archive. */
export function createRemoteSteps(
  workspace: WorkspaceClient,
  { kind, words }: BoardCardType,
  noted: (step: RemoteStep) => () => void,
) {
  const post: Post = (path, body) => workspace.api('POST', path, body as Readonly<Record<string, Json>>);
  const quietly = async (work: () => Promise<unknown>): Promise<boolean> => {
    try {
      await work();
      return true;
    } catch {
      // The history tells the person that it was not done.
      return false;
    }
  };
  const run = async (
    work: () => Promise<unknown>,
    back: () => Promise<unknown>,
    label: ChangeLabel,
    what: string,
  ): Promise<RemoteOutcome> => {
    try {
      await work();
    } catch (error) {
      const { fields, status } = error as { fields?: Readonly<Record<string, string>>; status?: number };
      const needs = Object.keys(fields ?? {}).filter((key) => key !== 'stage' && key !== 'board');
      if (status !== undefined && status >= 400 && needs.length > 0) return { kind: 'needs', fields: needs };
      const isOffline = status === 0 || !navigator.onLine;
      const text = isOffline
        ? `Not moved. ${what} needs a connection; nothing has changed.`
        : `Not moved. ${error instanceof Error ? error.message.replace(/^Not moved\. /, '') : String(error)}`;
      workspace.toast({ text, tone: 'danger' });
      workspace.announce(text);
      return { kind: 'refused' };
    }
    const step: RemoteStep = { back: () => quietly(back), again: () => quietly(work) };
    workspace.performed(label, step);
    workspace.toast({ text: label.text, action: { label: 'Undo', keys: 'Mod+Z', run: noted(step) } });
    workspace.announce(label.text);
    return { kind: 'done' };
  };

  return {
    /** Moves deals to a stage of another pipeline. */
    transfer(store: BoardStore, boardId: string, ids: readonly string[], target: TransferTarget, values: Values) {
      const places = formerPlaces(store, ids);
      const [first] = ids;
      const named =
        ids.length === 1 ? `“${store.deals.peek(first ?? '')?.title ?? 'Untitled'}”` : cardsText(words, ids.length);
      const text = `Moved ${named} to ${target.stage.name} in ${target.board.name}`;
      const there = { ids: [...ids], board: target.board.id, stage: target.stage.id, values };
      return run(
        () => post(`/${kind}/transfer`, there),
        async () => {
          for (const { ids: run, ...place } of places)
            await post(`/${kind}/transfer`, { ...place, ids: [...run], board: boardId });
        },
        { kind: 'move', text, ...(ids.length === 1 && first ? { record: first } : {}) },
        `Another ${words.board}`,
      );
    },
    /** Moves one deal out of an archive, or from one closed stage to another; `former` is where it was. */
    moveArchived(id: string, stageId: string, values: Values, former: { stage: string; values: Values }, text: string) {
      const path = `/${kind}/${encodeURIComponent(id)}/move`;
      return run(
        () => post(path, { stage: stageId, values }),
        () => post(path, former),
        { kind: 'move', text, record: id },
        `${capital(words.article)} in the archive`,
      );
    },
  };
}
