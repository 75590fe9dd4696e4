import { makeCardOps } from '../boards/ops.ts';
import { leadType } from './lead-type.ts';

/** The operations on leads; what each does and how it fails is told at `makeCardOps`. */
export const leadOps = makeCardOps(leadType);
