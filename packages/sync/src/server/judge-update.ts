import { getState, type Doc } from 'yjs';
import type { UpdateShape } from './inspect-update.ts';

/**
 * What a document makes of an update.
 * - `nothing-new`: it knows every struct, and the update deletes nothing that is still there.
 * - `fresh`: every struct is new and follows on; the received bytes can be logged and sent on as they are.
 * - `mixed`: applicable, partly known; Yjs has to say what was new.
 * - `gap`: something that it builds on is missing, to begin with the struct of `client` at `clock`.
 * - `foreign`: it has new structs of a clientID that belongs to somebody else.
 */
export type Verdict =
  | { kind: 'nothing-new' }
  | { kind: 'gap'; client: number; clock: number }
  | { kind: 'foreign'; client: number }
  | Applicable;

/** An update that can be applied whole. `newClients` are clientIDs that nobody has written with before. */
export interface Applicable {
  kind: 'fresh' | 'mixed';
  newClients: readonly number[];
}

const nothingNew: Verdict = { kind: 'nothing-new' };

/** Judges an update by its shape alone, before it is applied. `ownerOf` answers who first wrote with a clientID. */
export function judgeUpdate(
  shape: UpdateShape,
  doc: Doc,
  actor: string,
  ownerOf: (client: number) => string | undefined,
): Verdict {
  const store = doc.store;
  let hasNew = false;
  let verbatim = true;
  let gap: Verdict | null = null;
  let newClients: number[] | null = null;
  for (const section of shape.sections.values()) {
    const known = getState(store, section.client);
    if (section.start >= section.end || section.end <= known) {
      verbatim = false;
      continue;
    }
    const owner = ownerOf(section.client);
    if (owner === undefined) (newClients ??= []).push(section.client);
    else if (owner !== actor) return { kind: 'foreign', client: section.client };
    if (section.start > known || section.gapEnd > known) {
      gap = { kind: 'gap', client: section.client, clock: Math.max(section.start, section.gapEnd) - 1 };
    }
    if (section.start !== known || section.gapEnd > 0) verbatim = false;
    hasNew = true;
  }
  if (gap !== null) return gap;
  const reach = (client: number): number => Math.max(getState(store, client), shape.sections.get(client)?.end ?? 0);
  for (const [client, clock] of shape.needs) if (clock >= reach(client)) return { kind: 'gap', client, clock };
  const { deletes } = shape;
  for (let i = 0; i < deletes.length; i += 3) {
    const client = deletes[i] ?? 0;
    const end = (deletes[i + 1] ?? 0) + (deletes[i + 2] ?? 0);
    if (end > reach(client)) return { kind: 'gap', client, clock: end - 1 };
  }
  if (!hasNew && !deletesAnything(deletes, doc)) return nothingNew;
  return { kind: verbatim ? 'fresh' : 'mixed', newClients: newClients ?? [] };
}

/** Whether a delete range covers a struct that is still there. */
function deletesAnything(deletes: readonly number[], doc: Doc): boolean {
  for (let i = 0; i < deletes.length; i += 3) {
    const structs = doc.store.clients.get(deletes[i] ?? 0);
    if (structs === undefined) continue;
    const from = deletes[i + 1] ?? 0;
    const to = from + (deletes[i + 2] ?? 0);
    // First struct that ends after `from`: structs are contiguous and sorted by clock.
    let low = 0;
    let high = structs.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const struct = structs[middle];
      if (struct !== undefined && struct.id.clock + struct.length <= from) low = middle + 1;
      else high = middle;
    }
    for (let s = low; s < structs.length; s++) {
      const struct = structs[s];
      if (struct === undefined || struct.id.clock >= to) break;
      if (!struct.deleted) return true;
    }
  }
  return false;
}
