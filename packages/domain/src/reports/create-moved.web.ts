import { createSignal, onCleanup } from 'solid-js';
import { firstName } from '@rapport/ui/logic/person';
import type { WorkspaceClient } from '../client.ts';

/** A number that has just moved: by whom (their colour), and by how much in words. */
export interface Moved {
  /** 1–12; null when nobody of the workspace did it, or several people. */
  readonly colour: number | null;
  readonly who: string;
  readonly difference: string;
}

const shownMs = 4000;

/** Marks numbers for four seconds with the people who moved them. Asks the activity who that was. */
export function createMoved(workspace: WorkspaceClient, boardId: () => string | undefined) {
  const [moved, setMoved] = createSignal<Readonly<Record<string, Moved>>>({});
  const timers = new Set<ReturnType<typeof setTimeout>>();
  onCleanup(() => {
    for (const timer of timers) clearTimeout(timer);
  });
  // Only what happens from now on moves a number.
  let seen: number | null = null;

  async function actors(): Promise<readonly string[]> {
    const query = new URLSearchParams({ limit: '50', raw: '1' });
    const board = boardId();
    if (board !== undefined) query.set('board', board);
    if (seen !== null) query.set('after', String(seen));
    const { items } = await workspace.api<{ items: readonly { id: number; actor: string }[] }>(
      'GET',
      `/activity?${query}`,
    );
    const isFirst = seen === null;
    seen = items[0]?.id ?? seen ?? 0;
    // The first time everything is new; the newest change is what was heard of.
    return [...new Set((isFirst ? items.slice(0, 1) : items).map(({ actor }) => actor))];
  }

  async function mark(differences: Readonly<Record<string, string>>): Promise<void> {
    if (Object.keys(differences).length === 0) return;
    let who: readonly string[] = [];
    try {
      who = await actors();
    } catch {
      // The numbers are right without their persons; they are marked in grey then.
      who = [];
    }
    const [only] = who;
    const member = who.length === 1 && only !== undefined ? workspace.members().get(only) : undefined;
    const name = member ? firstName(member.name) : who.length > 1 ? `${who.length} people` : '';
    const marks = Object.fromEntries(
      Object.entries(differences).map(([key, difference]): [string, Moved] => [
        key,
        { colour: member?.colour ?? null, who: name, difference },
      ]),
    );
    setMoved((known) => ({ ...known, ...marks }));
    const timer = setTimeout(() => {
      timers.delete(timer);
      setMoved((known) => Object.fromEntries(Object.entries(known).filter(([key, mark]) => marks[key] !== mark)));
    }, shownMs);
    timers.add(timer);
  }

  return {
    moved: (key: string): Moved | undefined => moved()[key],
    mark,
    /** Remembers what has already happened, so that the next move is told by itself. */
    start: () =>
      actors().then(
        () => undefined,
        () => undefined,
      ),
  };
}
