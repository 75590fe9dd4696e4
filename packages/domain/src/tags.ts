/** Most tags of one thing, and the length of one. */
export const tagLimit = 50;
export const tagLength = 60;

/** The tags in a value that anybody may have written: each once, cut and cleaned. Total. */
export function readTags(raw: unknown): string[] {
  const given: unknown[] = Array.isArray(raw) ? raw : [];
  const clean = given
    .filter((tag) => typeof tag === 'string')
    .map((tag) => tag.toWellFormed().trim().slice(0, tagLength).toWellFormed())
    .filter((tag) => tag !== '');
  return [...new Set(clean)].slice(0, tagLimit);
}
