import { createHash } from 'node:crypto';

const keys = new WeakMap<ReadonlySet<string>, string>();

/**
 * A short name for a set of hidden things: empty for the empty set, the same for sets with the same ids. Asked with every
 * read and every presence, so it is reckoned once for each set; the access book gives the same one until a share changes.
 */
export function hiddenKey(hidden: ReadonlySet<string>): string {
  if (hidden.size === 0) return '';
  const known = keys.get(hidden);
  if (known !== undefined) return known;
  const key = createHash('sha256')
    .update([...hidden].join('\n'))
    .digest('base64url');
  keys.set(hidden, key);
  return key;
}
