import { isUlid } from '@rapport/doc/ids';
import { sameJson } from '@rapport/doc/json';
import { type Accessor, createSignal, onCleanup } from 'solid-js';
import type { WorkspaceClient } from '../client.ts';
import type { BoardCard } from './board-card.ts';

export type ReferenceNames = ReadonlyMap<string, string>;

/** What the companies and contacts are called that a board's deals are linked to. */
export interface References {
  readonly names: Accessor<ReferenceNames>;
  /** What a record is called that a field names; asked for when nobody knows. Reactive. */
  nameOf(id: string): string | undefined;
  /** The id of a linked record that is called just so. */
  idOf(name: string): string | undefined;
  /** Names what was just linked, before the server does. */
  remember(id: string, name: string): void;
}

const storageKey = (workspaceId: string, boardId: string) => `rapport:names:${workspaceId}:${boardId}`;

function readStored(key: string): ReferenceNames {
  try {
    return new Map(Object.entries(JSON.parse(localStorage.getItem(key) ?? '{}') as Record<string, string>));
  } catch {
    // A cache: the server has the truth.
    localStorage.removeItem(key);
    return new Map();
  }
}

/** From the server, kept on the device for offline. Ends with the owner. */
export function createReferences(workspace: WorkspaceClient, boardId: string, isNeeded: boolean): References {
  const key = storageKey(workspace.workspaceId, boardId);
  const [names, setNames] = createSignal(readStored(key), {
    equals: (a, b) => sameJson(Object.fromEntries(a), Object.fromEntries(b)),
  });
  let asked = 0;
  // Names that no answer about the whole board brought (yet): what was just linked, and what fields of one's own name.
  const learned = new Map<string, string>();
  const lookedUp = new Set<string>();
  let wanted: string[] = [];
  const learn = (entries: Iterable<readonly [string, string]>) => {
    for (const [id, name] of entries) learned.set(id, name);
    setNames((before) => new Map([...before, ...learned]));
  };
  const refresh = async () => {
    if (!isNeeded) return;
    const mine = ++asked;
    try {
      const { items } = await workspace.api<{ items: Record<string, string> }>('GET', `/boards/${boardId}/names`);
      if (mine !== asked) return;
      setNames(new Map([...learned, ...Object.entries(items)]));
      localStorage.setItem(key, JSON.stringify(items));
    } catch {
      // Offline, or the storage is full: what was known stays.
    }
  };
  const lookUp = async () => {
    const ids = wanted;
    wanted = [];
    try {
      const { items } = await workspace.api<{ items: Record<string, { name: string }> }>(
        'GET',
        `/records/names?ids=${ids.join(',')}`,
      );
      learn(Object.entries(items).map(([id, { name }]) => [id, name] as const));
    } catch {
      // Offline: asked for again when it is next shown.
      for (const id of ids) lookedUp.delete(id);
    }
  };
  void refresh();
  onCleanup(workspace.onChanged(['companies', 'contacts', 'record_links'], () => void refresh()));
  onCleanup(
    workspace.onChanged(['access'], () => {
      learned.clear();
      lookedUp.clear();
      void refresh();
    }),
  );
  onCleanup(() => asked++);
  return {
    names,
    nameOf(id) {
      const name = names().get(id);
      if (name === undefined && !lookedUp.has(id)) {
        lookedUp.add(id);
        if (wanted.push(id) === 1) queueMicrotask(() => void lookUp());
      }
      return name;
    },
    idOf: (name) => [...names()].find(([, known]) => known === name)?.[0],
    remember: (id, name) => learn([[id, name]]),
  };
}

/** A deal as people read it: of linked records the names, with their ids beside them. */
export function withNames(deal: BoardCard, names: ReferenceNames): BoardCard {
  const company = isUlid(deal.company) ? deal.company : null;
  const contact = isUlid(deal.contact) ? deal.contact : null;
  if (company === null && contact === null) return deal;
  return {
    ...deal,
    ...(company === null ? {} : { company: names.get(company) ?? 'A company', companyId: company }),
    ...(contact === null ? {} : { contact: names.get(contact) ?? 'A contact', contactId: contact }),
  };
}
