import { createSignal, onCleanup, type Accessor, type Setter } from 'solid-js';
import type { WorkspaceClient } from '../client.ts';
import type { MentionNoun } from './schema.ts';

/** What a chip shows of a person or record, as it is now. */
export interface Named {
  readonly name: string;
  /** 1–12 of a colleague. */
  readonly colour?: number;
  /** Id of what it lies in: a deal's board. */
  readonly parent?: string;
  readonly stage?: { readonly name: string; readonly probability: number; readonly colour: string };
  readonly value?: { readonly minor: number; readonly currency: string } | null;
}

/** `undefined`: not known yet; null: not there, or not for this person. */
export type NamedState = Named | null | undefined;

interface Chip extends Named {
  readonly noun: string;
  readonly id: string;
}

/** Looks up what things are called, and again when they change. */
export interface Names {
  of(noun: MentionNoun, id: string): Accessor<NamedState>;
}

const tables = ['deals', 'leads', 'stages', 'notes', 'contacts', 'companies', 'access'] as const;
const gatherMs = 30;
const settleMs = 150;
const atOnce = 100;

/** Lives as long as the calling component. All chips of a page are asked for together. */
export function createNames(workspace: WorkspaceClient): Names {
  const known = new Map<string, { get: Accessor<NamedState>; set: Setter<NamedState> }>();
  const wanted = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isOver = false;

  const fetchSome = async (keys: readonly string[]) => {
    try {
      const { items } = await workspace.api<{ items: Chip[] }>('GET', `/notes/chips?of=${keys.join(',')}`);
      if (isOver) return;
      const found = new Map(items.map((chip) => [`${chip.noun}/${chip.id}`, chip]));
      for (const key of keys) known.get(key)?.set(() => found.get(key) ?? null);
    } catch {
      // When the network is away, what was known stays; it is asked again when the live channel is back.
    }
  };
  const fetchWanted = () => {
    const keys = [...wanted];
    wanted.clear();
    for (let from = 0; from < keys.length; from += atOnce) void fetchSome(keys.slice(from, from + atOnce));
  };
  const ask = (afterMs: number) => {
    clearTimeout(timer);
    timer = setTimeout(fetchWanted, afterMs);
  };
  const stop = workspace.onChanged(tables, () => {
    for (const key of known.keys()) wanted.add(key);
    if (known.size > 0) ask(settleMs);
  });
  onCleanup(() => {
    isOver = true;
    clearTimeout(timer);
    stop();
  });
  return {
    of(noun, id) {
      if (noun === 'member')
        return () => {
          const member = workspace.members().get(id);
          return member === undefined ? null : { name: member.name, colour: member.colour };
        };
      const key = `${noun}/${id}`;
      const found = known.get(key);
      if (found !== undefined) return found.get;
      const [get, set] = createSignal<NamedState>(undefined, {
        equals: (a, b) => JSON.stringify(a) === JSON.stringify(b),
      });
      known.set(key, { get, set });
      wanted.add(key);
      ask(gatherMs);
      return get;
    },
  };
}
