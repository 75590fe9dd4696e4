import { cardTableEdits } from '../boards/table-edits.ts';
import { dealType } from './deal-type.ts';
import { dealOps } from './ops.ts';

/** Edits of deals in their table are the same operations as on the board. */
export const dealsTableEdits = cardTableEdits(dealType, dealOps);
