import { Extension, type Editor } from '@tiptap/core';
import { Plugin, PluginKey } from '@tiptap/pm/state';
import { Decoration, DecorationSet } from '@tiptap/pm/view';
import type { Node } from '@tiptap/pm/model';

export interface Hit {
  readonly from: number;
  readonly to: number;
}

interface Finding {
  readonly wanted: string;
  readonly matchesCase: boolean;
  readonly hits: readonly Hit[];
  /** Index of the hit that is shown; -1: none. */
  readonly at: number;
}

const key = new PluginKey<Finding>('find');
const nothing: Finding = { wanted: '', matchesCase: false, hits: [], at: -1 };
const mostHits = 5000;

/** Every place where a text stands within one block; marks and mentions in between do not matter to it. */
export function findAll(doc: Node, wanted: string, matchesCase: boolean): Hit[] {
  const hits: Hit[] = [];
  if (wanted === '') return hits;
  const fold = (text: string) => (matchesCase ? text : text.toLowerCase());
  const needle = fold(wanted);
  doc.descendants((node, pos) => {
    if (hits.length >= mostHits) return false;
    if (!node.isTextblock) return true;
    const text = node.textBetween(0, node.content.size, undefined, '\uFFFC');
    const haystack = fold(text);
    // Where lower case is longer than upper case (İ), places would not be those of the text.
    if (haystack.length !== text.length && !matchesCase) return false;
    for (
      let from = haystack.indexOf(needle);
      from >= 0 && hits.length < mostHits;
      from = haystack.indexOf(needle, from + needle.length)
    )
      hits.push({ from: pos + 1 + from, to: pos + 1 + from + needle.length });
    return false;
  });
  return hits;
}

/** Shows what is looked for; see {@link setFinding}, {@link stepFinding}, {@link replaceFound}. */
export const Find = Extension.create({
  name: 'find',
  addProseMirrorPlugins: () => [
    new Plugin<Finding>({
      key,
      state: {
        init: () => nothing,
        apply(tr, before) {
          const set = tr.getMeta(key) as Partial<Finding> | undefined;
          if (set === undefined && (!tr.docChanged || before.wanted === '')) return before;
          const next = { ...before, ...set };
          const hits = findAll(tr.doc, next.wanted, next.matchesCase);
          return { ...next, hits, at: Math.min(next.at, hits.length - 1) };
        },
      },
      props: {
        decorations(state) {
          const { hits, at } = key.getState(state) ?? nothing;
          return hits.length === 0
            ? DecorationSet.empty
            : DecorationSet.create(
                state.doc,
                hits.map(({ from, to }, index) =>
                  Decoration.inline(from, to, { class: index === at ? 'found is-on' : 'found' }),
                ),
              );
        },
      },
    }),
  ],
});

export const findingOf = (editor: Editor): Finding => key.getState(editor.state) ?? nothing;

/** Looks for a text from the caret on; an empty one ends it. */
export function setFinding(editor: Editor, wanted: string, matchesCase: boolean): void {
  const hits = findAll(editor.state.doc, wanted, matchesCase);
  const next = hits.findIndex(({ from }) => from >= editor.state.selection.from);
  editor.view.dispatch(
    editor.state.tr.setMeta(key, { wanted, matchesCase, at: hits.length === 0 ? -1 : Math.max(0, next) }),
  );
  show(editor);
}

/** Goes to the next place, or the one before (`-1`), around the end. */
export function stepFinding(editor: Editor, by: 1 | -1): void {
  const { hits, at } = findingOf(editor);
  if (hits.length === 0) return;
  editor.view.dispatch(editor.state.tr.setMeta(key, { at: (at + by + hits.length) % hits.length }));
  show(editor);
}

function show(editor: Editor): void {
  const { hits, at } = findingOf(editor);
  const hit = hits[at];
  if (hit === undefined) return;
  const { node } = editor.view.domAtPos(hit.from);
  (node instanceof Element ? node : node.parentElement)?.scrollIntoView({ block: 'center' });
}

/** Replaces the place that is shown, or all; one step of undo. Answers how many. */
export function replaceFound(editor: Editor, by: string, which: 'one' | 'all'): number {
  const { hits, at } = findingOf(editor);
  const chosen = which === 'all' ? hits : hits.slice(at, at + 1);
  if (chosen.length === 0 || !editor.isEditable) return 0;
  const { tr } = editor.state;
  // From the end, so that places before stay what they are.
  for (const { from, to } of chosen.toReversed()) tr.insertText(by, from, to);
  editor.view.dispatch(tr);
  show(editor);
  return chosen.length;
}
