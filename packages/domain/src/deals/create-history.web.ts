import { type Accessor, createEffect, createSignal, on, onCleanup } from 'solid-js';
import type { WorkspaceClient } from '../client.ts';
import type { DealEvent } from './stage-visits.ts';

const entriesAtMost = 500;

/** What happened to one deal, newest first and live; null while unknown. `problem` says why it could not be had. */
export function createHistory(workspace: WorkspaceClient, dealId: Accessor<string>) {
  const [events, setEvents] = createSignal<readonly DealEvent[] | null>(null);
  const [problem, setProblem] = createSignal<string | null>(null);
  let asked = '';
  const ask = async () => {
    const id = dealId();
    asked = id;
    try {
      const { items } = await workspace.api<{ items: DealEvent[] }>(
        'GET',
        `/activity?record=${encodeURIComponent(id)}&limit=${entriesAtMost}`,
      );
      if (asked !== id) return;
      setEvents(items);
      setProblem(null);
    } catch (error) {
      if (asked !== id) return;
      setProblem(
        navigator.onLine && error instanceof Error ? error.message : 'The history shows when you are online again.',
      );
    }
  };
  createEffect(
    on(dealId, () => {
      setEvents(null);
      void ask();
    }),
  );
  onCleanup(workspace.onChanged(['activity'], () => void ask()));
  onCleanup(() => (asked = ''));
  return { events, problem };
}
