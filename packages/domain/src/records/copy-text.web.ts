import type { WorkspaceClient } from '../client.ts';

/** Puts text on the clipboard and says so; where the browser refuses, the text is told so that it can be copied by hand. */
export async function copyText(workspace: WorkspaceClient, text: string, done: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    workspace.toast({ text: done });
  } catch {
    workspace.toast({ text: `Not copied: ${text}`, tone: 'danger' });
  }
}
