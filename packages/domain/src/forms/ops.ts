import type { Json } from '@rapport/doc/json';
import type { Patch } from '@rapport/doc/patch';
import { rankBetween, ranksBetween } from '@rapport/doc/rank';
import { rootRecord } from '@rapport/doc/records';
import type * as Y from 'yjs';
import { consentsRoot, fieldsRoot, readForm } from './form.ts';

/** Ranks differ by chance, so that two people who add at once do not meet. */
export interface RankEnv {
  readonly random: () => number;
}

/** A list of the form: its questions, or its consents. */
export type FormList = 'fields' | 'consents';
const rootOf = { fields: fieldsRoot, consents: consentsRoot } as const;

export interface NewField {
  readonly field: string;
  readonly label: string;
  readonly help?: string;
  readonly required?: boolean;
  readonly options?: readonly string[];
}

export interface NewConsent {
  readonly purpose: string;
  readonly wording: string;
  readonly required?: boolean;
}

/** What can be said of a form as a whole; null empties it. */
export interface FormChange {
  readonly name?: string;
  readonly intro?: string;
  readonly button?: string;
  readonly thanks?: string;
  readonly redirect?: string;
  readonly language?: string;
  readonly doubleOptIn?: boolean;
  readonly active?: boolean;
  readonly origins?: readonly string[];
  readonly source?: string;
  readonly deletedAt?: number | null;
}

const plain = (change: object): Record<string, Json> =>
  Object.fromEntries(
    Object.entries(change)
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => [key, Array.isArray(value) ? [...(value as Json[])] : (value as Json)]),
  );

/** A new form; it takes no answers until it is switched on. */
export const newForm = (form: { name: string; by: string; at: number } & FormChange): Patch => [
  { root: 'meta', id: rootRecord, set: { schema: 1, ...plain(form) } },
];

export const changeForm = (change: FormChange): Patch => [{ root: 'meta', id: rootRecord, set: plain(change) }];

/** Questions or consents behind those that are there, in the order given. */
export function addItems(
  doc: Y.Doc,
  list: FormList,
  items: readonly ({ readonly id: string } & (NewField | NewConsent))[],
  env: RankEnv,
): Patch {
  const last = readForm(doc)[list].at(-1)?.rank ?? null;
  const ranks = ranksBetween(last, null, items.length, env.random);
  return items.map(({ id, ...item }, at) => ({
    root: rootOf[list],
    id,
    create: true,
    set: { ...plain(item), rank: ranks[at] ?? 'V' },
  }));
}

export const changeItem = (list: FormList, id: string, change: Partial<NewField> | Partial<NewConsent>): Patch => [
  { root: rootOf[list], id, set: plain(change) },
];

/** Takes it off the form; it can be brought back by undo. */
export const removeItem = (list: FormList, id: string, now: number): Patch => [
  { root: rootOf[list], id, set: { deletedAt: now } },
];

/** Puts it in front of another, or behind all. */
export function moveItem(doc: Y.Doc, list: FormList, id: string, before: string | null, env: RankEnv): Patch {
  const others = readForm(doc)[list].filter((each) => each.id !== id);
  const at = before === null ? others.length : others.findIndex((each) => each.id === before);
  const slot = at < 0 ? others.length : at;
  const [above, below] = [others[slot - 1]?.rank ?? null, others[slot]?.rank ?? null];
  // Ranks that fell together make no room: then all of them are given anew.
  if (above !== null && below !== null && above >= below) {
    const order = [...others.slice(0, slot).map((each) => each.id), id, ...others.slice(slot).map((each) => each.id)];
    const ranks = ranksBetween(null, null, order.length, env.random);
    return order.map((each, index) => ({ root: rootOf[list], id: each, set: { rank: ranks[index] ?? 'V' } }));
  }
  return [{ root: rootOf[list], id, set: { rank: rankBetween(above, below, env.random) } }];
}

/** Makes the list exactly `items`; those that name an id keep it, and what is left out is removed. */
export function replaceItems(
  doc: Y.Doc,
  list: FormList,
  items: readonly ({ readonly id?: string | undefined } & (NewField | NewConsent))[],
  env: RankEnv & { readonly now: number; readonly newId: () => string },
): Patch {
  const known = new Set(readForm(doc)[list].map(({ id }) => id));
  const ranks = ranksBetween(null, null, items.length, env.random);
  const kept = new Set<string>();
  const writes = items.map(({ id: named, ...item }, at) => {
    const id = named !== undefined && known.has(named) && !kept.has(named) ? named : env.newId();
    kept.add(id);
    return { root: rootOf[list], id, create: true as const, set: { ...plain(item), rank: ranks[at] ?? 'V' } };
  });
  const gone = [...known].filter((id) => !kept.has(id)).flatMap((id) => removeItem(list, id, env.now));
  return [...writes, ...gone];
}
