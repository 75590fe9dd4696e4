import { sameJson } from '@rapport/doc/json';
import { type Race, raceOf, racesRoot } from '@rapport/doc/race';
import { type Accessor, createRenderEffect, createSignal, onCleanup, untrack } from 'solid-js';
import type * as Y from 'yjs';

/** The open race of one field of a record, live; null when there is none. */
export function createRace(doc: Accessor<Y.Doc>, record: string, field: string): Accessor<Race | null> {
  const [race, setRace] = createSignal(raceOf(untrack(doc), record, field), { equals: sameJson });
  createRenderEffect(() => {
    const now = doc();
    const root = now.getMap(racesRoot);
    const follow = () => setRace(raceOf(now, record, field));
    root.observeDeep(follow);
    onCleanup(() => root.unobserveDeep(follow));
    follow();
  });
  return race;
}
