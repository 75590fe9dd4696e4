import type { Json } from '@rapport/doc/json';
import type { FieldValue } from '@rapport/schema/fields';
import type { WorkspaceClient } from '../client.ts';
import type { TableData } from './create-table.web.ts';

type Values = Readonly<Record<string, FieldValue | null>>;

/** One row's new values. */
export interface Edit {
  readonly id: string;
  readonly values: Values;
}

interface Outcome {
  readonly done: readonly { readonly id: string; readonly before: Values; readonly after: Values }[];
  readonly refused: readonly { readonly id: string; readonly message: string }[];
  readonly kept: readonly { readonly id: string }[];
}

/** As many as the server takes at once. */
const atOnce = 1000;

/**
 * Edits rows of a table: shown at once, done by the server, one step of the person's own undo. What was refused is told
 * and shows again what stands.
 */
export function createEdits(workspace: WorkspaceClient, plural: string, data: TableData) {
  const send = async (edits: readonly { id: string; values: Values; was?: Values }[]): Promise<Outcome> => {
    const outcome = {
      done: [] as Outcome['done'][number][],
      refused: [] as Outcome['refused'][number][],
      kept: [] as { id: string }[],
    };
    for (let from = 0; from < edits.length; from += atOnce) {
      const body = { edits: edits.slice(from, from + atOnce) } as unknown as Json;
      const reply = await workspace.api<Outcome>('POST', `/tables/${plural}/edits`, body);
      outcome.done.push(...reply.done);
      outcome.refused.push(...reply.refused);
      outcome.kept.push(...reply.kept);
    }
    return outcome;
  };
  /** Answers whether anything was done; what was kept because somebody changed it since is told. */
  const takeBack = async (steps: readonly { id: string; values: Values; was: Values }[]): Promise<boolean> => {
    try {
      const { done, refused, kept } = await send(steps);
      const left = refused.length + kept.length;
      if (left > 0)
        workspace.toast({
          text: `${left === 1 ? 'One row stays' : `${left} rows stay`} as somebody changed ${left === 1 ? 'it' : 'them'} since.`,
        });
      return done.length > 0;
    } catch (error) {
      workspace.toast({ text: error instanceof Error ? error.message : String(error), tone: 'danger' });
      return false;
    }
  };

  return async (edits: readonly Edit[], text: string): Promise<Outcome | null> => {
    if (edits.length === 0) return null;
    data.put(edits);
    try {
      const outcome = await send(edits);
      const { done, refused } = outcome;
      if (done.length > 0) {
        const back = done.map(({ id, before, after }) => ({ id, values: before, was: after }));
        const again = done.map(({ id, before, after }) => ({ id, values: after, was: before }));
        workspace.performed({ kind: 'edit', text }, { back: () => takeBack(back), again: () => takeBack(again) });
      }
      const [first] = refused;
      if (first !== undefined) {
        workspace.toast({
          text:
            refused.length === 1
              ? first.message
              : `${refused.length} of ${edits.length} rows were not saved. ${first.message}`,
          tone: 'danger',
        });
        data.refresh();
      } else if (edits.length > 1)
        workspace.toast({ text, action: { label: 'Undo', run: () => void workspace.undo() } });
      return outcome;
    } catch (error) {
      workspace.toast({ text: `Not saved. ${error instanceof Error ? error.message : String(error)}`, tone: 'danger' });
      data.refresh();
      return null;
    }
  };
}
