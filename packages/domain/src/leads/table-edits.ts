import { cardTableEdits } from '../boards/table-edits.ts';
import { leadType } from './lead-type.ts';
import { leadOps } from './ops.ts';

/** Edits of leads in their table are the same operations as on the board. */
export const leadsTableEdits = cardTableEdits(leadType, leadOps);
