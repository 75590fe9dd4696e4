import type { WorkspaceClient } from '../client.ts';
import { nounWords, type DuplicateNoun } from './duplicate-api.ts';

/** What a person chose: into which record, which ones, and of which record each field is taken. */
export interface ChosenMerge {
  readonly noun: DuplicateNoun;
  readonly into: string;
  readonly title: string;
  readonly ids: readonly string[];
  readonly fields: Readonly<Record<string, string>>;
}

/** Merges, as one step that the person's undo takes back. Resolves with the id of the record that is left; rejects as `api` does. */
export async function mergeAsStep(workspace: WorkspaceClient, chosen: ChosenMerge): Promise<string> {
  const { noun, into, title, ids, fields } = chosen;
  const merge = () =>
    workspace.api<{ id: string; merged: string[] }>('POST', '/merges', { noun, into, ids: [...ids], fields });
  const done = await merge();
  const { one, many } = nounWords[noun];
  const text = `Merged ${ids.length + 1} ${many} into “${title}”`;
  const tell = (error: unknown) =>
    workspace.toast({ text: error instanceof Error ? error.message : String(error), tone: 'danger' });
  workspace.performed(
    { kind: 'merge', text, record: done.id },
    {
      async back() {
        try {
          await workspace.api('POST', '/merges/undo', { noun, ids: done.merged });
          return true;
        } catch (error) {
          tell(error);
          return false;
        }
      },
      async again() {
        try {
          await merge();
          return true;
        } catch (error) {
          tell(error);
          return false;
        }
      },
    },
  );
  workspace.toast({
    text: `${text}. The old ${ids.length === 1 ? one : many} lead there.`,
    action: { label: 'Undo', run: () => void workspace.undo() },
  });
  return done.id;
}
