import { Extension, type Editor } from '@tiptap/core';
import { yCursorPlugin } from '@tiptap/y-tiptap';
import { firstName, personClass } from '@rapport/ui/logic/person';
import type { Awareness } from 'y-protocols/awareness';

interface Announced {
  readonly name?: unknown;
  readonly colour?: unknown;
}

const colourOf = (user: Announced): string => personClass(typeof user.colour === 'number' ? user.colour : 1);

/** Others' carets and selections, in their colours and with their names; the server says who they are. */
export const makeCarets = (awareness: Awareness): Extension =>
  Extension.create({
    name: 'carets',
    addProseMirrorPlugins: () => [
      yCursorPlugin(awareness, {
        cursorBuilder(user: Announced, client: number) {
          const caret = document.createElement('span');
          caret.className = `caret ${colourOf(user)}`;
          caret.dataset['client'] = String(client);
          const tag = document.createElement('span');
          tag.className = 'ptag';
          tag.textContent = typeof user.name === 'string' ? firstName(user.name) : '';
          caret.append(tag);
          return caret;
        },
        selectionBuilder: (user: Announced) => ({ class: `psel ${colourOf(user)}` }),
      }),
    ],
  });

/** The caret of one connection in the text; null while it has none there. */
export const caretOf = (editor: Editor, client: number): HTMLElement | null =>
  editor.isDestroyed ? null : editor.view.dom.querySelector(`.caret[data-client="${client}"]`);
