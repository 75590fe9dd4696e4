import { recordNoun } from '../records/record-noun.node.ts';
import { companyType } from './schema.ts';

/** Companies, as the server knows them. */
export const companies = recordNoun(companyType);
