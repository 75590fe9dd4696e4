import { recordNoun } from '../records/record-noun.node.ts';
import { contactType } from './schema.ts';

/** People, as the server knows them. */
export const contacts = recordNoun(contactType);
