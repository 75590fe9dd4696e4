import { createSignal, onCleanup, type Accessor } from 'solid-js';
import type * as Y from 'yjs';
import { readMeta } from './read-meta.ts';
import { metaRoot, type NoteMeta } from './schema.ts';

/** A note's `meta`, followed. */
export function createMeta(doc: Y.Doc): Accessor<NoteMeta> {
  const [meta, setMeta] = createSignal(readMeta(doc), { equals: (a, b) => JSON.stringify(a) === JSON.stringify(b) });
  const read = () => setMeta(readMeta(doc));
  doc.getMap(metaRoot).observeDeep(read);
  onCleanup(() => doc.getMap(metaRoot).unobserveDeep(read));
  return meta;
}
