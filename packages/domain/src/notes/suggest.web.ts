import { Extension, type Editor, type Range } from '@tiptap/core';
import { PluginKey } from '@tiptap/pm/state';
import { Suggestion, exitSuggestion } from '@tiptap/suggestion';
import { createSignal, type Accessor } from 'solid-js';

/** One line of the menu that opens while somebody types `/` or `@`. */
export interface SuggestItem {
  readonly id: string;
  readonly label: string;
  readonly group: string;
  /** What stands at the right: keys, or what kind of record it is. */
  readonly detail?: string;
  readonly run: (editor: Editor, range: Range) => void;
}

export interface SuggestState<Item extends SuggestItem> {
  readonly items: readonly Item[];
  readonly query: string;
  readonly chosen: number;
  readonly rect: DOMRect;
}

/** A menu at the caret: what it shows now, and the extension that opens it. */
export interface Suggest<Item extends SuggestItem> {
  readonly state: Accessor<SuggestState<Item> | null>;
  readonly extension: Extension;
  choose(index: number): void;
  pick(index: number): void;
  close(): void;
}

/** `find` answers at once; `findMore` may take a while, and is dropped when it is no longer asked for. */
export function createSuggest<Item extends SuggestItem>(options: {
  readonly name: string;
  readonly char: string;
  readonly find: (query: string) => readonly Item[];
  readonly findMore?: (query: string) => Promise<readonly Item[]>;
}): Suggest<Item> {
  const [state, setState] = createSignal<SuggestState<Item> | null>(null);
  const pluginKey = new PluginKey(options.name);
  let now: { editor: Editor; range: Range } | null = null;
  /** What came late, for as long as the same is asked for. */
  let more: { query: string; items: readonly Item[] } | null = null;
  const place = (rect: DOMRect | null | undefined) => rect ?? new DOMRect(0, 0, 0, 0);
  const show = (props: {
    editor: Editor;
    range: Range;
    items: Item[];
    query: string;
    clientRect?: (() => DOMRect | null) | null | undefined;
  }) => {
    now = { editor: props.editor, range: props.range };
    const before = state();
    const chosen = before !== null && before.query === props.query ? before.chosen : 0;
    setState({
      items: [...props.items, ...(more?.query === props.query ? more.items : [])],
      query: props.query,
      chosen: Math.min(chosen, Math.max(0, props.items.length - 1)),
      rect: place(props.clientRect?.()),
    });
    if (before?.query === props.query || options.findMore === undefined) return;
    void options.findMore(props.query).then((items) => {
      more = { query: props.query, items };
      setState((is) => (is === null || is.query !== props.query ? is : { ...is, items: [...is.items, ...items] }));
    });
  };
  const close = () => {
    if (now !== null && !now.editor.isDestroyed) exitSuggestion(now.editor.view, pluginKey);
    now = null;
    setState(null);
  };
  const pick = (index: number) => {
    const item = state()?.items[index];
    const at = now;
    if (item === undefined || at === null) return;
    close();
    item.run(at.editor, at.range);
  };
  const choose = (index: number) => setState((is) => is && { ...is, chosen: index });
  const extension = Extension.create({
    name: options.name,
    addProseMirrorPlugins() {
      return [
        Suggestion<Item, Item>({
          pluginKey,
          editor: this.editor,
          char: options.char,
          // Not while letters are being composed, not in code, and not when a colleague typed the sign.
          allow: ({ editor, state: { selection } }) =>
            editor.isEditable && !editor.view.composing && selection.$from.parent.type.spec.code !== true,
          items: ({ query }) => [...options.find(query)],
          render: () => ({
            onStart: show,
            onUpdate: show,
            onExit: () => {
              now = null;
              setState(null);
            },
            onKeyDown({ event }) {
              const is = state();
              if (is === null || event.isComposing) return false;
              const { length } = is.items;
              if (event.key === 'Escape') {
                close();
                return true;
              }
              if (length === 0) return false;
              if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
                choose((is.chosen + (event.key === 'ArrowDown' ? 1 : length - 1)) % length);
                return true;
              }
              if (event.key === 'Enter' || event.key === 'Tab') {
                pick(is.chosen);
                return true;
              }
              return false;
            },
          }),
        }),
      ];
    },
  });
  return { state, extension, choose, pick, close };
}
