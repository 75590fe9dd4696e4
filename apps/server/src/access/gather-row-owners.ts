import type { RowOwners } from '@rapport/domain/access/row-owners';
import type { Noun } from '@rapport/domain/http/workspace-context.node';

/** What the rows of all nouns' tables belong to. A table that two nouns name is a bug: one of them would be ignored. */
export function gatherRowOwners(nouns: readonly Pick<Noun, 'name' | 'rowOwners'>[]): RowOwners {
  const gathered: Record<string, string | readonly string[]> = {};
  for (const { name, rowOwners = {} } of nouns)
    for (const [table, owners] of Object.entries(rowOwners)) {
      if (Object.hasOwn(gathered, table)) throw new Error(`${name} says again what rows of ${table} belong to`);
      gathered[table] = owners;
    }
  return gathered;
}
