import type { NodeViewRenderer } from '@tiptap/core';
import { render } from 'solid-js/web';
import { MentionChip } from './mention-chip.tsx';
import type { Names } from './names.web.ts';
import { isMentionNoun, isRecordId, type MentionNoun } from './schema.ts';

export interface Links {
  /** Where a record's page is; null when it has none here. */
  hrefOf: (noun: MentionNoun, id: string, parent: string | undefined) => string | null;
  /** Goes there without loading the app anew. */
  go: (href: string) => void;
}

/** Draws a mention in the text as a live chip. */
export const mentionView =
  (names: Names, links: Links): NodeViewRenderer =>
  ({ node }) => {
    const dom = document.createElement('span');
    dom.className = 'mention-at';
    dom.contentEditable = 'false';
    const { noun, ref } = node.attrs as { noun: unknown; ref: unknown };
    const dispose = render(
      () => (
        <MentionChip
          noun={isMentionNoun(noun) ? noun : 'member'}
          id={isRecordId(ref) ? ref : ''}
          names={names}
          hrefOf={links.hrefOf}
        />
      ),
      dom,
    );
    return {
      dom,
      update: (next) => next.type === node.type && next.attrs['noun'] === noun && next.attrs['ref'] === ref,
      ignoreMutation: () => true,
      destroy: dispose,
    };
  };
