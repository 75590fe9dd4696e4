import type { FieldSpecs } from '@rapport/schema/fields';
import type { Noun } from '../http/workspace-context.node.ts';
import { formsReadModel, makeFormKind } from './form-kind.ts';
import { formRoutes } from './form-routes.ts';
import { purgeableFormKind } from './purge.node.ts';

/** Public forms. `leadFields`: what they can ask for. A form is shared as the board that it lies on, unless it was shared itself. */
export const makeForms = (leadFields: FieldSpecs): Noun => ({
  name: 'forms',
  kinds: [purgeableFormKind(makeFormKind())],
  readModel: formsReadModel,
  rowOwners: { forms: 'id' },
  shareable: [{ table: 'forms', noun: 'form', name: 'name' }],
  routes: (deps) => formRoutes(deps, leadFields),
});
