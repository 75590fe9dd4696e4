import { sameJson } from '@rapport/doc/json';
import { type Race, raceOf, racesRoot } from '@rapport/doc/race';
import { type Accessor, createSignal, onCleanup } from 'solid-js';
import type * as Y from 'yjs';

/** The open race of one field of a deal, live; null when there is none. */
export function createRace(doc: Y.Doc, dealId: string, field: string): Accessor<Race | null> {
  const [race, setRace] = createSignal(raceOf(doc, dealId, field), { equals: sameJson });
  const root = doc.getMap(racesRoot);
  const follow = () => setRace(raceOf(doc, dealId, field));
  root.observeDeep(follow);
  onCleanup(() => root.unobserveDeep(follow));
  return race;
}
