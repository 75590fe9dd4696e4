import type { Related } from './create-related.web.ts';

/** What a device keeps of a record's surroundings, for offline: what belongs to it, and names of what it refers to. */
export interface KeptRelated {
  readonly id: string;
  readonly related: Related;
  readonly names: readonly (readonly [string, string])[];
}

const mostKept = 60;
const keyOf = (workspaceId: string) => `rapport:related:${workspaceId}`;

function readAll(workspaceId: string): KeptRelated[] {
  try {
    return JSON.parse(localStorage.getItem(keyOf(workspaceId)) ?? '[]') as KeptRelated[];
  } catch {
    // A cache: the server has the truth.
    localStorage.removeItem(keyOf(workspaceId));
    return [];
  }
}

export const keptRelated = (workspaceId: string, id: string): KeptRelated | undefined =>
  readAll(workspaceId).find((each) => each.id === id);

/** Keeps it, newest first; the oldest give way. */
export function keepRelated(workspaceId: string, kept: KeptRelated): void {
  const others = readAll(workspaceId).filter(({ id }) => id !== kept.id);
  try {
    localStorage.setItem(keyOf(workspaceId), JSON.stringify([kept, ...others].slice(0, mostKept)));
  } catch {
    // No room on the device: offline it shows less, nothing is lost.
    localStorage.removeItem(keyOf(workspaceId));
  }
}

export function forgetRelated(workspaceId: string, gone: string): void {
  const others = readAll(workspaceId).filter(({ id }) => id !== gone);
  localStorage.setItem(keyOf(workspaceId), JSON.stringify(others));
}
