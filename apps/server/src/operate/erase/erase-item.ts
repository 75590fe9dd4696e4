import * as Y from 'yjs';
import { splitNamesAmong } from './split-names.ts';
import { erasedText, maskTyped, plain, type Terms } from './terms.ts';

/** What is erased from one document. */
export interface Erasure {
  readonly terms: Terms;
  /** Everything that says something, not terms alone: the document is the person's record. */
  readonly everything: boolean;
  /** Typed characters that make a term together with others: by clientID, the clocks. */
  readonly typed: ReadonlyMap<number, ReadonlySet<number>>;
  /** Whole values that are a term together, in {@link plain} letters. */
  readonly parts: ReadonlySet<string>;
}

/** Erases in place; ids, places and lengths stay. Answers whether there was anything. */
export function eraseItem(item: Y.Item, erasure: Erasure): boolean {
  const key = item.parentSub === null ? null : erasure.terms.inValue(item.parentSub);
  const isRenamed = key !== item.parentSub;
  // The same name is erased to the same key wherever it stands in this document.
  if (isRenamed) item.parentSub = key;
  return eraseContent(item, item.parentSub, erasure) || isRenamed;
}

function eraseContent(item: Y.Item, key: string | null, erasure: Erasure): boolean {
  const { content } = item;
  if (content instanceof Y.ContentString) {
    const erased = eraseTyped(content.str, item.id, erasure);
    if (erased === content.str) return false;
    content.str = erased;
    return true;
  }
  if (content instanceof Y.ContentAny || content instanceof Y.ContentJSON) {
    const before = content.arr as unknown[];
    const after = before.map((value) => eraseValue(value, key, erasure));
    if (after.every((value, index) => value === before[index])) return false;
    content.arr = after;
    return true;
  }
  if (content instanceof Y.ContentEmbed) {
    const erased = eraseValue(content.embed, key, erasure);
    if (erased === content.embed) return false;
    content.embed = erased as object;
    return true;
  }
  if (content instanceof Y.ContentFormat) {
    const erased = eraseValue(content.value, content.key, erasure);
    if (erased === content.value) return false;
    content.value = erased as object;
    return true;
  }
  return false;
}

function eraseTyped(text: string, { client, clock }: Y.ID, { terms, everything, typed }: Erasure): string {
  if (everything) return maskTyped(text);
  const found = terms.inTyped(text);
  const clocks = typed.get(client);
  if (clocks === undefined) return found;
  return found
    .split('')
    .map((unit, at) => (clocks.has(clock + at) ? maskTyped(unit) : unit))
    .join('');
}

/** Says what a record is and not who: the reader of the record needs it. */
const structural = new Set(['kind', 'type', 'state', 'role', 'place', 'rank', 'noun', 'schema']);
/** A reference to another record or a member. */
const reference = /^[0-9A-HJKMNP-TV-Z]{26}$/;

/** The same object when nothing of it was erased. */
function eraseValue(value: unknown, key: string | null, erasure: Erasure): unknown {
  if (typeof value === 'string') {
    if (erasure.parts.size > 0 && erasure.parts.has(plain(value))) return erasedText;
    const found = erasure.terms.inValue(value);
    const isKept =
      !erasure.everything || value === '' || reference.test(value) || (key !== null && structural.has(key));
    return isKept ? found : erasedText;
  }
  if (Array.isArray(value)) {
    const after = value.map((each) => eraseValue(each, key, erasure));
    return after.every((each, index) => each === value[index]) ? value : after;
  }
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
  const before = Object.entries(value);
  // Fields of a record that are one value, as an import keeps them.
  const together = splitNamesAmong(Object.values(value), erasure.terms);
  const inner = together.size === 0 ? erasure : { ...erasure, parts: new Set([...erasure.parts, ...together]) };
  const after = before.map(([name, each]) => [erasure.terms.inValue(name), eraseValue(each, name, inner)] as const);
  const isSame = after.every(([name, each], index) => name === before[index]?.[0] && each === before[index]?.[1]);
  return isSame ? value : Object.fromEntries(after);
}
