import type { CardType } from '@rapport/domain/boards/card-type';
import { dealType } from '@rapport/domain/deals/deal-type';
import { leadType } from '@rapport/domain/leads/lead-type';

/** What stands on boards: a noun is one entry. Boards of kinds that none of these is are the first one's. */
export const boardTypes: readonly CardType[] = [dealType, leadType];

/** Tables of the other records, by id: a card cannot have the id of one of these. */
export const recordTables: readonly string[] = ['contacts', 'companies', 'notes', 'files', 'folders', 'forms'];
