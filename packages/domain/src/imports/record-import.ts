import type { ComparedRecords } from '../duplicates/compared-records.ts';
import type { RecordType } from '../records/record-type.ts';
import type { RecordDraft } from './record-noun.ts';
import type { ImportFields } from './target.ts';

/** What the import knows of a noun whose records are documents of their own, beside its type. */
export interface RecordImport {
  readonly noun: 'contacts' | 'companies';
  readonly type: RecordType;
  /** By what two of its records are found to be one. */
  readonly compared: ComparedRecords;
  /** Fields that a column can go to, custom ones and those of other nouns apart. */
  readonly fields: ImportFields;
  /** Puts in order what the columns said: a full name becomes first and last name. Null when it is nobody. */
  readonly refine: (draft: RecordDraft) => RecordDraft | null;
}
