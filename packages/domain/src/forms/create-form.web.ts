import type { Patch } from '@rapport/doc/patch';
import { sameJson } from '@rapport/doc/json';
import type { FieldSpecs } from '@rapport/schema/fields';
import { type Accessor, createEffect, createMemo, createSignal, on, onCleanup, untrack } from 'solid-js';
import type * as Y from 'yjs';
import type { OpenDocument, WorkspaceClient } from '../client.ts';
import { createPeople, createPresence } from '../create-people.web.ts';
import { consentsRoot, fieldsRoot, formDoc, readForm, type Form } from './form.ts';
import { formProblems, offeredFields, questionsOf, type Question } from './offered-fields.ts';

/** What only the server knows of a form. */
export interface FormFacts {
  readonly url: string;
  readonly board: string | null;
  readonly sendsMail: boolean;
}

export interface OpenForm {
  readonly workspace: WorkspaceClient;
  readonly id: string;
  readonly form: Accessor<Form>;
  readonly doc: Accessor<Y.Doc>;
  /** The fields of a lead that can be asked for. */
  readonly offered: Accessor<FieldSpecs>;
  readonly questions: Accessor<readonly Question[]>;
  /** Undefined until the server answered. */
  readonly facts: Accessor<FormFacts | undefined>;
  /** Has its leads go to another board; the server decides. */
  moveTo(board: string): Promise<void>;
  readonly problems: Accessor<readonly string[]>;
  /** Colleagues who have it open. */
  readonly here: () => readonly { readonly id: string; readonly name: string; readonly colour: number }[];
  /** Why it cannot be edited now; undefined when it can. */
  readonly lockReason: () => string | undefined;
  /** Writes a patch as one undoable step; `text` is a sentence in the past tense without a full stop. */
  perform(patch: Patch, text: string): void;
}

/** Follows one form's document and writes to it. Lives as long as its owner. */
export function createOpenForm(
  workspace: WorkspaceClient,
  id: string,
  opened: { readonly document: OpenDocument; readonly doc: Accessor<Y.Doc> },
  leadFields: FieldSpecs,
): OpenForm {
  const { document, doc } = opened;
  const [form, setForm] = createSignal(
    untrack(() => readForm(doc())),
    { equals: sameJson as never },
  );
  createEffect(
    on(doc, (now) => {
      const follow = () => setForm(readForm(now));
      const roots = ['meta', fieldsRoot, consentsRoot].map((root) => now.getMap(root));
      for (const root of roots) root.observeDeep(follow);
      follow();
      onCleanup(() => roots.forEach((root) => root.unobserveDeep(follow)));
    }),
  );
  const [facts, setFacts] = createSignal<FormFacts>();
  let isOver = false;
  onCleanup(() => (isOver = true));
  /** Whether the server answered; if not, the person is told why. */
  const ask = async (reply: Promise<FormFacts>, problem: string): Promise<boolean> => {
    try {
      const { url, board, sendsMail } = await reply;
      if (!isOver) setFacts({ url, board, sendsMail });
      return true;
    } catch (error) {
      const why = error instanceof Error ? error.message : '';
      if (!isOver) workspace.toast({ text: `${problem} ${why}`, tone: 'danger' });
      return false;
    }
  };
  void ask(workspace.api<FormFacts>('GET', `/forms/${id}`), 'Its address could not be read.');
  const people = createPeople(
    document,
    untrack(() => workspace.me.id),
  );
  createPresence(document, () => ({ record: id }));
  const [access, setAccess] = createSignal(document.access());
  onCleanup(document.onAccess(() => setAccess(document.access())));
  const offered = createMemo(() => offeredFields({ ...leadFields, ...workspace.customFields('lead') }));
  const questions = createMemo(() => questionsOf(form(), offered()));
  return {
    workspace,
    id,
    form,
    doc,
    offered,
    questions,
    facts,
    async moveTo(board) {
      const was = facts()?.board ?? null;
      const put = (to: string) =>
        ask(workspace.api<FormFacts>('PATCH', `/forms/${id}`, { board: to }), 'Its leads go where they went before.');
      if (!(await put(board)) || was === null) return;
      const text = 'Sent the leads of a form to another board';
      workspace.performed({ kind: 'edit', text, record: id }, { back: () => put(was), again: () => put(board) });
    },
    problems: () => formProblems(form(), offered(), { hasMail: facts()?.sendsMail ?? true }),
    here: () => people.here().map(({ member }) => member),
    lockReason: () => {
      if (form().deletedAt !== null) return 'This form is deleted. Restore it to edit it.';
      return access() === 'read' ? 'You may look at this, but not change it.' : undefined;
    },
    perform: (patch, text) => void workspace.perform(document, formDoc(id), patch, { kind: 'edit', text, record: id }),
  };
}
