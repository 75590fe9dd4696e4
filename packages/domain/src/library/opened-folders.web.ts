import { createSignal } from 'solid-js';

const openedKey = 'rapport.library.opened';
const mostKept = 200;

const [opened, setOpened] = createSignal<ReadonlySet<string>>(
  new Set((localStorage.getItem(openedKey) ?? '').split(',').filter((id) => id !== '')),
);

/** Folders that this person opened in a tree; this device remembers them. */
export const openedFolders = opened;

export function setFolderOpen(id: string, isOpen: boolean): void {
  if (opened().has(id) === isOpen) return;
  const next = new Set(opened());
  if (isOpen) next.add(id);
  else next.delete(id);
  setOpened(next);
  localStorage.setItem(openedKey, [...next].slice(-mostKept).join(','));
}
