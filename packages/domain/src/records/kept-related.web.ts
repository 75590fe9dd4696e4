import type { Related } from './related.ts';

/** What a device keeps of a record's surroundings, for offline: what belongs to it, and names of what it refers to. */
export interface KeptRelated {
  readonly id: string;
  readonly related: Related;
  readonly names: readonly (readonly [string, string])[];
}

const mostKept = 60;
const keyOf = (workspaceId: string) => `rapport:related:${workspaceId}`;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;
const areNamed = (value: unknown, name: string): boolean =>
  Array.isArray(value) &&
  value.every((each) => isObject(each) && typeof each['id'] === 'string' && typeof each[name] === 'string');
const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) >= 0;

function isRelated(value: unknown): value is Related {
  if (!isObject(value)) return false;
  const { links, deals, dealsTotal, notes, notesTotal, parts, shared } = value;
  return (
    areNamed(links, 'name') &&
    areNamed(deals, 'status') &&
    isCount(dealsTotal) &&
    areNamed(notes, 'title') &&
    isCount(notesTotal) &&
    areNamed(parts, 'name') &&
    ['everyone', 'some', 'private'].includes(String(shared))
  );
}

const isNames = (value: unknown): value is KeptRelated['names'] =>
  Array.isArray(value) &&
  value.every((each) => Array.isArray(each) && typeof each[0] === 'string' && typeof each[1] === 'string');

/** Another version of the app may have written it, or a crash cut it off. */
const isKept = (value: unknown): value is KeptRelated =>
  isObject(value) && typeof value['id'] === 'string' && isNames(value['names']) && isRelated(value['related']);

/** Entries that are not of this shape are as if they were not there. */
function readAll(workspaceId: string): KeptRelated[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(keyOf(workspaceId)) ?? '[]');
    return Array.isArray(stored) ? stored.filter(isKept) : [];
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
