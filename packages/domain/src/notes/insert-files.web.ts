import type { Editor } from '@tiptap/core';
import type { WorkspaceClient } from '../client.ts';

/** Keeps files one after the other and puts each where the caret is then: pictures as such, all else as a link. */
export const makeInsertFiles =
  (options: {
    readonly upload: ((file: File) => Promise<{ readonly src: string; readonly isPicture: boolean }>) | undefined;
    readonly editor: () => Editor | undefined;
    readonly toast: WorkspaceClient['toast'];
  }) =>
  async (files: readonly File[]): Promise<void> => {
    for (const file of files) {
      try {
        const sent = await options.upload?.(file);
        const made = options.editor();
        if (sent === undefined || made === undefined) continue;
        if (sent.isPicture) made.commands.setImage({ src: sent.src, alt: file.name });
        else
          made.commands.insertContent({
            type: 'text',
            text: file.name,
            marks: [{ type: 'link', attrs: { href: new URL(sent.src, location.href).href } }],
          });
      } catch (error) {
        options.toast({
          text: error instanceof Error ? error.message : `${file.name} was not kept.`,
          tone: 'danger',
        });
      }
    }
  };
