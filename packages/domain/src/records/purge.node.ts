import { purgeableDocuments, type Purgeable } from '../purge/purgeable.node.ts';
import { wholeRecordDocument } from './purge.ts';
import type { RecordType } from './record-type.ts';

/** Records that were deleted long ago; not those that were merged into another, to which they lead on. */
export const purgeableRecords = ({ noun, plural }: RecordType): Purgeable =>
  purgeableDocuments(noun, plural, wholeRecordDocument, 'merged_into IS NULL');
