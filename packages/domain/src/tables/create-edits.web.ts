import type { Json } from '@rapport/doc/json';
import type { WorkspaceClient } from '../client.ts';
import type { TableData } from './create-table.web.ts';
import { refusedInEdits, type EditReply, type Values } from './edit-reply.ts';

/** What is done with one row: new values, choices added and taken, into the bin. */
export interface Edit {
  readonly id: string;
  readonly values?: Values;
  readonly add?: Readonly<Record<string, readonly string[]>>;
  readonly remove?: Readonly<Record<string, readonly string[]>>;
  readonly gone?: boolean;
  /** What stood there when the person began, where that may be another value by now. */
  readonly was?: Values;
  /** Which of two values stands. */
  readonly answer?: NonNullable<EditReply['done'][number]['answer']>;
}

/** An edit as it is sent: with what stood there, so that a colleague's later change is not overwritten. */
interface Sent extends Edit {
  readonly back?: true;
}

/** As many as are sent at once. */
const atOnce = 1000;

/** What takes an outcome back, and what does it again. */
const reversed = (done: EditReply['done']): Sent[] =>
  done.map(({ id, before, after, gone, answer }) =>
    gone === undefined
      ? { id, values: before, was: after, back: true, ...(answer && { answer: { ...answer, how: 'open' } }) }
      : { id, gone: !gone },
  );
const repeated = (done: EditReply['done']): Sent[] =>
  done.map(({ id, before, after, gone, answer }) =>
    gone === undefined
      ? { id, values: after, was: before, back: true, ...(answer && { answer: { ...answer, how: 'keep' } }) }
      : { id, gone },
  );

/**
 * Edits rows of a table: shown at once, done by the server, one step of the person's own undo. What was refused is told
 * and shows again what stands; without a connection it waits on this device, and says so in its cell.
 */
export function createEdits(workspace: WorkspaceClient, plural: string, data: TableData) {
  const path = `/tables/${plural}/edits`;
  const sentence = (error: unknown) => (error instanceof Error ? error.message : String(error));
  /** Parts that wait are counted; the others' outcomes are one. */
  const send = async (edits: readonly Sent[], text: string) => {
    const outcome = { done: [] as EditReply['done'][number][], refused: [] as EditReply['refused'][number][] };
    const kept: EditReply['kept'][number][] = [];
    const held: string[] = [];
    for (let from = 0; from < edits.length; from += atOnce) {
      const body = { edits: edits.slice(from, from + atOnce) } as unknown as Json;
      const { id, reply } = await workspace.held.send<EditReply>(path, body, text);
      if (reply === null) held.push(id);
      outcome.done.push(...(reply?.done ?? []));
      outcome.refused.push(...(reply?.refused ?? []));
      kept.push(...(reply?.kept ?? []));
    }
    return { ...outcome, kept, held };
  };
  /** Answers whether anything was done; what was kept because somebody changed it since is told. */
  const takeBack = async (steps: readonly Sent[], text: string): Promise<boolean> => {
    if (steps.length === 0) return false;
    try {
      const { done, refused, kept, held } = await send(steps, text);
      const left = refused.length + kept.length;
      if (left > 0)
        workspace.toast({
          text: `${left === 1 ? 'One row stays' : `${left} rows stay`} as somebody changed ${left === 1 ? 'it' : 'them'} since.`,
        });
      return done.length > 0 || held.length > 0;
    } catch (error) {
      workspace.toast({ text: sentence(error), tone: 'danger' });
      return false;
    }
  };
  /** What was done of writes that waited then: all of it, as far as this page heard of it. */
  const doneLater = (held: readonly string[]) =>
    held.flatMap((id) => (workspace.held.replyOf(id) as EditReply | undefined)?.done ?? []);
  const takeHeldBack = async (held: readonly string[]): Promise<boolean> => {
    let dropped = 0;
    for (const id of held) if (await workspace.held.drop(id)) dropped += 1;
    if (dropped > 0) data.refresh();
    return dropped > 0;
  };
  /** With what each row showed: whoever is sent to later finds out what changed in between. */
  const withWas = (edits: readonly Edit[]): readonly Sent[] =>
    edits.map((edit) => {
      const row = edit.values === undefined ? undefined : data.peek(edit.id)?.values;
      const keys = Object.keys(edit.values ?? {}).filter((key) => row !== undefined && key in row);
      return keys.length === 0
        ? edit
        : { ...edit, was: { ...Object.fromEntries(keys.map((key) => [key, row?.[key] ?? null])), ...edit.was } };
    });

  return async (edits: readonly Edit[], text: string): Promise<void> => {
    if (edits.length === 0) return;
    const sent = withWas(edits);
    data.put(edits);
    try {
      const { done, refused, kept, held } = await send(sent, text);
      // What the server made of it; a column that is several fields is read again.
      data.put(done.map(({ id, after }) => ({ id, values: after })));
      if (done.length + held.length > 0)
        workspace.performed(
          { kind: 'edit', text },
          {
            back: async () => {
              const isHeldBack = await takeHeldBack(held);
              const isBack = await takeBack(reversed([...done, ...doneLater(held)]), `Took back: ${text}`);
              return isHeldBack || isBack;
            },
            again: () => takeBack(done.length > 0 ? repeated(done) : sent, text),
          },
        );
      const problem = refusedInEdits({ edits }, { done, refused, kept });
      if (problem !== null) {
        workspace.toast({ text: problem, tone: 'danger' });
        data.refresh();
      } else if (held.length > 0)
        workspace.toast({
          text: 'Not saved: there is no connection. It is kept here and sent when there is one.',
          tone: 'danger',
        });
      else if (edits.length > 1 || edits[0]?.gone === true)
        workspace.toast({ text, action: { label: 'Undo', run: () => void workspace.undo() } });
      if (edits.some(({ gone, answer }) => gone !== undefined || answer !== undefined)) data.refresh();
    } catch (error) {
      workspace.toast({ text: `Not saved. ${sentence(error)}`, tone: 'danger' });
      data.refresh();
    }
  };
}
