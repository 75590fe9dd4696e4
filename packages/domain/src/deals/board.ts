import type { FieldSpecs } from '@rapport/schema/fields';
import type * as Y from 'yjs';
import { cardOf, cardsOf } from '../boards/board.ts';
import { dealType } from './deal-type.ts';
import type { Deal } from './schema.ts';

/** One deal, deleted ones too; null when there is none or only a stub is left. */
export const dealOf = (doc: Y.Doc, id: string, custom?: FieldSpecs): Deal | null => cardOf(dealType, doc, id, custom);

/** All deals that are on the board. */
export const dealsOf = (doc: Y.Doc, custom?: FieldSpecs): Deal[] => cardsOf(dealType, doc, custom);
