import type { Member } from '../people/member.ts';
import { nameKey } from './name-key.ts';

/** An owner: a member, or somebody whom the import adds (by their place in `added`). */
export type OwnerRef = { readonly id: string } | { readonly added: number };

/** Finds the people that a file names, by e-mail or name, and notes those who are not in the workspace yet. */
export function makePeopleFinder(members: readonly Member[]) {
  const added: string[] = [];
  const refs = new Map<string, OwnerRef>();
  const add = (key: string, ref: OwnerRef) => {
    if (key !== '' && !refs.has(key)) refs.set(key, ref);
  };
  for (const { id, name, email } of members) {
    if (email !== null) add(email.toLowerCase(), { id });
    add(nameKey(name), { id });
  }
  return {
    added: added as readonly string[],
    find(text: string): OwnerRef {
      // “Doe, Jane” and “Jane Doe <jane@…>” are how some programs write a person.
      const address = /<?([^\s<>]+@[^\s<>]+)>?$/.exec(text)?.[1]?.toLowerCase();
      const plain = text.replace(/\s*<?[^\s<>]+@[^\s<>]+>?$/, '').trim();
      const [last, first, ...rest] = plain.split(',').map((part) => part.trim());
      const turned = first !== undefined && rest.length === 0 ? `${first} ${last}` : plain;
      const name = turned === '' ? text : turned;
      const known =
        (address === undefined ? undefined : refs.get(address)) ??
        refs.get(nameKey(name)) ??
        refs.get(name.toLowerCase());
      if (known) return known;
      const ref = { added: added.length };
      added.push(name.slice(0, 200));
      add(address ?? '', ref);
      add(nameKey(name), ref);
      add(name.toLowerCase(), ref);
      return ref;
    },
  };
}
