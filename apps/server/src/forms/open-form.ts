import { shownFieldsOf } from '@rapport/domain/custom-fields';
import { formDoc, readForm, type Form } from '@rapport/domain/forms/form';
import { offeredFields, questionsOf, type Question } from '@rapport/domain/forms/offered-fields';
import { leadFields } from '@rapport/domain/leads/schema';
import type { FieldSpecs } from '@rapport/schema/fields';
import type { Services } from '../services.ts';
import type { OpenWorkspace } from '../workspaces/workspace-host.ts';

/** A form as a stranger's request finds it. */
export interface OpenForm {
  readonly id: string;
  readonly workspace: OpenWorkspace;
  readonly form: Form;
  readonly questions: readonly Question[];
  /** The board that its leads go to. */
  readonly board: string;
}

/** Fields of a lead that a form of this workspace can ask for, its own ones included. */
export async function offeredIn({ hub }: Pick<OpenWorkspace, 'hub'>): Promise<FieldSpecs> {
  const custom = await hub.read('workspace', (doc) => shownFieldsOf(doc, 'lead'));
  return offeredFields({ ...leadFields, ...custom });
}

/** The form with this id wherever it is; null also where it was deleted or lies on no board. */
export async function openForm(
  { formAddresses, host }: Pick<Services, 'formAddresses' | 'host'>,
  id: string,
): Promise<OpenForm | null> {
  if (!/^[0-9A-Z]{26}$/.test(id)) return null;
  const workspaceId = formAddresses.find(id);
  if (workspaceId === null) return null;
  const workspace = await host.open(workspaceId);
  const board = workspace.access.parentOf(id);
  if (board === null || !(await workspace.hub.exists(formDoc(id)))) return null;
  const form = await workspace.hub.read(formDoc(id), readForm);
  if (form.deletedAt !== null) return null;
  return { id, workspace, form, questions: questionsOf(form, await offeredIn(workspace)), board };
}
