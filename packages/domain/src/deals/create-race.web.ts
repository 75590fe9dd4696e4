import { sameJson } from '@rapport/doc/json';
import { type Race, raceOf, racesRoot } from '@rapport/doc/race';
import { type Accessor, createRenderEffect, createSignal, onCleanup, untrack } from 'solid-js';
import type * as Y from 'yjs';

/** The open race of one field of a deal, live; null when there is none. */
export function createRace(doc: Accessor<Y.Doc>, dealId: string, field: string): Accessor<Race | null> {
  const [race, setRace] = createSignal(raceOf(untrack(doc), dealId, field), { equals: sameJson });
  createRenderEffect(() => {
    const now = doc();
    const root = now.getMap(racesRoot);
    const follow = () => setRace(raceOf(now, dealId, field));
    root.observeDeep(follow);
    onCleanup(() => root.unobserveDeep(follow));
    follow();
  });
  return race;
}
