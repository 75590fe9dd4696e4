import type { RawRecord } from '@rapport/doc/records';
import type { FieldSpecs } from '@rapport/schema/fields';
import { readCard, type Problem } from '../boards/read.ts';
import { dealType } from './deal-type.ts';
import type { Deal } from './schema.ts';

/** Reads a deal that anybody may have written; see `readCard`. */
export const readDeal = (id: string, raw: RawRecord, custom?: FieldSpecs, report?: (problem: Problem) => void): Deal =>
  readCard(dealType, id, raw, custom, report);
