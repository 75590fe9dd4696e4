import { createEffect, createMemo, on, onCleanup } from 'solid-js';
import { useQueries } from '../local/queries.ts';
import { useAccount } from './account.tsx';

/** A page that just lost its workspace is still writing down what it could not save. */
const patienceMs = 3000;

/** Clears this device of workspaces that the person was taken out of, seconds after the server says so. Shows nothing. */
export function ForgetLeft() {
  const { state } = useAccount();
  const queries = useQueries();
  const mine = createMemo(() => {
    const now = state();
    return now.kind === 'signed-in' && now.isConfirmed
      ? JSON.stringify([now.user.id, ...now.workspaces.map(({ id }) => id)])
      : undefined;
  });
  const forget = async (known: string) => {
    const [userId = '', ...ids] = JSON.parse(known) as string[];
    const kept = new Set(ids);
    const left = queries.known().flatMap(([key]) => {
      const [kind, id] = JSON.parse(key) as string[];
      return kind === 'w' && id !== undefined && !kept.has(id) ? [id] : [];
    });
    for (const id of new Set(left)) queries.forget({ queryKey: ['w', id] });
    // Apart, because it is hardly ever needed and every page would wait for it.
    const part = await import('./left-workspaces.ts').catch(() => null);
    // The network went meanwhile: the next page that has one does it.
    await part?.forgetLeftWorkspaces(userId, kept);
  };
  createEffect(
    on(mine, (known) => {
      if (known === undefined) return;
      const timer = setTimeout(() => void forget(known), patienceMs);
      onCleanup(() => clearTimeout(timer));
    }),
  );
  return null;
}
