import type { RecordKey } from './record-places.ts';

/** A record that was opened on this device, with the title that it had. */
export interface OpenedRecord extends RecordKey {
  readonly title: string;
}

const mostKept = 40;
const keyOf = (workspaceId: string) => `rapport.opened.${workspaceId}`;

const isOpened = (value: unknown): value is OpenedRecord => {
  if (typeof value !== 'object' || value === null) return false;
  const { noun, id, title, parent } = value as Record<string, unknown>;
  return [noun, id, title].every((each) => typeof each === 'string') && (parent === null || typeof parent === 'string');
};

/** What was opened last on this device, newest first. Signing out clears it with all else. */
export function openedRecords(workspaceId: string): OpenedRecord[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(keyOf(workspaceId)) ?? '[]');
    return Array.isArray(kept) ? kept.filter(isOpened) : [];
  } catch {
    // Storage is forbidden, or holds something else: nothing is remembered then.
    return [];
  }
}

export function keepOpened(workspaceId: string, records: readonly OpenedRecord[]): void {
  try {
    localStorage.setItem(keyOf(workspaceId), JSON.stringify(records.slice(0, mostKept)));
  } catch {
    // As above.
  }
}

/** The list with this record in front. */
export const withOpened = (records: readonly OpenedRecord[], opened: OpenedRecord): OpenedRecord[] => [
  opened,
  ...records.filter(({ noun, id }) => noun !== opened.noun || id !== opened.id),
];
