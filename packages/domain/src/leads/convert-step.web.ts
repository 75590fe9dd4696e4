import type { Json } from '@rapport/doc/json';
import type { WorkspaceClient } from '../client.ts';

/** What the person chose; see `POST /leads/:id/convert`. */
export interface ChosenConversion {
  readonly company: string;
  readonly contact: string;
  readonly deal: { readonly board: string; readonly stage: string; readonly title: string } | null;
  /** Who may open what is made. */
  readonly sharedWith: 'everyone' | 'me';
}

export interface ConvertedIds {
  readonly company: string | null;
  readonly contact: string | null;
  readonly deal: string | null;
}

/** Converts a lead, as one step that the person's undo takes back. Rejects as `api` does. */
export async function convertAsStep(
  workspace: WorkspaceClient,
  lead: { readonly id: string; readonly title: string },
  chosen: ChosenConversion,
): Promise<ConvertedIds> {
  const path = `/leads/${encodeURIComponent(lead.id)}/convert`;
  const { deal } = chosen;
  const { undo, ...made } = await workspace.api<ConvertedIds & { undo: Json }>('POST', path, {
    company: chosen.company,
    contact: chosen.contact,
    sharedWith: chosen.sharedWith,
    deal: deal === null ? null : { ...deal },
  });
  let parts = undo;
  /** The answer to taking it back takes that back in turn. */
  const turn = async (): Promise<boolean> => {
    try {
      const back = await workspace.api<{ kept: string[]; undo: Json }>('POST', `${path}/undo`, { undo: parts });
      parts = back.undo;
      if (back.kept.length > 0)
        workspace.toast({ text: 'What a colleague worked on since was kept. The rest was taken back.' });
      return true;
    } catch (error) {
      workspace.toast({ text: error instanceof Error ? error.message : String(error), tone: 'danger' });
      return false;
    }
  };
  const text = `Converted “${lead.title}”`;
  workspace.performed({ kind: 'convert', text, record: lead.id }, { back: turn, again: turn });
  workspace.toast({ text, action: { label: 'Undo', keys: 'Mod+Z', run: () => void workspace.undo() } });
  workspace.announce(text);
  return made;
}
