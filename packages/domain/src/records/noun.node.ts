import type { Noun } from '../http/workspace-context.node.ts';
import { nameRoutes } from './name-routes.ts';
import { recordsReadModel, recordsRowOwners } from './read-model.ts';

/** What records of all nouns share: their e-mails and phones, links, consents, and what people logged. */
export const records: Noun = {
  name: 'records',
  kinds: [],
  readModel: recordsReadModel,
  rowOwners: recordsRowOwners,
  routes: nameRoutes,
};
