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
async function offeredIn({ hub }: Pick<OpenWorkspace, 'hub'>): Promise<FieldSpecs> {
  const custom = await hub.read('workspace', (doc) => shownFieldsOf(doc, 'lead'));
  return offeredFields({ ...leadFields, ...custom });
}

/** A form that may be deleted, or lie on no board any more. */
export type KnownForm = Omit<OpenForm, 'board'> & { readonly board: string | null };

/** The form with this id wherever it is, also a deleted one. */
export async function knownForm(
  { formAddresses, host }: Pick<Services, 'formAddresses' | 'host'>,
  id: string,
): Promise<KnownForm | null> {
  if (!/^[0-9A-Z]{26}$/.test(id)) return null;
  const workspaceId = formAddresses.find(id);
  if (workspaceId === null) return null;
  const workspace = await host.open(workspaceId);
  if (!(await workspace.hub.exists(formDoc(id)))) return null;
  const form = await workspace.hub.read(formDoc(id), readForm);
  const questions = questionsOf(form, await offeredIn(workspace));
  return { id, workspace, form, questions, board: workspace.access.parentOf(id) };
}

/** The same of a form that can make leads: null also where it was deleted or lies on no board. */
export async function openForm(
  services: Pick<Services, 'formAddresses' | 'host'>,
  id: string,
): Promise<OpenForm | null> {
  const known = await knownForm(services, id);
  if (known === null || known.board === null || known.form.deletedAt !== null) return null;
  return { ...known, board: known.board };
}
