import { makeCardOps } from '../boards/ops.ts';
import { dealType } from './deal-type.ts';

/** The operations on deals; what each does and how it fails is told at `makeCardOps`. */
export const dealOps = makeCardOps(dealType);
export const {
  add: addDeal,
  addMany: addDeals,
  move: moveDeals,
  place: placeDeals,
  edit: editDeals,
  remove: deleteDeals,
  restore: restoreDeals,
  checkValues,
} = dealOps;
