import { shownFieldsOf, fieldsRoot } from '@rapport/domain/custom-fields';
import type { OpenDocument } from '@rapport/domain/client';
import type { FieldSpecs } from '@rapport/schema/fields';
import { type Accessor, createSignal, onCleanup } from 'solid-js';
import type * as Y from 'yjs';

/** Nouns whose records may have fields of the workspace's own. */
export const customFieldNouns: readonly string[] = ['deal', 'lead', 'contact', 'company'];

/** The specs of a noun's custom fields, as the workspace's document defines them. */
export function createCustomFields(document: OpenDocument, noun: string): Accessor<FieldSpecs> {
  const [specs, setSpecs] = createSignal<FieldSpecs>(shownFieldsOf(document.doc, noun), {
    // Their order counts, too.
    equals: (a, b) => JSON.stringify(a) === JSON.stringify(b),
  });
  let watched: Y.Doc | undefined;
  const read = () => setSpecs(shownFieldsOf(document.doc, noun));
  const unwatch = () => watched?.getMap(fieldsRoot).unobserveDeep(read);
  const watch = (doc: Y.Doc) => {
    unwatch();
    watched = doc;
    doc.getMap(fieldsRoot).observeDeep(read);
    read();
  };
  watch(document.doc);
  onCleanup(document.onReplaced(watch));
  onCleanup(unwatch);
  return specs;
}
